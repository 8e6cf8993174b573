/* core/chain_help.c: what must be true before a way out goes on: the guards of an exit case that look
 * at its consents, threats, decisions, plans and setbacks, and at the unit's own placements. They
 * look at nothing that belongs to the police. */
#include "chain_parts.h"
#include "treben/base/text.h"
#include "treben/core/repo.h"

#define STABLE_DAYS 182 /* half a year without a serious setback */

static const char *today_text(struct core *c)
{
    char day[DATE_TEXT];
    date_text(date_today(), day);
    return arena_strdup(&c->scratch, day);
}

/* --- consent */

static int64_t consents(struct guard_case *g, const char *more)
{
    return look_count(g->core, "consent",
                      "exit_case == \"%s\" and state == \"AKTIVT\" and valid_to >= \"%s\"%s", g->r->id,
                      today_text(g->core), more);
}

bool guard_consent_active(struct guard_case *g)
{
    bool minor = value_is(g->r, "minor", "1");
    if (!value(g->r, "minor"))
        return guard_no(g, _("Age decides who signs: write the person's birth date first."));
    if (minor && !consents(g, " and given_by in (\"VARDNADSHAVARE\", \"STALLFORETRADARE\")"))
        return guard_no(g, _("The person is under 18: a signed consent of a guardian is needed."));
    return consents(g, "") > 0 ||
           guard_no(g, _("There is no consent that holds: have one signed in this case, or go on "
                         "without consent."));
}

bool guard_consent_missing(struct guard_case *g)
{
    return !consents(g, "") || guard_no(g, _("There is a consent that holds: go on with it, or "
                                             "write that it was withdrawn."));
}

bool guard_police_may_be_asked(struct guard_case *g)
{
    struct record *police = look_first(g->core, "agency", "code", "code == \"%s\"", POLICE);
    bool covered =
        police && consents(g, arena_printf(&g->core->scratch,
                                           " and agencies contains \"%s\" and data_kinds contains "
                                           "\"HOTBILD\"",
                                           police->id)) > 0;
    record_free(police);
    return covered || guard_no(g, _("No consent in this case lets the police be asked about the "
                                    "threat: have one signed first."));
}

bool guard_follow_up_consent(struct guard_case *g)
{
    return consents(g, " and purpose == \"UPPFOLJNING\"") > 0 ||
           guard_no(g, _("Following up after the end needs a consent for it: have one signed."));
}

/* For clocks: nobody is reminded of what must not be done. */
bool guard_no_follow_up_consent(struct guard_case *g)
{
    return !consents(g, " and purpose == \"UPPFOLJNING\"");
}

/* --- from contact to plan */

bool guard_identity_marked(struct guard_case *g)
{
    const char *id = value(g->r, "person");
    struct record *person = id ? look_id(g->core, "person", id) : NULL;
    bool marked = value(person, "name_quality") != NULL;
    record_free(person);
    if (!id)
        return guard_no(g, _("Add the person to the unit's register and name them on the case."));
    return marked || guard_no(g, _("Say on the person whether the name is proven or only stated."));
}

bool guard_threat_requested(struct guard_case *g)
{
    return look_count(g->core, "threat_assessment", "exit_case == \"%s\"", g->r->id) > 0 ||
           guard_no(g, _("Ask for a threat assessment and write down when."));
}

/* The decision that stands in the case; OWN: caller; NULL: none is made. */
static struct record *decided(struct guard_case *g)
{
    return look_first(g->core, "decision", "-created_at",
                      "entity == \"%s\" and state == \"FATTAT\" and kind in (\"BISTAND\", "
                      "\"PLACERING\", \"AVSLAG\")",
                      g->r->id);
}

bool guard_decision_made(struct guard_case *g)
{
    struct record *d = decided(g);
    bool made = d;
    record_free(d);
    return made || guard_no(g, _("No decision is made: write it on the case and decide it there."));
}

bool guard_decision_granted(struct guard_case *g)
{
    struct record *d = decided(g);
    bool granted = d && !value_is(d, "kind", "AVSLAG");
    record_free(d);
    return granted || guard_no(g, _("Help was refused in this case: a plan needs a decision that "
                                    "grants it."));
}

bool guard_refusal_served(struct guard_case *g)
{
    struct record *d = decided(g);
    bool refused = value_is(d, "kind", "AVSLAG"), served = value(d, "served_at");
    record_free(d);
    if (!refused)
        return guard_no(g, _("Help was granted in this case: draw up the plan."));
    return served || guard_no(g, _("The refusal and how to appeal must be served first: write the "
                                   "day on the decision."));
}

bool guard_plan_drawn(struct guard_case *g)
{
    return look_count(g->core, "goal", "exit_case == \"%s\"", g->r->id) > 0 ||
           guard_no(g, _("Draw up a plan with at least one goal."));
}

