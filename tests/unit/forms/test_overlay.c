/* A site's files over the shipped ones: merging by key and by name, and never looser than shipped.
 */
#include "help.h"

static struct node *overlaid(struct arena *a, const char *name, const char *base, const char *site,
                             struct findings *f)
{
    static const char *const roles[] = {"KOORD_P", "JOUR_P"};
    struct node *b = read_one(a, name, base, strlen(base), f);
    struct node *s = read_one(a, "site", site, strlen(site), f);
    assert_non_null(b);
    assert_non_null(s);
    struct overlay o = {.a = a,
                        .found = f,
                        .shipped_roles = roles,
                        .n_shipped_roles = N_OF(roles),
                        .rights = strcmp(name, "config/rights.yaml") == 0};
    overlay_tree(&o, b, s);
    return b;
}

/* A list as "a,b,c" of the values of one key. */
static void assert_list(const struct node *list, const char *key, const char *expected)
{
    STR all = {0};
    int n = 0;
    for (const struct node *c = list->first; c; c = c->next, n++) {
        str_printf(&all, "%s%s", all.len ? "," : "", key ? node_get(c, key)->text : c->text);
    }
    assert_string_equal(str_text(&all), expected);
    assert_int_equal(n, list->n);
}

static void merges_by_key_and_name(void **state)
{
    (void)state;
    ARENA a = {0};
    struct findings f = {0};
    const struct node *t = overlaid(
        &a, "forms/x.yaml",
        "hint: {sv: Gammal, en: Old}\n"
        "fields:\n- {field: a, label: {sv: A, en: A}}\n- {field: b}\n- {field: c}\n"
        "pages:\n- {label: {sv: Ett}, fields: [a, b]}\n- {label: {sv: Två}, fields: [c]}\n",
        "hint: {sv: Ny}\nmenu: x\n"
        "fields:\n- {field: a, label: {sv: Bokstav}}\n- {field: b, remove: true}\n"
        "- {field: new, after: a}\n- {field: last}\n- {field: a, after: c}\n"
        "pages:\n- {label: {sv: Två}, fields: [c, new]}\n",
        &f);
    print_findings(&f);
    assert_int_equal(f.n, 0);
    assert_string_equal(node_get(node_get(t, "hint"), "sv")->text, "Ny");
    assert_string_equal(node_get(node_get(t, "hint"), "en")->text, "Old");
    assert_string_equal(node_get(t, "menu")->text, "x");
    const struct node *fields = node_get(t, "fields");
    assert_list(fields, "field", "new,c,a,last");
    const struct node *moved = fields->first->next->next;
    assert_string_equal(node_get(node_get(moved, "label"), "sv")->text, "Bokstav");
    assert_string_equal(node_get(node_get(moved, "label"), "en")->text, "A");
    assert_null(node_get(fields->first, "after"));
    assert_list(node_get(node_get(t, "pages")->first, "fields"), NULL, "a,b");
    assert_list(node_get(node_get(t, "pages")->first->next, "fields"), NULL, "c,new");
}

static void merges_the_import_mapping(void **state)
{
    (void)state;
    ARENA a = {0};
    struct findings f = {0};
    const struct node *t =
        overlaid(&a, "config/import-police.yaml",
                 "types:\n- {type: Brand, skip: true}\n- {type: Rån}\nplaces:\n- {place: Lund, "
                 "area: NORR}\n",
                 "types:\n- {type: Brand, incident: MORDBRAND, skip: false}\n"
                 "places:\n- {place: Kil, area: SYD}\n- {place: Lund, remove: true}\n",
                 &f);
    assert_int_equal(f.n, 0);
    assert_list(node_get(t, "types"), "type", "Brand,Rån");
    assert_string_equal(node_get(node_get(t, "types")->first, "skip")->text, "false");
    assert_list(node_get(t, "places"), "place", "Kil");
}

