# The bank holidays: law/bank_holidays.txt -> build/gen/bank_holidays.c
TOOLLIBS_holidayc := -Isrc src/base/date.c src/base/bug.c
GENERATED_C       += build/gen/bank_holidays.c
build/tools/holidayc: src/base/date.c src/base/bug.c
build/gen/bank_holidays.c: build/tools/holidayc law/bank_holidays.txt
	@mkdir -p $(@D); echo "  bank holidays"; build/tools/holidayc law/bank_holidays.txt $@
