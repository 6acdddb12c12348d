# letterc: letter/*.letter (both languages in one file) to C.
TOOLLIBS_letterc := -lcrypto
LETTERS          := $(sort $(wildcard letter/*.letter))
GENERATED_C      += build/gen/letters.c
GENERATED_H      += build/gen/letters.h
build/gen/letters.h: build/gen/letters.c
	@test -f $@ || { rm -f $<; $(MAKE) --no-print-directory $<; }
build/gen/letters.c: build/tools/letterc $(LETTERS)
	@mkdir -p $(@D); echo "  letters"
	@build/tools/letterc build/gen/letters.h $@ $(LETTERS)
