#!/bin/sh
# Turns the migrations NNNN_name.sql into a C table of bytes:  embed.sh OUT FILE...
# Bytes and not string literals, because a literal is only portable up to 4,095 characters.
set -eu
out=$1
shift
{
    echo '/* The embedded migrations; made by embed.sh, do not edit. */'
    echo '#include "inside.h"'
    for file in "$@"; do
        name=$(basename "$file" .sql)
        echo "static const unsigned char sql_$name[] = {"
        od -An -v -tu1 "$file" | sed 's/  */,/g; s/^,//; s/$/,/'
        echo '0};'
    done
    echo 'const struct migration store_migrations[] = {'
    for file in "$@"; do
        name=$(basename "$file" .sql)
        version=$(echo "$name" | sed 's/^0*\([0-9]*\)_.*/\1/')
        echo "    {$version, \"$name\", sql_$name},"
    done
    echo '};'
    echo 'const size_t store_migrations_n = sizeof store_migrations / sizeof *store_migrations;'
} >"$out"
