/* Schema versions. Migrations are src/store/migrations/NNNN_name.sql, embedded, frozen once released. */
#ifndef TREBEN_STORE_MIGRATE_H
#define TREBEN_STORE_MIGRATE_H

#include "treben/store/store.h"

#define STORE_APPLICATION_ID 0x54524231 /* "TRB1" */
int migrate_newest(void);
/* Brings the file to migrate_newest(), each step in one transaction with its user_version; foreign keys are
 * checked before each commit. *ret_from, *ret_to are versions. ERR: SCHEMA (newer than this program), DB, FULL. */
MUST_CHECK bool migrate_run(struct store *s, int *ret_from, int *ret_to, struct err *e);

/* Columns of a table as the database has them, for the start-up check of kinds against tables. */
struct column_info {
    const char *name, *type; /* type upper case */
    bool not_null;
    const char *references;  /* target table or NULL */
};
/* OWN: all in the arena. A missing table gives 0 columns. */
MUST_CHECK bool table_columns(struct store *s, struct arena *a, const char *table, struct column_info **ret,
                              size_t *ret_n, struct err *e);

#endif
