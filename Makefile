# Upkeep: one Makefile.  `make` builds build/upkeep; `make check` builds the sanitized flavour and
# runs the unit tests.  FLAVOUR=release|san|cov|debug|fuzz,
# CC=gcc|clang-14; fuzz/run builds and runs the fuzzers.
FLAVOUR ?= release
CC      ?= gcc
ifeq ($(origin CC),default)
CC := gcc
endif
B       := build/$(FLAVOUR)
PKGS    := sqlite3 libpq libmicrohttpd jansson libsodium libcrypto libxml-2.0 pangocairo libqpdf libqrencode libutf8proc libcurl cjose libfido2
WARN    := -Wall -Wextra -Werror -Wshadow -Wconversion -Wno-sign-conversion -Wstrict-prototypes \
           -Wmissing-prototypes -Wvla
# clang only: BUG_UNLESS(!"why") and sentences over two lines in a table are meant.
WARN    += $(if $(findstring clang,$(CC)),-Wno-string-conversion -Wno-string-concatenation \
           -Wno-missing-field-initializers)
SAN     := -fsanitize=address,undefined -fno-sanitize-recover=all
OPT_release := -O2 -g
OPT_debug   := -O0 -g
OPT_san     := -O1 -g1 $(SAN)
OPT_fuzz    := -O1 -g1 $(SAN) -fsanitize=fuzzer-no-link
OPT_cov     := -O0 -g1 --coverage -DUPKEEP_COVERAGE
CFLAGS  := -std=c17 -D_GNU_SOURCE $(WARN) $(OPT_$(FLAVOUR)) -Isrc -Ibuild/gen
LDFLAGS := $(if $(filter san fuzz,$(FLAVOUR)),$(SAN)) $(if $(filter cov,$(FLAVOUR)),--coverage)
# Eighty programs of the tests are linked: gold does it in a third of the time.
LDFLAGS += $(if $(filter san fuzz cov,$(FLAVOUR)),$(if $(shell command -v ld.gold),-fuse-ld=gold))
PKGCF   := $(shell pkg-config --cflags $(PKGS) | sed 's/-I/-isystem /g')
LIBS    := $(shell pkg-config --libs $(PKGS)) -lm -lpthread

TOOLSRC := $(wildcard tools/*.c)
TOOLS   := $(TOOLSRC:tools/%.c=build/tools/%)
SRC     := $(sort $(wildcard src/*/*.c))
.DEFAULT_GOAL := all
include $(wildcard tools/*.mk)
GENSRC  := $(sort $(GENERATED_C))
OBJ     := $(SRC:src/%.c=$(B)/%.o) $(GENSRC:build/gen/%.c=$(B)/gen/%.o)
LEAKS   := $(if $(filter san fuzz,$(FLAVOUR)),$(B)/leaks.o)
LIBOBJ  := $(filter-out $(B)/cli/main.o,$(OBJ))
UNIT    := $(patsubst tests/unit/%.c,$(B)/unit/%,$(wildcard tests/unit/test_*.c))
FUZZ    := $(patsubst fuzz/%.c,$(B)/%,$(wildcard fuzz/fuzz_*.c))
.SECONDARY:
.DELETE_ON_ERROR:
.PHONY: all tools unit check fuzz tidy format clean FORCE
all: build/upkeep
build/upkeep: $(B)/upkeep | build/tidy.ok
	@ln -sf $(FLAVOUR)/upkeep $@
$(B)/upkeep: $(filter-out $(B)/gen/test_%,$(OBJ)) $(LEAKS)
	@echo "  link $@"; $(CC) $(LDFLAGS) -o $@ $^ $(LIBS)
$(B)/libupkeep.a: $(LIBOBJ)
	@rm -f $@; ar rcs $@ $^

# Generated sources come first; every object waits for them (their headers are included by name).
$(OBJ): | $(GENERATED_C) $(GENERATED_H)
$(B)/%.o: src/%.c $(B)/flags
	@mkdir -p $(@D); echo "  $(FLAVOUR) $<"
	@$(CC) $(CFLAGS) $(PKGCF) -MMD -MP -c -o $@ $<
$(B)/leaks.o: tests/leaks.c $(B)/flags
	@mkdir -p $(@D); $(CC) $(CFLAGS) -c -o $@ $<
# What is generated is long: optimising it with sanitizers takes a minute for the pages alone.
$(B)/gen/%.o: build/gen/%.c $(B)/flags
	@mkdir -p $(@D); echo "  $(FLAVOUR) $<"
	@$(CC) $(CFLAGS) $(if $(filter san fuzz,$(FLAVOUR)),-O0) $(PKGCF) -MMD -MP -c -o $@ $<
$(B)/flags: FORCE
	@mkdir -p $(@D); echo '$(CC) $(CFLAGS)' | cmp -s - $@ || echo '$(CC) $(CFLAGS)' > $@
FORCE:
build/tools/%: tools/%.c $(wildcard tools/*.h)
	@mkdir -p $(@D); echo "  tool $<"
	@gcc -std=c17 -D_GNU_SOURCE $(WARN) -O1 -g -o $@ $< $(TOOLLIBS_$*)

# Unit tests: one executable for each tests/unit/test_NAME.c.
$(B)/unit/%: tests/unit/%.c $(B)/libupkeep.a $(LEAKS)
	@mkdir -p $(@D); echo "  $(FLAVOUR) $<"
	@$(CC) $(CFLAGS) $(PKGCF) -MMD -MP $(LDFLAGS) -o $@ $< $(LEAKS) $(B)/libupkeep.a -lcmocka $(LIBS)
# Benches: one executable for each bench/bench_NAME.c.
$(B)/bench/%: bench/%.c $(B)/libupkeep.a
	@mkdir -p $(@D); echo "  $(FLAVOUR) $<"
	@$(CC) $(CFLAGS) $(PKGCF) $(LDFLAGS) -o $@ $< $(B)/libupkeep.a $(LIBS)
unit: $(UNIT)
	@tests/unit/run $(B)/unit $(UNIT)
# Fuzzers, only as `make FLAVOUR=fuzz CC=clang-14 fuzz`: one executable for each fuzz/fuzz_NAME.c.
$(B)/fuzz_%: fuzz/fuzz_%.c $(B)/libupkeep.a $(LEAKS)
	@echo "  $(FLAVOUR) $<"
	@$(CC) $(CFLAGS) $(PKGCF) -MMD -MP -fsanitize=fuzzer $(LDFLAGS) -o $@ $< $(LEAKS) $(B)/libupkeep.a $(LIBS)
fuzz: $(FUZZ)
check: build/tidy.ok
	@$(MAKE) --no-print-directory FLAVOUR=san build/san/upkeep unit
tidy: build/tidy.ok
build/tidy.ok: build/tools/tidy $(SRC) $(wildcard src/*/*.h)
	@build/tools/tidy src && touch $@
format:
	clang-format-14 -i $$(find src tools tests fuzz bench -name "*.[ch]" -not -path "*/node_modules/*")
clean:
	rm -rf build
-include $(OBJ:.o=.d) $(UNIT:%=%.d) $(FUZZ:%=%.d)
