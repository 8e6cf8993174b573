/* A form made from the description of a kind. */
#include "entry.h"

#include "treben/base/id.h"

#include <stdlib.h>
#include <string.h>

static enum form_type type_of(const char *type)
{
    static const struct {
        const char *name;
        enum form_type type;
    } types[] = {{"text", FORM_TEXT},     {"note", FORM_NOTE},   {"int", FORM_NUMBER}, {"bool", FORM_BOOL},
                 {"date", FORM_DATE},     {"pdate", FORM_PDATE}, {"time", FORM_TIME},  {"code", FORM_CHOICE},
                 {"codes", FORM_MULTI},   {"ref", FORM_REFERENCE},
                 {"refs", FORM_REFERENCES}};
    for (size_t i = 0; i < N_OF(types); i++) {
        if (strcmp(types[i].name, type) == 0)
            return types[i].type;
    }
    return FORM_TEXT; /* sealed texts and lists of references are written as one line */
}

/* Codes that have ended are offered only where the record has one already. */
static void take_options(struct entry *en, struct form_field *f, const json_t *source)
{
    const json_t *codes = get_array(source, "codes");
    size_t i;
    const json_t *c;
    struct form_option *o = arena_alloc(&en->arena, (json_array_size(codes) + 1) * sizeof *o);
    const char *now = get_text(en->stored, get_text(source, "name"));
    int cols = 0;
    json_array_foreach(codes, i, c) {
        if (get_bool(c, "ended") && !str_list_has(now, get_text(c, "code")))
            continue;
        o[f->n_options++] = (struct form_option){.code = get_text(c, "code"), .label = get_text(c, "label")};
        cols += text_cols(get_text(c, "label")) + 6;
    }
    f->options = o;
    f->radio = f->type == FORM_CHOICE && f->n_options <= 3 && cols < 56;
}

/* Short numbers and days stand two in a row, as people fill them in together. */
static bool stands_beside(const struct form_field *before, const struct form_field *f)
{
    bool brief = f->type == FORM_NUMBER || f->type == FORM_DATE;
    return before && brief && before->type == f->type && before->page == f->page && !before->beside;
}

static void take_field(struct entry *en, const json_t *source, size_t page)
{
    struct form_field *f = &en->fields[en->n];
    json_int_t max = get_int(source, "max");
    *f = (struct form_field){
        .name = get_text(source, "name"),
        .label = get_text(source, "label"),
        .help = get_text_or_null(source, "help"),
        .type = type_of(get_text(source, "type")),
        .page = page,
        .required = get_bool(source, "required"),
        .read_only = en->id && get_bool(source, "fixed"),
        .rows = (int)get_int(source, "rows"),
        .target = get_text_or_null(source, "target"),
    };
    if (f->type == FORM_TEXT)
        f->max_chars = max > 0 ? (size_t)max : 120;
    else if (f->type == FORM_NOTE)
        f->max_chars = max > 0 ? (size_t)max : 4000;
    if (f->type == FORM_CHOICE || f->type == FORM_MULTI)
        take_options(en, f, source);
    f->beside = stands_beside(en->n ? f - 1 : NULL, f);
    en->sources[en->n++] = source;
}

static bool is_mine_to_write(const json_t *field)
{
    return field && !get_bool(field, "auto") && !get_bool(field, "hidden_for_me");
}

static size_t take_pages(struct entry *en, struct form_page *pages)
{
    const json_t *fields = get_array(en->desc, "fields"), *page, *name;
    size_t i, j, n = 0;
    json_array_foreach(get_array(en->desc, "pages"), i, page) {
        size_t before = en->n;
        json_array_foreach(get_array(page, "fields"), j, name) {
            const json_t *field = find_by(fields, "name", json_string_value(name));
            if (is_mine_to_write(field))
                take_field(en, field, n);
        }
        if (en->n > before) {
            pages[n] = (struct form_page){.name = get_text(page, "label"), .label = get_text(page, "label")};
            n++;
        }
    }
    return n;
}

