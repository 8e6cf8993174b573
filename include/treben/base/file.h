/* Files: read whole within a limit, find the program's own folder. */
#ifndef TREBEN_BASE_FILE_H
#define TREBEN_BASE_FILE_H

#include "treben/base/err.h"

/* Reads a regular file of at most max bytes; NUL added after the data. OWN: caller frees *ret.
 * ERR: IO (missing, not regular, too large: says which and the limit). */
MUST_CHECK bool file_read(const char *path, size_t max, char **ret, size_t *ret_n, struct err *e);
bool file_exists(const char *path);
char *path_join(const char *dir, const char *name);         /* OWN: caller */
const char *exe_dir(void);                                   /* folder of the running program, static */
char *xdg_data_home(void);                                   /* $XDG_DATA_HOME/treben or ~/.local/share/treben */
char *xdg_config_home(void);
MUST_CHECK bool make_dirs(const char *path, struct err *e);  /* 0700, parents too */

#endif
