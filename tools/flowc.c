/* flowc.c: compiles state machines and decision tables into C.
 * Usage: flowc FOLDER LAW-FILE... -- FLOW-FILE...
 *
 * Reads every file, tells every fault as FILE:LINE: MESSAGE, and writes FOLDER/flow_data.h and
 * flow_data.c only if there is none.  The law files are read for the names of rules and parameters.
 * The format: doc/services.md. */
#include "flowc_check.h"

#include <ctype.h>

static const char *upper(const char *s)
{
    static char both[4][LINE_MOST];
    static int turn;
    char *to = both[turn = (turn + 1) % 4];
    size_t n = 0;

    for (; s[n] && n < LINE_MOST - 1; n++)
        to[n] = isalnum((unsigned char)s[n]) ? (char)toupper((unsigned char)s[n]) : '_';
    to[n] = '\0';
    return to;
}

static void put_string(FILE *to, const char *s)
{
    if (!s) {
        fputs("NULL", to);
        return;
    }
    fputc('"', to);
    for (; *s; s++) {
        if (*s == '"' || *s == '\\') fputc('\\', to);
        fputc(*s, to);
    }
    fputc('"', to);
}

/* --- the header --- */

static void put_enum(FILE *to, const struct machine *m, enum part part)
{
    const char *own = m->thing.name;

    if (!m->part[part].n) return;
    fprintf(to, "enum %s_%s {\n", own, part_names[part]);
    for (int i = 0; i < m->part[part].n; i++)
        fprintf(to, "    %s_%s_%s,\n", upper(own), upper(part_names[part]),
                upper(m->part[part].at[i].name));
    fprintf(to, "    %s_%sS\n};\n", upper(own), upper(part_names[part]));
}

static void put_values(FILE *to, const struct table *t, const char *name, const struct input *in)
{
    fprintf(to, "enum %s_%s {\n", t->thing.name, name);
    for (int i = 0; i < in->value_count; i++)
        fprintf(to, "    %s_%s_%s%s\n", upper(t->thing.name), upper(name), upper(in->values[i]),
                i + 1 < in->value_count ? "," : "");
    fprintf(to, "};\n");
}

static void put_header(FILE *to)
{
    fprintf(to, "/* Made by flowc from law/flow/. */\n#pragma once\n#include \"flow/machine.h\"\n");
    for (int i = 0; i < machine_count; i++) {
        fprintf(to, "\n/* %s */\n", machines[i]->thing.field[FIELD_TITLE].s);
        for (int p = 0; p < PARTS; p++)
            put_enum(to, machines[i], (enum part)p);
        fprintf(to, "extern const struct machine machine_%s;\n", machines[i]->thing.name);
    }
    for (int i = 0; i < table_count; i++) {
        const struct table *t = tables[i];
        fprintf(to, "\n/* %s */\nenum %s_input {\n", t->thing.field[FIELD_TITLE].s, t->thing.name);
        for (int k = 0; k < t->input_count; k++)
            fprintf(to, "    %s_%s,\n", upper(t->thing.name), upper(t->inputs[k].name));
        fprintf(to, "    %s_INPUTS\n};\n", upper(t->thing.name));
        for (int k = 0; k < t->input_count; k++)
            put_values(to, t, t->inputs[k].name, &t->inputs[k]);
        put_values(to, t, "result", &t->result);
        fprintf(to, "extern const struct machine_table machine_table_%s;\n", t->thing.name);
    }
    fprintf(to, "\nextern const struct machine *const machine_list[];\n"
                "extern const int32_t machine_count;\n"
                "extern const struct machine_table *const machine_table_list[];\n"
                "extern const int32_t machine_table_count;\n"
                "extern const struct machine_notice machine_notices[];\n"
                "extern const int32_t machine_notice_count;\n");
}

/* --- the tables --- */

static void put_rule(FILE *to, const struct thing *t)
{
    fprintf(to, "RULE_%s", upper(t->field[FIELD_RULE].s));
}

