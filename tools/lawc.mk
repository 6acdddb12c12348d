# The law as data: law/*.law -> build/gen/law_data.h, law_data.c, law_draft.c
LAW        := $(sort $(wildcard law/*.law)) $(sort $(wildcard law/draft/*.law))
LAWC_PARTS := $(wildcard tools/lawc/*.c) src/base/date.c src/base/bug.c
TOOLLIBS_lawc := -Isrc $(LAWC_PARTS)
GENERATED_C += build/gen/law_data.c build/gen/law_draft.c
GENERATED_H += build/gen/law_data.h
build/tools/lawc: $(LAWC_PARTS) tools/lawc/lawc.h
build/gen/law_data.c: build/tools/lawc $(LAW)
	@mkdir -p $(@D); echo "  law $(words $(LAW)) files"; build/tools/lawc $(@D) $(LAW)
build/gen/law_data.h build/gen/law_draft.c: build/gen/law_data.c ;
# Twice the same bytes, and one input for each message.
.PHONY: law-check
law-check: build/tools/lawc
	@tests/mustfail/law.sh build/tools/lawc
