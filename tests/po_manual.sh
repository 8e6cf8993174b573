#!/bin/sh
# po_manual.sh TREBEN: the manual pages are well-formed, name every option and verb, and list the program's real keys;
# the program speaks Swedish.
set -eu
LC_ALL=C.UTF-8 && export LC_ALL
treben=$1
cd "$(dirname "$0")/.."
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
bad=0
wrong() {
    echo "$1"
    [ -z "${2:-}" ] || sed 's/^/    /' "$2"
    bad=1
}

sh src/man/keys.sh "$treben" src/man/treben.1 >"$tmp/treben.1"
diff src/man/treben.1 "$tmp/treben.1" >"$tmp/keys" ||
    wrong "the keys in src/man/treben.1 are not the program's; put in what src/man/keys.sh writes" "$tmp/keys"

if command -v mandoc >/dev/null 2>&1; then
    mandoc -T lint -W warning src/man/treben.1 src/man/treben-core.8 src/man/treben-guide.7 src/man/trebenctl.8 >"$tmp/lint" ||
        wrong "the manual pages have mistakes" "$tmp/lint"
fi

# Every option and verb of the help text stands in the manual page.
for program in treben:1 trebenctl:8 treben-core:8; do
    name=${program%:*}
    at=$(dirname "$treben")/$name
    [ -x "$at" ] || continue
    LANGUAGE=en "$at" --help | grep -oE -- '--[a-z]+(-[a-z]+)*|^( +trebenctl|treben) [a-z]+(-[a-z]+)*' | sort -u |
        sed 's/^--//; s/^ *treben\(ctl\)\{0,1\} //' >"$tmp/words"
    while read -r word; do
        grep -qE -- "(Fl -|Cm )([a-z-]+ , )*$word|Fl -$word" "src/man/$name.${program#*:}" ||
            wrong "src/man/$name.${program#*:} does not say: $word"
    done <"$tmp/words"
done

# The catalogue lies where the programs look for it, and works whatever the locale.
LC_ALL=C LANGUAGE='' "$treben" --lang sv --help | grep -q gruppvåldsintervention ||
    wrong "the Swedish catalogue is not found beside the program"
exit "$bad"
