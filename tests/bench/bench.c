/* The benchmark: floors and product in turn, several runs, one table. See usage() for how it is called. */
#include "many.h"
#include "measure.h"
#include "report.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static double middle = 0.5; /* which part of the times stands for them: the median, or with --least the least */

struct options {
    const char *programs, *bench, *shipped, *work, *json;
    const char *db; /* one that is there already: the rows of a list over it instead of our own persons */
    const char *login, *narrow, *kind;
    int persons, large, runs, sessions, seconds, least;
};

static int usage(void)
{
    fprintf(stderr,
            "bench PROGRAMS BENCH SHIPPED WORK [OPTION VALUE]…\n"
            "  PROGRAMS  folder of treben and treben-core      BENCH  folder of the floors\n"
            "  SHIPPED   folder that holds forms/ and config/  WORK   where databases and bench.json go\n"
            "  --persons N   rows of the common database (100000)   --large N     of the large one (1000000; 0: none)\n"
            "  --runs N      alternating runs (5)                   --sessions N  at once (200; 0: none)\n"
            "  --seconds N   of many sessions (40)                  --json FILE   (WORK/bench.json)\n"
            "  --db FILE     this demo database in place of the common one, for example one of the demo city\n"
            "  --as LOGIN    the account (lena.falk: JOUR_P, the least role that sees the police's persons)\n"
            "  --narrow LOGIN  sees only a few rows of its own (nils.ahl: FRIV_INSP)\n"
            "  --kind KIND   the list (person)\n"
            "  --least 1     the least of all times instead of the median: for a machine that others use too\n"
            "The words of the variable TREBEN_BENCH come before those of the command line.\n");
    return 2;
}

/* --- options ---------------------------------------------------------------------------------------------------------- */

static bool take_option(struct options *o, const char *name, const char *value)
{
    const struct {
        const char *name;
        int *number;
        const char **text;
    } all[] = {{"--persons", &o->persons, NULL}, {"--large", &o->large, NULL},     {"--runs", &o->runs, NULL},
               {"--sessions", &o->sessions, NULL}, {"--seconds", &o->seconds, NULL}, {"--json", NULL, &o->json},
               {"--db", NULL, &o->db},           {"--as", NULL, &o->login},        {"--narrow", NULL, &o->narrow},
               {"--kind", NULL, &o->kind},       {"--least", &o->least, NULL}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (strcmp(all[i].name, name) != 0)
            continue;
        if (all[i].number)
            *all[i].number = (int)strtol(value, NULL, 10);
        else
            *all[i].text = value;
        return true;
    }
    return false;
}

static bool take_environment(struct options *o)
{
    const char *text = getenv("TREBEN_BENCH");
    char *words = strdup(text ? text : ""), *save = NULL; /* kept: options point into it */
    for (char *name = strtok_r(words, " ", &save); name; name = strtok_r(NULL, " ", &save)) {
        const char *value = strtok_r(NULL, " ", &save);
        if (!value || !take_option(o, name, value))
            return false;
    }
    return true;
}

/* --- databases ---------------------------------------------------------------------------------------------------------- */

static const char *path(const char *folder, const char *fmt, int n)
{
    char *name, *whole;
    if (asprintf(&name, fmt, n) < 0 || asprintf(&whole, "%s/%s", folder, name) < 0)
        abort();
    free(name);
    return whole; /* lives as long as the benchmark */
}

static bool run_tool(const char *const argv[], bool quiet)
{
    pid_t pid = fork();
    int status = 0;
    if (pid == 0) {
        if (quiet && (!freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr)))
            _exit(127);
        union { /* execv does not write to the words, but its type does not say so */
            const char *const *in;
            char *const *out;
        } words = {.in = argv};
        execv(argv[0], words.out);
        _exit(127);
    }
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return status == 0;
}

static void must_run(const char *const argv[])
{
    if (run_tool(argv, false))
        return;
    fprintf(stderr, "bench: %s failed\n", argv[0]);
    exit(3);
}

/* One that an older version of the program left behind is brought up to date; what then does not fit is made anew. */
static bool is_usable(const struct options *o, const char *db)
{
    return access(db, R_OK) == 0 &&
           run_tool((const char *const[]){path(o->programs, "trebenctl", 0), "migrate", db, NULL}, true) &&
           run_tool((const char *const[]){path(o->programs, "treben", 0), "--db", db, "--as", o->login, "list", "agency", NULL},
                    true);
}

