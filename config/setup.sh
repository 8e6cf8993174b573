# What config/try.sh and tests/run.sh share: packages and building. Sourced, not run.

build_packages="gcc libc6-dev meson ninja-build pkg-config gettext libncurses-dev libsqlite3-dev libyaml-dev
libjansson-dev libsodium-dev libutf8proc-dev"
test_packages="libcmocka-dev libvterm-dev"

fail() {
    echo "$1" >&2
    exit 3
}

# The programs speak UTF-8 whatever the environment says; so do their messages here.
case "$(locale charmap 2>/dev/null)" in
UTF-8) ;;
*) LC_ALL=C.UTF-8 && export LC_ALL ;;
esac

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        fail "Packages are missing and neither root nor sudo is at hand. As root: apt-get install $missing"
    fi
}

installed() {
    [ "$(dpkg-query -W -f '${Status}' "$1" 2>/dev/null)" = "install ok installed" ]
}

# Installs what is missing of the packages named; says in one sentence which cannot be had.
need_packages() {
    missing=
    for p in "$@"; do
        installed "$p" || missing="$missing $p"
    done
    [ -n "$missing" ] || return 0
    echo "Installing:$missing"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >/dev/null 2>&1 || true
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 || true
    for p in $missing; do
        installed "$p" || fail "The package $p could not be installed. Check the network and the package sources, then try again."
    done
}

# build_in FOLDER release|test: makes or renews the build folder and builds everything.
build_in() {
    if [ "$2" = release ]; then
        options="--buildtype=release -Db_ndebug=false -Db_sanitize=none"
    else
        options="--buildtype=debugoptimized -Db_sanitize=address,undefined"
    fi
    if [ -f "$1/build.ninja" ]; then
        meson configure "$1" $options >"$1.log" 2>&1 ||
            { rm -rf "$1"; meson setup "$1" $options >"$1.log" 2>&1; } ||
            { tail -n 20 "$1.log" >&2; fail "The build folder $1 could not be prepared; see the lines above."; }
    else
        rm -rf "$1"
        meson setup "$1" $options >"$1.log" 2>&1 ||
            { tail -n 20 "$1.log" >&2; fail "The build folder $1 could not be prepared; see the lines above."; }
    fi
    echo "Building in $1/ ..."
    ninja -C "$1" >"$1.log" 2>&1 ||
        { grep -E "error|FAILED" "$1.log" | head -n 20 >&2; fail "The build failed; see the lines above."; }
    rm -f "$1.log"
}
