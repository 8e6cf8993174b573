/* core/hand_on.c: nobody's task. When a case worker leaves or a role ends, open tasks go to those who
 * can see and do them, and their manager is told why. */
#include "chain_parts.h"
#include "treben/core/access.h"
#include "treben/core/clocks.h"
#include "treben/core/repo.h"

#define OPEN_TASKS "state in (\"NY\", \"PAGAR\", \"VANTAR\")"
#define EXIT_MANAGER "AVHOPP_CHEF"

/* Has anybody who works here today this role in this agency? */
static bool held(struct core *c, const char *role, const char *agency)
{
    struct record *r = look_first(c, "role", "id", "code == \"%s\"", role);
    ROWS grants = r ? look_all(c, "user_role", "id",
                               "role == \"%s\" and (from == null or from <= today) and (to == null "
                               "or to >= today)",
                               r->id)
                    : (struct rows){0};
    bool found = false;
    for (int i = 0; i < grants.n && !found; i++) {
        struct record *u = look_first(c, "user", "id",
                                      "id == \"%s\" and (active_to == null or active_to >= today)",
                                      value(grants.at[i], "user"));
        found = u && str_eq(user_agency(c, u->id), agency);
        record_free(u);
    }
    record_free(r);
    return found;
}

/* Does somebody with this role see what the task is about, whoever made it? */
static bool sees(struct core *c, const char *role, const char *agency, const struct record *subject)
{
    const struct kind_rights *rights = subject ? &subject->k->rights : NULL;
    if (!subject)
        return true;
    bool own = str_eq(record_common(subject, COMMON_OWNER_AGENCY), agency);
    for (int i = 0; i < rights->n_see; i++) {
        const struct right *r = &rights->see[i];
        size_t n = strlen(r->role);
        bool fits = strcmp(r->role, "*") == 0 || strcmp(r->role, role) == 0 ||
                    (n && r->role[n - 1] == '*' && strncmp(r->role, role, n - 1) == 0);
        if (fits && (!r->agency || str_eq(r->agency, agency)) && !str_eq(r->when, "mine") &&
            (own ? r->own : r->other) >= LEVEL_SHARED)
            return true;
    }
    int ref = !rights->n_see && rights->follows ? model_field(subject->k, rights->follows) : -1;
    const struct kind_model *k;
    struct id id;
    struct record *parent;
    struct err ignored = {0};
    if (ref < 0 || !record_has(subject, ref) ||
        !repo_resolve(c, NULL, record_get(subject, ref), &k, &id, &ignored) ||
        !repo_load_all(c, k, id.text, &parent, &ignored))
        return false;
    bool seen = sees(c, role, agency, parent);
    record_free(parent);
    return seen;
}

struct heir {
    const char *role, *agency;
};

/* The colleagues with the same role, else the manager, else the exit unit's: the first that sees what it is about. */
static struct heir heir_of(struct core *c, const char *role, const char *agency,
                           const struct record *subject)
{
    bool exit = role && (str_starts(role, "AVHOPP_") || str_eq(role, "STOD"));
    const struct heir wanted[] = {{role, agency},
                                  {exit ? EXIT_MANAGER : "CHEF", agency},
                                  {clocks_desk(c, agency), agency},
                                  {EXIT_MANAGER, EXIT_AGENCY}};
    for (size_t i = 0; i < N_OF(wanted); i++)
        if (wanted[i].role && held(c, wanted[i].role, wanted[i].agency) &&
            sees(c, wanted[i].role, wanted[i].agency, subject))
            return wanted[i];
    return (struct heir){exit ? EXIT_MANAGER : "CHEF", agency};
}

static struct record *load_subject(struct core *c, const struct record *task)
{
    const struct kind_model *k;
    struct id id;
    struct record *r = NULL;
    struct err ignored = {0};
    const char *subject = value(task, "subject");
    return subject && repo_resolve(c, NULL, subject, &k, &id, &ignored) &&
                   repo_load_all(c, k, id.text, &r, &ignored)
               ? r
               : NULL;
}

