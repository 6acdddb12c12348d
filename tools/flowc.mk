# State machines and decision tables: law/flow/*.flow -> build/gen/flow_data.h, flow_data.c
FLOWS       := $(sort $(wildcard law/flow/*.flow))
FLOW_LAW    := $(sort $(wildcard law/*.law))
GENERATED_C += build/gen/flow_data.c
GENERATED_H += build/gen/flow_data.h
build/gen/flow_data.c: build/tools/flowc $(FLOWS) $(FLOW_LAW)
	@mkdir -p $(@D); echo "  flow $(words $(FLOWS)) files"; build/tools/flowc $(@D) $(FLOW_LAW) -- $(FLOWS)
build/gen/flow_data.h: build/gen/flow_data.c ;
