# Words of danger: law/safety/words.txt -> build/gen/hear_data.c
HEAR_LIST   := law/safety/words.txt
HEAR_FLOW   := law/flow/safety.flow
GENERATED_C += build/gen/hear_data.c
build/tools/hearc: tools/kindc.h
build/gen/hear_data.c: build/tools/hearc $(HEAR_LIST) $(HEAR_FLOW)
	@mkdir -p $(@D); echo "  words"; build/tools/hearc $(@D) $(HEAR_LIST) $(HEAR_FLOW)
