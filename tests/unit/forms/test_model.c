/* The shipped files become the model: sound, complete, the same from a snapshot as from YAML. */
#include "help.h"

#include "treben/base/expr.h"

static struct model *shipped(void)
{
    ARENA a = {0};
    struct forms_dirs d = shipped_dirs(&a);
    struct findings f = {0};
    struct err e;
    struct model *m = NULL;
    if (!forms_load(&d, &m, &f, &e)) {
        print_findings(&f);
        fail_msg("%s", e.text);
    }
    assert_int_equal(f.n, 0);
    return m;
}

static const struct kind_model *kind(const struct model *m, const char *name)
{
    const struct kind_model *k = model_kind(m, name);
    assert_non_null(k);
    return k;
}

static void shipped_files_are_sound(void **state)
{
    (void)state;
    struct model *m = shipped();
    assert_int_equal(m->n_kinds, n_all_kinds);
    for (int i = 0; i < m->n_kinds; i++) {
        const struct kind_model *k = &m->kinds[i];
        assert_ptr_equal(k->kind, all_kinds[i]);
        assert_int_equal(k->n_own, k->kind->n_fields);
        assert_true(k->n_fields >= k->n_own + COMMON_N);
        for (int j = 0; j < k->n_fields; j++) {
            const struct field_model *f = &k->fields[j];
            assert_non_null(f->label.sv);
            assert_true(*label_text(&f->label));
            if (j < k->n_own) {
                assert_string_equal(f->f.name, k->kind->fields[j].name);
                assert_false(f->local);
            }
        }
    }
    assert_string_equal(m->city, "Västerstad");
    assert_int_equal(m->min_criteria, 2);
    assert_int_equal(strlen(m->digest), 64);
    forms_free(m);
}

static void reads_an_incident(void **state)
{
    (void)state;
    struct model *m = shipped();
    const struct kind_model *k = kind(m, "incident");
    assert_string_equal(k->one.sv, "Händelse");
    assert_string_equal(k->one.en, "Incident");
    assert_string_equal(k->menu, "h");
    assert_true(k->timeline);
    assert_string_equal(k->fields[k->timeline_at].f.name, "occurred_at");
    const struct field_model *type = &k->fields[model_field(k, "type")];
    assert_ptr_equal(type->codes, model_list(m, "incident_type"));
    assert_non_null(model_code(type->codes, "SKJUTNING"));
    const struct field_model *weapon = &k->fields[model_field(k, "weapon")];
    assert_int_equal(weapon->show_if->op, EXPR_IN);
    assert_non_null(weapon->show_if_text);
    assert_string_equal(k->fields[model_field(k, "occurred_at")].preset, "now");
    assert_ptr_equal(k->fields[model_field(k, "linked_incident")].target, k);
    assert_null(k->fields[model_field(k, "state")].codes);
    assert_true(k->n_pages >= 1 && k->pages[0].n_fields >= 1 && k->list.n_columns >= 4);
    assert_true(k->n_subrows >= 2);
    for (int i = 0; i < k->n_subrows; i++) {
        const struct field *f = &k->subrows[i].kind->fields[k->subrows[i].field].f;
        assert_true(f->type == F_REF || f->type == F_REFS);
    }
    forms_free(m);
}

static void reads_a_lifecycle(void **state)
{
    (void)state;
    struct model *m = shipped();
    const struct kind_model *k = kind(m, "incident");
    const struct lifecycle_model *l = NULL;
    const struct state_model *s = model_state(k, "TRIAGERAD", &l);
    assert_non_null(s);
    assert_string_equal(k->fields[l->field].f.name, "state");
    assert_string_equal(l->initial, "REGISTRERAD");
    assert_true(s->n_requires >= 2);
    bool found = false;
    for (int i = 0; i < l->n_transitions; i++) {
        const struct transition_model *t = &l->transitions[i];
        assert_true(t->n_from >= 1 && t->n_who >= 1 && t->who[0].n >= 1);
        if (strcmp(t->to, "TRIAGERAD") == 0) {
            found = true;
            assert_string_equal(t->from[0], "REGISTRERAD");
            assert_string_equal(t->guards[0], "triage_set");
            assert_int_equal(t->who[0].any[0].type, ACTOR_ROLE);
        }
    }
    assert_true(found);
    assert_true(model_state(k, "DUBBLETT", NULL)->final);
    ARENA a = {0};
    assert_null(model_counted(&a, k)); /* every incident counts; a wrong link does not */
    assert_string_equal(model_counted(&a, kind(m, "incident_group")),
                        "not (state == \"FELKOPPLAD\")");
    forms_free(m);
}

