/* core/chain_after.c: what follows in one leg from what was written in another: a round starts with
 * its first measure, a decision stands once the incident is moved on, an answer counts when it was
 * carried out. */
#include "chain_parts.h"
#include "treben/core/clocks.h"
#include "treben/core/plan.h"
#include "treben/core/repo.h"

bool chain_became(const struct record *was, const struct record *now, const char *states)
{
    return now && value_in(now, "state", states) &&
           !str_eq(value(was, "state"), value(now, "state"));
}

bool chain_put(struct core *c, const char *kind, const char *id, const struct put *puts, int n,
               struct err *e)
{
    struct record *was = id ? look_id(c, kind, id) : NULL;
    if (!was)
        return true;
    struct record *now = record_copy(was);
    bool differs = false;
    for (int i = 0; i < n; i++) {
        differs |= !str_eq(value(was, puts[i].field), puts[i].value);
        record_put(now, model_field(now->k, puts[i].field), puts[i].value);
    }
    bool ok = !differs || (repo_write(c, was, now, NULL, e) && clocks_run(c, now, e));
    record_free(was);
    record_free(now);
    return ok;
}

bool chain_make(struct core *c, const char *kind, const char *agency, const char *info_class,
                const struct put *puts, int n, const char **ret_id, struct err *e)
{
    struct record *r = record_new(model_kind(c->model, kind));
    for (int i = 0; i < r->k->n_lifecycles; i++)
        record_put(r, r->k->lifecycles[i].field, r->k->lifecycles[i].initial);
    for (int i = 0; i < n; i++)
        record_put(r, model_field(r->k, puts[i].field), puts[i].value);
    record_put(r, r->k->n_own + (int)COMMON_OWNER_AGENCY, agency);
    record_put(r, r->k->n_own + (int)COMMON_INFO_CLASS, info_class);
    record_put(r, r->k->n_own + (int)COMMON_LOCKED, "0");
    bool ok = repo_write(c, NULL, r, NULL, e) && clocks_run(c, r, e);
    if (ok && ret_id)
        *ret_id = arena_strdup(&c->scratch, r->id);
    record_free(r);
    return ok;
}

/* Every response that points to this record was carried out now. */
static bool responses_executed(struct core *c, const char *ref, const char *at, struct err *e)
{
    if (!ref || !at)
        return true;
    ROWS items = look_all(c, "response_item", "id",
                          "ref == \"%s\" and executed_at == null and cancelled_at == null", ref);
    for (int i = 0; i < items.n; i++) {
        const struct put puts[] = {{"executed_at", at}};
        if (!chain_put(c, "response_item", items.at[i]->id, puts, (int)N_OF(puts), e) ||
            !clocks_run_id(c, "incident", value(items.at[i], "incident"), e))
            return false;
    }
    return true;
}

/* A wording that somebody has heard is never changed again. */
bool chain_lock_version(struct core *c, const char *version, struct err *e)
{
    const struct put puts[] = {{"locked", "1"}};
    return chain_put(c, "message_version", version, puts, (int)N_OF(puts), e);
}

bool chain_last_message(struct core *c, const char *group, const char *at, struct err *e)
{
    char day[DATE_TEXT];
    struct record *g = group ? look_id(c, "group", group) : NULL;
    const char *last = value(g, "last_direct_message");
    day_after(at, 0, day);
    const struct put puts[] = {{"last_direct_message", day}};
    bool ok = !g || !*day || (last && strcmp(last, day) >= 0) ||
              chain_put(c, "group", group, puts, (int)N_OF(puts), e);
    record_free(g);
    return ok;
}

/* The proposal becomes the decision when the coordinator moves the incident on. */
static bool after_incident(struct core *c, const struct record *was, const struct record *now,
                           struct err *e)
{
    if (!chain_became(was, now, "GMI_BESLUTAD"))
        return true;
    struct record *proposal = chain_proposal(c, now->id, str_eq(value(was, "state"), "OMPROVAS"));
    char at[INSTANT_TEXT];
    instant_text(clock_now(), at);
    const struct put puts[] = {{"decided_by", c->who.user}, {"decided_at", at}};
    bool ok = !proposal || chain_put(c, "gmi_decision", proposal->id, puts, (int)N_OF(puts), e);
    record_free(proposal);
    return ok && clocks_run(c, now, e); /* what is asked after a yes begins only now that it stands */
}

