# What a parent can tell us has changed: law/change/changes.txt -> build/gen/change_data.c
CHANGES_LIST := law/change/changes.txt
GENERATED_C  += build/gen/change_data.c
build/tools/changec: tools/kindc.h
build/gen/change_data.c: build/tools/changec $(CHANGES_LIST) $(sort $(wildcard law/*.law))
	@mkdir -p $(@D); echo "  changes"; build/tools/changec $(@D) $(CHANGES_LIST) $(sort $(wildcard law/*.law))