static void names_wrong_places(void **state)
{
    (void)state;
    ARENA a = {0};
    struct findings f = {0};
    overlaid(&a, "forms/x.yaml", "fields:\n- {field: first}\n- {field: second}\n",
             "fields:\n- {field: new, after: secnd}\n- {field: nothing, remove: true}\n", &f);
    assert_true(
        has_text(&f, "site, line 2, column 23: unknown name \"secnd\"; did you mean \"second\"?"));
    assert_true(has_text(&f, "site, line 3, column 3: there is nothing of this name to remove"));
    findings_done(&f);
}

static const char lifecycle[] =
    "lifecycles:\n- field: state\n  states:\n  - {code: B, requires: [one, two]}\n  transitions:\n"
    "  - {from: [A], to: B, who: [[KOORD_P], [JOUR_P]], guards: [g1, g2], reason: true, "
    "distinct_agencies: true, not_actor: created_by}\n"
    "  - {from: [C], to: B, who: [[KOORD_P]]}\n";

static const struct node *first_move(const struct node *t)
{
    return node_get(node_get(t, "lifecycles")->first, "transitions")->first;
}

static void tightens_lifecycles(void **state)
{
    (void)state;
    ARENA a = {0};
    struct findings f = {0};
    const struct node *t = overlaid(
        &a, "forms/x.yaml", lifecycle,
        "lifecycles:\n- field: state\n  states:\n  - {code: B, requires: [two, one, three]}\n  "
        "transitions:\n"
        "  - {from: [A], to: B, guards: [g1, g2, g3]}\n  - {from: [C], to: B, reason: true}\n",
        &f);
    print_findings(&f);
    assert_int_equal(f.n, 0);
    assert_list(node_get(first_move(t), "guards"), NULL, "g1,g2,g3");
    assert_string_equal(node_get(first_move(t)->next, "reason")->text, "true");
    assert_null(node_get(first_move(t)->next, "guards"));
}

static void never_loosens(const char *name, const char *base, const char *site,
                          const char *expected)
{
    ARENA a = {0};
    struct findings f = {0};
    overlaid(&a, name, base, site, &f);
    if (!has_text(&f, expected)) {
        print_findings(&f);
        fail_msg("not said: %s", expected);
    }
    assert_int_equal(f.n, 1);
    findings_done(&f);
}

static void never_loosens_lifecycles(void **state)
{
    (void)state;
    static const struct {
        const char *change, *expected;
    } cases[] = {
        {"guards: [g1]",
         "site, line 4, column 32: \"g2\" is missing; a site may add to this list, not take away"},
        {"reason: false",
         "site, line 4, column 32: a site may make \"reason\" stricter, not looser"},
        {"distinct_agencies: false",
         "site, line 4, column 43: a site may make \"distinct_agencies\" stricter, not looser"},
        {"not_actor: x",
         "site, line 4, column 35: a site may make \"not_actor\" stricter, not looser"},
        {"who: [[KOORD_P]]",
         "site, line 4, column 29: a site may make \"who\" stricter, not looser"},
    };
    for (size_t i = 0; i < N_OF(cases); i++) {
        AUTOFREE char *site =
            xprintf("lifecycles:\n- field: state\n  transitions:\n  - {from: [A], to: B, %s}\n",
                    cases[i].change);
        never_loosens("forms/x.yaml", lifecycle, site, cases[i].expected);
    }
    never_loosens(
        "forms/x.yaml", lifecycle,
        "lifecycles:\n- field: state\n  states:\n  - {code: B, requires: [one]}\n",
        "site, line 4, column 25: \"two\" is missing; a site may add to this list, not take away");
    never_loosens("forms/x.yaml", lifecycle,
                  "lifecycles:\n- field: state\n  transitions:\n  - {to: B, reason: true}\n",
                  "site, line 4, column 5: this fits several entries; say which with \"from\"");
    never_loosens("forms/x.yaml", "fields:\n- {field: a, local: {type: text}}\n",
                  "fields:\n- {field: a, local: {type: text, shared: true}}\n",
                  "site, line 2, column 21: a local field keeps its type and secrecy; make a new "
                  "field instead");
}

