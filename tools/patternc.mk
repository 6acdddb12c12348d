# Patterns over the record: law/safety/patterns.txt -> build/gen/pattern_data.c
TOOLLIBS_patternc := -Isrc src/base/date.c src/base/bug.c
PATTERN_LIST := law/safety/patterns.txt
PATTERN_WITH := sql/pattern.sql law/sources.law
GENERATED_C  += build/gen/pattern_data.c
build/tools/patternc: tools/kindc.h src/base/date.c src/base/bug.c
build/gen/pattern_data.c: build/tools/patternc $(PATTERN_LIST) $(PATTERN_WITH)
	@mkdir -p $(@D); echo "  patterns"; build/tools/patternc $(@D) $(PATTERN_LIST) $(PATTERN_WITH)
