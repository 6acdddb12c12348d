#Page templates to C.
GENERATED_C += build/gen/page.c
GENERATED_H += build/gen/page.h
PAGES := $(sort $(wildcard page/*.html))
# The Welsh of what people outside see, and the sources that say something to them.
WELSH := $(sort $(wildcard page/welsh/*.po))
# The verbs that parents, applicants and employers take, and what proves a line to them.
SAID_APP := asking.c complaint.c direct.c employer_code.c employer_notice.c evidence.c fact.c invite.c \
            message.c online.c prove.c prove_part.c
SAID_BY := $(wildcard src/web/own*.c src/web/apply*.c src/web/calculator*.c src/web/employer*.c) \
           $(addprefix src/web/,account.c account_page.c acting.c attempt.c authority_page.c dispatch.c estimate.c form.c form_parts.c \
           invite_page.c program_page.c provider_link.c provider_page.c respond.c second.c second_page.c sign_in.c talk.c) \
           src/web/case_view.c src/web/program.c src/flow/fact_kind.c src/ledger/account.c src/ledger/deduction_steps.c src/feed/employer_line.c src/rule/explain_words.c src/flow/decision_kind.c \
           $(addprefix src/app/,$(SAID_APP)) build/gen/change_data.c build/gen/flow_data.c
build/gen/page.c build/gen/page.h &: build/tools/pagec build/gen/assets.txt $(PAGES) $(WELSH) $(SAID_BY)
	@mkdir -p build/gen; echo "  pages"; build/tools/pagec build/gen/assets.txt build/gen/page.h build/gen/page.c $(PAGES) $(WELSH) $(SAID_BY)
# One template for each fault the compiler must find.
.PHONY: page-check
page-check: build/tools/pagec
	@tests/mustfail/page.sh build/tools/pagec
