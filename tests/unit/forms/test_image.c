/* The mapped image of the model: the same as what was decoded, wherever it lies, and never used
 * when it is damaged or made from something else. */
#include "help.h"

#include "treben/base/file.h"
#include "treben/store/config_kept.h"
#include "treben/store/migrate.h"
#include <sys/stat.h>

struct kept {
    struct folder place;
    struct store *store;
    struct arena a;
    struct forms_dirs dirs;
    char *image;
};

static void start(struct kept *k)
{
    struct err e = {.code = ERR_NONE};
    int from, to;
    *k = (struct kept){.place = folder_new()};
    AUTOFREE char *path = path_join(k->place.path, "treben.db");
    if (!store_open(path, STORE_CREATE, &k->store, &e) || !migrate_run(k->store, &from, &to, &e)) {
        fail_msg("%s", e.text);
    }
    k->dirs = shipped_dirs(&k->a);
    k->dirs.site = arena_strdup(&k->a, k->place.path);
    k->image = xprintf("%s.image", store_path(k->store));
}

static void done(struct kept *k)
{
    free(k->image);
    store_close(k->store);
    folder_done(&k->place);
    arena_done(&k->a);
}

static struct model *load(struct kept *k)
{
    struct model *m = NULL;
    struct err e = {.code = ERR_NONE};
    AUTOFREE char *fallback = NULL;
    if (!forms_load_session(&k->dirs, k->store, &m, &fallback, &e)) {
        fail_msg("%s", e.text);
    }
    assert_null(fallback);
    return m;
}

/* --- two models that must say the same */

static void same_text(const char *a, const char *b)
{
    if (!str_eq(a, b)) {
        fail_msg("\"%s\" is not \"%s\"", a ? a : "(null)", b ? b : "(null)");
    }
}

static void same_label(const struct label *a, const struct label *b)
{
    same_text(a->sv, b->sv);
    same_text(a->en, b->en);
}

static void same_expr(const struct expr *a, const struct expr *b)
{
    assert_int_equal(a != NULL, b != NULL);
    if (!a) {
        return;
    }
    assert_int_equal(a->op, b->op);
    assert_int_equal(a->n_items, b->n_items);
    same_text(a->name, b->name);
    same_text(a->step, b->step);
    same_text(a->text, b->text);
    same_expr(a->a, b->a);
    same_expr(a->b, b->b);
    for (size_t i = 0; i < a->n_items; i++) {
        same_expr(a->items[i], b->items[i]);
    }
}

static void same_field(const struct field_model *a, const struct field_model *b)
{
    same_text(a->f.name, b->f.name);
    same_text(a->f.of, b->f.of);
    assert_int_equal(a->f.flags, b->f.flags);
    same_label(&a->label, &b->label);
    same_expr(a->show_if, b->show_if);
    same_text(a->preset, b->preset);
    same_text(a->target ? a->target->kind->name : NULL, b->target ? b->target->kind->name : NULL);
    same_text(a->codes ? a->codes->name : NULL, b->codes ? b->codes->name : NULL);
}

static void same_lifecycle(const struct lifecycle_model *a, const struct lifecycle_model *b)
{
    assert_int_equal(a->n_transitions, b->n_transitions);
    for (int i = 0; i < a->n_transitions; i++) {
        const struct transition_model *s = &a->transitions[i], *t = &b->transitions[i];
        same_text(s->to, t->to);
        assert_int_equal(s->n_who, t->n_who);
        for (int j = 0; j < s->n_guards; j++) {
            same_text(s->guards[j], t->guards[j]);
        }
        for (int j = 0; j < s->n_sets; j++) {
            same_text(s->sets[j].value, t->sets[j].value);
        }
    }
}

static void same_kind(const struct kind_model *a, const struct kind_model *b)
{
    assert_ptr_equal(a->kind, b->kind);
    same_label(&a->one, &b->one);
    assert_int_equal(a->n_fields, b->n_fields);
    for (int i = 0; i < a->n_fields; i++) {
        same_field(&a->fields[i], &b->fields[i]);
    }
    assert_int_equal(a->list.n_columns, b->list.n_columns);
    for (int i = 0; i < a->list.n_columns; i++) {
        same_label(&a->list.columns[i].label, &b->list.columns[i].label);
    }
    for (int i = 0; i < a->list.n_filters; i++) {
        same_expr(a->list.filters[i].expr, b->list.filters[i].expr);
    }
    for (int i = 0; i < a->n_lifecycles; i++) {
        same_lifecycle(&a->lifecycles[i], &b->lifecycles[i]);
    }
    assert_int_equal(a->rights.n_see, b->rights.n_see);
    for (int i = 0; i < a->rights.n_see; i++) {
        same_text(a->rights.see[i].role, b->rights.see[i].role);
        same_text(a->rights.see[i].when, b->rights.see[i].when);
    }
}

