/* From the engine's codes to sentences. What the engine itself says names tables and columns, so it
 * never leaves this layer: err.native carries the extended code for whoever must look into it. */
#include "inside.h"
#include <errno.h>

static bool means_full(int rc, int system)
{
    bool no_room = system == ENOSPC || system == EDQUOT;
    if (rc == SQLITE_IOERR_SHMSIZE) {
        return true; /* the shared index could not grow: there the errno is not handed on */
    }
    return (rc & 0xff) == SQLITE_FULL ||
           (((rc & 0xff) == SQLITE_IOERR || (rc & 0xff) == SQLITE_CANTOPEN) && no_room);
}

bool store_fail_full(struct err *e, int native)
{
    return err_native(e, ERR_FULL, native,
                      _("The disk is full. Nothing was saved; what you typed is still here. "
                        "Ask the system operator to free space."));
}

bool store_fail_program(struct err *e, int number)
{
    return err_native(e, ERR_DB, number,
                      _("The program asked the database for something that is not allowed "
                        "(number %d). Tell the system operator."),
                      number);
}

bool store_fail_code(struct store *s, int rc, struct err *e)
{
    if (means_full(rc, sqlite3_system_errno(s->db))) {
        tx_rollback(s);
        read_end(s);
        store_reserve_free(s);
        return store_fail_full(e, rc);
    }
    if (sqlite3_get_autocommit(s->db)) {
        /* Some failures end the transaction inside the engine; what followed would commit by
         * itself. */
        tx_rollback(s);
        read_end(s);
    }
    switch (rc & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return err_native(
            e, ERR_BUSY, rc,
            _("Somebody else is saving and has not finished. Try again in a moment."));
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return err_native(e, ERR_DB, rc,
                          _("The database file is damaged (number %d). Stop working and tell the "
                            "system operator: a backup must be restored."),
                          rc);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return err_native(e, ERR_DB, rc,
                          _("The database file could not be read or written (number %d). Nothing "
                            "was saved. Tell the system operator."),
                          rc);
    case SQLITE_INTERRUPT:
        return err_native(e, ERR_RULE, rc,
                          _("This took too long and was stopped. Nothing was saved. Narrow the "
                            "search, or ask for less at once."));
    case SQLITE_NOMEM:
        return err_native(e, ERR_RULE, rc,
                          _("This needs more memory than one session may use. Nothing was saved. "
                            "Narrow the search, or ask for less at once."));
    case SQLITE_TOOBIG:
        return err_native(e, ERR_DB, rc, _("The text is too long to be stored. Make it shorter."));
    case SQLITE_CONSTRAINT:
        return err_native(e, ERR_DB, rc,
                          _("The database refused what was to be saved (number %d). Nothing was "
                            "saved."),
                          rc);
    default:
        return store_fail_program(e, rc);
    }
}

bool store_fail(struct store *s, struct err *e)
{
    return store_fail_code(s, sqlite3_extended_errcode(s->db), e);
}
