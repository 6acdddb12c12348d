# The explanation's sentences in pieces: src/rule/explain_words.c and their Welsh -> build/gen/explain_parts.c
TOOLLIBS_explainc := -Isrc -Ibuild/gen src/rule/explain_words.c
GENERATED_C       += build/gen/explain_parts.c
build/tools/explainc: src/rule/explain_words.c src/rule/explain_words.h src/rule/explain_parts.h src/rule/note.h build/gen/law_data.h
build/gen/explain_parts.c: build/tools/explainc page/welsh/calculation.po
	@mkdir -p $(@D); echo "  sentences"; build/tools/explainc $@ page/welsh/calculation.po
