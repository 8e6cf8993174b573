/* core/chain_audit.c: from what was said at a group audit to the picture: what must be true before
 * it is adopted, and what adopting it writes: groups, memberships and relations, each change naming
 * the audit in its history. */
#include "chain_parts.h"
#include "treben/core/clocks.h"
#include "treben/core/repo.h"

#define LIVING_GROUP "not (status in (\"UPPLOST\", \"SAMMANSLAGEN\"))"

static struct rows rows_of(struct core *c, const char *audit, bool accepted)
{
    return look_all(c, "audit_row", "created_at", "audit == \"%s\"%s", audit,
                    accepted ? " and accepted == true" : "");
}

/* --- what must be true --------------------------------------------------------------------------
 */

/* How many rows fail, and whether there are any at all. */
static bool each_row(struct guard_case *g,
                     bool (*good)(struct guard_case *g, const struct record *row), int *ret_bad)
{
    ROWS rows = rows_of(g->core, g->r->id, false);
    *ret_bad = 0;
    for (int i = 0; i < rows.n; i++)
        *ret_bad += !good(g, rows.at[i]);
    return rows.n > 0 ||
           guard_no(g, _("Nothing has been captured yet: write what was said, row by row."));
}

static bool has_source(struct guard_case *g, const struct record *row)
{
    (void)g;
    return value(row, "source") != NULL;
}

bool guard_rows_have_source(struct guard_case *g)
{
    int bad;
    if (!each_row(g, has_source, &bad))
        return false;
    return !bad ||
           guard_no(g, _("%d of the rows have no source: write who or what it comes from."), bad);
}

static bool is_graded(struct guard_case *g, const struct record *row)
{
    (void)g;
    return value(row, "source_grade") && value(row, "info_grade") && value(row, "handling") &&
           value(row, "review_due");
}

bool guard_rows_graded(struct guard_case *g)
{
    int bad;
    if (!each_row(g, is_graded, &bad))
        return false;
    return !bad || guard_no(g,
                            _("%d of the rows lack a grade or a review date: grade source and "
                              "information, say how it "
                              "may be handled, and when it is looked at again."),
                            bad);
}

/* Accepted rows say all that they will become. */
static bool is_complete(struct guard_case *g, const struct record *row)
{
    if (!value(row, "accepted"))
        return false;
    if (!value_is(row, "accepted", "1") || value_is(row, "kind", "GRUPP"))
        return true;
    if (value_is(row, "kind", "RELATION"))
        return value(row, "relation_type") && value(row, "from") &&
               (value(row, "heat") || !value_is(row, "relation_type", "KONFLIKT"));
    return value(row, "role") && value(row, "from") && value(row, "suspicion_basis") &&
           (int)str_list_count(value(row, "criteria")) >= g->core->model->min_criteria;
}

bool guard_rows_judged(struct guard_case *g)
{
    int bad;
    if (!each_row(g, is_complete, &bad))
        return false;
    return !bad ||
           guard_no(g,
                    _("%d of the rows are not judged or not complete: say yes or no to each; a yes "
                      "needs what it "
                      "will become (role, from, ground, at least %d criteria; kind, from, heat)."),
                    bad, g->core->model->min_criteria);
}

static bool minor_is_approved(struct guard_case *g, const struct record *row)
{
    (void)g;
    return !value_is(row, "accepted", "1") || !value_is(row, "minor", "1") ||
           value_is(row, "minor_approved", "1");
}

bool guard_minors_approved(struct guard_case *g)
{
    int bad;
    if (!each_row(g, minor_is_approved, &bad))
        return false;
    return !bad || guard_no(g,
                            _("%d of the rows are about somebody under 18, or of unknown age: the "
                              "police coordinator must "
                              "approve each."),
                            bad);
}

static bool by_another(struct guard_case *g, const struct record *row)
{
    return g->core->who.system || !value_is(row, "accepted", "1") ||
           !value_is(row, "proposed_by", g->core->who.user);
}

bool guard_audit_four_eyes(struct guard_case *g)
{
    int bad;
    if (!each_row(g, by_another, &bad))
        return false;
    return !bad ||
           guard_no(g, _("You wrote %d of the rows yourself: somebody else must adopt the audit."),
                    bad);
}

/* The same said twice, or of two records of one human being, would be written twice. */
static bool says_the_same(const struct record *a, const struct record *b)
{
    static const char *const about[] = {"kind", "group", "group_name", "person", "other_group"};
    for (size_t i = 0; i < N_OF(about); i++)
        if (!str_eq(value(a, about[i]), value(b, about[i])))
            return false;
    return true;
}

