/* core/chain_merge.c: two records of one human being become one: whatever referred to the one
 * refers to the other, and a snapshot says what stood where, so that undoing puts all of it back.
 * And what a merged group leaves behind. */
#include "chain_parts.h"
#include "treben/core/repo.h"

#include <jansson.h>
#include <stdlib.h>

struct merging {
    struct core *c;
    const char *survivor, *merged, *reason;
    json_t *moved; /* [kind, id, field, was, now], one for each value */
    struct err *e;
};

/* --- merging -----------------------------------------------------------------------------------
 */

/* "A,B" with b in place of a, once. Scratch. */
static const char *replaced(struct core *c, const char *list, const char *a, const char *b)
{
    STR s = {0};
    const char *pos = NULL, *item;
    size_t n;
    while (str_list_next(list, &pos, &item, &n)) {
        const char *id = list_item(c, item, n);
        id = strcmp(id, a) == 0 ? b : id;
        if (!str_list_has(str_text(&s), id))
            str_printf(&s, "%s%s", s.len ? "," : "", id);
    }
    return arena_strdup(&c->scratch, str_text(&s));
}

static bool write_value(struct merging *m, const struct record *was, int field, const char *now)
{
    struct record *r = record_copy(was);
    json_array_append_new(m->moved,
                          json_pack("[s, s, s, s?, s?]", was->k->kind->name, was->id,
                                    was->k->fields[field].f.name, record_get(was, field), now));
    record_put(r, field, now);
    bool ok = repo_write(m->c, was, r, m->reason, m->e);
    record_free(r);
    return ok;
}

/* A row between the two of them would lead from the survivor to itself: it stays as it is. */
static bool names_both(const struct merging *m, const struct record *r)
{
    bool survivor = false, merged = false;
    for (int f = 0; f < r->k->n_own; f++) {
        if (r->k->fields[f].f.type != F_REF)
            continue;
        survivor |= str_eq(record_get(r, f), m->survivor);
        merged |= str_eq(record_get(r, f), m->merged);
    }
    return survivor && merged;
}

static bool move_field(struct merging *m, const struct kind_model *k, int field)
{
    const struct field *f = &k->fields[field].f;
    bool several = f->type == F_REFS;
    ROWS rows = look_all(m->c, k->kind->name, "id", several ? "%s contains \"%s\"" : "%s == \"%s\"",
                         f->name, m->merged);
    for (int i = 0; i < rows.n; i++) {
        const struct record *r = rows.at[i];
        if (names_both(m, r))
            continue;
        if (!write_value(m, r, field,
                         several ? replaced(m->c, record_get(r, field), m->merged, m->survivor)
                                 : m->survivor))
            return false;
    }
    return true;
}

/* What tells of the merging itself keeps naming the two. */
static bool moves(const struct kind_model *k, const struct field *f)
{
    bool refers = f->type == F_REF || f->type == F_REFS;
    return refers && (str_eq(f->of, "person") || str_eq(f->of, "*")) &&
           strcmp(k->kind->name, "person_merge") != 0;
}

static bool move_all(struct merging *m)
{
    const struct model *model = m->c->model;
    for (int i = 0; i < model->n_kinds; i++)
        for (int f = 0; f < model->kinds[i].n_own; f++)
            if (moves(&model->kinds[i], &model->kinds[i].fields[f].f) &&
                !move_field(m, &model->kinds[i], f))
                return false;
    return true;
}

/* The record that goes stays behind as a signpost that nobody writes to. */
static bool put_aside(struct merging *m)
{
    struct record *was = look_id(m->c, "person", m->merged);
    bool ok = was && write_value(m, was, model_field(was->k, "merged_into"), m->survivor);
    record_free(was);
    was = ok ? look_id(m->c, "person", m->merged) : NULL;
    ok = was && write_value(m, was, was->k->n_own + (int)COMMON_LOCKED, "1");
    record_free(was);
    return ok;
}

static struct record *candidate_of(const struct merging *m, const char *state)
{
    return look_first(m->c, "person_link_candidate", "id",
                      "((person_a == \"%s\" and person_b == \"%s\") or (person_a == \"%s\" and "
                      "person_b == \"%s\")) and "
                      "state == \"%s\"",
                      m->survivor, m->merged, m->merged, m->survivor, state);
}

static bool settle_candidate(const struct merging *m, const char *from, const char *to)
{
    struct record *found = candidate_of(m, from);
    bool ok = !found || lifecycle_system(m->c, found->k, found->id, to, m->e);
    record_free(found);
    return ok;
}