static void remove_database(const char *db)
{
    static const char *const parts[] = {"", "-wal", "-shm", ".lock", ".key", ".anchor", ".reserve", ".image"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char *name;
        if (asprintf(&name, "%s%s", db, parts[i]) < 0)
            abort();
        unlink(name);
        free(name);
    }
}

static const char *persons_db(const struct options *o, int n)
{
    const char *db = path(o->work, "persons-%d.db", n);
    char count[16];
    if (is_usable(o, db))
        return db;
    remove_database(db);
    fprintf(stderr, "Making %s …\n", db);
    snprintf(count, sizeof count, "%d", n);
    must_run((const char *const[]){path(o->bench, "make_db", 0), db, o->shipped, count, NULL});
    return db;
}

static const char *saves_db(const struct options *o)
{
    const char *db = path(o->work, "saves.db", 0);
    if (access(db, R_OK) != 0)
        must_run((const char *const[]){path(o->bench, "floor_sql", 0), "--make", db, NULL});
    return db;
}

/* --- measuring ---------------------------------------------------------------------------------------------------------- */

struct results {
    struct times floor, ours;
    struct exact floor_exact, ours_exact, list_exact;
    struct many floor_many, ours_many;
};

static void measure_once(const struct options *o, const struct place *at, struct results *r)
{
    struct program list = program_list(at), pair = program_pair(at, at->db), ours = program_ours(at, at->db, at->login);
    struct times unused = {0};
    for (int i = 0; i < 3; i++) {
        measure_start(&pair, &r->floor.start);
        measure_start(&ours, &r->ours.start);
    }
    measure_keys(&list, &r->floor);
    measure_keys(&ours, &r->ours);
    samples_done(&r->floor.page); /* of a list in memory: not what a page from a database is compared with */
    for (int i = 0; i < 2; i++)
        measure_keys(&pair, &unused);
    for (size_t i = 0; i < unused.page.n; i++)
        samples_add(&r->floor.page, unused.page.at[i]);
    samples_done(&unused.page);
    samples_done(&unused.arrow);
    measure_save(&pair, &r->floor.save);
    measure_save(&ours, &r->ours.save);
    measure_record(&ours, &r->ours);
    (void)o;
}

static void measure_large(const struct place *at, struct results *r)
{
    struct program pair = program_pair(at, at->large), ours = program_ours(at, at->large, at->login);
    struct program narrow = program_ours(at, at->large, at->narrow);
    for (int i = 0; i < 3; i++) {
        measure_start(&pair, &r->floor.start_large);
        measure_start(&ours, &r->ours.start_large);
    }
    measure_filter(&pair, &r->floor.filter);
    measure_filter(&ours, &r->ours.filter);
    measure_filter(&narrow, &r->ours.filter_narrow);
}

static void measure_all(const struct options *o, const struct place *at, struct results *r)
{
    const char *library = path(at->bench, "libbench_count.so", 0);
    struct program list = program_list(at), pair = program_pair(at, at->db), ours = program_ours(at, at->db, at->login);
    struct samples warm = {0};
    measure_start(&ours, &warm); /* the first start checks the tables, later ones do not */
    samples_done(&warm);
    for (int i = 0; i < o->runs; i++) {
        fprintf(stderr, "run %d of %d …\n", i + 1, o->runs);
        measure_once(o, at, r);
        if (at->large)
            measure_large(at, r);
    }
    fprintf(stderr, "counting …\n");
    count_keys(&list, library, &r->list_exact);
    count_keys(&pair, library, &r->floor_exact);
    count_keys(&ours, library, &r->ours_exact);
    count_idle(&pair, &r->floor_exact);
    count_idle(&ours, &r->ours_exact);
    if (o->sessions > 0) {
        fprintf(stderr, "%d sessions, floor …\n", o->sessions);
        measure_many(&pair, o->sessions, o->seconds, &r->floor_many);
        fprintf(stderr, "%d sessions, ours …\n", o->sessions);
        measure_many(&ours, o->sessions, o->seconds, &r->ours_many);
    }
}

/* --- the table ------------------------------------------------------------------------------------------------------------ */