static void reads_clocks_and_rights(void **state)
{
    (void)state;
    struct model *m = shipped();
    const struct kind_model *k = kind(m, "incident");
    const struct clock_model *triage = NULL;
    for (int i = 0; i < k->n_clocks; i++) {
        if (strcmp(k->clocks[i].name, "triage") == 0) {
            triage = &k->clocks[i];
        }
    }
    assert_non_null(triage);
    assert_int_equal(triage->hours + triage->days * 24, 24);
    assert_string_equal(k->fields[triage->from].f.name, "known_at");
    assert_non_null(triage->while_);
    assert_true(triage->owner_role || triage->owner_field >= 0);
    assert_true(k->rights.n_see >= 3 && k->rights.n_create >= 1 && k->rights.n_edit >= 1);
    const struct kind_model *row = kind(m, "incident_person");
    assert_string_equal(row->rights.follows, "incident");
    assert_string_equal(model_agency(m, "POL")->partner, "POL");
    assert_string_equal(code_label(model_list(m, "agency"), "SNC"), "Socialnämnd Centrum");
    forms_free(m);
}

/* A whole model as text, as far as the words of the files reach into it. */
static void dump(const struct model *m, struct str *s)
{
    for (int i = 0; i < m->n_kinds; i++) {
        const struct kind_model *k = &m->kinds[i];
        str_printf(s, "%s %s %s %s %d %d\n", k->kind->name, k->one.sv, k->many.en,
                   k->menu ? k->menu : "-", k->timeline_at, k->n_fields);
        for (int j = 0; j < k->n_fields; j++) {
            const struct field_model *f = &k->fields[j];
            str_printf(s, " %s %d %s %s %s %d %s\n", f->f.name, f->local, f->label.sv,
                       f->show_if_text ? f->show_if_text : "", f->preset ? f->preset : "", f->rows,
                       f->lookup_filter ? f->lookup_filter : "");
        }
        for (int j = 0; j < k->n_pages; j++) {
            str_printf(s, " page %s %d %d\n", k->pages[j].label.sv, k->pages[j].n_fields,
                       k->pages[j].fields[0]);
        }
        for (int j = 0; j < k->list.n_columns; j++) {
            const struct column_model *c = &k->list.columns[j];
            str_printf(s, " column %s %d %d %s %d %d %d %d\n", c->path, c->field, c->step,
                       c->label.sv, c->min, c->ideal, c->priority, c->grow);
        }
        for (int j = 0; j < k->list.n_filters; j++) {
            str_printf(s, " filter %s %s\n", k->list.filters[j].name, k->list.filters[j].text);
        }
        for (int j = 0; j < k->n_lifecycles; j++) {
            const struct lifecycle_model *l = &k->lifecycles[j];
            for (int t = 0; t < l->n_transitions; t++) {
                const struct transition_model *x = &l->transitions[t];
                str_printf(s, " to %s %s %d %d %d %d %d %s\n", x->to, x->label.sv, x->n_from,
                           x->n_who, x->n_guards, x->n_asks, x->n_sets,
                           x->not_actor ? x->not_actor : "-");
            }
        }
        for (int j = 0; j < k->rights.n_see; j++) {
            const struct right *r = &k->rights.see[j];
            str_printf(s, " see %s %s %d %d %s\n", r->role, r->agency ? r->agency : "", r->own,
                       r->other, r->when ? r->when : "");
        }
        str_printf(s, " %d clocks, %d subrows, %s\n", k->n_clocks, k->n_subrows,
                   k->rights.follows ? k->rights.follows : "-");
    }
    for (int i = 0; i < m->n_lists; i++) {
        str_printf(s, "%s %s %d\n", m->lists[i].name, m->lists[i].label.sv, m->lists[i].n_codes);
    }
    str_printf(s, "%s %d %d %d\n", m->city, m->n_roles, m->n_agencies, m->n_keys);
}

static void snapshot_gives_the_same_model(void **state)
{
    (void)state;
    ARENA a = {0};
    struct forms_dirs d = shipped_dirs(&a);
    struct findings f = {0};
    struct sources s = {0};
    struct trees t;
    STR from_yaml = {0};
    STR from_snapshot = {0};
    AUTOFREE char *text = NULL;
    sources_read(&d, NULL, &a, &s, &f);
    struct model *m = model_from_sources(&s, &text, &f);
    assert_non_null(m);
    AUTOFREE char *copy = xstrdup(text);
    assert_true(snapshot_read(copy, &a, &t));
    AUTOFREE char *again = snapshot_write(&t);
    assert_string_equal(again, text);
    struct model *n = model_from_trees(&t, false, &f);
    assert_non_null(n);
    dump(m, &from_yaml);
    dump(n, &from_snapshot);
    assert_true(from_yaml.len > 10000);
    assert_string_equal(str_text(&from_yaml), str_text(&from_snapshot));
    forms_free(m);
    forms_free(n);
}

