#!/bin/sh
# keys.sh TREBEN MANPAGE: writes the manual page with the list of keys that the program itself gives, to standard output.
set -eu
LC_ALL=C.UTF-8 && export LC_ALL
keys=$(mktemp)
trap 'rm -f "$keys"' EXIT
"$1" --lang en help keys >"$keys"
awk -v keys="$keys" '
    /^\.\\" keys begin/ {
        print
        print ".Bl -tag -width Ds"
        while ((getline line < keys) > 0) {
            if (line ~ /^    /)
                { gsub(/\. /, ".\n", line); print substr(line, 5) }
            else if (line != "")
                print ".It \"" line "\""
        }
        print ".El"
        inside = 1
        next
    }
    /^\.\\" keys end/ { inside = 0 }
    !inside { print }' "$2"