static void rows_of_start(struct report *t, struct results *r, const struct place *at)
{
    double start = samples_part(&r->ours.start, middle), large = samples_part(&r->ours.start_large, middle);
    report_row(t, (struct row){"start to the first full list", "ms", samples_part(&r->floor.start, middle), start, GOAL_RATIO, 1.5});
    if (at->large) {
        report_row(t, (struct row){"  the same, large database", "ms", samples_part(&r->floor.start_large, middle), large,
                                   GOAL_RATIO, 1.5});
        report_row(t, (struct row){"  large against common", "times",
                                   samples_part(&r->floor.start_large, middle) / samples_part(&r->floor.start, middle),
                                   large / start, GOAL_MOST, 1.2});
    }
    report_row(t, (struct row){"first screen", "bytes", r->floor_exact.first_bytes, r->ours_exact.first_bytes, GOAL_MOST, 2200});
    report_row(t, (struct row){"  questions to the terminal", "", 0, r->ours_exact.first_queries, GOAL_EXACT, 0});
}

static void rows_of_keys(struct report *t, struct results *r)
{
    const struct exact *f = &r->list_exact, *p = &r->floor_exact, *u = &r->ours_exact;
    report_row(t, (struct row){"arrow key", "ms", samples_part(&r->floor.arrow, middle), samples_part(&r->ours.arrow, middle),
                               GOAL_RATIO, 1.5});
    report_row(t, (struct row){"  p95", "ms", samples_part(&r->floor.arrow, 0.95), samples_part(&r->ours.arrow, 0.95),
                               GOAL_NONE, 0});
    report_row(t, (struct row){"  bytes", "bytes", f->arrow_bytes, u->arrow_bytes, GOAL_MOST, 16});
    report_row(t, (struct row){"  writes", "", f->arrow_writes, u->arrow_writes, GOAL_EXACT, 1});
    report_row(t, (struct row){"  row 23, after 50 ms of rest", "bytes", NAN, u->arrow_late_bytes, GOAL_MOST, 80});
    report_row(t, (struct row){"20 queued keys", "bytes", f->queue_bytes, u->queue_bytes, GOAL_MOST, 40});
    report_row(t, (struct row){"  writes", "", f->queue_writes, u->queue_writes, GOAL_MOST, 4});
    report_row(t, (struct row){"page down", "ms", samples_part(&r->floor.page, middle), samples_part(&r->ours.page, middle),
                               GOAL_RATIO, 1.5});
    report_row(t, (struct row){"  p95", "ms", samples_part(&r->floor.page, 0.95), samples_part(&r->ours.page, 0.95),
                               GOAL_NONE, 0});
    report_row(t, (struct row){"  bytes", "bytes", p->page_bytes, u->page_bytes, GOAL_RATIO, 1.1});
    report_row(t, (struct row){"  writes", "", p->page_writes, u->page_writes, GOAL_EXACT, 1});
    report_row(t, (struct row){"  fsyncs: the log of what was read", "", 0, u->page_fsyncs, GOAL_NONE, 0});
}

static void rows_of_work(struct report *t, struct results *r, const struct place *at)
{
    const struct exact *p = &r->floor_exact, *u = &r->ours_exact;
    if (at->large) {
        report_row(t, (struct row){"filter key, large database", "ms", samples_part(&r->floor.filter, middle),
                                   samples_part(&r->ours.filter, middle), GOAL_RATIO, 1.5});
        report_row(t, (struct row){"  p99", "ms", samples_part(&r->floor.filter, 0.99), samples_part(&r->ours.filter, 0.99),
                                   GOAL_MOST, 20});
        report_row(t, (struct row){"  by one who sees few of them", "ms", NAN, samples_part(&r->ours.filter_narrow, middle),
                                   GOAL_NONE, 0});
        report_row(t, (struct row){"  by one who sees few of them, p99", "ms", NAN,
                                   samples_part(&r->ours.filter_narrow, 0.99), GOAL_MOST, 20});
    }
    report_row(t, (struct row){"open a record with 500 linked rows", "ms", NAN, samples_part(&r->ours.record_first, middle),
                               GOAL_MOST, 10});
    report_row(t, (struct row){"  again in the same session", "ms", NAN, samples_part(&r->ours.record, middle), GOAL_MOST, 10});
    report_row(t, (struct row){"save to 'saved' on screen", "ms", samples_part(&r->floor.save, middle),
                               samples_part(&r->ours.save, middle), GOAL_RATIO, 1.5});
    report_row(t, (struct row){"  p99", "ms", samples_part(&r->floor.save, 0.99), samples_part(&r->ours.save, 0.99), GOAL_NONE,
                               0});
    report_row(t, (struct row){"  fsyncs", "", p->save_fsyncs, u->save_fsyncs, GOAL_EXACT, 1});
    report_row(t, (struct row){"idle: wake-ups", "a second", p->idle_wakes, u->idle_wakes, GOAL_MOST, 0.2});
    report_row(t, (struct row){"  bytes in ten seconds", "bytes", p->idle_bytes, u->idle_bytes, GOAL_EXACT, 0});
}

