/* What the police ask of the city lands on whoever can answer it, the exit unit, and says nothing to
 * anybody else of the city. */
#include "harness.h"

#include "treben/base/mem.h"

struct scene {
    struct stage *st;
    char *talk, *asked; /* the planned talk; the question to the city */
};

static char *made(struct talk *t, const char *kind, json_t *values)
{
    return xstrdup(text_at(
        talk_ask(t, "new", json_pack("{s:s, s:o}", "kind", kind, "values", values)), "id"));
}

static int make(void **state)
{
    struct scene *s = xcalloc(1, sizeof *s);
    s->st = stage_make();
    struct talk *t = talk_start(s->st, "hakan.ek");
    AUTOFREE char *person = made(t, "person",
                                 json_pack("{s:s, s:s, s:s}", "kind", "MEDLEM", "family_name",
                                           "Zander", "birth_date", "1998-02-03"));
    s->talk = made(t, "custom_notification",
                   json_pack("{s:s, s:s}", "person", person, "trigger", "RUTIN"));
    s->asked = made(t, "deconfliction", json_pack("{s:s, s:s}", "subject", s->talk, "agency", "SNC"));
    assert_int_equal(talk_end(t), 0);
    *state = s;
    return 0;
}

static int end(void **state)
{
    struct scene *s = *state;
    stage_end(s->st);
    free(s->talk);
    free(s->asked);
    free(s);
    return 0;
}

static int64_t tasks_seen(struct talk *t, const char *subject)
{
    AUTOFREE char *filter =
        xprintf("subject == \"%s\" and state in (\"NY\", \"PAGAR\", \"VANTAR\")", subject);
    return int_at(talk_ask(t, "count", json_pack("{s:s, s:s}", "kind", "task", "filter", filter)),
                  "n");
}

static json_t *answer(const char *id)
{
    return json_pack("{s:s, s:{s:s, s:s}}", "id", id, "values", "answer", "STOPP",
                     "reason_internal", "Zq hemlig grund");
}

static void the_task_lands_on_who_can_answer(void **state)
{
    struct scene *s = *state;
    struct talk *exits = talk_start(s->st, "sara.wik"), *city = talk_start(s->st, "asa.lind");
    assert_int_equal(tasks_seen(exits, s->asked), 1);
    assert_int_equal(tasks_seen(city, s->asked), 0);
    assert_string_equal(text_at(talk_refused(city, "set", answer(s->asked)), "data.code"), "denied");
    talk_ask(exits, "set", answer(s->asked));
    assert_int_equal(tasks_seen(exits, s->asked), 0);
    assert_int_equal(talk_end(exits), 0);
    assert_int_equal(talk_end(city), 0);
}

/* "Not clear" is all that comes through, whoever asks. */
static void the_answer_stays_with_the_exit_unit(void **state)
{
    struct scene *s = *state;
    static const char *const others[] = {"asa.lind", "hakan.ek", "eva.strand", "ingrid.ros"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct talk *t = talk_start(s->st, others[i]);
        const json_t *r = talk_ask(t, "show", json_pack("{s:s, s:s}", "id", s->asked, "as", "screen"));
        assert_true(json_is_false(at(r, "record.clear")));
        AUTOFREE char *all = json_dumps(r, JSON_COMPACT);
        assert_null(strstr(all, "STOPP\""));
        assert_null(strstr(all, "hemlig grund"));
        assert_int_equal(talk_end(t), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_task_lands_on_who_can_answer),
        cmocka_unit_test(the_answer_stays_with_the_exit_unit),
    };
    return cmocka_run_group_tests_name("deconfliction", tests, make, end);
}
