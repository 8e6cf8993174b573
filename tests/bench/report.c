/* The table: see report.h. */
#include "report.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

void report_start(struct report *r, FILE *json)
{
    *r = (struct report){.json = json, .first = true};
    fprintf(json, "{\"rows\": [\n");
}

void report_head(struct report *r, const char *title)
{
    (void)r;
    printf("\n%-58s %10s %10s %7s  %s\n", title, "floor", "ours", "ratio", "goal");
}

static void number(char *ret, size_t room, double v)
{
    if (isnan(v))
        snprintf(ret, room, "-");
    else if (v == floor(v) && fabs(v) < 1e9)
        snprintf(ret, room, "%.0f", v);
    else
        snprintf(ret, room, "%.2f", v);
}

static void json_number(FILE *f, const char *name, double v)
{
    if (isnan(v))
        fprintf(f, ", \"%s\": null", name);
    else
        fprintf(f, ", \"%s\": %.4g", name, v);
}

static bool is_met(const struct row *w)
{
    switch (w->goal) {
    case GOAL_RATIO:
        return w->ours <= w->floor * w->limit;
    case GOAL_MOST:
        return w->ours <= w->limit;
    case GOAL_EXACT:
        return w->ours == w->limit;
    default:
        return true;
    }
}

static void goal_text(char *ret, size_t room, const struct row *w)
{
    if (w->goal == GOAL_RATIO)
        snprintf(ret, room, "<= %gx", w->limit);
    else if (w->goal == GOAL_MOST)
        snprintf(ret, room, "<= %g %s", w->limit, w->unit);
    else if (w->goal == GOAL_EXACT)
        snprintf(ret, room, "%g", w->limit);
    else
        *ret = '\0';
}

void report_row(struct report *r, struct row w)
{
    char floor_text[24], ours[24], ratio[24], goal[48], what[96];
    double times = w.floor > 0 ? w.ours / w.floor : NAN;
    bool measured = !isnan(w.ours) && (w.goal != GOAL_RATIO || !isnan(w.floor));
    bool met = measured && is_met(&w);
    number(floor_text, sizeof floor_text, w.floor);
    number(ours, sizeof ours, w.ours);
    number(ratio, sizeof ratio, times);
    goal_text(goal, sizeof goal, &w);
    snprintf(what, sizeof what, "%s%s%s", w.what, *w.unit ? ", " : "", w.unit);
    const char *verdict = w.goal == GOAL_NONE ? "" : !measured ? "  not measured" : met ? "  met" : "  ABOVE";
    printf("%-58s %10s %10s %7s  %s%s\n", what, floor_text, ours, ratio, goal, verdict);
    fflush(stdout);
    r->above += measured && !met;
    fprintf(r->json, "%s  {\"what\": \"%s\", \"unit\": \"%s\"", r->first ? "" : ",\n", w.what, w.unit);
    json_number(r->json, "floor", w.floor);
    json_number(r->json, "ours", w.ours);
    json_number(r->json, "ratio", times);
    fprintf(r->json, ", \"goal\": \"%s\", \"met\": %s}", goal,
            w.goal == GOAL_NONE || !measured ? "null" : met ? "true" : "false");
    r->first = false;
}

void report_note(const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    printf("  ");
    vprintf(fmt, args);
    printf("\n");
    va_end(args);
    fflush(stdout);
}

void report_end(struct report *r)
{
    fprintf(r->json, "\n], \"above\": %d}\n", r->above);
    printf("\n%d of the goals not met.\n", r->above);
}