static void rows_of_many(struct report *t, struct results *r)
{
    struct many *f = &r->floor_many, *u = &r->ours_many;
    double pss = u->pss_mb > 0 ? u->pss_mb : NAN;
    char head[64];
    snprintf(head, sizeof head, "%d sessions, 2 s think time", u->sessions);
    report_head(t, head);
    report_row(t, (struct row){"memory of a session, both programs (PSS)", "MB", f->pss_mb, pss, GOAL_MOST, 4});
    report_row(t, (struct row){"arrow p99", "ms", samples_part(&f->down, 0.99), samples_part(&u->down, 0.99), GOAL_RATIO, 3});
    report_row(t, (struct row){"page p99", "ms", samples_part(&f->page, 0.99), samples_part(&u->page, 0.99), GOAL_RATIO, 3});
    report_row(t, (struct row){"search key p99", "ms", samples_part(&f->search, 0.99), samples_part(&u->search, 0.99),
                               GOAL_RATIO, 3});
    report_row(t, (struct row){"save p50", "ms", samples_part(&f->save, middle), samples_part(&u->save, middle), GOAL_NONE, 0});
    report_row(t, (struct row){"save p99", "ms", samples_part(&f->save, 0.99), samples_part(&u->save, 0.99), GOAL_RATIO, 3});
    report_row(t, (struct row){"start p99", "ms", samples_part(&f->start, 0.99), samples_part(&u->start, 0.99), GOAL_NONE, 0});
    report_row(t, (struct row){"machine busy", "%", 100 * f->busy, 100 * u->busy, GOAL_NONE, 0});
    report_row(t, (struct row){"errors", "", f->errors, u->errors, GOAL_EXACT, 0});
}

static void print_table(const struct options *o, const struct place *at, struct results *r, struct report *t)
{
    report_head(t, o->least ? "80x24, least times" : "80x24, medians");
    rows_of_start(t, r, at);
    rows_of_keys(t, r);
    rows_of_work(t, r, at);
    if (o->sessions > 0)
        rows_of_many(t, r);
    printf("\n");
    report_note("%d alternating runs; list of %s as %s over %s%s%s.", o->runs, at->kind, at->login, at->db,
                at->large ? ", large: " : "", at->large ? at->large : "");
    report_note("Floors: arrow and queue floor_list; all others floor_pair. Start and first screen: TREBEN_OPEN=%s.", at->kind);
    report_note("Statements alone (floor_sql, microseconds):");
    must_run((const char *const[]){path(at->bench, "floor_sql", 0), at->large ? at->large : at->db, at->saves, NULL});
}

int main(int argc, char **argv)
{
    struct options o = {.persons = 100000, .large = 1000000, .runs = 5, .sessions = 200, .seconds = 40,
                        .login = "lena.falk", .narrow = "nils.ahl", .kind = "person"};
    struct results r = {0};
    struct report t;
    if (argc < 5 || !take_environment(&o))
        return usage();
    o.programs = argv[1];
    o.bench = argv[2];
    o.shipped = argv[3];
    o.work = argv[4];
    for (int i = 5; i < argc; i += 2)
        if (i + 1 >= argc || !take_option(&o, argv[i], argv[i + 1]))
            return usage();
    middle = o.least ? 0 : middle;
    if (mkdir(o.work, 0700) != 0 && errno != EEXIST)
        return usage();
    struct place at = {.programs = o.programs, .bench = o.bench, .saves = saves_db(&o), .login = o.login,
                       .narrow = o.narrow, .kind = o.kind};
    at.db = o.db ? o.db : persons_db(&o, o.persons);
    at.large = o.large > 0 ? persons_db(&o, o.large) : NULL;
    FILE *json = fopen(o.json ? o.json : path(o.work, "bench.json", 0), "w");
    if (!json)
        return usage();
    measure_all(&o, &at, &r);
    report_start(&t, json);
    print_table(&o, &at, &r, &t);
    report_end(&t);
    fclose(json);
    return 0;
}
