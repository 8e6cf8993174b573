/* Swedish personal identity numbers (personnummer) and coordination numbers (samordningsnummer). */
#ifndef TREBEN_BASE_PNR_H
#define TREBEN_BASE_PNR_H

#include "treben/base/date.h"

struct pnr {
    char digits[13];     /* YYYYMMDDNNNK as stored */
    bool coordination;   /* day + 60 */
    struct date birth;
    char sex;            /* 'M' odd, 'K' even birth number */
};
/* Accepts 10 or 12 digits with or without separator; '-', '+' (from the year of the 100th birthday), blanks.
 * Ten digits without '+' mean the latest year not in the future at `today`.
 * ERR: INVALID says which check failed; a wrong check digit names the right one; future births are refused. */
MUST_CHECK bool pnr_parse(const char *typed, struct date today, struct pnr *ret, struct err *e);
void pnr_show(const char digits[13], char ret[14]); /* YYYYMMDD-NNNK */
/* Does the text contain something that looks like a number with a right check digit? For the lint of shared texts. */
bool pnr_inside(const char *text);

#endif