static void put_states(FILE *to, const struct machine *m)
{
    fprintf(to, "static const struct machine_state states_%s[] = {\n", m->thing.name);
    for (int i = 0; i < m->part[PART_STATE].n; i++) {
        const struct thing *t = &m->part[PART_STATE].at[i];
        char *clock           = t->field[FIELD_CLOCK].s ? copy_text(t->field[FIELD_CLOCK].s) : NULL;
        char *rest = clock ? clock : NULL, *name = clock ? take_word(&rest) : NULL;
        const char *then = t->field[FIELD_THEN].s, *person = t->field[FIELD_PERSON].s;
        fprintf(to, "    { .name = \"%s\", .label = ", t->name);
        put_string(to, t->field[FIELD_LABEL].s);
        for (enum field f = FIELD_START; f <= FIELD_REST; f++)
            if (t->field[f].s) fprintf(to, ", .%s = true", field_names[f]);
        fprintf(to, ",\n      .clock = ");
        put_string(to, name);
        fprintf(to, ", .clock_from = ");
        put_string(to, rest ? rest + strspn(rest, " ") + strlen("from ") : NULL);
        fprintf(to, ",\n      .then = %d, .person = %d,\n      .says = { { ",
                then ? thing_find(&m->part[PART_EVENT], then) : -1,
                person ? role_find(person) : -1);
        put_string(to, t->field[FIELD_PAYING].s);
        fputs(", ", to);
        put_string(to, t->field[FIELD_PAYING_WELSH].s);
        fputs(" },\n                { ", to);
        put_string(to, t->field[FIELD_RECEIVING].s);
        fputs(", ", to);
        put_string(to, t->field[FIELD_RECEIVING_WELSH].s);
        fputs(" } } },\n", to);
        free(clock);
    }
    fprintf(to, "};\n");
}

/* Whether parents are told of it: then its events' labels are too, in Welsh (page/welsh). */
static bool is_told(const struct machine *m)
{
    for (int i = 0; i < m->part[PART_STATE].n; i++)
        if (m->part[PART_STATE].at[i].field[FIELD_PAYING].s) return true;
    return false;
}

static void put_parts(FILE *to, const struct machine *m)
{
    const char *own = m->thing.name;
    bool told       = is_told(m);

    put_states(to, m);
    fprintf(to, "static const struct machine_event events_%s[] = {\n", own);
    for (int i = 0; i < m->part[PART_EVENT].n; i++) {
        const struct thing *t = &m->part[PART_EVENT].at[i];
        fprintf(to, "    { \"%s\", %s", t->name, told ? "SAY(" : "");
        put_string(to, t->field[FIELD_LABEL].s);
        fprintf(to, "%s, 0x%x, %s },\n", told ? ")" : "", roles_read(t, FIELD_WHO),
                t->field[FIELD_WELFARE].s ? "true" : "false");
    }
    fprintf(to, "};\nstatic const struct machine_guard guards_%s[] = {\n", own);
    for (int i = 0; i < m->part[PART_GUARD].n; i++) {
        const struct thing *t = &m->part[PART_GUARD].at[i];
        fprintf(to, "    { \"%s\", ", t->name);
        put_string(to, t->field[FIELD_SAYS].s);
        fputs(", ", to);
        put_rule(to, t);
        fputs(" },\n", to);
    }
    fprintf(to,
            "    { NULL, NULL, RULE_NONE }\n};\n"
            "static const struct machine_effect effects_%s[] = {\n",
            own);
    for (int i = 0; i < m->part[PART_EFFECT].n; i++) {
        fprintf(to, "    { \"%s\", ", m->part[PART_EFFECT].at[i].name);
        put_string(to, m->part[PART_EFFECT].at[i].field[FIELD_LABEL].s);
        fputs(" },\n", to);
    }
    fprintf(to, "    { NULL, NULL }\n};\n");
}

