/* Inside the editor: what its three files share. */
#ifndef UI_EDIT_INNER_H
#define UI_EDIT_INNER_H

#include "treben/ui/edit.h"

void edit_splice(struct edit *ed, size_t at, size_t n_removed, const char *added, size_t n_added);
/* Notes a change before it is made. join: it may become part of the last step (typing goes on). */
void edit_remember(struct edit *ed, size_t at, size_t n_removed, const char *added, size_t n_added,
                   bool join);
void edit_forget_steps(struct edit *ed);
/* The end of the user-perceived character that holds the byte before `at`. */
size_t edit_boundary(const struct edit *ed, size_t at);
/* The row the cursor is on: the last that starts at or before it. */
size_t edit_row_of(struct edit *ed, int cols);

#endif
