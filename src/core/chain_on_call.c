/* core/chain_on_call.c: what follows when a handover is read, and when nobody reads it. */
#include "chain_parts.h"
#include "treben/store/log.h"

#define UNREAD_SECONDS 1800 /* after the shift began, the manager is told (dossier 2.8) */

/* The step is a receipt of who took it. */
bool after_handover(struct core *c, const struct record *was, const struct record *now,
                    struct err *e)
{
    char at[INSTANT_TEXT];
    instant_text(clock_now(), at);
    if (!chain_became(was, now, "KVITTERAD") || !c->who.user[0] ||
        look_count(c, "handover_receipt", "handover == \"%s\" and user == \"%s\"", now->id,
                   c->who.user))
        return true;
    const struct put puts[] = {{"handover", now->id}, {"user", c->who.user}, {"at", at}};
    return chain_make(c, "handover_receipt", record_common(now, COMMON_OWNER_AGENCY),
                      record_common(now, COMMON_INFO_CLASS), puts, (int)N_OF(puts), NULL, e);
}

/* And the first receipt of the agency's own on-call is that step. */
bool after_receipt(struct core *c, const struct record *was, const struct record *now,
                   struct err *e)
{
    return was || !now ||
           lifecycle_system(c, model_kind(c->model, "handover"), value(now, "handover"),
                            "KVITTERAD", e);
}

static const char *unread(struct core *c)
{
    char then[INSTANT_TEXT];
    instant_text(clock_now() - UNREAD_SECONDS, then);
    return arena_printf(&c->scratch,
                        "state == \"LAMNAD\" and escalated_at == null and from <= \"%s\"", then);
}

bool chain_unread(struct core *c)
{
    return look_count(c, "handover", "%s", unread(c)) > 0;
}

bool chain_tell_unread(struct core *c, struct err *e)
{
    ROWS late = look_all(c, "handover", "from", "%s", unread(c));
    char now[INSTANT_TEXT];
    instant_text(clock_now(), now);
    for (int i = 0; i < late.n; i++) {
        const struct put puts[] = {{"escalated_at", now}};
        struct log_row row = {.session = c->who.session,
                              .action = "ANDRA",
                              .kind = "handover",
                              .record = late.at[i]->id,
                              .n = 1,
                              .result = "ok",
                              .detail = "upkeep"};
        if (!chain_put(c, "handover", late.at[i]->id, puts, 1, e) ||
            !log_append(c->store, &row, e))
            return false;
    }
    return true;
}