/* The words of a list, as addresses of notices or as strings. */
static void put_list(FILE *to, const struct thing *t, enum field f)
{
    char *copy = copy_text(t->field[f].s ? t->field[f].s : ""), *rest = copy, *word;
    bool notice = f == FIELD_NOTICE, any = false;

    while ((word = take_word(&rest))) {
        if (!any)
            fprintf(to, "(const %s[]){ ", notice ? "struct machine_notice *const" : "char *const");
        any = true;
        for (int i = 0; notice && i < notice_count; i++)
            if (!strcmp(notices[i].name, word)) fprintf(to, "&machine_notices[%d], ", i);
        if (!notice) fprintf(to, "\"%s\", ", word);
    }
    fputs(any ? "NULL }" : "NULL", to);
    free(copy);
}

static void put_steps(FILE *to, const struct machine *m)
{
    fprintf(to, "static const struct machine_step steps_%s[] = {\n", m->thing.name);
    for (int i = 0; i < m->step_count; i++) {
        const struct step *s  = &m->steps[i];
        const struct thing *t = &s->thing;
        fprintf(to, "    { 0x%x, %d, %d, 0x%x, 0x%x, 0x%x,\n      ", s->from, s->event, s->to,
                s->needs, s->bars, s->does);
        put_list(to, t, FIELD_NOTICE);
        fputs(", ", to);
        put_list(to, t, FIELD_CHARGE);
        fputs(",\n      ", to);
        put_rule(to, t);
        fprintf(to, ", \"%s\", ", t->field[FIELD_MARK].s);
        put_string(to, t->field[FIELD_NOTE].s ? t->field[FIELD_NOTE].s : "");
        fprintf(to, ", \"%s\", %d },\n", t->at.file, t->at.line);
    }
    fprintf(to, "};\n");
}

static void put_machine(FILE *to, const struct machine *m)
{
    const char *own = m->thing.name;

    fprintf(to, "\n");
    put_parts(to, m);
    put_steps(to, m);
    fprintf(to, "const struct machine machine_%s = {\n    .name = \"%s\", .title = ", own, own);
    put_string(to, m->thing.field[FIELD_TITLE].s);
    fprintf(to, ", .about = ");
    put_string(to, m->thing.field[FIELD_ABOUT].s);
    fprintf(to, ",\n    .english = ");
    put_string(to, m->thing.field[FIELD_ENGLISH].s);
    fprintf(to, ", .welsh = ");
    put_string(to, m->thing.field[FIELD_WELSH].s);
    fprintf(to, ",\n    .rule = ");
    put_rule(to, &m->thing);
    fprintf(to,
            ", .states = states_%s, .events = events_%s, .guards = guards_%s,\n"
            "    .effects = effects_%s, .steps = steps_%s, .state_count = %d, .event_count = %d,\n"
            "    .guard_count = %d, .effect_count = %d, .step_count = %d, .start = %d\n};\n",
            own, own, own, own, own, m->part[PART_STATE].n, m->part[PART_EVENT].n,
            m->part[PART_GUARD].n, m->part[PART_EFFECT].n, m->step_count, m->start);
}

static void put_names(FILE *to, const struct input *in)
{
    fputs("(const char *const[]){ ", to);
    for (int i = 0; i < in->value_count; i++)
        fprintf(to, "\"%s\", ", in->values[i]);
    fputs("NULL }", to);
}

