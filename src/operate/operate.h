/* The operator's tool: making, moving, checking and copying a database, reading its log. */
#ifndef TREBEN_OPERATE_OPERATE_H
#define TREBEN_OPERATE_OPERATE_H

/* Runs `trebenctl …`; gives the exit status. */
int operate_main(int argc, char **argv);

#endif