static bool after_notification(struct core *c, const struct record *was, const struct record *now,
                               struct err *e)
{
    const char *at = value(now, "delivered_at"), *person = value(now, "person");
    if (!after_talk_of_absentee(c, now ? now : was, e))
        return false;
    if (!person || !chain_became(was, now, "GENOMFORD"))
        return true;
    ROWS groups = look_all(c, "membership", "id",
                           "person == \"%s\" and state in (\"BEKRAFTAD\", \"FOR_OMPROVNING\") and "
                           "to == null and review_due >= \"%s\"",
                           person, lapse_day(c));
    for (int i = 0; i < groups.n; i++)
        if (!chain_last_message(c, value(groups.at[i], "group"), at, e))
            return false;
    return responses_executed(c, now->id, at, e) &&
           chain_lock_version(c, value(now, "message_version"), e);
}

/* The clocks that look at a round: its own, and those of the incidents it answers. */
static bool round_clocks(struct core *c, const char *round, struct err *e)
{
    struct record *r = round ? look_id(c, "sanction_round", round) : NULL;
    const char *pos = NULL, *item;
    size_t n;
    bool ok = !r || clocks_run(c, r, e);
    while (ok && r && str_list_next(value(r, "trigger_incidents"), &pos, &item, &n))
        ok = clocks_run_id(c, "incident", list_item(c, item, n), e);
    record_free(r);
    return ok;
}

static bool after_round(struct core *c, const struct record *was, const struct record *now,
                        struct err *e)
{
    const struct record *r = now ? now : was;
    return round_clocks(c, r->id, e) && clocks_run_id(c, "group", value(r, "target_group"), e);
}

/* Its first measure starts a decided round, and only that one: whether a running round goes on is for
 * a manager to decide, and no measure puts that day off. */
static bool round_begins(struct core *c, const char *round, struct err *e)
{
    struct record *r = round ? look_id(c, "sanction_round", round) : NULL;
    bool ok = !r || !value_is(r, "state", "BESLUTAD") || lifecycle_system(c, r->k, round, "PAGAR", e);
    record_free(r);
    return ok;
}

static bool after_measure(struct core *c, const struct record *was, const struct record *now,
                          struct err *e)
{
    const char *round = value(now ? now : was, "round");
    if (chain_became(was, now, "PAGAENDE,UTFORD") && !round_begins(c, round, e))
        return false;
    if (chain_became(was, now, "UTFORD") &&
        (!responses_executed(c, now->id, value(now, "executed_at"), e) ||
         !responses_executed(c, round, value(now, "executed_at"), e)))
        return false;
    return round_clocks(c, round, e);
}

/* Answers to a round of kind SANKTION may also point at the round when it is already running. */
static bool after_response(struct core *c, const struct record *was, const struct record *now,
                           struct err *e)
{
    const char *ref = value(now, "ref"), *at = NULL;
    static const struct {
        const char *kind, *at;
    } done[] = {{"custom_notification", "delivered_at"},
                {"measure", "executed_at"},
                {"help_offer", "given_at"},
                {"group_message", "at"}};
    if (now && ref && !value(now, "executed_at") && !value(now, "cancelled_at") &&
        !str_eq(value(was, "ref"), ref)) {
        for (size_t i = 0; i < N_OF(done) && !at; i++) {
            struct record *r = look_id(c, done[i].kind, ref);
            at = arena_strdup(&c->scratch, value(r, done[i].at));
            record_free(r);
        }
        struct record *measure = at ? NULL
                                    : look_first(c, "measure", "executed_at",
                                                 "round == \"%s\" and executed_at != null", ref);
        at = at ? at : arena_strdup(&c->scratch, value(measure, "executed_at"));
        record_free(measure);
        if (!responses_executed(c, ref, at, e))
            return false;
    }
    return clocks_run_id(c, "incident", value(now ? now : was, "incident"), e);
}

static bool after_group_message(struct core *c, const struct record *was, const struct record *now,
                                struct err *e)
{
    if (!now || was)
        return true;
    const char *round = value(now, "round");
    const struct kind_model *k = model_kind(c->model, "sanction_round");
    if (round && (!lifecycle_system(c, k, round, "ATERKOPPLAD", e) ||
                  !clocks_run_id(c, "sanction_round", round, e)))
        return false;
    return chain_last_message(c, value(now, "group"), value(now, "at"), e) &&
           responses_executed(c, now->id, value(now, "at"), e) &&
           chain_lock_version(c, value(now, "message_version"), e);
}

static bool after_offer(struct core *c, const struct record *was, const struct record *now,
                        struct err *e)
{
    return !now || was || responses_executed(c, now->id, value(now, "given_at"), e);
}

