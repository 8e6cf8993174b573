/* core/change.c: making and changing a record: all problems at once, one save. */
#include "inside.h"
#include "treben/base/date.h"
#include "treben/base/lang.h"
#include "treben/core/access.h"
#include "treben/core/chain.h"
#include "treben/core/clocks.h"
#include "treben/core/repo.h"
#include "treben/store/rows.h"

#include <stdlib.h>
#include <string.h>

static struct change *change_make(struct core *c, struct record *was, struct record *now)
{
    struct change *ch = xcalloc(1, sizeof *ch);
    ch->core = c;
    ch->was = was;
    ch->now = now;
    ch->given = xcalloc((size_t)now->k->n_fields, sizeof *ch->given);
    ch->seen_rev = -1;
    return ch;
}

static const char *preset_text(const struct core *c, const char *preset, char room[INSTANT_TEXT])
{
    if (strcmp(preset, "today") == 0) {
        date_text(date_today(), room);
        return room;
    }
    if (strcmp(preset, "now") == 0) {
        instant_text(clock_now(), room);
        return room;
    }
    if (strcmp(preset, "me") == 0)
        return c->who.user;
    return strcmp(preset, "my_agency") == 0 ? c->who.agency : preset;
}

/* What the configuration gives a new record. References to agencies are ids. */
static void put_presets(struct core *c, struct record *now)
{
    char room[INSTANT_TEXT];
    for (int i = 0; i < now->k->n_fields; i++) {
        const struct field_model *f = &now->k->fields[i];
        if (!f->preset || record_has(now, i))
            continue;
        AUTOFREE char *value = NULL;
        struct err ignored = {0};
        if (value_parse(c, now->k, i, preset_text(c, f->preset, room), &value, &ignored))
            record_put(now, i, value);
    }
    for (int i = 0; i < now->k->n_lifecycles; i++)
        record_put(now, now->k->lifecycles[i].field, now->k->lifecycles[i].initial);
}

bool change_new(struct core *c, const struct kind_model *k, struct change **ret, struct err *e)
{
    if (!access_may_create(c, k))
        return err_set(e, ERR_DENIED, _("You may not make a new record of this kind (%s)."), label_text(&k->one));
    struct record *now = record_new(k);
    const char *owner = k->kind->owner && strcmp(k->kind->owner, "parent") != 0 ? k->kind->owner : c->who.agency;
    record_put(now, k->n_own + COMMON_OWNER_AGENCY, owner);
    record_put(now, k->n_own + COMMON_INFO_CLASS, "INTERN");
    record_put(now, k->n_own + COMMON_LOCKED, "0");
    put_presets(c, now);
    *ret = change_make(c, NULL, now);
    return true;
}

bool change_open(struct core *c, const char *id, int64_t seen_rev, struct change **ret, struct err *e)
{
    const struct kind_model *k;
    struct id found;
    struct record *seen, *was;
    if (!repo_resolve(c, NULL, id, &k, &found, e) || !repo_load(c, k, found.text, &seen, e))
        return false;
    enum level level = seen->level;
    record_free(seen);
    if (!repo_load_all(c, k, found.text, &was, e))
        return false;
    was->level = level;
    *ret = change_make(c, was, record_copy(was));
    (*ret)->seen_rev = seen_rev;
    return true;
}

bool change_open_all(struct core *c, const struct kind_model *k, const char *id, struct change **ret, struct err *e)
{
    struct record *was;
    if (!repo_load_all(c, k, id, &was, e))
        return false;
    *ret = change_make(c, was, record_copy(was));
    return true;
}

void change_free(struct change *ch)
{
    if (!ch)
        return;
    record_free(ch->was);
    record_free(ch->now);
    free(ch->given);
    problems_done(&ch->problems);
    free(ch);
}

bool change_touches(const struct change *ch, int field)
{
    return !ch->was ? record_has(ch->now, field) : !str_eq(record_get(ch->was, field), record_get(ch->now, field));
}