static size_t take_asked(struct entry *en, struct form_page *pages, const json_t *names, bool with_reason)
{
    const json_t *fields = get_array(en->desc, "fields"), *name;
    size_t i;
    json_array_foreach(names, i, name) {
        const json_t *field = find_by(fields, "name", json_string_value(name));
        if (is_mine_to_write(field))
            take_field(en, field, 0);
    }
    if (with_reason) {
        en->fields[en->n] = (struct form_field){.name = ENTRY_REASON, .label = _("Reason"), .type = FORM_NOTE,
                                                .required = true, .max_chars = 1000, .rows = 4,
                                                .help = _("Why; it is kept in the record's history.")};
        en->sources[en->n++] = NULL;
    }
    pages[0] = (struct form_page){.name = "step", .label = _("Step")};
    return 1;
}

/* ---- what the form asks back ---- */

static const char *value_now(void *ctx, const char *field)
{
    const struct entry *en = ctx;
    size_t i = en->form ? form_find(en->form, field) : SIZE_MAX;
    return i == SIZE_MAX ? get_text_or_null(en->stored, field) : form_value(en->form, i);
}

static bool visible(void *ctx, size_t field)
{
    struct entry *en = ctx;
    if (!en->form || !en->sources[field])
        return true;
    return condition_holds(get_text(en->sources[field], "show_if"), value_now, en, get_array(en->desc, "fields"),
                           true);
}

static bool required(void *ctx, size_t field)
{
    struct entry *en = ctx;
    if (!en->form || !en->sources[field])
        return false;
    return condition_holds(get_text(en->sources[field], "require_if"), value_now, en,
                           get_array(en->desc, "fields"), false);
}

static void changed(void *ctx, size_t field)
{
    (void)field;
    struct entry *en = ctx;
    en->version++;
}

static bool lookup(void *ctx, size_t field, const char *text, struct arena *a, struct form_match ret[FORM_MATCHES],
                   size_t *ret_n, struct err *e)
{
    struct entry *en = ctx;
    json_auto_t *answer = NULL;
    json_t *params = json_pack("{s:s, s:s, s:s}", "kind", get_text(en->desc, "kind"), "field",
                               en->fields[field].name, "text", text);
    if (!session_call(en->ses, "lookup", params, &answer, e))
        return false;
    size_t i, n = 0;
    const json_t *hit;
    json_array_foreach(get_array(answer, "hits"), i, hit) {
        if (n == FORM_MATCHES)
            break;
        const char *no = get_text(hit, "case_no"), *detail = get_text(hit, "detail");
        ret[n].id = arena_strdup(a, get_text(hit, "id"));
        ret[n].title = arena_strdup(a, get_text(hit, "title"));
        ret[n].detail = *no ? arena_strdup(a, no) : arena_strdup(a, detail);
        n++;
    }
    *ret_n = n;
    return true;
}

/* ---- values ---- */

/* What a step asks of somebody may be answered even by those who may not read it afterwards. */
static void store_values(struct entry *en, const json_t *shown, bool asked)
{
    const json_t *texts = get_object(shown, "texts"), *hidden = get_array(shown, "hidden"), *h;
    size_t j;
    const char *id;
    json_t *title;
    json_object_foreach((json_t *)get_object(shown, "names"), id, title)
        form_remember_name(en->form, id, json_string_value(title));
    for (size_t i = 0; i < en->n; i++) {
        const char *name = en->fields[i].name;
        form_store(en->form, i, get_text(en->stored, name),
                   en->fields[i].type == FORM_REFERENCE ? get_text(texts, name) : NULL);
        json_array_foreach(hidden, j, h) {
            if (!asked && str_eq(json_string_value(h), name))
                form_seal(en->form, i, _("hidden"));
        }
    }
}

/* "today+14d" and the like are what date_parse takes, without the word. */
static const char *day_words(const char *preset)
{
    return str_starts(preset, "today") && preset[5] ? preset + 5 : preset;
}

