/* command_assess.c: upkeep assess, from the bytes of a file to the bytes of the replies.  Lines are
 * read in large pieces, each answered with memory that is used again, and written in large pieces.
 */
#include "base/arena.h"
#include "base/out.h"
#include "cli/assess_explain.h"
#include "cli/command.h"
#include "law/law.h"
#include "rule/assess.h"
#include "rule/assess_json.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 1 << 18, PROGRESS_LINES = 1 << 16 };

struct assess_call {
    bool lines, steps, explain;
    const char *file; /* NULL: standard input */
};
struct assess_run {
    struct assess_call call;
    struct arena work, output; /* one input's memory; the replies not yet written */
    struct trace trace;        /* used again for each input */
    struct arena traced;       /* its memory */
    struct out out;
    int64_t read, refused;
};

/* ---- one calculation ---------------------------------------------------------------------- */

/* Answers one input at the end of the output; false if it was refused. */
static bool answer(struct assess_run *run, struct span text)
{
    struct assess_input input;
    struct fail f;

    arena_reset(&run->work);
    run->read++;
    if (!assess_json_read(&run->work, text.at, text.length, &input, &f)) {
        run->refused++;
        if (run->call.explain)
            assess_explain_refusal(&run->out, &input, &f);
        else
            assess_json_write_error(&run->out, &input, &f);
        out_text(&run->out, "\n");
        return false;
    }
    const struct law *law      = law_at(JURISDICTION_GREAT_BRITAIN, input.effective_date);
    struct award award         = award_new(&run->work, &input.facts);
    struct explained steps     = { NULL, 0 };
    struct explain_names names = { input.receiver_ids, input.child_ids };
    if (run->call.steps) {
        trace_renew(&run->trace, &run->traced, &input.facts);
        assess_traced(&input.facts, law, &run->work, &award, &run->trace);
        steps = explain(&run->work, &input.facts, law, &run->trace, &names);
    } else {
        assess(&input.facts, law, &run->work, &award);
    }
    if (run->call.explain)
        assess_explain_write(&run->out, &(struct assess_answer){ &input, &award, &steps, law });
    else
        assess_json_write_reply(&run->out, &input, &award, run->call.steps ? &steps : NULL);
    out_text(&run->out, "\n");
    return true;
}

/* ---- reading and writing ------------------------------------------------------------------ */

static bool write_out(struct assess_run *run)
{
    const char *at = run->out.at;
    size_t left    = run->out.length;

    while (left > 0) {
        ssize_t written = write(STDOUT_FILENO, at, left);
        if (written < 0 && errno != EINTR) {
            fprintf(stderr, "upkeep assess: standard output cannot be written: %s.\n",
                    strerror(errno));
            return false;
        }
        at += written > 0 ? written : 0;
        left -= written > 0 ? (size_t)written : 0;
    }
    run->out.length = 0;
    return true;
}

static void show_progress(const struct assess_run *run)
{
    if (run->read % PROGRESS_LINES == 0 && isatty(STDERR_FILENO))
        fprintf(stderr, "\rupkeep assess: %lld lines", (long long)run->read);
}

/* A window on the input: what was read and not yet answered. */
struct window {
    struct arena arena;
    int file;
    char *at;
    size_t length, room;
    bool failed;
};

/* Reads what there is, at most a chunk; false at the end. */
static bool window_fill(struct window *w)
{
    ssize_t got;

    if (w->length + CHUNK > w->room) {
        size_t room = w->room == 0 ? 2 * CHUNK : w->room * 2;
        w->at       = arena_grow(&w->arena, w->at, w->length, room);
        w->room     = room;
    }
    do
        got = read(w->file, w->at + w->length, CHUNK);
    while (got < 0 && errno == EINTR);
    w->failed = got < 0;
    if (got <= 0) return false;
    w->length += (size_t)got;
    return true;
}

/* Answers each whole line of the window and moves the rest to its front. */
static bool answer_lines(struct assess_run *run, struct window *w)
{
    size_t start = 0;

    for (char *end; (end = memchr(w->at + start, '\n', w->length - start));) {
        answer(run, (struct span){ w->at + start, (size_t)(end - (w->at + start)) });
        start = (size_t)(end - w->at) + 1;
        show_progress(run);
        if (run->out.length > CHUNK && !write_out(run)) return false;
    }
    if (start == 0) return true;
    memmove(w->at, w->at + start, w->length - start);
    w->length -= start;
    return write_out(run);
}

/* A line longer than any input may be is answered by its beginning; the rest of it is passed over.
 */