static bool writable(struct change *ch, int i)
{
    const struct field *f = &ch->now->k->fields[i].f;
    if (ch->core->who.system)
        return true;
    bool asked = false; /* who takes the step answers what it asks, even what only others read afterwards */
    for (int a = 0; ch->transition && a < ch->transition->n_asks; a++)
        asked |= ch->transition->asks[a] == i;
    if (asked)
        return true;
    if (record_hidden(ch->now, i)) {
        problem_add(&ch->problems, ERR_DENIED, f->name, _("You may not change this field."));
        return false;
    }
    bool common = i >= ch->now->k->n_own && !ch->now->k->fields[i].local;
    if (f->flags & AUTO || (common && i != ch->now->k->n_own + COMMON_INFO_CLASS)) {
        problem_add(&ch->problems, ERR_INVALID, f->name, _("This field is kept by the system and cannot be set."));
        return false;
    }
    if (f->flags & FIXED && ch->was) {
        problem_add(&ch->problems, ERR_INVALID, f->name, _("This field cannot be changed afterwards."));
        return false;
    }
    return true;
}

/* Nothing like it: says what there is to choose from. */
static void no_such_field(struct change *ch, const char *field)
{
    STR names = {0};
    for (int i = 0; i < ch->now->k->n_fields; i++) {
        const struct field *f = &ch->now->k->fields[i].f;
        bool common = i >= ch->now->k->n_own && !ch->now->k->fields[i].local;
        if (!(f->flags & AUTO) && !common)
            str_printf(&names, "%s%s", names.len ? ", " : "", f->name);
    }
    problem_add(&ch->problems, ERR_INVALID, field, _("There is no such field. Choose one of: %s."), str_text(&names));
}

void change_set(struct change *ch, const char *field, const char *typed)
{
    const struct kind_model *k = ch->now->k;
    int i = model_field(k, field);
    if (i < 0) {
        const char **names = xcalloc((size_t)k->n_fields, sizeof *names);
        for (int f = 0; f < k->n_fields; f++)
            names[f] = k->fields[f].f.name;
        const char *near = str_nearest(field, names, (size_t)k->n_fields);
        if (near)
            problem_add(&ch->problems, ERR_INVALID, field, _("There is no such field. Did you mean \"%s\"?"), near);
        else
            no_such_field(ch, field);
        free(names);
        return;
    }
    if (!writable(ch, i))
        return;
    AUTOFREE char *value = NULL;
    struct err why = {0};
    if (!value_parse(ch->core, k, i, typed ? typed : "", &value, &why)) {
        problem_add(&ch->problems, why.code, field, "%s", why.text);
        return;
    }
    record_put(ch->now, i, value);
    ch->given[i] = true;
}

/* --- checks --------------------------------------------------------------------------------------------------- */

static bool condition_holds(struct change *ch, const struct expr *x)
{
    bool holds = false;
    struct err ignored = {0};
    return x && record_true(ch->core, ch->now, x, &holds, &ignored) && holds;
}

static bool state_requires(const struct record *r, int field)
{
    for (int i = 0; i < r->k->n_lifecycles; i++) {
        const struct state_model *s = model_state(r->k, record_get(r, r->k->lifecycles[i].field), NULL);
        for (int j = 0; s && j < s->n_requires; j++)
            if (s->requires[j] == field)
                return true;
    }
    return false;
}

static void check_required(struct change *ch)
{
    const struct kind_model *k = ch->now->k;
    for (int i = 0; i < k->n_fields; i++) {
        const struct field_model *f = &k->fields[i];
        bool common = i >= k->n_own && !f->local;
        if (record_has(ch->now, i) || common)
            continue;
        bool shown = !f->show_if || condition_holds(ch, f->show_if);
        bool needed = f->f.flags & REQUIRED || (shown && condition_holds(ch, f->require_if)) || state_requires(ch->now, i);
        if (needed && !problems_have(&ch->problems, f->f.name))
            problem_add(&ch->problems, ERR_INVALID, f->f.name, _("\"%s\" must be filled in."), label_text(&f->label));
    }
}

/* A row of a record belongs to whom the record belongs to. */
static void inherit_owner(struct change *ch)
{
    const struct kind *kind = ch->now->k->kind;
    if (!str_eq(kind->owner, "parent") || !kind->parent)
        return;
    const struct kind_model *k;
    struct id id;
    struct record *parent;
    struct err ignored = {0};
    const char *ref = record_get(ch->now, kind_field(kind, kind->parent));
    struct subject who = ch->core->who;
    ch->core->who.system = true; /* whose it is, not what it says */
    if (ref && repo_resolve(ch->core, NULL, ref, &k, &id, &ignored) && repo_load_all(ch->core, k, id.text, &parent, &ignored)) {
        record_put(ch->now, ch->now->k->n_own + COMMON_OWNER_AGENCY, record_common(parent, COMMON_OWNER_AGENCY));
        record_free(parent);
    }
    ch->core->who = who;
}