bool guard_duplicates_merged(struct guard_case *g)
{
    ROWS rows = rows_of(g->core, g->r->id, true);
    for (int i = 0; i < rows.n; i++) {
        const char *person = value(rows.at[i], "person");
        for (int j = 0; j < i; j++)
            if (!value_is(rows.at[i], "kind", "GRUPP") && says_the_same(rows.at[i], rows.at[j]))
                return guard_no(g, _("Two accepted rows say the same (%s): say no to one of them."),
                                show_title(g->core, rows.at[i]));
        if (person &&
            look_count(g->core, "person_link_candidate",
                       "(person_a == \"%s\" or person_b == \"%s\") and state == \"FORESLAGEN\"",
                       person, person))
            return guard_no(g,
                            _("Somebody in these rows may stand in the register twice (%s): settle "
                              "that first."),
                            show_title(g->core, rows.at[i]));
    }
    return true;
}

bool guard_newer_audit(struct guard_case *g)
{
    ROWS all = look_all(g->core, "audit", "date", "state == \"FASTSTALLD\"");
    for (int i = 0; i < all.n; i++)
        if (strcmp(all.at[i]->id, g->r->id) != 0 &&
            same_words(value(all.at[i], "scope"), value(g->r, "scope")) &&
            !later(value(g->r, "date"), value(all.at[i], "date")))
            return true;
    return guard_no(g, _("There is no newer audit of the same scope."));
}

/* --- what adopting writes ------------------------------------------------------------------------
 */

struct adoption {
    struct core *c;
    const struct record *audit, *row;
    const char *reason, *day;
    struct err *e;
};

/* An open record (id), or a new one (NULL). */
static struct change *begin(struct adoption *a, const char *kind, const char *id)
{
    const struct kind_model *k = model_kind(a->c->model, kind);
    struct change *ch;
    if (id ? !change_open_all(a->c, k, id, &ch, a->e) : !change_new(a->c, k, &ch, a->e))
        return NULL;
    if (!id) /* who said it proposed it */
        record_put(ch->now, k->n_own + COMMON_CREATED_BY, value(a->row, "proposed_by"));
    return ch;
}

static void put(struct change *ch, const char *field, const char *text)
{
    if (text)
        record_put(ch->now, model_field(ch->now->k, field), text);
}

static void put_same(struct change *ch, const struct record *row, const char *const *names,
                     size_t n)
{
    for (size_t i = 0; i < n; i++)
        put(ch, names[i], value(row, names[i]));
}

/* By the rules of the kind. Frees ch; its id (scratch), NULL: refused. */
static const char *save(struct adoption *a, struct change *ch)
{
    struct err why = {0};
    ch->reason = a->reason;
    bool ok = change_save(ch, &why);
    const char *id = ok ? arena_strdup(&a->c->scratch, ch->now->id) : NULL;
    if (!ok && (why.code == ERR_RULE || why.code == ERR_INVALID))
        err_set(a->e, ERR_RULE, "%s: %s", show_title(a->c, a->row), why.text);
    else if (!ok)
        *a->e = why;
    change_free(ch);
    return id;
}

/* NULL: the row names a group that is not registered yet. */
static const char *group_of(struct adoption *a)
{
    const char *name = value(a->row, "group_name");
    if (!name)
        return value(a->row, "group");
    struct record *g =
        look_first(a->c, "group", "id", "name == \"%s\" and " LIVING_GROUP, quoted(a->c, name));
    const char *id = g ? arena_strdup(&a->c->scratch, g->id) : NULL;
    record_free(g);
    return id;
}

static bool add_alias(struct adoption *a, const char *group)
{
    const char *name = value(a->row, "alias");
    if (!name || look_count(a->c, "group_alias", "group == \"%s\" and name == \"%s\"", group,
                            quoted(a->c, name)))
        return true;
    struct change *ch = begin(a, "group_alias", NULL);
    if (!ch)
        return false;
    put(ch, "group", group);
    put(ch, "name", name);
    put(ch, "kind", "ALIAS");
    return save(a, ch) != NULL;
}

/* The group as it was described, and that it was gone through. */
static const char *adopt_group(struct adoption *a)
{
    static const char *const names[] = {"status",          "org_level",        "violence_level",
                                        "est_members_low", "est_members_high", "territory_text"};
    struct change *ch = begin(a, "group", group_of(a));
    if (!ch)
        return NULL;
    if (!ch->was)
        put(ch, "name", value(a->row, "group_name"));
    if (value_is(a->row, "kind", "GRUPP"))
        put_same(ch, a->row, names, N_OF(names));
    const char *last = value(ch->now, "last_audit");
    if (!last || strcmp(last, a->day) < 0)
        put(ch, "last_audit", a->day);
    const char *id = save(a, ch);
    return id && add_alias(a, id) ? id : NULL;
}

