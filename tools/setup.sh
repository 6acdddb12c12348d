#!/bin/sh
# setup.sh: installs what is missing to build and run Upkeep, and with "test" what its tests need.
# Debian 12; needs root (or sudo) only when something is missing.
set -e
build="gcc make pkg-config libc6-dev libsqlite3-dev libmicrohttpd-dev libjansson-dev libsodium-dev
libssl-dev libxml2-dev libcairo2-dev libpango1.0-dev libfontconfig-dev libqpdf-dev fonts-liberation2
ca-certificates sqlite3 python3"
test="libcmocka-dev clang-14 clang-format-14 libclang-rt-14-dev llvm-14 gcovr poppler-utils qpdf chromium"
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
root=
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || { echo "Run this once as root, or install them yourself." >&2; exit 2; }
    root=sudo
fi
export DEBIAN_FRONTEND=noninteractive
$root apt-get update -qq
# shellcheck disable=SC2086
$root apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 $missing >/dev/null
