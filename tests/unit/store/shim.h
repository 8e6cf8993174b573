/* A layer between the engine and the file system for tests: counts forced writes, refuses writes as
 * a full disk does, stops at a chosen moment. Affects connections opened after shim_start. */
#ifndef TEST_STORE_SHIM_H
#define TEST_STORE_SHIM_H

#include <sqlite3.h>
#include <stdbool.h>

struct shim {
    int syncs;
    long room;                /* bytes that files may still grow by; negative: no limit */
    int refused;              /* writes refused for lack of room */
    void (*when_asked)(void); /* called before room is looked at */
    /* called once, when a checkpoint has read the log's header and has not used it yet */
    void (*moment)(void);
};
extern struct shim shim;

void shim_start(void);
void shim_stop(void);

#endif
