/* verb.c: events and their chain. */
#include "app/verb.h"

#include "app/clock.h"
#include "app/day.h"
#include "base/bug.h"

#include <string.h>

bool counter_next(struct store *store, const char *name, int64_t *number, struct fail *fail)
{
    struct sql_counter_take_row row;
    bool found;
    struct arena scratch = { 0 };
    bool fine = sql_counter_take(store, &(struct sql_counter_take_in){ .name = name }, &scratch,
                                 &row, &found, fail);

    arena_free(&scratch);
    if (!fine) return false;
    if (!found)
        return FAIL(fail, FAIL_INTEGRITY, "counter_missing",
                    "The database has no counter \"%s\"; it was not made by `upkeep init`.", name);
    *number = row.number;
    return true;
}

int64_t verb_number(struct verb *v, enum draft_table table)
{
    switch (table) {
    case DRAFT_FACT: return ++v->family.fact_last;
    case DRAFT_DECISION: return ++v->family.decision_last;
    case DRAFT_INSTALMENT: return ++v->family.instalment_last;
    case DRAFT_ENTRY: return ++v->family.entry_last;
    case DRAFT_RECEIPT: return ++v->family.receipt_last;
    case DRAFT_PERSON:
    case DRAFT_ARRANGEMENT:
    case DRAFT_FACT_END:
    case DRAFT_DECISION_END:
    case DRAFT_AWARD:
    case DRAFT_INSTALMENT_END:
    case DRAFT_RECEIPT_MATCH:
    case DRAFT_MISSED:
    case DRAFT_LETTER:
    case DRAFT_PAYMENT:
    case DRAFT_PAYMENT_BACK:
    case DRAFT_INSTRUCTION:
    case DRAFT_DEBIT_AGAIN:
    case DRAFT_DEBIT_NOTICE:
    case DRAFT_ANNOUNCED:
    case DRAFT_ANNOUNCED_PAID:
    case DRAFT_STEP:
    case DRAFT_DIRECT_PAYMENT:
    case DRAFT_CLOCK:
    case DRAFT_CLOCK_DONE:
    case DRAFT_CLOCK_GONE:
    case DRAFT_PATTERN:
    case DRAFT_REFERENCE:
    case DRAFT_NAME_WORD:
    case DRAFT_RULING:
    case DRAFT_WELFARE:
    case DRAFT_TABLES: break;
    }
    BUG_UNLESS(false);
    return 0;
}

void verb_add(struct verb *v, enum draft_table table, const void *row)
{
    draft_add(&v->draft, v->arena, table, row);
}

bool actor_is_parent(const char *actor)
{
    return !strncmp(actor, ACTOR_PARENT, strlen(ACTOR_PARENT));
}

bool actor_is_representative(const char *actor)
{
    return !strncmp(actor, ACTOR_REPRESENTATIVE, strlen(ACTOR_REPRESENTATIVE));
}

void verb_begin(const struct setting *s, const struct sql_family_list_row *family, const char *name,
                const char *key, struct verb *v)
{
    *v = (struct verb){ .store  = s->store,
                        .arena  = s->arena,
                        .pp     = family->pp,
                        .seq    = family->seq + 1,
                        .today  = s->today,
                        .actor  = s->actor,
                        .name   = name,
                        .key    = key,
                        .family = *family,
                        .about  = { .arena = s->arena } };
    if (family->seq == 0) return;
    BUG_UNLESS(family->hash.n == sizeof v->previous.bytes);
    memcpy(v->previous.bytes, family->hash.at, sizeof v->previous.bytes);
}

bool verb_open(const struct setting *s, int64_t pp, const char *name, const char *key,
               struct verb *verb, bool *done, struct fail *fail)
{
    struct sql_event_by_key_row keyed;
    struct sql_family_list_row *found, none = { .pp = pp };
    size_t n;

    *done = false;
    if (key && !sql_event_by_key(s->store, &(struct sql_event_by_key_in){ .pp = pp, .key = key },
                                 s->arena, &keyed, done, fail))
        return false;
    if (!sql_family_list(s->store, &(struct sql_family_list_in){ .pps = { &pp, 1 } }, s->arena,
                         &found, &n, fail))
        return false;
    if (n && pp != SERVICE_PP && !*done && date_before(found->look, s->today) &&
        (!day_catch_up(s, pp, fail) ||
         !sql_family_list(s->store, &(struct sql_family_list_in){ .pps = { &pp, 1 } }, s->arena,
                          &found, &n, fail)))
        return false;
    verb_begin(s, n ? found : &none, name, key, verb);
    return n == 0 || *done || !date_before(s->today, found->day) ||
           REFUSE(
               fail, "day_before_last",
               "%s last changed on a later day than the one given; work on that day or after it.",
               pp == SERVICE_PP ? "The money in suspense was" : "This case was");
}

bool event_rows_fingerprint(struct store *store, int64_t pp, int64_t seq, struct fingerprint *value,
                            struct fail *fail)
{
    struct digest d;
    size_t n = 0;