static void same_model(const struct model *a, const struct model *b)
{
    same_text(a->city, b->city);
    same_text(a->digest, b->digest);
    assert_int_equal(a->n_kinds, b->n_kinds);
    for (int i = 0; i < a->n_kinds; i++) {
        same_kind(&a->kinds[i], &b->kinds[i]);
    }
    assert_int_equal(a->n_lists, b->n_lists);
    for (int i = 0; i < a->n_lists; i++) {
        for (int j = 0; j < a->lists[i].n_codes; j++) {
            same_text(a->lists[i].codes[j].code, b->lists[i].codes[j].code);
            same_label(&a->lists[i].codes[j].label, &b->lists[i].codes[j].label);
        }
    }
}

/* A literal of the program in the model, or a pointer out of its arena, and none is made. */
static void says_the_same_wherever_it_lies(void **state)
{
    (void)state;
    struct kept k;
    start(&k);
    struct model *first = load(&k);
    assert_null(first->image);
    struct model *at_home = load(&k);
    assert_non_null(at_home->image);
    struct model *elsewhere = load(&k); /* its place is taken */
    assert_non_null(elsewhere->image);
    assert_ptr_not_equal(elsewhere->image, at_home->image);
    same_model(first, at_home);
    same_model(first, elsewhere);
    forms_free(first);
    forms_free(at_home);
    forms_free(elsewhere);
    done(&k);
}

static void gives_way_to_changed_files(void **state)
{
    (void)state;
    struct kept k;
    start(&k);
    forms_free(load(&k));
    folder_put(&k.place, "config/site.yaml", "city: Österstad\n");
    for (int i = 0; i < 2; i++) { /* so new that another change might not show: none is kept */
        struct model *m = load(&k);
        assert_null(m->image);
        same_text(m->city, "Österstad");
        forms_free(m);
    }
    done(&k);
}

/* The city's files were accepted by another database: its local fields are not this one's. */
static void gives_way_to_another_configuration_kept(void **state)
{
    (void)state;
    struct kept k;
    struct err e;
    start(&k);
    forms_free(load(&k));
    struct kept_file none = {.name = "snapshot", .digest = "another", .body = ""};
    assert_true(tx_begin(k.store, &e));
    assert_true(config_kept_put(k.store, &none, 1, &e));
    assert_true(tx_commit(k.store, &e));
    struct model *m = load(&k);
    assert_null(m->image);
    forms_free(m);
    done(&k);
}

static void damage(const char *path, long at, char with)
{
    FILE *f = fopen(path, "r+");
    assert_non_null(f);
    assert_int_equal(fseek(f, at, at < 0 ? SEEK_END : SEEK_SET), 0);
    int was = fgetc(f);
    assert_int_equal(fseek(f, at, at < 0 ? SEEK_END : SEEK_SET), 0);
    fputc(was ^ with, f);
    fclose(f);
}

static void is_made_anew_when_damaged(void **state)
{
    (void)state;
    static const long places[] = {0, 20, 161, 170, 180, 190, 200, 300, 5000, 100000, -1, -5000};
    struct kept k;
    start(&k);
    forms_free(load(&k));
    for (size_t i = 0; i <= N_OF(places); i++) {
        if (i < N_OF(places)) {
            damage(k.image, places[i], 0x41);
        } else {
            assert_int_equal(truncate(k.image, 4096), 0);
        }
        struct model *m = load(&k);
        assert_null(m->image);
        forms_free(m);
        m = load(&k);
        assert_non_null(m->image);
        forms_free(m);
    }
    done(&k);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_the_same_wherever_it_lies),
        cmocka_unit_test(gives_way_to_changed_files),
        cmocka_unit_test(gives_way_to_another_configuration_kept),
        cmocka_unit_test(is_made_anew_when_damaged),
    };
    help_start(argc, argv);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