static const char *all_criteria(struct adoption *a, const char *have)
{
    STR all = {0};
    const char *pos = NULL, *item;
    size_t n;
    str_add(&all, have);
    while (str_list_next(value(a->row, "criteria"), &pos, &item, &n)) {
        const char *code = list_item(a->c, item, n);
        if (!str_list_has(str_text(&all), code))
            str_printf(&all, "%s%s", all.len ? "," : "", code);
    }
    return arena_strdup(&a->c->scratch, str_text(&all));
}

/* Proposed by who said it, confirmed by who adopts. */
static const char *adopt_membership(struct adoption *a, const char *group)
{
    static const char *const names[] = {"person",     "role",     "suspicion_basis", "source_grade",
                                        "info_grade", "handling", "review_due"};
    char today[DATE_TEXT];
    struct record *old = look_first(
        a->c, "membership", "id",
        "person == \"%s\" and group == \"%s\" and to == null and not (state in (\"UPPHORD\", "
        "\"BORTTAGEN\"))",
        value(a->row, "person"), group);
    struct change *ch = begin(a, "membership", old ? old->id : NULL);
    record_free(old);
    if (!ch)
        return NULL;
    date_text(date_today(), today);
    put_same(ch, a->row, names, N_OF(names));
    put(ch, "group", group);
    put(ch, "from", ch->was ? NULL : value(a->row, "from"));
    put(ch, "criteria", all_criteria(a, value(ch->now, "criteria")));
    put(ch, "state", "BEKRAFTAD");
    put(ch, "confirmed_at", today);
    put(ch, "confirmed_by", a->c->who.user);
    return save(a, ch);
}

static const char *adopt_relation(struct adoption *a, const char *group)
{
    static const char *const names[] = {"heat", "cause", "source_grade", "info_grade",
                                        "review_due"};
    const char *other = value(a->row, "other_group"), *type = value(a->row, "relation_type");
    bool first = strcmp(group, other) < 0;
    struct record *old =
        look_first(a->c, "group_relation", "id",
                   "group_a == \"%s\" and group_b == \"%s\" and type == \"%s\" and to == null",
                   first ? group : other, first ? other : group, type);
    struct change *ch = begin(a, "group_relation", old ? old->id : NULL);
    record_free(old);
    if (!ch)
        return NULL;
    put(ch, "group_a", first ? group : other);
    put(ch, "group_b", first ? other : group);
    put(ch, "type", type);
    put(ch, "from", ch->was ? NULL : value(a->row, "from"));
    put_same(ch, a->row, names, N_OF(names));
    put(ch, "confirmed_at", a->day);
    return save(a, ch);
}

static bool note_result(struct adoption *a, const char *id)
{
    struct record *now = record_copy(a->row);
    record_put(now, model_field(now->k, "result"), id);
    bool ok = repo_write(a->c, a->row, now, a->reason, a->e);
    record_free(now);
    return ok;
}

static bool adopt_row(struct adoption *a)
{
    const char *group = adopt_group(a), *id = group;
    if (group && value_is(a->row, "kind", "KOPPLING"))
        id = adopt_membership(a, group);
    else if (group && value_is(a->row, "kind", "RELATION"))
        id = adopt_relation(a, group);
    return id && note_result(a, id);
}

/* What is said of groups comes first: the other rows may name a new one. */
static bool adopt_rows(struct adoption *a)
{
    static const char *const kinds[] = {"GRUPP", "KOPPLING", "RELATION"};
    ROWS rows = rows_of(a->c, a->audit->id, true);
    for (size_t k = 0; k < N_OF(kinds); k++)
        for (int i = 0; i < rows.n; i++) {
            a->row = rows.at[i];
            if (value_is(a->row, "kind", kinds[k]) && !adopt_row(a))
                return false;
        }
    return true;
}

static bool replace_older(struct core *c, const struct record *audit, struct err *e)
{
    ROWS all = look_all(c, "audit", "date", "state == \"FASTSTALLD\"");
    for (int i = 0; i < all.n; i++)
        if (strcmp(all.at[i]->id, audit->id) != 0 &&
            same_words(value(all.at[i], "scope"), value(audit, "scope")) &&
            !later(value(all.at[i], "date"), value(audit, "date")) &&
            !lifecycle_system(c, audit->k, all.at[i]->id, "ERSATT", e))
            return false;
    return true;
}

bool chain_adopt(struct core *c, const struct record *audit, struct err *e)
{
    const char *day = value(audit, "date");
    char today[DATE_TEXT];
    date_text(date_today(), today);
    struct adoption a = {.c = c,
                         .audit = audit,
                         .day = in_future(day) ? today : day,
                         .e = e,
                         .reason = arena_printf(&c->scratch, _("Group audit %s"), audit->case_no)};
    bool system = c->who.system;
    c->who.system = true; /* the user's name stays on what follows from the user's act */
    bool ok = adopt_rows(&a) && replace_older(c, audit, e);
    c->who.system = system;
    return ok;
}