static void damaged_snapshot_is_refused(void **state)
{
    (void)state;
    static const char *const damaged[] = {
        "",
        "x",
        "F\tconfig/site.yaml\t\n",
        "F\ta\t\nM2\t\t\nT\tk\tv\n",
        "F\ta\t\nM1\t\t\nT\t\tv\n",
        "F\ta\t\nX\t\t\n",
        "F\ta\t\nM1\t\t\nL999999999\tk\t\n",
        "T\tk\tv\n",
    };
    for (size_t i = 0; i < N_OF(damaged); i++) {
        ARENA a = {0};
        struct trees t;
        AUTOFREE char *text = xstrdup(damaged[i]);
        assert_false(snapshot_read(text, &a, &t));
    }
}

static void local_field_joins_the_kind(void **state)
{
    (void)state;
    static const char site[] = "fields:\n"
                               "  - field: camera_nearby\n"
                               "    local: {type: code, of: yes_no, shared: true}\n"
                               "    label: {sv: Kamera i närheten}\n"
                               "    after: area\n"
                               "list:\n  filters:\n    - {name: camera, label: {sv: Kamera}, expr: "
                               "'camera_nearby == \"JA\"'}\n";
    struct findings f = {0};
    struct model *m = load_with("forms/incident.yaml", true, site, strlen(site), &f);
    print_findings(&f);
    assert_non_null(m);
    const struct kind_model *k = kind(m, "incident");
    int i = model_field(k, "camera_nearby");
    assert_int_equal(i, k->n_own + COMMON_N);
    const struct field_model *c = &k->fields[i];
    assert_true(c->local);
    assert_int_equal(c->f.type, F_CODE);
    assert_int_equal(c->f.flags, SHARED);
    assert_ptr_equal(c->codes, model_list(m, "yes_no"));
    assert_string_equal(label_text(&c->label), "Kamera i närheten"); /* English falls back */
    forms_free(m);
}

/* A number that a site chooses is the same wherever a condition names it. */
static void conditions_take_the_sites_numbers(void **state)
{
    (void)state;
    static const char site[] = "review_overdue_days: 45\n";
    struct findings f = {0};
    struct model *m = load_with("config/site.yaml", true, site, strlen(site), &f);
    print_findings(&f);
    assert_non_null(m);
    const struct list_model *l = &kind(m, "membership")->list;
    assert_string_equal(l->start_filter, "current");
    for (int i = 0; i < l->n_filters; i++)
        if (strcmp(l->filters[i].name, l->start_filter) == 0)
            assert_non_null(strstr(l->filters[i].text, "review_due >= today-45d"));
    forms_free(m);
}

static void says_what_is_missing(void **state)
{
    (void)state;
    struct findings f = {0};
    assert_null(load_with("config/rights.yaml", false, "rights: {}\n", strlen("rights: {}\n"), &f));
    assert_int_equal(f.n, n_all_kinds);
    assert_true(has_text(
        &f, "config/rights.yaml, line 1, column 9: there is no row for the kind \"help_offer\""));
    findings_done(&f);

    ARENA a = {0};
    struct forms_dirs d = {.forms = "/nowhere/forms",
                           .config = arena_printf(&a, "%s/config", help_root())};
    struct model *m = NULL;
    struct err e;
    assert_false(forms_load(&d, &m, &f, &e));
    assert_null(m);
    assert_true(has_text(&f, "forms/incident.yaml: the file is missing"));
    assert_int_equal(e.code, ERR_SYNTAX);
    findings_done(&f);
}

static void digest_follows_the_files(void **state)
{
    (void)state;
    struct source two[] = {{.name = "a", .body = "xy", .n = 2}, {.name = "b", .body = "z", .n = 1}};
    struct source moved[] = {{.name = "a", .body = "x", .n = 1},
                             {.name = "b", .body = "yz", .n = 2}};
    struct sources s = {.at = two, .n = 2}, t = {.at = moved, .n = 2};
    char one[65], other[65], again[65];
    digest_sources(&s, one);
    digest_sources(&t, other);
    assert_string_not_equal(one, other);
    digest_sources(&s, again);
    assert_string_equal(one, again);
    two[1].site = true;
    digest_sources(&s, again);
    assert_string_not_equal(one, again);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shipped_files_are_sound),
        cmocka_unit_test(reads_an_incident),
        cmocka_unit_test(reads_a_lifecycle),
        cmocka_unit_test(reads_clocks_and_rights),
        cmocka_unit_test(snapshot_gives_the_same_model),
        cmocka_unit_test(damaged_snapshot_is_refused),
        cmocka_unit_test(local_field_joins_the_kind),
        cmocka_unit_test(conditions_take_the_sites_numbers),
        cmocka_unit_test(says_what_is_missing),
        cmocka_unit_test(digest_follows_the_files),
    };
    help_start(argc, argv);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
