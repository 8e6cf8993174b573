/* What every test of the toolkit includes. */
#ifndef TEST_UI_H
#define TEST_UI_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "treben/base/id.h"
#include "treben/base/lang.h"
#include "treben/base/str.h"
#include "treben/base/text.h"

#endif
