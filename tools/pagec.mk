#Page templates to C.
GENERATED_C += build/gen/page.c
GENERATED_H += build/gen/page.h
PAGES := $(sort $(wildcard page/*.html))
build/gen/page.c build/gen/page.h &: build/tools/pagec build/gen/assets.txt $(PAGES)
	@mkdir -p build/gen; echo "  pages"; build/tools/pagec build/gen/assets.txt build/gen/page.h build/gen/page.c $(PAGES)
# One template for each fault the compiler must find.
.PHONY: page-check
page-check: build/tools/pagec
	@tests/mustfail/page.sh build/tools/pagec
