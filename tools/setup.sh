#!/bin/sh
# setup.sh: installs what is missing to build and run Upkeep, and with "test" what its tests need.
# Debian 12; needs root (or sudo) only when something is missing.
set -e
build="gcc make pkg-config libc6-dev libsqlite3-dev libpq-dev libmicrohttpd-dev libjansson-dev libsodium-dev
libssl-dev libxml2-dev libcairo2-dev libpango1.0-dev libqpdf-dev libqrencode-dev libutf8proc-dev libcurl4-openssl-dev libcjose-dev libfido2-dev fonts-liberation2
ca-certificates sqlite3 python3"
test="libcmocka-dev clang-14 clang-format-14 libclang-rt-14-dev llvm-14 gcovr poppler-utils qpdf chromium-headless-shell hledger postgresql-15 python3-jsonschema curl
openssl libconfig9 libhoel1.4 libiddawc1.1 liboath0"
wanted=$build
[ "$1" = test ] && wanted="$wanted $test"

missing=
for p in $wanted; do
    dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || missing="$missing $p"
done
command -v node >/dev/null 2>&1 || missing="$missing nodejs"
command -v npm >/dev/null 2>&1 || missing="$missing npm"
[ -z "$missing" ] && exit 0

echo "Upkeep needs these Debian packages:$missing" >&2
install="apt-get install --no-install-recommends$missing"
if ! command -v apt-get >/dev/null 2>&1; then
    echo "There is no apt-get here. Elsewhere install the same by hand, then: make && build/upkeep help" >&2
    exit 2
fi
root=
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || { printf 'Run this once as root, then start again:\n  %s\n' "$install" >&2; exit 2; }
    root="sudo env DEBIAN_FRONTEND=noninteractive"
fi
echo "Installing them (some minutes; npm alone brings hundreds) ..." >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086
if ! { $root apt-get update -qq &&
       $root apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 $missing; } >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    printf 'The packages could not be installed. Is there a network? By hand, as root:\n  apt-get update && %s\n' "$install" >&2
    exit 2
fi
