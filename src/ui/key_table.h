/* Inside the key reader: the sequences that terminals really send. */
#ifndef UI_KEY_TABLE_H
#define UI_KEY_TABLE_H

#include "treben/ui/key.h"

struct sequence {
    const char *bytes;
    int code;  /* enum key_code; K_TEXT: the key of the numeric pad that types `text` */
    char text; /* for K_TEXT */
};
extern const struct sequence key_sequences[];
extern const size_t key_n_sequences;

struct capability {
    const char *name; /* of terminfo */
    int code;
};
extern const struct capability key_capabilities[];
extern const size_t key_n_capabilities;

#endif
