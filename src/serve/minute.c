/* minute: one line of the minutes, as the secretary types it while people talk: a decision, a task,
 * a note, or who is there. */
#include "inside.h"
#include "treben/base/date.h"
#include "treben/base/text.h"
#include "treben/core/access.h"
#include "treben/core/change.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define LINE_MAX_CHARS 500
#define MINUTE_DRAFT "meeting_decision" /* a line not yet saved is kept as one of these */
#define TASK_DAYS "+7" /* when a task has no date: by the next meeting */

struct line {
    const char *what;   /* decision, task, note, present */
    struct str text;    /* without prefix, owner and date */
    const char *owner;  /* after @, or NULL */
    char due[DATE_TEXT]; /* "" none */
};

/* --- reading the line */

/* A letter of the reader's language and a blank: what the line is. The letters are no words there. */
static const char *prefix_of(const char *line, const char **ret_rest)
{
    static const char *const whats[] = {"decision", "task", "note"};
    const char *letters = _("dtn"), *at = line[0] && line[1] == ' ' ? strchr(letters, line[0]) : NULL;
    if (!at || at - letters >= (ptrdiff_t)N_OF(whats)) {
        return NULL;
    }
    *ret_rest = line + 2;
    return whats[at - letters];
}

static bool is_day(const char *word, char ret[DATE_TEXT])
{
    struct err no = {0};
    /* a number alone is a number, and a word like "mars" no day: only what date_parse takes whole */
    return (word[0] == '+' || !isdigit((unsigned char)word[0]) || strpbrk(word, "-/")) &&
           date_parse(word, date_today(), ret, &no);
}

/* Owner and date stand at the beginning or the end; in between the words are what they are. */
static bool take_word(struct call *c, struct line *l, const char *word)
{
    char day[DATE_TEXT];
    if (word[0] == '@' && word[1] && !l->owner) {
        l->owner = arena_strdup(&c->arena, word + 1);
        return true;
    }
    if (!l->due[0] && is_day(word, day)) {
        memcpy(l->due, day, sizeof l->due);
        return true;
    }
    return false;
}

static void read_words(struct call *c, const char *text, struct line *l)
{
    const char *words[128];
    size_t n = 0, from = 0;
    for (const char *p = text; *p && n < N_OF(words);) {
        size_t len = strcspn(p, " ");
        if (len) {
            words[n++] = arena_strndup(&c->arena, p, len);
        }
        p += len + strspn(p + len, " ");
    }
    while (from < n && take_word(c, l, words[from])) {
        from++;
    }
    while (n > from && take_word(c, l, words[n - 1])) {
        n--;
    }
    for (size_t i = from; i < n; i++) {
        str_printf(&l->text, "%s%s", i > from ? " " : "", words[i]);
    }
}

/* --- writing it */

static bool save(struct call *c, struct change *ch, struct err *e)
{
    if (!change_save(ch, e)) {
        problems_done(&c->problems);
        c->problems = ch->problems;
        ch->problems = (struct problems){0};
        return false;
    }
    c->log.record = arena_strdup(&c->arena, ch->now->id);
    c->log.n = 1;
    return true;
}

static bool answer(struct call *c, const struct change *ch, const char *what)
{
    c->result = json_pack("{s:s, s:s, s:s}", "id", ch->now->id, "what", what, "text",
                          show_title(c->core, ch->now));
    return true;
}

static struct change *new_of(struct call *c, const char *kind, struct err *e)
{
    struct change *ch = NULL;
    const struct kind_model *k = model_kind(c->core->model, kind);
    c->log.kind = k->kind->name;
    return change_new(c->core, k, &ch, e) ? ch : NULL;
}

static bool write_decision(struct call *c, const struct record *item, const struct line *l,
                           struct err *e)
{
    struct change *ch = new_of(c, "meeting_decision", e);
    if (!ch) {
        return false;
    }
    change_set(ch, "agenda_item", item->id);
    change_set(ch, "text", str_text(&l->text));
    change_set(ch, "due", l->due);
    if (l->owner) {
        change_set(ch, "decided_by", l->owner);
    }
    bool good = save(c, ch, e) && answer(c, ch, "decision");
    change_free(ch);
    return good;
}

static const char *upper(struct call *c, const char *text)
{
    char *up = arena_strdup(&c->arena, text);
    for (char *p = up; *p; p++) {
        *p = (char)toupper((unsigned char)*p);
    }
    return up;
}

static bool is_role(const struct call *c, const char *code)
{
    for (int i = 0; i < c->core->model->n_roles; i++) {
        if (strcmp(c->core->model->roles[i].code, code) == 0) {
            return true;
        }
    }
    return false;
}

static bool account_known(const struct call *c, const char *login)
{
    const struct kind_model *k = model_kind(c->core->model, "user");
    const struct kind_model *found;
    struct id id;
    struct err no = {0};
    return repo_resolve(c->core, k, login, &found, &id, &no);
}

static bool unknown_owner(const char *owner, struct err *e)
{
    return err_field(e, ERR_INVALID, "line",
                     _("There is nobody called \"%.40s\". Write a login, an agency such as POL, or "
                       "a role such as KOORD_P after the @."),
                     owner);
}

static bool set_owner(struct call *c, struct change *ch, const char *owner, struct err *e)
{
    const char *code = upper(c, owner);
    const char *field = model_agency(c->core->model, code) ? "agency"
                        : is_role(c, code)                 ? "owner_role"
                                                           : "owner";
    if (strcmp(field, "owner") == 0 && !account_known(c, owner)) {
        return unknown_owner(owner, e);
    }
    change_set(ch, field, strcmp(field, "owner") == 0 ? owner : code);
    return true;
}

