/* The dialog of a step (a transition): what it asks for and what it means. */
#ifndef TREBEN_SCREENS_STEP_H
#define TREBEN_SCREENS_STEP_H

#include "record.h"

struct step_arg {
    const json_t *shown; /* answer of show */
    const json_t *step;  /* entry of its transitions */
    const json_t *desc;
};
bool step_is_final(const json_t *desc, const char *state);

#endif
