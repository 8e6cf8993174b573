#!/bin/sh
# The map in src/HACKING.md names every module, and its protocol every method; the README's commands exist.
set -eu
cd "$(dirname "$0")/.."
bad=0
for file in $(find src -name '*.c' ! -path 'src/demo/*' | sort); do
    name=$(basename "$file")
    grep -qF "\`$name\`" src/HACKING.md || {
        echo "src/HACKING.md: the map does not name $file"
        bad=1
    }
done
for name in $(grep -oE '`[a-z_]+\.c`' src/HACKING.md | tr -d '`' | sort -u); do
    [ -n "$(find src tests -name "$name" | head -n 1)" ] || {
        echo "src/HACKING.md names $name, which does not exist"
        bad=1
    }
done
for method in $(sed -n 's/^    {"\([a-z.]*\)", serve_.*/\1/p' src/serve/loop.c); do
    grep -qF "\`$method\`" src/HACKING.md || {
        echo "src/HACKING.md: the protocol does not describe $method"
        bad=1
    }
done
exit "$bad"