static bool skip_long_line(struct assess_run *run, struct window *w)
{
    answer(run, (struct span){ w->at, w->length });
    for (;;) {
        char *end = memchr(w->at, '\n', w->length);
        if (end) {
            size_t used = (size_t)(end - w->at) + 1;
            memmove(w->at, w->at + used, w->length - used);
            w->length -= used;
            return answer_lines(run, w);
        }
        w->length = 0;
        if (!window_fill(w)) return true;
    }
}

static int run_lines(struct assess_run *run, struct window *w)
{
    while (window_fill(w)) {
        if (!answer_lines(run, w)) return EXIT_WRONG_CALL;
        if (w->length > ASSESS_BYTES_MOST && !skip_long_line(run, w)) return EXIT_WRONG_CALL;
    }
    if (!w->failed && w->length > 0) answer(run, (struct span){ w->at, w->length });
    if (!write_out(run) || w->failed) return EXIT_WRONG_CALL;
    return run->refused > 0 ? EXIT_SOME_REFUSED : EXIT_DONE;
}

static int run_one(struct assess_run *run, struct window *w)
{
    while (w->length <= ASSESS_BYTES_MOST && window_fill(w))
        continue;
    if (w->failed) return EXIT_WRONG_CALL;
    bool answered = answer(run, (struct span){ w->at, w->length });
    if (!write_out(run)) return EXIT_WRONG_CALL;
    return answered ? EXIT_DONE : EXIT_WRONG_CALL;
}

/* ---- the call ----------------------------------------------------------------------------- */

static bool call_read(struct assess_call *call, int argc, char **argv)
{
    bool options = true;

    call->steps = true;
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i];
        if (options && !strcmp(word, "--"))
            options = false;
        else if (options && !strcmp(word, "--lines"))
            call->lines = true;
        else if (options && !strcmp(word, "--no-steps"))
            call->steps = false;
        else if (options && !strcmp(word, "--explain"))
            call->explain = true;
        else if ((options && word[0] == '-' && word[1]) || call->file) {
            fprintf(
                stderr,
                "upkeep assess: %s is not understood here. `upkeep help assess` tells the call.\n",
                word);
            return false;
        } else
            call->file = word;
    }
    if (call->explain) call->steps = true;
    return true;
}

static int run_assess(int argc, char **argv)
{
    struct assess_run run = { .read = 0 };
    struct window w       = { .file = STDIN_FILENO };

    if (!call_read(&run.call, argc, argv)) return EXIT_WRONG_CALL;
    if (run.call.file && strcmp(run.call.file, "-") != 0)
        w.file = open(run.call.file, O_RDONLY | O_CLOEXEC);
    if (w.file < 0) {
        fprintf(stderr, "upkeep assess: %s cannot be read: %s.\n", run.call.file, strerror(errno));
        return EXIT_WRONG_CALL;
    }
    run.out.arena = &run.output;
    int status    = run.call.lines ? run_lines(&run, &w) : run_one(&run, &w);
    if (w.failed)
        fprintf(stderr, "upkeep assess: the input cannot be read: %s.\n", strerror(errno));
    if (w.file != STDIN_FILENO) close(w.file);
    arena_free(&w.arena);
    arena_free(&run.work);
    arena_free(&run.traced);
    arena_free(&run.output);
    return status;
}

const struct command command_assess = {
    .name = "assess",
    .line = "work out child maintenance from a JSON object, with every step and its rule",
    .help = "Usage: upkeep assess [--lines] [--no-steps] [--explain] [FILE]\n\n"
            "Reads one JSON object (from FILE, or standard input) and writes one: the weekly "
            "amount for each\n"
            "receiving parent and the steps that lead to it, each with its rule and where the law "
            "says so.\n\n"
            "  --lines     one object on each line; one reply on each line, in the same order\n"
            "  --no-steps  leave the steps out of the reply\n"
            "  --explain   write the working for a person instead of JSON\n\n"
            "Example:\n"
            "  echo '{\"effective_date\": \"2026-04-06\",\n"
            "         \"paying_parent\": {\"income\": {\"weekly\": \"600.00\"}},\n"
            "         \"receiving_parents\":\n"
            "             [{\"id\": \"A\", \"children\": [{\"id\": \"B\"}, {\"id\": \"C\"}]}]}' |\n"
            "      upkeep assess --explain\n\n"
            "The keys, the reply and the errors: doc/assess.md.\n"
            "Exit status: 0 done; 1 (--lines) some lines were refused, each with its reason in its "
            "reply;\n"
            "2 the input was refused, with its reason in the reply, or the call was wrong.\n",
    .run  = run_assess,
};
