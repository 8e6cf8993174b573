/* core/chain_call_in.c: what must be true before a call-in moves on, and before somebody is asked to
 * come to one: the guards that look from the call-in to its invitations, its texts and its people. */
#include "chain_parts.h"

#define OUTCOMES "STANNADE,GICK,UTEBLEV,FORHINDRAD,UPPFOLJD,AVFORD,TACKAT_NEJ"
#define ASKED "\"KALLAD\", \"DELGIVEN\", \"BEKRAFTAD\""

static struct rows invitations(struct guard_case *g)
{
    return look_all(g->core, "invitation", "id", "call_in == \"%s\"", g->r->id);
}

/* --- call-in */

static bool version_is(struct core *c, const char *version, const char *states)
{
    struct record *v = version ? look_id(c, "message_version", version) : NULL;
    bool yes = v && value_in(v, "state", states);
    record_free(v);
    return yes;
}

/* Nothing is said there that not all three have approved; the speeches count too. */
bool guard_texts_approved(struct guard_case *g)
{
    const char *pos = NULL, *item;
    size_t n;
    int texts = 0;
    while (str_list_next(value(g->r, "message_versions"), &pos, &item, &n)) {
        texts++;
        if (!version_is(g->core, list_item(g->core, item, n), "GODKAND"))
            return guard_no(g, _("A text is not approved by all three: have it approved, or choose "
                                 "another version."));
    }
    if (!texts)
        return guard_no(g, _("Choose the approved texts that are said at the call-in."));
    ROWS speeches = look_all(g->core, "call_in_speech", "order",
                             "call_in == \"%s\" and message_version != null", g->r->id);
    for (int i = 0; i < speeches.n; i++)
        if (!version_is(g->core, value(speeches.at[i], "message_version"), "GODKAND"))
            return guard_no(g, _("Speech %s uses a text that is not approved: have it approved, or "
                                 "choose another version."),
                            value(speeches.at[i], "order"));
    return true;
}

/* The assessment is a document, or a signed note. */
bool guard_risk_assessed(struct guard_case *g)
{
    const char *id = value(g->r, "risk_assessment");
    if (!id)
        return guard_no(g, _("Name the assessment of the risks: a document, or a signed note."));
    struct record *note = look_id(g->core, "note", id);
    bool draft = note && !value_is(note, "state", "SIGNERAD");
    record_free(note);
    return !draft || guard_no(g, _("The assessment of the risks is a draft: have it signed first."));
}

bool guard_list_approved(struct guard_case *g)
{
    ROWS rows = invitations(g);
    int invited = 0;
    for (int i = 0; i < rows.n; i++) {
        if (value_in(rows.at[i], "state", "FORESLAGEN,GRANSKAD"))
            return guard_no(g, _("An invitation is not approved yet: have each approved, or removed "
                                 "with its reason."));
        invited += !value_is(rows.at[i], "state", "AVFORD");
    }
    return invited || guard_no(g, _("Nobody is invited yet: propose whom to invite first."));
}

/* Conflicts flare up after the seats were given: it is asked again before the day. */
bool guard_seats_apart(struct guard_case *g)
{
    ROWS rows = look_all(g->core, "invitation", "id",
                         "call_in == \"%s\" and not (state in (\"AVFORD\", \"TACKAT_NEJ\"))",
                         g->r->id);
    for (int i = 0; i < rows.n; i++)
        for (int j = i + 1; j < rows.n; j++)
            if (invitation_apart(g->core, rows.at[i], rows.at[j]) != APART)
                return guard_no(g, _("Two groups in conflict sit side by side or arrive together: "
                                     "change the seats or the times of arrival first."));
    return true;
}

bool guard_outcomes_known(struct guard_case *g)
{
    ROWS rows = invitations(g);
    int open = 0;
    for (int i = 0; i < rows.n; i++)
        open += !value_in(rows.at[i], "state", OUTCOMES);
    return !open || guard_no(g, _("Who came is not written for every invitation: %d are left."), open);
}

bool guard_attendees_followed(struct guard_case *g)
{
    return !look_count(g->core, "invitation", "call_in == \"%s\" and state in (\"STANNADE\", \"GICK\")",
                       g->r->id) ||
           guard_no(g, _("Somebody who came has not been followed up: write it down first."));
}

/* A talk proposed after the day, or one that was held since; a stopped one met nobody. */
static bool talk_follows(struct core *c, const struct record *invitation)
{
    return look_count(c, "custom_notification",
                      "person == \"%s\" and proposed_at >= \"%s\" and state != \"STOPPAD\"",
                      value(invitation, "person"), value(invitation, "call_at")) > 0;
}

