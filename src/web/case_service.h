/* case_service.h: what the pages about the service of a case share. */
#pragma once
#include "app/service_letter.h"
#include "web/case_view.h"

/* An arrangement of the family, looked at for a page. */
struct service_page {
    struct case_view v;
    struct service_view s;
    const char *title; /* "With Dana Frost" */
};
/* Reads what the path names: /case/{family}/service/{arrangement}.  False: answered. */
bool service_page_open(struct request *r, struct service_page *p);
/* The same again inside a transaction. */
bool service_page_read(struct request *r, int64_t pp, int64_t arrangement, struct service_page *p);
/* Why an event cannot happen now, with its day where the calendar will do; "" when it can. */
const char *service_page_why(struct arena *a, const struct service_view *s, int32_t event);
/* The payments of an arrangement as choices of a form, the newest first. */
struct view_option *service_page_dues(struct arena *a, const struct service_view *s,
                                      const char *chosen, int32_t *n);
/* "the receiving parent or the paying parent" */
const char *service_page_roles(struct arena *a, uint32_t roles, const char *between);