static bool keep_snapshot(struct merging *m, const struct record *merge)
{
    struct record *now = record_copy(merge);
    char n[24];
    char *text = json_dumps(m->moved, JSON_COMPACT);
    snprintf(n, sizeof n, "%zu", json_array_size(m->moved));
    record_put(now, model_field(now->k, "snapshot"), text);
    record_put(now, model_field(now->k, "n_moved"), n);
    bool ok = repo_write(m->c, merge, now, NULL, m->e);
    record_free(now);
    free(text);
    return ok;
}

static struct merging merging_of(struct core *c, const struct record *merge, const char *reason,
                                 struct err *e)
{
    return (struct merging){.c = c,
                            .survivor = value(merge, "survivor"),
                            .merged = value(merge, "merged"),
                            .reason = reason,
                            .moved = json_array(),
                            .e = e};
}

bool chain_merge(struct core *c, const struct record *merge, struct err *e)
{
    struct merging m = merging_of(c, merge, _("Two records of one human being were merged."), e);
    struct record *survivor = NULL;
    bool ok = settle_candidate(&m, "FORESLAGEN", "SAMMANSLAGEN") && move_all(&m) && put_aside(&m) &&
              keep_snapshot(&m, merge);
    if (ok) { /* what was like the one may be like the other */
        survivor = look_id(c, "person", m.survivor);
        ok = survivor && chain_doubles(c, survivor, e);
    }
    record_free(survivor);
    json_decref(m.moved);
    return ok;
}

/* --- undoing it
 * ----------------------------------------------------------------------------------- */

/* A value that somebody has changed since stands: it is younger than the merging. */
static bool put_back(struct merging *m, const json_t *entry)
{
    const char *kind = json_string_value(json_array_get(entry, 0)),
               *id = json_string_value(json_array_get(entry, 1));
    const char *name = json_string_value(json_array_get(entry, 2)),
               *was = json_string_value(json_array_get(entry, 3));
    const char *then = json_string_value(json_array_get(entry, 4));
    struct record *r = kind && id ? look_id(m->c, kind, id) : NULL;
    int field = r && name ? model_field(r->k, name) : -1;
    bool ok = true;
    if (field >= 0 && str_eq(record_get(r, field), then)) {
        struct record *now = record_copy(r);
        record_put(now, field, was);
        ok = repo_write(m->c, r, now, m->reason, m->e);
        record_free(now);
    }
    record_free(r);
    return ok;
}

bool chain_unmerge(struct core *c, const struct record *merge, struct err *e)
{
    struct merging m = merging_of(c, merge, _("The merging of two records was undone."), e);
    json_auto_t *all =
        json_loads(value(merge, "snapshot") ? value(merge, "snapshot") : "[]", 0, NULL);
    bool ok = all != NULL || err_set(e, ERR_DB, _("The snapshot of this merging cannot be read."));
    for (size_t i = json_array_size(all); ok && i > 0; i--)
        ok = put_back(&m, json_array_get(all, i - 1));
    ok = ok && settle_candidate(&m, "SAMMANSLAGEN", "AVVISAD");
    json_decref(m.moved);
    return ok;
}

/* Later mergings rest on earlier ones: the last is undone first. */
bool guard_merge_undoable(struct guard_case *g)
{
    const char *survivor = value(g->r, "survivor"), *at = value(g->r, "at");
    if (!survivor || !at)
        return guard_no(g, _("This merging has moved nothing that could be put back."));
    ROWS others =
        look_all(g->core, "person_merge", "at",
                 "(survivor == \"%s\" or merged == \"%s\") and state == \"GJORD\" and at >= \"%s\"",
                 survivor, survivor, at);
    for (int i = 0; i < others.n; i++)
        if (strcmp(others.at[i]->id, g->r->id) != 0)
            return guard_no(
                g, _("The record was merged again after that: undo the later merging first."));
    return true;
}

/* --- a merged group
 * ------------------------------------------------------------------------------- */

bool guard_no_open_round(struct guard_case *g)
{
    if (!look_count(
            g->core, "sanction_round",
            "target_group == \"%s\" and not (state in (\"AVSLUTAD\", \"AVSLAGEN\", \"AVBRUTEN\"))",
            g->r->id))
        return true;
    return guard_no(g, _("A sanction round against the group is still open: bring it to its end, "
                         "or break it off."));
}

bool guard_group_settled(struct guard_case *g)
{
    if (!look_count(
            g->core, "membership",
            "group == \"%s\" and to == null and not (state in (\"UPPHORD\", \"BORTTAGEN\"))",
            g->r->id) &&
        !look_count(g->core, "group_relation",
                    "(group_a == \"%s\" or group_b == \"%s\") and to == null", g->r->id, g->r->id))
        return true;
    return guard_no(g, _("Memberships or relations of the group are still open: end them, and "
                         "propose those that go on for "
                         "the group it was merged into."));
}
