#!/bin/sh
# Brings POTFILES and sv.po up to the sources. What is new stands untranslated, what was changed stands fuzzy with the
# old text beside it: translate both by hand, take the word "fuzzy" away, and run the test po_complete.
set -eu
cd "$(dirname "$0")/../.."
. src/po/sources.sh

new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT
po_sources >"$new/files"
po_extract "$new/files" "$new/treben.pot"
msgmerge --quiet --previous --no-wrap --add-location=file src/po/sv.po "$new/treben.pot" --output-file="$new/sv.po"
# What no source says any longer goes: history has it.
msgattrib --no-obsolete --no-wrap --add-location=file "$new/sv.po" --output-file="$new/clean.po"
sed -i '/^"POT-Creation-Date:/d' "$new/clean.po"
cp "$new/files" src/po/POTFILES
cp "$new/clean.po" src/po/sv.po
msgfmt --check-format --statistics --output-file=/dev/null src/po/sv.po