static void put_typed(struct entry *en, size_t i, const char *value, const char *title)
{
    struct err ignored;
    char text[INSTANT_TEXT] = "";
    enum form_type t = en->fields[i].type;
    bool ok = false;
    if (t == FORM_DATE)
        ok = date_parse(day_words(value), date_today(), text, &ignored);
    else if (t == FORM_PDATE)
        ok = pdate_parse(day_words(value), date_today(), text, &ignored);
    else if (t == FORM_TIME)
        ok = time_parse(value, date_today(), text, &ignored);
    form_put(en->form, i, ok ? text : value, title);
}

static void put_presets(struct entry *en)
{
    for (size_t i = 0; i < en->n; i++) {
        const char *preset = en->sources[i] ? get_text(en->sources[i], "preset") : "";
        const char *title = NULL;
        if (!*preset)
            continue;
        if (en->fields[i].type == FORM_REFERENCE)
            title = str_eq(preset, session_user(en->ses, "login"))    ? session_user(en->ses, "name")
                    : str_eq(preset, session_user(en->ses, "agency")) ? session_user(en->ses, "agency_name")
                                                                      : preset;
        put_typed(en, i, preset, title);
    }
}

void entry_preset(struct entry *en, const struct edit_preset *p)
{
    size_t i = form_find(en->form, p->field);
    if (i != SIZE_MAX)
        put_typed(en, i, p->value, p->title);
}

void entry_focus_empty(struct entry *en)
{
    for (size_t i = 0; i < en->n; i++) {
        if (!en->fields[i].read_only && form_is_visible(en->form, i) && !*form_value(en->form, i)) {
            form_focus(en->form, i);
            break;
        }
    }
    en->focused = form_focused(en->form);
}

bool entry_open(struct entry *en, struct session *ses, const json_t *desc, const json_t *shown, const json_t *names,
                bool with_reason, struct err *e)
{
    const json_t *record = get_object(shown, "record");
    *en = (struct entry){.ses = ses, .desc = desc};
    size_t most = json_array_size(get_array(desc, "fields")) + json_array_size(names) + 2;
    struct form_page *pages =
        arena_alloc(&en->arena, (json_array_size(get_array(desc, "pages")) + 1) * sizeof *pages);
    en->id = xstrdup(get_text_or_null(record, "id"));
    en->rev = get_int(record, "rev");
    en->stored = shown_values(shown);
    en->fields = arena_alloc(&en->arena, most * sizeof *en->fields);
    en->sources = arena_alloc(&en->arena, most * sizeof *en->sources);
    en->left = arena_alloc(&en->arena, most * sizeof *en->left);
    size_t n_pages = names || with_reason ? take_asked(en, pages, names, with_reason) : take_pages(en, pages);
    if (en->n == 0) {
        entry_done(en);
        return err_set(e, ERR_RULE, "%s", _("There is nothing here for you to write."));
    }
    struct form_calls calls = {.ctx = en, .changed = changed, .visible = visible, .required = required,
                               .lookup = lookup};
    en->form = form_new(pages, n_pages, en->fields, en->n, calls);
    store_values(en, shown, names != NULL);
    if (!en->id)
        put_presets(en);
    en->version = en->checked = 0;
    en->focused = form_focused(en->form);
    return true;
}

void entry_done(struct entry *en)
{
    if (en->form)
        form_free(en->form);
    json_decref(en->stored);
    free(en->id);
    arena_done(&en->arena);
    *en = (struct entry){0};
}

json_t *entry_values(const struct entry *en, bool all)
{
    json_t *values = json_object();
    for (size_t i = 0; i < en->n; i++) {
        if (!en->sources[i]) /* the reason is no field of the record */
            continue;
        bool wanted = all ? form_is_visible(en->form, i) : form_changed(en->form, i);
        const char *value = form_value(en->form, i); /* last: the other questions ask for values too */
        if (wanted && (!all || *value))
            json_object_set_new(values, en->fields[i].name, json_string(value));
    }
    return values;
}

