/* verbs/inside.h: what the verbs share: options as parsed, the client, ways of printing. */
#ifndef VERBS_INSIDE_H
#define VERBS_INSIDE_H

#include "treben/base/lang.h"
#include "treben/base/str.h"
#include "treben/verbs/verbs.h"

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV };

/* Everything that may stand after a verb; each verb says which of it it takes. */
struct args {
    const char *words[64]; /* what is no option: KIND, ID, FIELD=VALUE … */
    int n_words;
    const char *filter, *sort, *reason, *area, *out;
    long long limit, rev;  /* -1: not given */
    enum format format;
    bool history, dry_run, strict;
};
enum option_bits {
    OPT_FILTER = 1, OPT_SORT = 2, OPT_LIMIT = 4, OPT_JSON = 8, OPT_CSV = 16, OPT_REV = 32, OPT_REASON = 64,
    OPT_HISTORY = 128, OPT_DRY_RUN = 256, OPT_STRICT = 512, OPT_AREA = 1024, OPT_OUT = 2048
};
/* false: told on stderr what is wrong (exit 2). */
bool args_parse(int argc, char **argv, unsigned takes, struct args *ret);

/* Words that are not UTF-8 could not be sent; told on stderr, with the place. */
bool args_are_text(int argc, char **argv);

struct verb {
    const char *name;
    unsigned takes;
    int least_words, most_words;
    int (*run)(struct client *c, const struct args *a, bool demo);
    const char *usage, *help; /* N_() texts */
};
int verb_list(struct client *c, const struct args *a, bool demo);
int verb_find(struct client *c, const struct args *a, bool demo);
int verb_show(struct client *c, const struct args *a, bool demo);
int verb_new(struct client *c, const struct args *a, bool demo);
int verb_set(struct client *c, const struct args *a, bool demo);
int verb_do(struct client *c, const struct args *a, bool demo);
int verb_import(struct client *c, const struct args *a, bool demo);

/* file.c: the bytes of a document. Both tell on stderr what went wrong and give the exit status. */
int file_send(struct client *c, const char *path, char **ret_blob); /* OWN: caller frees *ret_blob */
int file_fetch(struct client *c, const char *id, const char *path);

/* Hands on what was printed. false: nobody reads any more, or it cannot be written; stop. */
bool output_flows(void);
int usage_error(const char *fmt, ...) PRINTF(1, 2); /* prints, returns 2 */

/* FIELD=VALUE words from the given index into an object of strings. NULL: told what is wrong; *status is set. */
json_t *values_from_words(const struct args *a, int from, bool demo, int *status);

/* One CSV cell: quoted where needed; what a spreadsheet would take for a formula gets an apostrophe. */
void csv_cell(struct str *line, const char *text, bool first);
/* A JSON value as the text of one cell: lists joined by commas, hidden as the word for it. OWN: caller. */
char *json_cell(const json_t *value);

/* The elements of a JSON array in a file, one after the other. */
struct feed;
struct feed *feed_open(const char *path, struct err *e);
/* 1: *ret is the next element (owned by the caller); 0: the end; -1: the element cannot be read (e says why, the
 * next call goes on behind it); -2: the file cannot be read on. */
int feed_next(struct feed *f, json_t **ret, struct err *e);
void feed_close(struct feed *f);

#endif
