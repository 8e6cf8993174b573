/* Inside the ui layer: stand-ins for terminals that show ASCII only. */
#ifndef UI_ASCII_H
#define UI_ASCII_H

/* The text in ASCII, one column for each column of the original. OWN: caller. */
char *ascii_stand_in(const char *text);

#endif
