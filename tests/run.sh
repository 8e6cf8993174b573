#!/bin/sh
# Installs what the tests need, builds with address and undefined-behaviour checks in build-test/, runs every test and
# ends with the line "N passed, N failed".
set -eu
cd "$(dirname "$0")/.."
. config/setup.sh

need_packages $build_packages $test_packages
build_in build-test test

set +e
meson test -C build-test --no-rebuild --print-errorlogs "$@" 2>&1 | tee build-test/tests.log | grep -vE '^ *$'
set -e
number() {
    sed -n "s/^$1: *\([0-9]*\).*/\1/p" build-test/tests.log | tail -n 1
}
passed=$(number Ok)
failed=$(($(number Fail || echo 0) + $(number Timeout || echo 0) + $(number "Unexpected Pass" || echo 0)))
[ -n "$passed" ] || fail "The tests could not be run; see the lines above."
[ "$(number Skipped)" = 0 ] || [ -z "$(number Skipped)" ] || echo "$(number Skipped) skipped"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