static bool write_task(struct call *c, const struct record *item, const struct line *l,
                       struct err *e)
{
    char due[DATE_TEXT];
    if (!l->owner) {
        return err_field(e, ERR_INVALID, "line",
                         _("Say who does it: @ and a login, an agency or a role, such as @POL."));
    }
    if (!date_parse(l->due[0] ? l->due : TASK_DAYS, date_today(), due, e)) {
        return false;
    }
    struct change *ch = new_of(c, "task", e);
    if (!ch) {
        return false;
    }
    change_set(ch, "source", item->id);
    change_set(ch, "title", str_text(&l->text));
    change_set(ch, "due", arena_printf(&c->arena, "%s 16:00", due));
    bool good = set_owner(c, ch, l->owner, e) && save(c, ch, e) && answer(c, ch, "task");
    change_free(ch);
    return good;
}

static bool write_note(struct call *c, const struct record *item, const char *text, struct err *e)
{
    struct change *ch;
    const char *was = record_get(item, model_field(item->k, "text"));
    c->log.kind = item->k->kind->name;
    if (!change_open(c->core, item->id, -1, &ch, e)) {
        return false;
    }
    change_set(ch, "text", was ? arena_printf(&c->arena, "%s\n%s", was, text) : text);
    bool good = save(c, ch, e);
    if (good) {
        c->result =
            json_pack("{s:s, s:s, s:s}", "id", item->id, "what", "note", "text", text);
    }
    change_free(ch);
    return good;
}

/* --- attendance: "@asa.lind", "@eva.strand distans", "Nils Guest frånvarande" */

/* The code whose label or code the line ends with; NARVARANDE when it ends with none. */
static const char *attendance_of(struct call *c, struct str *text)
{
    const struct code_list *l = model_list(c->core->model, "attendance");
    const char *last = strrchr(str_text(text), ' ');
    const char *word = last ? last + 1 : str_text(text);
    for (int i = 0; i < l->n_codes && *word; i++) {
        AUTOFREE char *given = text_fold(word);
        AUTOFREE char *code = text_fold(l->codes[i].code);
        AUTOFREE char *label = text_fold(label_text(&l->codes[i].label));
        const char *tail = strrchr(label, ' ');
        if (strcmp(given, code) == 0 || strcmp(given, tail ? tail + 1 : label) == 0) {
            size_t keep = last ? (size_t)(last - text->p) : 0;
            AUTOFREE char *rest = xstrndup(str_text(text), keep);
            str_clear(text);
            str_add(text, rest);
            return l->codes[i].code;
        }
    }
    return "NARVARANDE";
}

static bool write_present(struct call *c, const struct record *item, struct line *l, struct err *e)
{
    const struct kind_model *k = model_kind(c->core->model, "meeting_participant");
    const char *meeting = record_get(item, model_field(item->k, "meeting"));
    const char *present = attendance_of(c, &l->text);
    const struct kind_model *uk;
    struct id user;
    struct err no = {0};
    if (l->owner && !repo_resolve(c->core, model_kind(c->core->model, "user"), l->owner, &uk, &user,
                                  &no)) {
        return unknown_owner(l->owner, e);
    }
    struct query q = {.k = k,
                      .limit = 1,
                      .sort = "id",
                      .filter = l->owner
                                    ? arena_printf(&c->arena,
                                                   "meeting == \"%s\" and user == \"%s\"", meeting,
                                                   user.text)
                                    : "id == \"\""};
    ROWS rows = {0};
    struct change *ch = NULL;
    if (!query_rows(c->core, &q, &rows, e) ||
        (rows.n && !change_open(c->core, rows.at[0]->id, -1, &ch, e))) {
        return false;
    }
    if (!ch && !(ch = new_of(c, "meeting_participant", e))) {
        return false;
    }
    c->log.kind = k->kind->name;
    if (!rows.n) {
        change_set(ch, "meeting", meeting);
        change_set(ch, l->owner ? "user" : "name", l->owner ? l->owner : str_text(&l->text));
    }
    change_set(ch, "present", present);
    bool good = save(c, ch, e) && answer(c, ch, "present");
    change_free(ch);
    return good;
}

bool serve_minute(struct call *c, struct err *e)
{
    const struct kind_model *k;
    struct id id;
    struct record *item;
    const char *line, *otherwise;
    if (!param_record(c, "id", &k, &id, e) || !param_need(c, "line", &line, e) ||
        !param_text(c, "what", &otherwise, e)) {
        return false;
    }
    if (!str_eq(k->kind->name, "agenda_item")) {
        return param_bad(c, e, _("Minutes are written under a point of an agenda."));
    }
    if (!repo_load(c->core, k, id.text, &item, e)) {
        return false;
    }
    struct line l = {0};
    const char *rest = line, *what = prefix_of(line, &rest);
    l.what = what ? what : !str_empty(otherwise) ? otherwise : "note";
    bool attendance = record_is(item, model_field(k, "kind"), "NARVARO");
    if (attendance && !what) {
        l.what = "present";
    }
    bool good;
    if (text_chars(line) > LINE_MAX_CHARS) {
        good = err_field(e, ERR_INVALID, "line",
                         _("The line is too long: at most %d characters. Make it two."),
                         LINE_MAX_CHARS);
    } else if (str_eq(l.what, "note")) {
        good = write_note(c, item, rest, e);
    } else {
        read_words(c, rest, &l);
        good = str_eq(l.what, "task")      ? write_task(c, item, &l, e)
               : str_eq(l.what, "present") ? write_present(c, item, &l, e)
                                           : write_decision(c, item, &l, e);
    }
    str_done(&l.text);
    record_free(item);
    return good && draft_forget(c, MINUTE_DRAFT, "", e);
}
