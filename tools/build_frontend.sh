#!/usr/bin/env bash
# Builds frontend/ into bot/web/static/; does nothing when no source has changed. With --packages only node_modules.
set -euo pipefail
cd "$(dirname "$0")/../frontend"

MODULES_STAMP=node_modules/.stamp
# Within the output, which a build empties first: a half-finished build has no stamp.
BUILD_STAMP=../bot/web/static/.stamp

fail() { echo "Error: $*" >&2; exit 2; }

hash_of() { xargs -0 sha256sum | sha256sum | cut -d' ' -f1; }
sources() {
    find . -type f -not -path './node_modules/*' -not -path './test/*' -not -path './dev/*' -not -name '*.tsbuildinfo' -print0 \
        | LC_ALL=C sort -z
}

check_node() {
    local version major minor
    version=$(node --version 2>/dev/null) || fail "Node.js was not found: install Node.js 20.19 or newer, then start again."
    IFS=. read -r major minor _ <<< "${version#v}"
    if [ "$major" -lt 20 ] || { [ "$major" -eq 20 ] && [ "$minor" -lt 19 ]; }; then
        fail "Node.js $version is too old: install Node.js 20.19 or newer, then start again."
    fi
    npm --version >/dev/null 2>&1 || fail "npm was not found: install it beside Node.js, then start again."
}

install_modules() {
    local wanted
    wanted=$(printf '%s\0' package.json package-lock.json | hash_of)
    if [ "$(cat "$MODULES_STAMP" 2>/dev/null)" = "$wanted" ]; then return; fi
    check_node
    echo "Installing the packages of the front end ..."
    npm ci --no-audit --no-fund --loglevel=error || fail "the packages of the front end could not be installed (see above)."
    echo "$wanted" > "$MODULES_STAMP"
}

if command -v flock >/dev/null; then exec 9>../.frontend.lock; flock 9; fi
if [ "${1:-}" = --packages ]; then install_modules; exit 0; fi
WANTED=$(sources | hash_of)
if [ "$(cat "$BUILD_STAMP" 2>/dev/null)" = "$WANTED" ]; then exit 0; fi
check_node
install_modules
echo "Building the front end ..."
output=$(npm run --silent build 2>&1) || { echo "$output"; fail "the front end could not be built (see above)."; }
echo "$WANTED" > "$BUILD_STAMP"