static bool after_deconfliction(struct core *c, const struct record *was, const struct record *now,
                                struct err *e)
{
    const char *subject = value(now ? now : was, "subject");
    return clocks_run_id(c, "custom_notification", subject, e) &&
           after_invitation_answer(c, subject, e);
}

static bool after_attempt(struct core *c, const struct record *was, const struct record *now,
                          struct err *e)
{
    return clocks_run_id(c, "custom_notification", value(now ? now : was, "custom_notification"),
                         e);
}

static bool after_answer(struct core *c, const struct record *was, const struct record *now,
                         struct err *e)
{
    return clocks_run_id(c, "sanction_round", value(now ? now : was, "round"), e);
}

/* Rows by which an incident's own clocks are judged; also when such a row was taken away again. */
static bool after_incident_row(struct core *c, const struct record *was, const struct record *now,
                               struct err *e)
{
    return clocks_run_id(c, "incident", value(now ? now : was, "incident"), e);
}

static bool after_review(struct core *c, const struct record *was, const struct record *now,
                         struct err *e)
{
    const struct record *r = now ? now : was;
    const char *pos = NULL, *item;
    size_t n;
    while (str_list_next(value(r, "incidents"), &pos, &item, &n))
        if (!clocks_run_id(c, "incident", list_item(c, item, n), e))
            return false;
    return true;
}

static bool after_audit(struct core *c, const struct record *was, const struct record *now,
                        struct err *e)
{
    return !chain_became(was, now, "FASTSTALLD") || chain_adopt(c, now, e);
}

static bool after_name(struct core *c, const struct record *was, const struct record *now,
                       struct err *e)
{
    static const char *const names[] = {"given_names", "family_name", "birth_date"};
    for (size_t i = 0; now && i < N_OF(names); i++)
        if (!str_eq(value(was, names[i]), value(now, names[i])))
            return chain_doubles(c, now, e);
    return true;
}

static bool after_identifier(struct core *c, const struct record *was, const struct record *now,
                             struct err *e)
{
    return !now || str_eq(value(was, "value"), value(now, "value")) ||
           chain_doubles_by_number(c, now, e);
}

static bool after_merge(struct core *c, const struct record *was, const struct record *now,
                        struct err *e)
{
    if (now && !was)
        return chain_merge(c, now, e);
    return !chain_became(was, now, "ANGRAD") || chain_unmerge(c, now, e);
}

/* What a merged group leaves behind is somebody's task as long as it is there. */
static bool after_membership(struct core *c, const struct record *was, const struct record *now,
                             struct err *e)
{
    return clocks_run_id(c, "group", value(now ? now : was, "group"), e);
}

static bool after_relation(struct core *c, const struct record *was, const struct record *now,
                           struct err *e)
{
    const struct record *r = now ? now : was;
    return clocks_run_id(c, "group", value(r, "group_a"), e) &&
           clocks_run_id(c, "group", value(r, "group_b"), e);
}

bool chain_after(struct core *c, const struct record *was, const struct record *now, struct err *e)
{
    static const struct {
        const char *kind;
        after_fn *then;
    } follows[] = {
        {"audit", after_audit},
        {"person", after_name},
        {"person_identifier", after_identifier},
        {"person_merge", after_merge},
        {"membership", after_membership},
        {"group_relation", after_relation},
        {"incident", after_incident},
        {"incident_group", after_incident_row},
        {"incident_person", after_incident_row},
        {"gmi_decision", after_incident_row},
        {"incident_review", after_review},
        {"response_item", after_response},
        {"custom_notification", after_notification},
        {"notification_attempt", after_attempt},
        {"deconfliction", after_deconfliction},
        {"help_offer", after_offer},
        {"exit_case", chain_after_exit_case},
        {"follow_up", chain_after_follow_up},
        {"consent", chain_after_consent},
        {"threat_assessment", chain_after_threat},
        {"sanction_round", after_round},
        {"measure", after_measure},
        {"round_answer", after_answer},
        {"group_message", after_group_message},
        {"call_in", after_call_in},
        {"invitation", after_invitation},
        {"person", after_person},
        {"meeting", after_meeting},
        {"task", plan_moved},
        {"handover", after_handover},
        {"handover_receipt", after_receipt},
        {"user", after_account},
        {"user_role", after_account},
        {"link", after_link},
    };
    const char *kind = (now ? now : was)->k->kind->name;
    for (size_t i = 0; i < N_OF(follows); i++)
        if (strcmp(follows[i].kind, kind) == 0 && !follows[i].then(c, was, now, e))
            return false;
    return true;
}
