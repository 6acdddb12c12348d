# The kinds of waiting: law/clock/clocks.txt -> build/gen/clock_data.h, clock_data.c
TOOLLIBS_clockc := -Isrc src/base/date.c src/base/bug.c
CLOCKS_LIST     := law/clock/clocks.txt
GENERATED_C     += build/gen/clock_data.c
GENERATED_H     += build/gen/clock_data.h
build/tools/clockc: tools/kindc.h src/base/date.c src/base/bug.c
build/gen/clock_data.c: build/tools/clockc $(CLOCKS_LIST) $(sort $(wildcard law/*.law))
	@mkdir -p $(@D); echo "  clocks"; build/tools/clockc $(@D) $(CLOCKS_LIST) $(sort $(wildcard law/*.law))
build/gen/clock_data.h: build/gen/clock_data.c ;