static void put_table(FILE *to, const struct table *t)
{
    const char *own = t->thing.name;

    fprintf(to, "\nstatic const struct machine_input inputs_%s[] = {\n", own);
    for (int i = 0; i < t->input_count; i++) {
        fprintf(to, "    { \"%s\", ", t->inputs[i].name);
        put_names(to, &t->inputs[i]);
        fprintf(to, ", %d },\n", t->inputs[i].value_count);
    }
    fprintf(to, "};\nstatic const struct machine_row rows_%s[] = {\n", own);
    for (int k = 0; k < t->row_count; k++) {
        fprintf(to, "    { { ");
        for (int i = 0; i < t->input_count; i++)
            fprintf(to, "0x%x, ", t->rows[k].fits[i]);
        fprintf(to, "}, %d, %d },\n", t->rows[k].result, t->rows[k].line);
    }
    fprintf(to,
            "};\nconst struct machine_table machine_table_%s = {\n    .name = \"%s\", .title = ",
            own, own);
    put_string(to, t->thing.field[FIELD_TITLE].s);
    fprintf(to, ", .mark = \"%s\",\n    .rule = ",
            t->thing.field[FIELD_MARK].s ? t->thing.field[FIELD_MARK].s : "");
    put_rule(to, &t->thing);
    fprintf(to, ", .inputs = inputs_%s, .rows = rows_%s, .results = ", own, own);
    put_names(to, &t->result);
    fprintf(to, ",\n    .input_count = %d, .result_count = %d, .row_count = %d\n};\n",
            t->input_count, t->result.value_count, t->row_count);
}

static void put_notices(FILE *to)
{
    fprintf(to, "const struct machine_notice machine_notices[] = {\n");
    for (int i = 0; i < notice_count; i++) {
        const struct thing *t = &notices[i];
        fprintf(to, "    { \"%s\", 0x%x, ", t->name, roles_read(t, FIELD_TO));
        put_string(to, t->field[FIELD_WHEN].s);
        fputs(", ", to);
        put_string(to, t->field[FIELD_HOLDS].s);
        fputs(", ", to);
        put_string(to, text_is(t, FIELD_LETTER, "none") ? NULL : t->field[FIELD_LETTER].s);
        fputs(" },\n", to);
    }
    fprintf(to, "    { NULL, 0, NULL, NULL, NULL }\n};\nconst int32_t machine_notice_count = %d;\n",
            notice_count);
}

static void put_source(FILE *to)
{
    fprintf(to, "/* Made by flowc from law/flow/. */\n#include \"flow_data.h\"\n\n#include "
                "\"base/say.h\"\n\n");
    put_notices(to);
    for (int i = 0; i < machine_count; i++)
        put_machine(to, machines[i]);
    for (int i = 0; i < table_count; i++)
        put_table(to, tables[i]);
    fprintf(to, "\nconst struct machine *const machine_list[] = {\n");
    for (int i = 0; i < machine_count; i++)
        fprintf(to, "    &machine_%s,\n", machines[i]->thing.name);
    fprintf(to,
            "    NULL\n};\nconst int32_t machine_count = %d;\n"
            "const struct machine_table *const machine_table_list[] = {\n",
            machine_count);
    for (int i = 0; i < table_count; i++)
        fprintf(to, "    &machine_table_%s,\n", tables[i]->thing.name);
    fprintf(to, "    NULL\n};\nconst int32_t machine_table_count = %d;\n", table_count);
}

static bool write_file(const char *folder, const char *name, void (*put)(FILE *))
{
    char path[LINE_MOST];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *to = fopen(path, "w");
    if (!to) {
        perror(path);
        return false;
    }
    put(to);
    return fclose(to) == 0;
}

int main(int argc, char **argv)
{
    int i = 2;

    if (argc < 4) {
        fputs("Usage: flowc FOLDER LAW-FILE... -- FLOW-FILE...\n", stderr);
        return 2;
    }
    for (; i < argc && strcmp(argv[i], "--"); i++)
        read_law(argv[i]);
    for (i++; i < argc; i++)
        read_flow(argv[i]);
    check_all();
    if (faults) {
        fprintf(stderr, "flowc: %d fault%s; nothing written\n", faults, faults == 1 ? "" : "s");
        return 1;
    }
    return write_file(argv[1], "flow_data.h", put_header) &&
                   write_file(argv[1], "flow_data.c", put_source)
               ? 0
               : 1;
}
