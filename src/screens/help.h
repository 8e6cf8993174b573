/* Texts of help that are longer than a key's sentence. */
#ifndef TREBEN_SCREENS_HELP_H
#define TREBEN_SCREENS_HELP_H

#include "inside.h"

/* What a screen's signs and words mean; NULL: nothing more to say. Translated, borrowed. */
const char *help_more(const char *topic);

/* Does the action exist on any screen in this situation? Help shows no key that does nothing. */
bool help_has(enum action a, bool writing);

#endif
