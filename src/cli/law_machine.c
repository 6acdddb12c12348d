/* law_machine.c: the tables of law/flow laid out for reading. */
#include "cli/law_machine.h"

#include "cli/law_show.h"
#include "flow_data.h"

#include <stdio.h>
#include <string.h>

enum { INDENT = 8, SUB = 12 };

void law_machine_list(void)
{
    for (int32_t i = 0; i < machine_count; i++)
        printf("machine  %-20s %-6s %s\n", machine_list[i]->name,
               rule_table[machine_list[i]->rule].name, machine_list[i]->title);
    for (int32_t i = 0; i < machine_table_count; i++)
        printf("table    %-20s %-6s %s\n", machine_table_list[i]->name,
               rule_table[machine_table_list[i]->rule].name, machine_table_list[i]->title);
}

static void put_text(const char *before, const char *text)
{
    printf("%*s%s", INDENT, "", before);
    law_wrap(text, INDENT + (int)strlen(before), SUB);
}

static void put_roles(uint32_t set)
{
    bool first = true;

    for (int r = 0; r < MACHINE_ROLES; r++)
        if (set & UINT32_C(1) << r) {
            printf("%s%s", first ? "" : ", ", machine_role_words((enum machine_role)r));
            first = false;
        }
}

static void put_states(const struct machine *m)
{
    printf("\nSTATES\n");
    for (int32_t i = 0; i < m->state_count; i++) {
        const struct machine_state *s = &m->states[i];
        printf("    %s: %s%s%s%s\n", s->name, s->label, s->start ? " (start)" : "",
               s->final ? " (final)" : "", s->rest ? " (nothing waits here)" : "");
        if (s->clock) {
            printf("%*sclock: %s from %s", INDENT, "", s->clock, s->clock_from);
            if (s->then >= 0) printf(", then %s", m->events[s->then].name);
            putchar('\n');
        }
        if (s->person >= 0)
            printf("%*sminded by %s\n", INDENT, "",
                   machine_role_words((enum machine_role)s->person));
        if (s->says[TOLD_PAYING][MACHINE_ENGLISH])
            put_text("to the paying parent: ", s->says[TOLD_PAYING][MACHINE_ENGLISH]);
        if (s->says[TOLD_RECEIVING][MACHINE_ENGLISH])
            put_text("to the receiving parent: ", s->says[TOLD_RECEIVING][MACHINE_ENGLISH]);
    }
}

static void put_events(const struct machine *m)
{
    printf("\nEVENTS\n");
    for (int32_t i = 0; i < m->event_count; i++) {
        const struct machine_event *e = &m->events[i];
        printf("    %s: %s\n%*sby ", e->name, e->label, INDENT, "");
        put_roles(e->who);
        puts(e->welfare ? "; a discretion: wants a welfare record (B-001)" : "");
    }
    printf("\nGUARDS (what is said while one does not hold)\n");
    for (int32_t i = 0; i < m->guard_count; i++) {
        printf("    %s (%s)\n", m->guards[i].name, rule_table[m->guards[i].rule].name);
        put_text("", m->guards[i].says);
    }
}

static void put_step(const struct machine *m, const struct machine_step *s)
{
    printf("    %-6s", rule_table[s->rule].name);
    for (int32_t i = 0; i < m->state_count; i++)
        if (s->from & UINT32_C(1) << i) printf(" %s", m->states[i].name);
    printf(" -- %s", m->events[s->event].name);
    for (int32_t i = 0; i < m->guard_count; i++) {
        if (s->needs & UINT32_C(1) << i) printf(" [%s]", m->guards[i].name);
        if (s->bars & UINT32_C(1) << i) printf(" [not %s]", m->guards[i].name);
    }
    printf(" -> %s   (%s; %s:%d)\n", m->states[s->to].name, s->mark, s->file, s->line);
    for (int32_t i = 0; i < m->effect_count; i++)
        if (s->does & UINT32_C(1) << i) put_text("", m->effects[i].label);
    if (s->notices) {
        printf("%*snotices:", INDENT, "");
        for (const struct machine_notice *const *n = s->notices; *n; n++)
            printf(" %s", (*n)->code);
        putchar('\n');
    }
    if (s->charges) {
        printf("%*scharges:", INDENT, "");
        for (const char *const *c = s->charges; *c; c++)
            printf(" %s", *c);
        putchar('\n');
    }
    if (*s->note) put_text("note: ", s->note);
}

static void put_notices(const struct machine *m)
{
    printf("\nNOTICES\n");
    for (int32_t i = 0; i < machine_notice_count; i++) {
        const struct machine_notice *n = &machine_notices[i];
        bool used                      = false;
        for (int32_t k = 0; k < m->step_count; k++)
            for (const struct machine_notice *const *p = m->steps[k].notices; p && *p; p++)
                used |= *p == n;
        if (!used) continue;
        printf("    %s to ", n->code);
        put_roles(n->to);
        putchar('\n');
        put_text("when ", n->when);
        put_text("", n->holds);
        printf("%*sletter: %s\n", INDENT, "", n->letter ? n->letter : "none yet");
    }
}

static void put_machine(const struct machine *m)
{
    printf("%s, of one %s  [%s]\n", m->title, m->about, rule_table[m->rule].name);
    printf("    ");
    law_wrap(m->english, 4, 4);
    put_states(m);
    put_events(m);
    printf("\nSTEPS (the first that fits is taken)\n");
    for (int32_t i = 0; i < m->step_count; i++)
        put_step(m, &m->steps[i]);
    put_notices(m);
}

static void put_table(const struct machine_table *t)
{
    printf("%s  [%s, %s]\n\n", t->title, rule_table[t->rule].name, t->mark);
    for (int32_t i = 0; i < t->input_count; i++)
        printf("%-28s", t->inputs[i].name);
    puts("result");
    for (int32_t k = 0; k < t->row_count; k++) {
        for (int32_t i = 0; i < t->input_count; i++) {
            const struct machine_input *in = &t->inputs[i];
            char cell[200]                 = "";
            uint32_t all                   = (UINT32_C(1) << in->value_count) - 1;
            for (int32_t v = 0; v < in->value_count && t->rows[k].fits[i] != all; v++)
                if (t->rows[k].fits[i] & UINT32_C(1) << v)
                    snprintf(cell + strlen(cell), sizeof cell - strlen(cell), "%s%s",
                             *cell ? " or " : "", in->values[v]);
            printf("%-28s", *cell ? cell : "any");
        }
        puts(t->results[t->rows[k].result]);
    }
}

bool law_machine_show(const char *name)
{
    for (int32_t i = 0; i < machine_count; i++)
        if (!strcmp(machine_list[i]->name, name)) {
            put_machine(machine_list[i]);
            return true;
        }
    for (int32_t i = 0; i < machine_table_count; i++)
        if (!strcmp(machine_table_list[i]->name, name)) {
            put_table(machine_table_list[i]);
            return true;
        }
    return false;
}
