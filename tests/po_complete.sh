#!/bin/sh
# Every text of the sources stands in the Swedish catalogue: translated, not fuzzy, with the same placeholders, the same
# blanks and line ends around it, and without the words that this programme does not use.
set -eu
LC_ALL=C.UTF-8 && export LC_ALL
cd "$(dirname "$0")/.."
. src/po/sources.sh
po=src/po/sv.po
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
bad=0
wrong() {
    echo "$1"
    sed 's/^/    /' "$2"
    bad=1
}

po_sources >"$tmp/files"
po_extract "$tmp/files" "$tmp/treben.pot"

cmp -s "$tmp/files" src/po/POTFILES || {
    diff "$tmp/files" src/po/POTFILES >"$tmp/d" || true
    wrong "src/po/POTFILES does not name the files that hold texts; run src/po/refresh.sh" "$tmp/d"
}
msgfmt --check --check-format --output-file=/dev/null "$po" 2>"$tmp/check" || wrong "the catalogue has errors" "$tmp/check"

# only_ids FILE: the msgids, one a line
only_ids() {
    msgcat --no-wrap --no-location "$1" | sed -n 's/^msgid "\(..*\)"$/\1/p' | sort
}
msgattrib --translated --no-fuzzy --no-obsolete --no-wrap "$po" >"$tmp/done.po"
only_ids "$tmp/treben.pot" >"$tmp/wanted"
only_ids "$tmp/done.po" >"$tmp/have"
comm -23 "$tmp/wanted" "$tmp/have" >"$tmp/missing"
[ ! -s "$tmp/missing" ] || wrong "not in the catalogue, fuzzy or empty; run src/po/refresh.sh and translate" "$tmp/missing"
[ -s "$tmp/wanted" ] || { echo "no texts were found in the sources"; bad=1; }

# Blanks at the ends belong to the sentence they stand in.
msgattrib --no-obsolete --no-wrap --no-location "$po" | awk '
    /^msgid "/ { id = substr($0, 8, length($0) - 8) }
    /^msgstr(\[[0-9]\])? "/ {
        s = $0; sub(/^msgstr(\[[0-9]\])? "/, "", s); sub(/"$/, "", s)
        if (id != "" && ((id ~ /^ /) != (s ~ /^ /) || (id ~ / $/) != (s ~ / $/))) print id
    }' >"$tmp/blanks"
[ ! -s "$tmp/blanks" ] || wrong "blanks at the beginning or end differ" "$tmp/blanks"

sed -n 's/^msgstr\(\[[0-9]\]\)\{0,1\} "\(.*\)"$/\2/p; s/^"\(.*\)"$/\1/p' "$po" |
    grep -niE 'gäng|straff|kriminella|kundanpassa' >"$tmp/words" || true
[ ! -s "$tmp/words" ] || wrong "words that this programme does not use" "$tmp/words"
exit "$bad"