    digest_begin(&d);
#define ABSORB(table)                                                                              \
    sql_digest_##table(store, &(struct sql_digest_##table##_in){ .pp = pp, .event = seq }, &d, &n, \
                       fail)
    bool fine = ABSORB(person) && ABSORB(arrangement) && ABSORB(fact) && ABSORB(fact_end) &&
                ABSORB(decision) && ABSORB(decision_end) && ABSORB(award) && ABSORB(instalment) &&
                ABSORB(instalment_end) && ABSORB(entry) && ABSORB(receipt) &&
                ABSORB(receipt_match) && ABSORB(missed) && ABSORB(letter) && ABSORB(payment) &&
                ABSORB(payment_back) && ABSORB(instruction) && ABSORB(debit_again) &&
                ABSORB(debit_notice) && ABSORB(ruling) && ABSORB(welfare) && ABSORB(announced) &&
                ABSORB(announced_paid) && ABSORB(step) && ABSORB(direct_payment) && ABSORB(clock) &&
                ABSORB(clock_done) && ABSORB(clock_gone) && ABSORB(pattern) &&
                ABSORB(earnings_order) && ABSORB(employer_code) && ABSORB(employer_notice) &&
                ABSORB(benefit_request) && ABSORB(glass) && ABSORB(glass_review) &&
                ABSORB(approval_ask) && ABSORB(approval_field) && ABSORB(approval_answer) &&
                ABSORB(invitation) && ABSORB(invitation_use) && ABSORB(authority) &&
                ABSORB(authority_use) && ABSORB(authority_end) && ABSORB(case_owner) &&
                ABSORB(post_item) && ABSORB(message) && ABSORB(complaint_step) &&
                ABSORB(evidence) && ABSORB(asking) && ABSORB(alert) && ABSORB(online_application) &&
                ABSORB(online_answer) && ABSORB(online_step) && ABSORB(card_payment) &&
                ABSORB(card_sent) && ABSORB(sampling) && ABSORB(sample_look);
#undef ABSORB
    digest_end(&d, value->bytes);
    return fine;
}

enum { KIND_NONE = 'n', KIND_NUMBER = 'i', KIND_TEXT = 't', KIND_BYTES = 'b' };

static void absorb_text(struct digest *d, const char *s)
{
    digest_value(d, s ? KIND_TEXT : KIND_NONE, s, s ? strlen(s) : 0);
}

struct fingerprint event_fingerprint(const struct fingerprint *previous, int64_t pp,
                                     const struct sql_event_list_row *event)
{
    struct fingerprint hash;
    struct digest d;

    digest_begin(&d);
    digest_bytes(&d, previous->bytes, sizeof previous->bytes);
    digest_number(&d, KIND_NUMBER, pp);
    digest_number(&d, KIND_NUMBER, event->seq);
    digest_number(&d, KIND_NUMBER, event->day.d);
    absorb_text(&d, event->actor);
    absorb_text(&d, event->verb);
    absorb_text(&d, event->key);
    absorb_text(&d, event->about);
    digest_value(&d, KIND_BYTES, event->rows.at, event->rows.n);
    digest_end(&d, hash.bytes);
    return hash;
}

struct sql_event_insert_in verb_event(struct verb *v, const struct fingerprint *rows)
{
    struct fingerprint *kept        = ARENA_MANY(v->arena, struct fingerprint, 2);
    struct sql_event_list_row event = {
        .seq   = v->seq,
        .day   = v->today,
        .actor = v->actor,
        .verb  = v->name,
        .key   = v->key,
        .about = out_string(&v->about),
        .rows  = { kept[0].bytes, sizeof kept[0].bytes },
    };

    kept[0]        = *rows;
    kept[1]        = event_fingerprint(&v->previous, v->pp, &event);
    v->family.seq  = v->seq;
    v->family.day  = v->today;
    v->family.look = v->today;
    v->family.hash = (struct blob){ kept[1].bytes, sizeof kept[1].bytes };
    return (struct sql_event_insert_in){
        .pp    = v->pp,
        .seq   = v->seq,
        .day   = v->today,
        .actor = v->actor,
        .verb  = v->name,
        .key   = v->key,
        .about = event.about,
        .rows  = event.rows,
        .hash  = v->family.hash,
    };
}

bool verb_close(struct verb *v, struct fail *fail)
{
    struct fingerprint rows;
    bool is_new = v->family.seq == 0;

    if (!draft_write(&v->draft, v->store, fail) || !clock_follow_written(v, fail) ||
        !event_rows_fingerprint(v->store, v->pp, v->seq, &rows, fail))
        return false;
    struct sql_event_insert_in event = verb_event(v, &rows);
    v->family.closed_on              = DATE_NEVER; /* the next run reads everything again */
    v->family.entry_closed           = 0;
    v->family.instalment_closed      = 0;
    v->family.holds                  = true;
    return sql_event_insert(v->store, &event, fail) &&
           (is_new ? sql_family_insert : sql_family_update)(v->store, &v->family, fail);
}