bool change_check(struct change *ch)
{
    const struct kind *kind = ch->now->k->kind;
    if (!ch->was)
        inherit_owner(ch);
    if (kind->fill)
        kind->fill(ch);
    check_required(ch);
    if (kind->check)
        kind->check(ch, &ch->problems);
    return ch->problems.n == 0;
}

/* --- somebody else saved ---------------------------------------------------------------------------------------- */

/* Was this field changed by a save that the caller had not seen? */
static bool changed_since(struct change *ch, int field, bool *ret, struct err *e)
{
    return history_since(ch->core->store, ch->was->id, ch->was->k->fields[field].f.name, ch->seen_rev,
                         ch->was->level < LEVEL_FULL, ret, e);
}

static bool check_conflict(struct change *ch, struct err *e)
{
    const struct kind_model *k = ch->now->k;
    if (!ch->was || ch->seen_rev < 0)
        return true;
    int64_t rev = record_int(ch->was, k->n_own + (ch->was->level < LEVEL_FULL ? COMMON_SHARED_REV : COMMON_REV));
    if (ch->seen_rev > rev)
        return err_field(e, ERR_INVALID, "rev", _("The record has not reached that version. Open it again."));
    if (ch->seen_rev == rev)
        return true;
    bool conflict = false;
    for (int i = 0; i < k->n_fields; i++) {
        bool theirs = false;
        if (!ch->given[i] || !change_touches(ch, i))
            continue;
        if (!changed_since(ch, i, &theirs, e))
            return false;
        if (theirs)
            problem_add(&ch->problems, ERR_CONFLICT, k->fields[i].f.name, _("Somebody else changed \"%s\" meanwhile."),
                        label_text(&k->fields[i].label));
        conflict |= theirs;
    }
    if (!conflict)
        return true; /* different fields merge without a question */
    return err_set(e, ERR_CONFLICT, _("Somebody else saved this record before you and changed the same field. Nothing was "
                                      "saved; choose which version is to stand."));
}

static bool may_save(struct change *ch, struct err *e)
{
    if (store_is_reduced(ch->core->store))
        return err_set(e, ERR_FULL, _("The disk is full. Nothing was saved; what you typed is still here. Ask the system "
                                      "operator to free space."));
    if (!ch->was || ch->transition || ch->core->who.system)
        return true;
    if (ch->now->k->kind->flags & KIND_APPEND_ONLY)
        return err_set(e, ERR_RULE, _("This record cannot be changed once it is made. Make a new one instead."));
    if (!access_may_edit(ch->core, ch->was))
        return err_set(e, ERR_DENIED, _("You may not change this record."));
    if (record_int(ch->was, ch->was->k->n_own + COMMON_LOCKED))
        return err_set(e, ERR_RULE, _("This record is locked and cannot be changed."));
    return true;
}

/* Approvals were given to what stood there; a changed record needs them anew. */
static bool void_approvals(struct change *ch, struct err *e)
{
    bool changed = false;
    for (int i = 0; ch->was && i < ch->now->k->n_fields; i++)
        changed |= change_touches(ch, i);
    if (!changed || ch->transition || strcmp(ch->now->k->kind->name, "approval") == 0)
        return true;
    ROWS open = look_all(ch->core, "approval", "id", "subject == \"%s\" and answer == \"JA\"", ch->now->id);
    for (int i = 0; i < open.n; i++) {
        struct record *now = record_copy(open.at[i]);
        record_put(now, model_field(now->k, "answer"), "UPPHAVD");
        bool ok = repo_write(ch->core, open.at[i], now, _("The record was changed after the approval."), e);
        record_free(now);
        if (!ok)
            return false;
    }
    return true;
}

bool change_save(struct change *ch, struct err *e)
{
    struct core *c = ch->core;
    if (!may_save(ch, e) || !check_conflict(ch, e))
        return false;
    if (!change_check(ch))
        return problems_none(&ch->problems, e);
    if (!void_approvals(ch, e) || !repo_write(c, ch->was, ch->now, ch->reason, e))
        return false;
    if (ch->now->k->kind->saved && !ch->now->k->kind->saved(ch, e))
        return false;
    return clocks_run(c, ch->now, e) && chain_after(c, ch->was, ch->now, e);
}
