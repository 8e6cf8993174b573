/* What the unit tests of base and wire share: cmocka with the headers it needs. */
#ifndef TREBEN_TESTS_UNIT_BASE_TEST_H
#define TREBEN_TESTS_UNIT_BASE_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#endif
