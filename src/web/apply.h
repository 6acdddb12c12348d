/* apply.h: applying online, without an account (doc/apply.md). */
#pragma once
#include "web/apply_flow.h"
#include "web/apply_home.h"

/* The draft of this browser.  False: the request is answered. */
bool apply_open(struct request *r, struct apply_draft *d);

/* A code as it is made: capitals, in groups; "" when it cannot be one. */
const char *apply_code_plain(struct arena *a, const char *typed);
/* Where a code leads; *where NULL: nowhere. */
bool apply_code_find(struct request *r, const char *code, const char **where, struct fail *f);
/* Of an application that was sent: what its state says to who sent it, and the day by which the
 * next step is to be done. */
const char *apply_says(const struct request *r, const struct online *o);
date apply_due(const struct online *o);

/* One question each (apply_ask.c). */
handler apply_ask, apply_take, apply_child, apply_child_take, apply_children, apply_children_out;
/* The rest (apply_send.c). */
handler apply_start, apply_who, apply_who_do, apply_tasks, apply_keep, apply_return,
    apply_return_do, apply_check, apply_check_do, apply_sent, apply_sent_do, apply_withdraw,
    apply_withdraw_do;
/* What staff see of it (case_online.c). */
handler case_online_list, case_online, case_online_do, case_online_show;
/* Risks of harm in it (case_online_alert.c). */
handler case_online_alert, case_online_alert_do;
