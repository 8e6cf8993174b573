# How the texts are found in the sources: shared by refresh.sh and the test of the catalogue. Sourced, not run.
# The caller stands in the top folder.

po_sources() {
    LC_ALL=C find include src -name '*.[ch]' -exec grep -lE '\b(_|N_|lang_text|lang_plural)\(' {} + | LC_ALL=C sort
}

# po_extract FILES-LIST TO
po_extract() {
    xgettext --files-from="$1" --output="$2" --from-code=UTF-8 --language=C \
        --keyword= --keyword=_ --keyword=N_ --keyword=lang_text --keyword=lang_plural:1,2 \
        --package-name=treben --add-location=file --no-wrap
}