bool guard_plan_signed(struct guard_case *g)
{
    struct record *plan =
        look_first(g->core, "plan", "-version", "exit_case == \"%s\"", g->r->id);
    bool is_signed = value(plan, "client_signed");
    record_free(plan);
    return is_signed || guard_no(g, _("The client has not signed the plan: write the day on it."));
}

bool guard_follow_up_booked(struct guard_case *g)
{
    return look_count(g->core, "follow_up", "exit_case == \"%s\" and state == \"BOKAD\"", g->r->id) >
               0 ||
           guard_no(g, _("Book the first follow-up."));
}

bool guard_stable(struct guard_case *g)
{
    char since[DATE_TEXT];
    date_text(date_add(date_today(), -STABLE_DAYS), since);
    const char *started = value(g->r, "started_at");
    if (!started || strcmp(started, since) > 0)
        return guard_no(g, _("Stable takes half a year: it is too early."));
    return !look_count(g->core, "setback",
                       "exit_case == \"%s\" and at >= \"%s\" and kind in (\"NYTT_BROTT\", "
                       "\"KONTAKT_GRUPP\", \"ROJD\", \"HOT\", \"SJALVSKADA\")",
                       g->r->id, since) ||
           guard_no(g, _("There was a serious setback during the last half year: go on as before."));
}

/* For clocks: has the threat been judged anew since? */
bool guard_threat_renewed(struct guard_case *g)
{
    return look_count(g->core, "threat_assessment",
                      "exit_case == \"%s\" and id != \"%s\" and requested_at > \"%s\"",
                      value(g->r, "exit_case"), g->r->id, value(g->r, "requested_at")) > 0;
}

/* --- offer: the case stays within the unit's own agency */

bool guard_offer_case_named(struct guard_case *g)
{
    return !str_eq(record_common(g->r, COMMON_OWNER_AGENCY), exit_case_kind.owner) ||
           value(g->r, "exit_case") || guard_no(g, _("Name the case that the offer led to."));
}

/* --- collision */

static bool mentions(const char *text, const char *name)
{
    if (str_empty(text) || str_empty(name))
        return false;
    AUTOFREE char *in = text_fold(text);
    AUTOFREE char *what = text_fold(name);
    return strstr(in, what);
}

static bool same_text(const char *a, const char *b)
{
    AUTOFREE char *x = text_fold(a ? a : "");
    AUTOFREE char *y = text_fold(b ? b : "");
    return *x && strcmp(x, y) == 0;
}

/* Does what this case says of its threats name the other one, or where they come from? */
static bool fears(struct core *c, const struct record *one, const struct record *other)
{
    const char *person = value(other, "person");
    struct record *who = person ? look_id(c, "person", person) : NULL;
    ROWS threats = look_all(c, "threat_assessment", "id", "exit_case == \"%s\"", one->id);
    bool found = false;
    for (int i = 0; i < threats.n && !found; i++) {
        struct record *whole; /* from whom is encrypted: only loaded whole */
        struct err ignored = {0};
        if (!repo_load_all(c, threats.at[i]->k, threats.at[i]->id, &whole, &ignored))
            continue;
        const char *from = value(whole, "threat_from");
        found = mentions(from, value(other, "former_group_text")) ||
                mentions(from, value(who, "family_name"));
        record_free(whole);
    }
    record_free(who);
    return found;
}

/* Not known to come from the same group: they may be rivals. */
static bool rivals(struct core *c, const char *case_id, const char *other_id)
{
    struct record *one = look_id(c, "exit_case", case_id);
    struct record *other = look_id(c, "exit_case", other_id);
    bool may = one && other &&
               (!same_text(value(one, "former_group_text"), value(other, "former_group_text")) ||
                fears(c, one, other) || fears(c, other, one));
    record_free(one);
    record_free(other);
    return may;
}

bool placement_collides(struct core *c, const struct record *r)
{
    const char *from = value(r, "from"), *to = value(r, "to"), *own = value(r, "exit_case");
    if (!from || !own)
        return false;
    ROWS rows = look_all(c, "placement", "id",
                         "exit_case != \"%s\" and state in (\"PLANERAD\", \"PAGAR\") and from <= "
                         "\"%s\" and (to == null or to >= \"%s\")",
                         own, to ? to : "9999-12-31", from);
    bool found = false;
    for (int i = 0; i < rows.n && !found; i++) {
        struct record *whole;
        struct err ignored = {0};
        if (!repo_load_all(c, rows.at[i]->k, rows.at[i]->id, &whole, &ignored))
            continue;
        found = same_text(value(whole, "provider"), value(r, "provider")) ||
                (str_eq(value(whole, "municipality"), value(r, "municipality")) &&
                 rivals(c, own, value(whole, "exit_case")));
        record_free(whole);
    }
    return found;
}
