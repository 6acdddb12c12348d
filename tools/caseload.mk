# The assumptions of `upkeep generate`, compiled in as they stand: data/caseload.assumptions.
GENERATED_C += build/gen/caseload.c
build/gen/caseload.c: data/caseload.assumptions tools/caseload.mk
	@mkdir -p $(@D); echo "  assumptions"; { printf '#include "people/assumptions.h"\n#include "base/text.h"\n\nconst struct span assumptions_builtin = SPAN(\n'; \
	sed 's/[\\"]/\\&/g; s/^/    "/; s/$$/\\n"/' $<; printf ');\n'; } > $@
