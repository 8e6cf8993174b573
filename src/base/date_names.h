/* Names of days and months in both languages, for showing and for reading. */
#ifndef TREBEN_SRC_BASE_DATE_NAMES_H
#define TREBEN_SRC_BASE_DATE_NAMES_H

#include "treben/base/lang.h"

extern const struct label weekday_names[7]; /* "måndag" "Monday" */
extern const struct label month_names[12];  /* "januari" "January" */

#endif