/* ---- problems ---- */

static void take_answer(struct entry *en, const json_t *problems)
{
    size_t i;
    const json_t *p;
    for (i = 0; i < en->n; i++) {
        if (en->left[i])
            form_set_problem(en->form, i, NULL);
    }
    json_array_foreach(problems, i, p) {
        size_t field = form_find(en->form, get_text(p, "field"));
        if (field != SIZE_MAX && en->left[field])
            form_set_problem(en->form, field, get_text(p, "text"));
    }
}

/* A field that is left with its value changed is judged, together with those that were left before. */
void entry_follow(struct entry *en, struct ui *ui)
{
    size_t now = form_focused(en->form);
    if (now == en->focused)
        return;
    bool first = en->focused < en->n && !en->left[en->focused];
    if (en->focused < en->n)
        en->left[en->focused] = true;
    en->focused = now;
    if (en->version == en->checked && !first)
        return;
    en->checked = en->version;
    json_t *left = json_array();
    for (size_t i = 0; i < en->n; i++) {
        if (en->left[i] && en->sources[i])
            json_array_append_new(left, json_string(en->fields[i].name));
    }
    json_t *params = json_pack("{s:s, s:o, s:o}", "kind", get_text(en->desc, "kind"), "values",
                               entry_values(en, !en->id), "left", left);
    if (en->id)
        json_object_set_new(params, "id", json_string(en->id));
    json_auto_t *answer = NULL;
    struct err e = {0};
    if (!session_call(en->ses, "check", params, &answer, &e))
        tell(ui, &e);
    else
        take_answer(en, get_array(answer, "problems"));
}

static size_t first_problem(const struct entry *en)
{
    for (size_t i = 0; i < en->n; i++) {
        if (form_problem(en->form, i))
            return i;
    }
    return SIZE_MAX;
}

void entry_refused(struct entry *en, struct ui *ui, const struct err *e)
{
    const json_t *data = session_error(en->ses), *p;
    size_t i;
    bool at_field = false;
    json_array_foreach(get_array(data, "problems"), i, p) {
        size_t field = form_find(en->form, get_text(p, "field"));
        if (field == SIZE_MAX)
            continue;
        en->left[field] = true;
        form_set_problem(en->form, field, get_text(p, "text"));
        at_field = true;
    }
    size_t only = e->field[0] ? form_find(en->form, e->field) : SIZE_MAX;
    if (!at_field && only != SIZE_MAX) {
        form_set_problem(en->form, only, e->text);
        at_field = true;
    }
    if (at_field)
        form_focus(en->form, first_problem(en));
    en->focused = form_focused(en->form);
    tell(ui, e);
}

static char *title_of(struct entry *en, const char *id)
{
    json_auto_t *answer = NULL;
    struct err e = {0};
    if (!session_call(en->ses, "show", json_pack("{s:s, s:s}", "id", id, "as", "screen"), &answer, &e))
        return NULL;
    return xstrdup(get_text(answer, "title"));
}

static void remember_names(struct entry *en, const char *ids)
{
    const char *pos = NULL, *item;
    for (size_t n; str_list_next(ids, &pos, &item, &n);) {
        AUTOFREE char *id = xstrndup(item, n);
        AUTOFREE char *title = id_valid(id) ? title_of(en, id) : NULL;
        form_remember_name(en->form, id, title);
    }
}

void entry_take(struct entry *en, const json_t *values)
{
    const char *name;
    json_t *v;
    json_object_foreach((json_t *)values, name, v) {
        size_t i = form_find(en->form, name);
        const char *text = json_string_value(v);
        if (i == SIZE_MAX || !text)
            continue;
        bool reference = en->fields[i].type == FORM_REFERENCE && *text;
        AUTOFREE char *title = reference ? title_of(en, text) : NULL;
        if (en->fields[i].type == FORM_REFERENCES)
            remember_names(en, text);
        form_put(en->form, i, text, title);
    }
    en->version++;
    en->checked = en->version;
}
