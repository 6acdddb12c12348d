/* connection.h: cutting clients that send too slowly.  The library's own time-out starts again with
 * every byte; this one does not. */
#pragma once
#include <microhttpd.h>

struct connection;

/* For MHD_OPTION_NOTIFY_CONNECTION: keeps a list of open connections. */
void connection_notify(void *context, struct MHD_Connection *c, void **state,
                       enum MHD_ConnectionNotificationCode code);
/* The request is whole: its answer may take its time.  NULL is fine. */
void connection_served(struct connection *connection);
/* A large body comes, from somebody who may send it: its time is so many seconds longer. */
void connection_extend(struct connection *connection, int seconds);
/* The answer is sent: the next request must be whole within the deadline. */
void connection_idle(struct connection *connection);

/* A thread that once a second closes what has been without a whole request for `deadline` seconds.
 * Where more than `most` are open, each new one closes whichever has been without for longest:
 * however many send nothing, there is room for who comes now. */
void connection_reaper_start(int deadline, int most);
void connection_reaper_stop(void);