bool guard_absentees_met(struct guard_case *g)
{
    ROWS rows = look_all(g->core, "invitation", "id",
                         "call_in == \"%s\" and no_cn_reason == null and "
                         "(outcome == \"UTEBLEV\" or state == \"TACKAT_NEJ\")",
                         g->r->id);
    for (int i = 0; i < rows.n; i++)
        if (!talk_follows(g->core, rows.at[i]))
            return guard_no(g, _("Somebody did not come and has no talk of their own yet: propose a "
                                 "custom notification, or write on the invitation why not."));
    return true;
}

bool guard_invitees_informed(struct guard_case *g)
{
    if (value_is(g->r, "invitees_told", "1"))
        return true;
    return !look_count(g->core, "invitation", "call_in == \"%s\" and state in (" ASKED ")", g->r->id) ||
           guard_no(g, _("People have been asked to come: tell them that it is called off, and say "
                         "that they know."));
}

/* --- invitation */

/* Probation answers for its clients, the police for those whom they ask (2.10). */
bool guard_right_approver(struct guard_case *g)
{
    const char *owner = record_common(g->r, COMMON_OWNER_AGENCY);
    if (!str_eq(g->core->who.agency, owner))
        return guard_no(g, _("The agency whose person it is approves the invitation."));
    return value(g->r, "accompanied_by") || !str_eq(owner, "FRI") ||
           guard_no(g, _("Name the probation officer who comes along."));
}

bool guard_invitee_free(struct guard_case *g)
{
    struct record *person = look_id(g->core, "person", value(g->r, "person"));
    const char *until = value(person, "do_not_contact_until");
    bool own = person && str_eq(g->core->who.agency, record_common(person, COMMON_OWNER_AGENCY));
    bool held = person && value_in(person, "custody_state", HELD_STATES);
    bool no = held || value(person, "deceased_date") ||
              (value_is(person, "do_not_contact", "1") && (!until || in_future(until)));
    record_free(person);
    if (!no)
        return true;
    return guard_no(g, "%s",
                    own ? held ? _("The person is in custody: remove the invitation, or correct the "
                                   "person's record.")
                               : _("The person must not be contacted: remove the invitation.")
                        : _("This person cannot come. Ask whoever keeps the person's record, or "
                            "remove the invitation."));
}

static const char *call_state(struct guard_case *g)
{
    struct record *call = look_id(g->core, "call_in", value(g->r, "call_in"));
    const char *state = call ? arena_strdup(&g->core->scratch, value(call, "state")) : NULL;
    record_free(call);
    return state ? state : "";
}

bool guard_call_in_ready(struct guard_case *g)
{
    return str_list_has("KALLAD,REPETERAD", call_state(g)) ||
           guard_no(g, _("The call-in is not ready to summon anybody: texts, risks and the whole "
                         "list are approved first."));
}

bool guard_call_in_begun(struct guard_case *g)
{
    if (in_future(value(g->r, "call_at")))
        return guard_no(g, _("The call-in has not begun: who came is written that evening."));
    return true;
}

/* Whoever was never told cannot be said to have stayed away. */
bool guard_call_in_coming(struct guard_case *g)
{
    if (in_future(value(g->r, "call_at")) || !value_in(g->r, "state", "DELGIVEN,BEKRAFTAD"))
        return true;
    return guard_no(g, _("The call-in has been held: write what became of the invitation instead."));
}

bool guard_follow_up_row(struct guard_case *g)
{
    return look_count(g->core, "note", "subject == \"%s\"", g->r->id) > 0 ||
           guard_no(g, _("Write a note on the follow-up first: when, how, what the person said."));
}

/* --- what stops a clock: no sentences, for nobody is told no */

bool guard_asked_for_call_in(struct guard_case *g)
{
    struct record *invitation = look_id(g->core, "invitation", value(g->r, "subject"));
    record_free(invitation);
    return invitation != NULL;
}

bool guard_asked_for_talk(struct guard_case *g)
{
    return !guard_asked_for_call_in(g);
}

bool guard_list_begun(struct guard_case *g)
{
    return look_count(g->core, "invitation", "call_in == \"%s\"", g->r->id) > 0;
}

bool guard_talks_done(struct guard_case *g)
{
    return value_is(g->r, "state", "UPPFOLJS") && guard_attendees_followed(g);
}

bool guard_absentees_done(struct guard_case *g)
{
    return value_is(g->r, "state", "UPPFOLJS") && guard_absentees_met(g);
}
