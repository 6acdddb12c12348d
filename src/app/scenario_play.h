/* scenario_play.h: what the parts of the player share; for app/scenario_*.c only. */
#pragma once
#include "app/account.h"
#include "app/decide.h"
#include "app/scenario_run.h"
#include "app/welfare.h"
#include "flow/change.h"

enum name_kind { NAME_PERSON, NAME_CASE, NAME_RECEIPT, NAME_RULING };
struct play_name {
    const char *text;
    enum name_kind kind;
    int64_t id;            /* person, arrangement or receipt */
    int64_t pp;            /* family it was bound in */
    const char *reference; /* twelve digits, or the bank's reference of a receipt */
};

enum { PLAY_NAMES = 1000, PLAY_FAMILIES = 200 };

struct play {
    struct play_order order;
    struct arena life, step; /* as long as the play; as long as a step */
    size_t next, done;       /* index of the next step; steps before `done` were played before */
    date today;
    const char *actor;
    int64_t pp; /* the family in view; 0: none yet */
    struct play_name names[PLAY_NAMES];
    size_t name_count;
    int64_t families[PLAY_FAMILIES];
    size_t family_count;
    const char *received, *letter, *change; /* what became of the last of each */
    const char *sent, *advice;              /* of the last file, of the last report */
    const char *refused;                    /* code of the last step, if it was refused; "" */
    struct fail refusal;
    struct play_count count;
    bool stopped;
};

/* What steps are given.  store, arena, today and actor of the play's step. */
struct setting play_setting(struct play *play);
/* Reads the family in view as it is known now. */
bool play_group(struct play *play, struct group *group, struct fail *fail);
/* The name, or a refusal that suggests one. */
const struct play_name *play_name_find(const struct play *play, const char *text,
                                       struct fail *fail);
bool play_name_bind(struct play *play, struct play_name name, struct fail *fail);
/* The arrangement meant by a case's or receiving parent's name; without a name the only one. */
bool play_arrangement(const struct play *play, const struct group *group, const char *text,
                      int64_t *arrangement, struct fail *fail);
/* The subject of a fact by the name given (NULL: none). */
bool play_subject(const struct play *play, const struct group *group, enum fact_kind kind,
                  const char *text, int64_t *subject, struct fail *fail);
/* A fact's value as it is stored. */
bool play_fact_value(struct play *play, const struct play_step *step, const struct group *group,
                     const char **value, struct fail *fail);

/* Does a step that writes.  *result: one line for table `played`, in the step's arena. */
bool play_do(struct play *play, const struct play_step *step, const char **result,
             struct fail *fail);
/* Takes up what a step left: names, the day, the last result; after doing it, and when it was done
 * before. */
bool play_recall(struct play *play, const struct play_step *step, const char *result,
                 struct fail *fail);
/* Opens a family's verb with the play's key for this step. */
bool play_verb(struct play *play, const char *name, struct verb *verb, struct group *group,
               struct fail *fail);
/* Steps about the service of a case, and what they are expected to come to (scenario_service.c). */
bool play_service(struct play *play, const struct play_step *step, struct fail *fail);
bool play_letter_plan(struct play *play, const struct play_step *step, const char **result,
                      struct fail *fail);
bool play_expect_service(struct play *play, const struct play_step *step, struct fail *fail);
/* Looks whether an expectation holds; false with the sentence in fail. */
bool play_expect(struct play *play, const struct play_step *step, struct fail *fail);
/* A decision as a step orders it, its day worked out where the step says none. */
struct decision_order play_decision_order(struct play *play, const struct play_step *step,
                                          const struct group *group);
/* Shows something; works a preview out. */
bool play_show(struct play *play, const struct play_step *step, struct fail *fail);
bool play_preview(struct play *play, const struct play_step *step, struct fail *fail);
/* Decides something about money; *result: the number and what it came to. */
bool play_ruling(struct play *play, const struct play_step *step, const char **result,
                 struct fail *fail);
bool play_ruling_recall(struct play *play, const struct play_step *step, const char *result,
                        struct fail *fail);
struct welfare play_welfare(struct play *play, const struct play_step *step);
struct ruling_order;
bool play_ruling_order(struct play *play, const struct play_step *step, struct ruling_order *order,
                       struct fail *fail);
/* What is asked of a second person, and the answers (scenario_approval.c). */
bool play_approval(struct play *play, const struct play_step *step, struct fail *fail);
bool play_approval_expect(struct play *play, const struct play_step *step, struct fail *fail);
/* The bank's reference of money that a step brings in. */
const char *play_bank_reference(struct play *play, size_t step);
/* Sets what is to be deducted; what that is expected to come to (scenario_order.c). */
bool play_order(struct play *play, const struct play_step *step, struct fail *fail);
bool play_order_expect(struct play *play, const struct play_step *step, struct fail *fail);
/* Messages between a parent and the service, and complaints (scenario_message.c). */
bool play_message(struct play *play, const struct play_step *step, struct fail *fail);
bool play_complaint(struct play *play, const struct play_step *step, struct fail *fail);
/* A payment by card online, and what the provider says of it (scenario_card.c). */
bool play_card(struct play *play, const struct play_step *step, struct fail *fail);
/* What parents tell us, and what is not accepted of it (scenario_told.c). */
bool play_told(struct play *play, const struct play_step *step, struct fail *fail);
/* Risks of harm, noticed and answered, and patterns that were found (scenario_alert.c). */
bool play_alert(struct play *play, const struct play_step *step, struct fail *fail);
bool play_expect_patterns(struct play *play, const struct play_step *step, struct fail *fail);
/* Decisions that somebody else looks at (scenario_sample.c). */
bool play_sample(struct play *play, const struct play_step *step, struct fail *fail);
bool play_expect_samples(struct play *play, const struct play_step *step, struct fail *fail);
bool play_expect_message(struct play *play, const struct play_step *step, struct fail *fail);
