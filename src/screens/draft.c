/* Drafts of the writing screen: kept by themselves, offered again, thrown away on request. */
#include "edit.h"

#include <string.h>

static json_t *key_of(const struct edit_screen *st)
{
    json_t *params = json_pack("{s:s}", "kind", st->kind);
    if (st->en.id)
        json_object_set_new(params, "id", json_string(st->en.id));
    return params;
}

bool draft_look(struct session *ses, const char *kind, const char *id, json_t **ret, struct err *e)
{
    json_t *params = json_pack("{s:s}", "kind", kind);
    if (id)
        json_object_set_new(params, "id", json_string(id));
    return session_call(ses, "draft.get", params, ret, e);
}

bool draft_keep(struct screen *s, struct err *e)
{
    struct edit_screen *st = STATE(struct edit_screen, s);
    unsigned version = st->en.version;
    if (st->kept == version)
        return true;
    json_t *params = key_of(st);
    json_object_set_new(params, "values", entry_values(&st->en, !st->en.id));
    if (!session_call(st->en.ses, "draft.put", params, NULL, e))
        return false;
    st->kept = version;
    st->has_draft = true;
    st->en.ses->drafts++;
    clock_text(st->kept_at);
    return true;
}

void draft_offer(struct screen *s, const char *at)
{
    AUTOFREE char *when = instant_show(at);
    AUTOFREE char *go_on = xprintf(_("Go on with your draft from %s"), when ? when : at);
    struct pick_item items[] = {
        {.label = go_on, .detail = _("What you had written is put in; nothing is saved before Ctrl-S.")},
        {.label = STATE(struct edit_screen, s)->en.id ? _("Begin from what is stored") : _("Begin anew"),
         .detail = _("The draft is kept until you write something new here.")},
    };
    struct dialog_pick q = {.title = _("There is a draft"), .items = items, .n = N_OF(items)};
    dialog_pick(s->ui, &q, EDIT_DRAFT);
}

void draft_answer(struct screen *s, struct screen *closed)
{
    struct edit_screen *st = STATE(struct edit_screen, s);
    json_auto_t *draft = NULL;
    struct err e = {0};
    if (!closed->answer.yes || closed->answer.index != 0)
        return;
    if (!draft_look(st->en.ses, st->kind, st->en.id, &draft, &e)) {
        tell(s->ui, &e);
        return;
    }
    entry_take(&st->en, get_object(draft, "values"));
    entry_focus_empty(&st->en);
    st->kept = st->en.version;
}

void draft_ask_discard(struct screen *s)
{
    dialog_confirm(s->ui, _("Throw the draft away"),
                   _("What you have written here and not saved is removed for good. What is stored stays."),
                   _("THROW"), EDIT_DISCARD);
}

void draft_discard(struct screen *s, bool yes)
{
    struct edit_screen *st = STATE(struct edit_screen, s);
    struct err e = {0};
    if (!yes)
        return;
    if (!session_call(st->en.ses, "draft.drop", key_of(st), NULL, &e)) {
        tell(s->ui, &e);
        return;
    }
    st->finished = true;
    st->en.ses->drafts++;
    ui_say(s->ui, "%s", _("The draft was thrown away."));
    (void)ui_back_to(s->ui, s->below);
}