/* One task in its heir's list says why there are more now. */
static bool tell_heir(struct core *c, const struct heir *h, struct err *e)
{
    const char *title = _("Tasks of somebody who has left are yours now: share them out");
    char due[INSTANT_TEXT];
    instant_text(clock_now() + DAY_SECONDS, due);
    if (look_count(c, "task",
                   "clock == \"handed_on\" and owner_role == \"%s\" and owner_agency == \"%s\" "
                   "and " OPEN_TASKS,
                   h->role, h->agency))
        return true;
    const struct put puts[] = {{"title", title},         {"owner_role", h->role}, {"due", due},
                               {"clock", "handed_on"}, {"priority", "1"}};
    return chain_make(c, "task", h->agency, "INTERN", puts, (int)N_OF(puts), NULL, e);
}

static bool hand_on(struct core *c, const struct record *task, const char *role, const char *agency,
                    const char *why, struct err *e)
{
    struct record *subject = load_subject(c, task), *now = record_copy(task);
    struct heir h = heir_of(c, role, agency, subject);
    record_put(now, model_field(now->k, "owner"), NULL);
    record_put(now, model_field(now->k, "owner_role"), h.role);
    record_put(now, now->k->n_own + (int)COMMON_OWNER_AGENCY, h.agency);
    bool ok = repo_write(c, task, now, why, e) && tell_heir(c, &h, e);
    record_free(subject);
    record_free(now);
    return ok;
}

/* The role that somebody had, the latest. Scratch; NULL: none. */
static const char *role_of(struct core *c, const char *user)
{
    struct record *grant = look_first(c, "user_role", "-from", "user == \"%s\"", user);
    struct record *role = grant ? look_id(c, "role", value(grant, "role")) : NULL;
    const char *code = role ? arena_strdup(&c->scratch, value(role, "code")) : NULL;
    record_free(grant);
    record_free(role);
    return code;
}

static bool works_here(struct core *c, const char *user)
{
    return look_count(c, "user", "id == \"%s\" and (active_to == null or active_to >= today)",
                      user) &&
           look_count(c, "user_role", "user == \"%s\" and (to == null or to >= today)", user);
}

static bool hand_on_of(struct core *c, const char *user, struct err *e)
{
    ROWS tasks = look_all(c, "task", "due", "owner == \"%s\" and " OPEN_TASKS, user);
    const char *role = tasks.n ? role_of(c, user) : NULL, *agency = user_agency(c, user);
    if (!tasks.n || !agency || works_here(c, user))
        return true;
    for (int i = 0; i < tasks.n; i++)
        if (!hand_on(c, tasks.at[i], role, agency, _("The owner has left."), e))
            return false;
    return true;
}

/* Nobody has the role any longer that these wait for. */
static bool hand_on_roles(struct core *c, struct err *e)
{
    for (int i = 0; i < c->model->n_roles; i++) {
        const char *role = c->model->roles[i].code;
        ROWS tasks = look_all(c, "task", "due",
                              "owner == null and owner_role == \"%s\" and " OPEN_TASKS, role);
        for (int j = 0; j < tasks.n; j++) {
            const char *agency = record_common(tasks.at[j], COMMON_OWNER_AGENCY);
            if (!held(c, role, agency) && !str_eq(role, "CHEF") && !str_eq(role, EXIT_MANAGER) &&
                !hand_on(c, tasks.at[j], role, agency, _("Nobody has the role any longer."), e))
                return false;
        }
    }
    return true;
}

bool hand_on_tasks(struct core *c, struct err *e)
{
    ROWS gone = look_all(c, "user", "id", "active_to < today and active_to >= today-400d");
    ROWS ended = look_all(c, "user_role", "id", "to < today and to >= today-400d");
    for (int i = 0; i < gone.n; i++)
        if (!hand_on_of(c, gone.at[i]->id, e))
            return false;
    for (int i = 0; i < ended.n; i++)
        if (!hand_on_of(c, value(ended.at[i], "user"), e))
            return false;
    return !(gone.n || ended.n) || hand_on_roles(c, e);
}

/* An account, or a role of it, was changed. */
bool after_account(struct core *c, const struct record *was, const struct record *now,
                   struct err *e)
{
    bool role = now && str_eq(now->k->kind->name, "user_role");
    if (!was || !now)
        return true;
    return hand_on_of(c, role ? value(now, "user") : now->id, e) && (!role || hand_on_roles(c, e));
}
