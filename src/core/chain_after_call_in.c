/* core/chain_after_call_in.c: what follows from a call-in and its invitations: each agency is asked, the
 * groups count as told, whoever came is offered help, and custody becomes somebody's task. */
#include "chain_parts.h"
#include "treben/core/clocks.h"
#include "treben/core/repo.h"

#define FOLLOW_UP_DAYS 3 /* as in communication/invitation.c */
#define AHEAD "\"FORESLAGEN\", \"GRANSKAD\", \"GODKAND\", \"KALLAD\", \"DELGIVEN\", \"BEKRAFTAD\""

static const char *agency_of(struct core *c, const char *code)
{
    struct record *a = look_first(c, "agency", "id", "code == \"%s\"", code);
    const char *id = a ? arena_strdup(&c->scratch, a->id) : NULL;
    record_free(a);
    return id;
}

/* --- call-in */

/* The invitations count from the same hour; a follow-up that nobody has moved moves along. */
static bool move_invitations(struct core *c, const struct record *was, const struct record *now,
                             struct err *e)
{
    char before[DATE_TEXT], after[DATE_TEXT];
    day_after(value(was, "starts_at"), FOLLOW_UP_DAYS, before);
    day_after(value(now, "starts_at"), FOLLOW_UP_DAYS, after);
    ROWS rows = look_all(c, "invitation", "id", "call_in == \"%s\"", now->id);
    for (int i = 0; i < rows.n; i++) {
        const char *due = value(rows.at[i], "follow_up_due");
        const struct put puts[] = {{"call_at", value(now, "starts_at")},
                                   {"follow_up_due", str_eq(due, before) ? after : due}};
        if (!chain_put(c, "invitation", rows.at[i]->id, puts, (int)N_OF(puts), e))
            return false;
    }
    return true;
}

static bool tell_group(struct core *c, const struct record *call, const char *group,
                       const char *version, struct err *e)
{
    const char *at = value(call, "starts_at");
    const struct put puts[] = {
        {"group", group}, {"channel", "CALL_IN"}, {"message_version", version}, {"at", at}};
    return chain_make(c, "group_message", record_common(call, COMMON_OWNER_AGENCY), "DELAD", puts,
                      (int)N_OF(puts), NULL, e) &&
           chain_last_message(c, group, at, e);
}

/* Groups whose people heard it were told: that warns them as a message to the group does. */
static bool held(struct core *c, const struct record *call, struct err *e)
{
    const char *pos = NULL, *item, *first = NULL;
    size_t n;
    while (str_list_next(value(call, "message_versions"), &pos, &item, &n)) {
        const char *version = list_item(c, item, n);
        first = first ? first : version;
        if (!chain_lock_version(c, version, e))
            return false;
    }
    STR groups = {0};
    ROWS rows = look_all(c, "invitation", "id",
                         "call_in == \"%s\" and outcome in (\"STANNADE\", \"GICK\")", call->id);
    for (int i = 0; i < rows.n; i++) {
        const char *group = value(rows.at[i], "represents_group");
        if (!group || str_list_has(str_text(&groups), group))
            continue;
        str_printf(&groups, "%s%s", groups.len ? "," : "", group);
        if (first && !tell_group(c, call, group, first, e))
            return false;
    }
    const struct put puts[] = {{"groups_represented", groups.len ? groups.p : NULL}};
    return chain_put(c, "call_in", call->id, puts, (int)N_OF(puts), e) &&
           lifecycle_system(c, call->k, call->id, "UPPFOLJS", e);
}

/* Nobody is still asked to something that is called off. */
static bool called_off(struct core *c, const struct record *call, struct err *e)
{
    ROWS rows =
        look_all(c, "invitation", "id", "call_in == \"%s\" and state in (" AHEAD ")", call->id);
    for (int i = 0; i < rows.n; i++) {
        const struct put puts[] = {
            {"state", "AVFORD"}, {"outcome", "AVFORD"}, {"removed_reason", "ANNAT"}};
        if (!chain_put(c, "invitation", rows.at[i]->id, puts, (int)N_OF(puts), e))
            return false;
    }
    return true;
}

bool after_call_in(struct core *c, const struct record *was, const struct record *now,
                   struct err *e)
{
    if (was && now && !str_eq(value(was, "starts_at"), value(now, "starts_at")) &&
        !move_invitations(c, was, now, e))
        return false;
    if (chain_became(was, now, "GENOMFORD"))
        return held(c, now, e);
    return !chain_became(was, now, "INSTALLD") || called_off(c, now, e);
}

/* --- invitation */

static void add_words(struct str *s, const char *words)
{
    if (words)
        str_printf(s, "%s%s", s->len ? ", " : "", words);
}

const char *chain_question(struct core *c, const char *subject)
{
    static const char *const kinds[] = {"invitation", "custom_notification"};
    struct record *r = NULL;
    for (size_t i = 0; subject && !r && i < N_OF(kinds); i++)
        r = look_id(c, kinds[i], subject);
    STR words = {0};
    if (r && str_eq(record_common(r, COMMON_OWNER_AGENCY), c->who.agency)) {
        struct record *person = look_id(c, "person", value(r, "person"));
        struct record *group =
            value(r, "represents_group") ? look_id(c, "group", value(r, "represents_group")) : NULL;
        char day[DATE_TEXT];
        day_after(value(r, "call_at"), 0, day);
        add_words(&words, value(person, "family_name"));
        add_words(&words, value(person, "given_names"));
        add_words(&words, value(person, "birth_date"));
        add_words(&words, value(group, "name"));
        add_words(&words, *day ? day : NULL);
        record_free(group);
        record_free(person);
    }
    record_free(r);
    return words.len ? arena_strdup(&c->scratch, words.p) : NULL;
}

