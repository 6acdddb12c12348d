/* service.h: the service an arrangement uses, and every step from one to another: law/flow's
 * machine case_service (B-117) over the family's record.
 *
 * Which service a day has is the fact "service" and nothing else; the state of the machine is read
 * off the record.  A verb takes one step: it asks the machine, does what the step says, and keeps
 * the step beside its event. */
#pragma once
#include "app/direct.h"
#include "app/welfare.h"

/* An arrangement as the machine sees it. */
struct service_view {
    int64_t arrangement;
    enum case_service_state state; /* at the end of the day */
    struct service_record record;
    uint32_t holds;
    struct compliance compliance;
    struct direct_list direct;
    int32_t enquiry;                 /* the state of machine_unlikely_to_pay */
    date asked;                      /* when both parents were last asked; DATE_OPEN: not */
    struct sql_step_list_row *steps; /* taken so far, oldest first */
    size_t step_count;
};
bool service_look(const struct direct_question *question, struct service_view *view,
                  struct fail *fail);
/* The state alone, from the family in memory. */
enum case_service_state service_state_at(const struct group *group, int64_t arrangement, date day,
                                         struct arena *arena);

/* What is asked for.  Beside the step's own: fields that only some events read. */
struct service_order {
    int64_t arrangement;
    enum case_service_event event;
    enum machine_role asked_by;
    const char *reason;                       /* in words that both parents may read */
    const char *evidence;                     /* may be NULL */
    const struct welfare *welfare;            /* for a discretion */
    const char *receiving_asks, *paying_asks; /* words of their fact kinds; NULL: silent */
    bool likely;          /* PAYING_ASKS_DIRECT: found, with the welfare record, likely to pay */
    bool not_pursued;     /* ASK_STOP: what is owed is not to be pursued (B-116) */
    bool no_jurisdiction; /* WITHDRAW: we cannot take it */
    const struct direct_order *report; /* REPORT_DEFAULT: which payment */
};
/* Takes one step.  Refused with the guard's name as code, and a sentence with the date on which it
 * may be possible where there is one. */
bool service_take(struct verb *verb, struct group *group, const struct service_order *order,
                  struct fail *fail);

/* What each parent asks for on an application, and what it comes to (B-110, B-111): sets the
 * service from the application's first day.  Only while nothing is decided. */
struct service_choice {
    int64_t arrangement;
    const char *receiving_asks, *paying_asks; /* NULL: silent */
    bool will_not_pay; /* the paying parent says that they do not intend to pay: payment is then
                          found unlikely, which wants a welfare record */
    const struct welfare *welfare;
    const char *said_by, *evidence;
};
bool service_choose_for(struct verb *verb, struct group *group, const struct service_choice *choice,
                        enum service *chosen, struct fail *fail);

/* A word about a payment outside a report: an answer, proof, or a finding.  Brings the account in
 * line where the service collects by now. */
bool service_tell(struct verb *verb, struct group *group, const struct direct_order *order,
                  struct fail *fail);
/* What the parents agreed about arrears that were left when Direct Pay began again (B-117). */
bool service_agree_arrears(struct verb *verb, struct group *group, int64_t arrangement,
                           const char *terms, struct fail *fail);
/* The money an arrangement owes on the account on a day. */
money service_debt(const struct group *group, int64_t arrangement, date day, struct arena *arena);
/* Whether old arrears of an arrangement may be asked for on a day: not after its collection ended
 * for Direct Pay, unless the parents agreed (B-117). */
bool service_may_demand(const struct group *group, int64_t arrangement, date day);
