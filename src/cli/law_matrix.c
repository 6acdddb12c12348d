/* law_matrix.c: the matrix of provisions, rules and tests. */
#include "cli/law_matrix.h"

#include "base/arena.h"
#include "cli/law_show.h"
#include "law/law.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH = 1024, SHOWN_NAMES = 4, NAME_COLUMNS = 14 };

struct row { /* what exercises one rule */
    int32_t count;
    const char *names[SHOWN_NAMES];
};
struct matrix {
    struct arena arena;
    struct row rows[RULES];
    int unknown; /* names that are no rule */
};

static void matrix_name(struct matrix *m, const char *rule, const char *test, const char *file,
                        int line)
{
    enum rule_id id = rule_find(rule);

    if (id == RULE_NONE) {
        printf("%s:%d: there is no rule %s; correct the name or add the rule to law/rules.law\n",
               file, line, rule);
        m->unknown++;
        return;
    }
    struct row *row = &m->rows[id];
    if (row->count > 0 && row->count <= SHOWN_NAMES && !strcmp(row->names[row->count - 1], test))
        return;
    if (row->count < SHOWN_NAMES)
        row->names[row->count] = arena_text(&m->arena, test, strlen(test));
    row->count++;
}

static void read_vector(struct matrix *m, const char *text, size_t n, const char *file, int line)
{
    json_error_t wrong;
    json_t *v = json_loadb(text, n, 0, &wrong), *rule;
    size_t i;

    const char *name = json_string_value(json_object_get(v, "vector"));
    if (!v || !name || !json_is_array(json_object_get(v, "rules"))) {
        printf("%s:%d: not a vector: an object with \"vector\" and \"rules\" is wanted\n", file,
               line);
        m->unknown++;
    } else
        json_array_foreach(json_object_get(v, "rules"), i, rule)
            matrix_name(m, json_is_string(rule) ? json_string_value(rule) : "?", name, file, line);
    json_decref(v);
}

/* "# rules: A-104 A-106" names rules for the whole file. */
static void read_comment(struct matrix *m, char *text, const char *test, const char *file, int line)
{
    static const char start[] = "# rules:";
    char *save;

    if (strncmp(text, start, sizeof start - 1)) return;
    for (char *w = strtok_r(text + sizeof start - 1, " ,\t\r\n", &save); w;
         w       = strtok_r(NULL, " ,\t\r\n", &save))
        matrix_name(m, w, test, file, line);
}

static void read_test(struct matrix *m, const char *dir, const char *name)
{
    char path[PATH];
    char *text  = NULL;
    size_t room = 0;
    ssize_t n;
    int line           = 0;
    const char *ending = strrchr(name, '.');
    bool lines         = ending && !strcmp(ending, ".jsonl");

    if (snprintf(path, sizeof path, "%s/%s", dir, name) >= (int)sizeof path) return;
    FILE *f = fopen(path, "r");
    while (f && (n = getline(&text, &room, f)) >= 0) {
        line++;
        if (lines && n > 1)
            read_vector(m, text, (size_t)n, path, line);
        else if (!lines)
            read_comment(m, text, name, path, line);
    }
    free(text);
    if (f) fclose(f);
}

static int is_test(const struct dirent *d)
{
    return d->d_name[0] != '.';
}

static void read_folder(struct matrix *m, const char *dir, const char *folder)
{
    char path[PATH];
    struct dirent **list;

    snprintf(path, sizeof path, "%s/%s", dir, folder);
    int n = scandir(path, &list, is_test, alphasort);
    for (int i = 0; i < n; i++) {
        read_test(m, path, list[i]->d_name);
        free(list[i]);
    }
    if (n >= 0) free(list);
}

static bool is_wanted(const struct law_rule *r)
{
    return r->kind == RULE_KIND_CALCULATION || r->kind == RULE_KIND_DECISION ||
           r->kind == RULE_KIND_MONEY || r->kind == RULE_KIND_READING;
}

static const char *exempt_word(const struct law_rule *r)
{
    return r->kind == RULE_KIND_FINDING    ? "a finding of fact: exempt"
           : r->kind == RULE_KIND_RECORDED ? "not applied yet: exempt"
                                           : "background: exempt";
}

static void put_row(const struct law_rule *r, const struct row *row)
{
    char cut[NAME_COLUMNS + 1];
    int left = law_width() - 5 - 7 - 34 - 2;

    printf("%-6s %-34.34s %4d  ", r->name,
           rule_cite((enum rule_id)(r - rule_table), JURISDICTION_GREAT_BRITAIN), row->count);
    if (!row->count) fputs(is_wanted(r) ? "NO VECTOR OR SCENARIO" : exempt_word(r), stdout);
    for (int i = 0; i < row->count && i < SHOWN_NAMES; i++) {
        snprintf(cut, sizeof cut, "%s", row->names[i]);
        if ((left -= (int)strlen(cut) + 1) < 4) {
            fputs("...", stdout);
            break;
        }
        printf("%s ", cut);
    }
    putchar('\n');
}

static bool put_summary(const struct matrix *m)
{
    int wanted = 0, missing = 0, exempt = 0;

    for (int i = RULE_NONE + 1; i < RULES; i++) {
        bool want = is_wanted(&rule_table[i]);
        wanted += want;
        exempt += !want;
        missing += want && !m->rows[i].count;
    }
    printf(
        "\n%d rules and readings the program applies: %d have a test, %d have none; %d exempt.\n",
        wanted, wanted - missing, missing, exempt);
    for (int i = RULE_NONE + 1; i < RULES; i++)
        if (is_wanted(&rule_table[i]) && !m->rows[i].count)
            printf("no test: %-6s %s\n", rule_table[i].name, rule_table[i].title);
    if (m->unknown) printf("%d lines name no rule or cannot be read.\n", m->unknown);
    return !missing && !m->unknown;
}

bool law_matrix_show(const char *dir)
{
    static struct matrix m;

    m = (struct matrix){ 0 };
    read_folder(&m, dir, "vector");
    read_folder(&m, dir, "scenario");
    printf("%-6s %-34s %4s  %s\n", "rule", "provision", "n", "vectors and scenarios");
    for (int i = 0; i < law_width(); i++)
        putchar('-');
    putchar('\n');
    for (int i = RULE_NONE + 1; i < RULES; i++)
        put_row(&rule_table[i], &m.rows[i]);
    bool complete = put_summary(&m);
    arena_free(&m.arena);
    return complete;
}
