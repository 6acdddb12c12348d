# The document of the interface for programs, kept inside the program: doc/openapi.json
GENERATED_C += build/gen/openapi.c
build/gen/openapi.c: doc/openapi.json tools/openapi.mk
	@mkdir -p $(@D); printf '%s\n' '/* Generated from doc/openapi.json. */' \
	'__asm__(".section .rodata\nopenapi_json:\n.incbin \"doc/openapi.json\"\nopenapi_json_end:\n.byte 0\n.previous\n"' \
	'        ".globl openapi_json, openapi_json_end\n");' >$@
