#!/bin/sh
# The walls of the house: which layer may include which, where the engine and the terminal may be named. Linking the unit
# tests keeps the rest: each links only its own layer and those below.
cd "$1" || exit 2
bad=0
forbid() { # FOLDER PATTERN WHY
    found=$(grep -rnE "#include +[<\"]($2)" "$1" 2>/dev/null)
    [ -z "$found" ] || { echo "$3:"; echo "$found"; bad=1; }
}
forbid src/base 'treben/(wire|store|core|forms|serve|ui|screens|verbs|exchange|demo)/' 'base knows nothing else'
forbid src/wire 'treben/(store|core|forms|serve|ui|screens|verbs|exchange|demo)/' 'wire stands on base'
forbid src/store 'treben/(wire|core|forms|serve|ui|screens|verbs|exchange|demo)/' 'store stands on base'
forbid src/core 'treben/(wire|forms|serve|ui|screens|verbs|exchange|demo)/' 'core stands on base and store'
forbid src/forms 'treben/(wire|serve|ui|screens|verbs|exchange|demo)/' 'forms stands on base, store and core'
forbid src/exchange 'treben/(wire|serve|ui|screens|verbs|demo)/' 'exchange stands on base, core and forms'
forbid src/serve 'treben/(ui|screens|verbs|demo)/' 'serve knows no screen'
forbid src/demo 'treben/(wire|serve|ui|screens|verbs)/' 'the demo city is made through core'
forbid src/ui 'treben/(wire|store|core|forms|serve|screens|verbs|exchange|demo)/|jansson' 'ui stands on base'
forbid src/screens 'treben/(store|core|forms|serve|exchange|demo)/' 'screens speak with the core over wire'
forbid src/verbs 'treben/(store|core|forms|serve|ui|screens|exchange|demo)/' 'verbs speak with the core over wire'
for layer in base wire store core forms serve ui screens verbs exchange demo; do
    for other in base wire store core forms serve ui screens verbs exchange demo; do
        [ "$layer" = "$other" ] || forbid "src/$layer" "\\.\\./$other/" "$layer takes a private header of $other"
    done
done
for file in $(grep -rlE '#include +<sqlite3\.h>' src include | grep -v '^src/store/'); do
    echo "$file: only src/store may include sqlite3.h"; bad=1
done
for file in $(grep -rlE '#include +<(ncursesw/)?(n?curses|term|form|menu|panel)\.h>' src include | grep -v '^src/ui/'); do
    echo "$file: only src/ui may include curses"; bad=1
done
for file in $(grep -rlE '#include +<yaml\.h>' src include | grep -v '^src/forms/'); do
    echo "$file: only src/forms may include yaml.h"; bad=1
done
# Kinds never include each other: what looks across stands in the chain.
for file in $(grep -lE '#include +"(picture|communication|help|sanctions|cooperation)/' src/core/*/*.c); do
    echo "$file: kinds never include each other"; bad=1
done
# What the programs are linked with.
links() { # PROGRAM PATTERN
    [ -x "$2" ] || return 0
    ldd "$2" | grep -E "$3" && { echo "$1 must not be linked with that"; bad=1; }
}
links treben "$2/treben" 'sqlite|yaml'
links treben-core "$2/treben-core" 'curses'
exit $bad
