#!/bin/sh
# Installs what Treben needs, builds it in build/, makes the demo city if there is none, and opens it.
# Can be run again at any time. Packages are all that is left outside this folder, and your own data folder.
set -eu
cd "$(dirname "$0")/.."
. config/setup.sh

need_packages $build_packages
build_in build release
data="${XDG_DATA_HOME:-$HOME/.local/share}/treben"
if [ ! -e "$data/demo.db" ]; then
    echo "Making the demo city Västerstad ..."
    mkdir -p "$data" && chmod 700 "$data"
    ./build/trebenctl init "$data/demo.db" --demo || fail "The demo city could not be made; see the line above."
fi
if [ -t 0 ] && [ -t 1 ]; then
    exec ./build/treben --demo "$@"
fi
echo "Treben is built. On a terminal, open it with: ./build/treben --demo"