/* The question goes to each of the three; what they answer is theirs (4.6). */
static bool ask_agencies(struct core *c, const struct record *invitation, struct err *e)
{
    static const char *const asked[] = {"POL", "FRI", "SNC"};
    const char *question = chain_question(c, invitation->id);
    for (size_t i = 0; i < N_OF(asked); i++) {
        const struct put puts[] = {{"subject", invitation->id},
                                   {"agency", agency_of(c, asked[i])},
                                   {"question", question},
                                   {"clear", "0"}};
        if (!chain_make(c, "deconfliction", asked[i], "INTERN", puts, (int)N_OF(puts), NULL, e))
            return false;
    }
    return true;
}

static void add_user(struct str *list, const char *user)
{
    if (user && !str_list_has(str_text(list), user))
        str_printf(list, "%s%s", list->len ? "," : "", user);
}

/* Whoever comes along with somebody sees the call-in. */
static bool put_officers(struct core *c, const char *call, struct err *e)
{
    STR officers = {0};
    ROWS rows = look_all(c, "invitation", "id", "call_in == \"%s\" and state != \"AVFORD\"", call);
    for (int i = 0; i < rows.n; i++) {
        add_user(&officers, value(rows.at[i], "accompanied_by"));
        add_user(&officers, value(rows.at[i], "follow_up_by"));
    }
    const struct put puts[] = {{"officers", officers.len ? officers.p : NULL}};
    return chain_put(c, "call_in", call, puts, (int)N_OF(puts), e);
}

static bool note_custody(struct core *c, const struct record *invitation,
                         const struct record *person, struct err *e)
{
    bool is_held = value_in(person, "custody_state", HELD_STATES);
    char now[INSTANT_TEXT];
    instant_text(clock_now(), now);
    const char *known = value(invitation, "custody_at");
    const struct put puts[] = {{"custody_at", !is_held ? NULL : known ? known : now}};
    return chain_put(c, "invitation", invitation->id, puts, (int)N_OF(puts), e);
}

bool after_invitation(struct core *c, const struct record *was, const struct record *now,
                      struct err *e)
{
    const char *call = value(now ? now : was, "call_in");
    bool ok = true;
    if (now && !was) {
        struct record *person = look_id(c, "person", value(now, "person"));
        ok = ask_agencies(c, now, e) && note_custody(c, now, person, e);
        record_free(person);
    }
    return ok && put_officers(c, call, e) && clocks_run_id(c, "call_in", call, e);
}

bool after_invitation_answer(struct core *c, const char *invitation, struct err *e)
{
    struct record *r = invitation ? look_id(c, "invitation", invitation) : NULL;
    bool ok = !r || lifecycle_system(c, r->k, r->id, "GRANSKAD", e);
    record_free(r);
    return ok;
}

bool after_talk_of_absentee(struct core *c, const struct record *talk, struct err *e)
{
    ROWS rows = look_all(c, "invitation", "id", "person == \"%s\" and call_in.state == \"UPPFOLJS\"",
                         value(talk, "person"));
    for (int i = 0; i < rows.n; i++)
        if (!clocks_run_id(c, "call_in", value(rows.at[i], "call_in"), e))
            return false;
    return true;
}

/* An invitee turns out to be in custody, or to be free again. */
bool after_person(struct core *c, const struct record *was, const struct record *now, struct err *e)
{
    if (!was || !now || str_eq(value(was, "custody_state"), value(now, "custody_state")))
        return true;
    ROWS rows =
        look_all(c, "invitation", "id", "person == \"%s\" and state in (" AHEAD ")", now->id);
    for (int i = 0; i < rows.n; i++)
        if (!note_custody(c, rows.at[i], now, e))
            return false;
    return true;
}

/* --- help: everybody who came was offered it, so that an offer says nothing about who wants it */

static bool make_offer(struct core *c, const struct record *r, const char **ret, struct err *e)
{
    const char *owner = record_common(r, COMMON_OWNER_AGENCY);
    const char *by = value(r, "accompanied_by");
    const struct put puts[] = {{"person", value(r, "person")},
                               {"given_in", "CALL_IN"},
                               {"given_at", value(r, "call_at")},
                               {"by_agency", agency_of(c, owner)},
                               {"given_by", by ? by : c->who.user},
                               {"offer_kinds", "SAMTALSSTOD,RADGIVNING"}};
    return chain_make(c, "help_offer", owner, "SEKRETESS", puts, (int)N_OF(puts), ret, e);
}

static bool note_wish(struct core *c, const char *offer, struct err *e)
{
    char now[INSTANT_TEXT];
    instant_text(clock_now(), now);
    const struct put puts[] = {{"response", "JA"}, {"response_at", now}};
    return chain_put(c, "help_offer", offer, puts, (int)N_OF(puts), e) &&
           lifecycle_system(c, model_kind(c->model, "help_offer"), offer, "INTRESSE", e);
}

bool chain_invitation_saved(struct change *ch, struct err *e)
{
    struct core *c = ch->core;
    const struct record *r = ch->now;
    bool came = chain_became(ch->was, r, "STANNADE,GICK"), wish = invitation_help_wished(ch);
    if (!came && !wish)
        return true;
    struct record *given =
        look_first(c, "help_offer", "given_at",
                   "person == \"%s\" and given_in == \"CALL_IN\" and given_at == \"%s\"",
                   value(r, "person"), value(r, "call_at"));
    const char *offer = given ? arena_strdup(&c->scratch, given->id) : NULL;
    bool open = !given || value_is(given, "state", "LAMNAT");
    record_free(given);
    if (!offer && !make_offer(c, r, &offer, e))
        return false;
    return !wish || !open || note_wish(c, offer, e);
}