static void joins_requirements(void **state)
{
    (void)state;
    ARENA a = {0};
    struct findings f = {0};
    const struct node *t =
        overlaid(&a, "forms/x.yaml", "fields:\n- {field: a, require_if: 'x == 1'}\n",
                 "fields:\n- {field: a, require_if: 'y == 2 and z == 3'}\n", &f);
    assert_int_equal(f.n, 0);
    assert_string_equal(node_get(node_get(t, "fields")->first, "require_if")->text,
                        "(x == 1) or (y == 2 and z == 3)");
}

static const char rights[] =
    "rights:\n  thing:\n    see:\n    - {role: KOORD_P, own: full}\n"
    "    - {role: JOUR_P, own: full, other: shared, when: mine}\n"
    "    create: [KOORD_P]\n  other: {follows: thing, from: shared}\n  closed: {}\n";

static void tightens_rights(void **state)
{
    (void)state;
    ARENA a = {0};
    struct findings f = {0};
    const struct node *t =
        overlaid(&a, "config/rights.yaml", rights,
                 "rights:\n  thing:\n    see:\n    - {role: KOORD_P, own: shared, when: mine}\n"
                 "    - {role: JOUR_P, remove: true}\n    - {role: STADSVAKT, own: shared}\n"
                 "    create: []\n  other: {from: full}\n",
                 &f);
    print_findings(&f);
    assert_int_equal(f.n, 0);
    const struct node *thing = node_get(node_get(t, "rights"), "thing");
    assert_list(node_get(thing, "see"), "role", "KOORD_P,STADSVAKT");
    assert_string_equal(node_get(node_get(thing, "see")->first, "own")->text, "shared");
    assert_int_equal(node_get(thing, "create")->n, 0);
}

static void never_loosens_rights(void **state)
{
    (void)state;
    static const struct {
        const char *site, *expected;
    } cases[] = {
        {"rights:\n  thing:\n    see:\n    - {role: KOORD_P, other: meta}\n",
         "site, line 4, column 30: a site may make \"other\" stricter, not looser"},
        {"rights:\n  thing:\n    see:\n    - {role: JOUR_P, other: full}\n",
         "site, line 4, column 29: a site may make \"other\" stricter, not looser"},
        {"rights:\n  thing:\n    see:\n    - {role: KOORD_P, agency: POL, own: full}\n",
         "site, line 4, column 7: a site may take rights away, not give more to \"KOORD_P\""},
        {"rights:\n  thing:\n    see:\n    - {role: '*', own: meta}\n",
         "site, line 4, column 7: a site may take rights away, not give more to \"*\""},
        {"rights:\n  thing:\n    see:\n    - {role: JOUR_P, when: owner}\n",
         "site, line 4, column 28: a site may make \"when\" stricter, not looser"},
        {"rights:\n  thing:\n    create: [KOORD_P, JOUR_P]\n",
         "site, line 3, column 23: a site may take rights away, not give more to \"JOUR_P\""},
        {"rights:\n  thing:\n    edit: ['JOUR_*']\n",
         "site, line 3, column 12: a site may take rights away, not give more to \"JOUR_*\""},
        {"rights:\n  other: {from: meta}\n",
         "site, line 2, column 17: a site may make \"from\" stricter, not looser"},
        {"rights:\n  other: {follows: parent}\n",
         "site, line 2, column 20: a site may make \"follows\" stricter, not looser"},
        {"rights:\n  closed: {see: [{role: KOORD_P, own: full}]}\n",
         "site, line 2, column 18: a site may take rights away, not give more to \"KOORD_P\""},
        {"rights:\n  closed: {follows: thing}\n",
         "site, line 2, column 21: a site may make \"follows\" stricter, not looser"},
    };
    for (size_t i = 0; i < N_OF(cases); i++) {
        never_loosens("config/rights.yaml", rights, cases[i].site, cases[i].expected);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merges_by_key_and_name),    cmocka_unit_test(names_wrong_places),
        cmocka_unit_test(merges_the_import_mapping), cmocka_unit_test(tightens_lifecycles),
        cmocka_unit_test(never_loosens_lifecycles),  cmocka_unit_test(joins_requirements),
        cmocka_unit_test(tightens_rights),           cmocka_unit_test(never_loosens_rights),
    };
    help_start(argc, argv);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
