/* help/exit_contact.c: somebody called the exit unit, perhaps without a name. Taken in under a
 * minute; erased when nothing came of it (see upkeep.c). */
#include "../rules.h"

enum {
    AT,
    CHANNEL,
    ANONYMOUS,
    CALLER_ROLE,
    TOPIC,
    URGENCY,
    CALL_BACK,
    ADVICE_GIVEN,
    NEXT_STEP,
    LINKED_CASE,
    N
};

static const struct field fields[N] = {
    [AT] = {"at", F_TIME, NULL, REQUIRED, 0, 0},
    [CHANNEL] = {"channel", F_CODE, "contact_channel", REQUIRED, 0, 0},
    [ANONYMOUS] = {"anonymous", F_BOOL, NULL, 0, 0, 0},
    [CALLER_ROLE] = {"caller_role", F_CODE, "caller_role", REQUIRED, 0, 0},
    [TOPIC] = {"topic", F_CODE, "contact_topic", REQUIRED, 0, 0},
    [URGENCY] = {"urgency", F_INT, NULL, 0, 0, 3},
    [CALL_BACK] = {"call_back", F_SEALED, NULL, 0, 0, 60},
    [ADVICE_GIVEN] = {"advice_given", F_NOTE, NULL, 0, 0, 2000},
    [NEXT_STEP] = {"next_step", F_TEXT, NULL, 0, 0, 200},
    [LINKED_CASE] = {"linked_case", F_REF, "exit_case", 0, 0, 0},
};

/* What led to a case is kept with the case; the rest has a day on which it goes. */
static void fill(struct change *c)
{
    char day[DATE_TEXT] = "";
    fill_class(c, "SEKRETESS");
    fill_now(c, AT);
    fill_value(c, URGENCY, "0");
    bool kept = record_has(c->now, LINKED_CASE);
    day_after(record_get(c->now, AT), c->core->model->exit_contact_days, day);
    record_put(c->now, c->now->k->n_own + (int)COMMON_PURGE_AFTER, kept ? NULL : day);
    record_put(c->now, c->now->k->n_own + (int)COMMON_PURGE_RULE, kept ? NULL : "CONTACT_90D");
}

static void check(const struct change *c, struct problems *p)
{
    check_past(p, c->now, AT);
}

const struct kind exit_contact_kind = {
    .name = "exit_contact",
    .fields = fields,
    .n_fields = N,
    .title = "{topic}, {at}",
    .owner = "SNC",
    .fill = fill,
    .check = check,
};
