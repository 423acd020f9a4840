#!/usr/bin/env bash
# Runs all test tiers that this machine can run, each to its end, and says what was skipped and why.
# With CI=true nothing about PostgreSQL, Redis or the browser may be skipped.
set -uo pipefail
cd "$(dirname "$0")/.."

if [ "${CI:-}" = true ]; then
    export HELPDESK_TEST_STRICT=1
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        missing=()
        command -v chromium >/dev/null || missing+=(chromium)
        command -v redis-server >/dev/null || missing+=(redis-server)
        { command -v postgres || ls /usr/lib/postgresql/*/bin/postgres; } >/dev/null 2>&1 || missing+=(postgresql)
        if [ ${#missing[@]} -gt 0 ]; then
            echo "Installing ${missing[*]} for the tests ..."
            apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
        fi
    fi
fi

results=()
failed=0
note() { # name, exit code, what the exit code 5 of pytest means here
    if [ "$2" = 0 ]; then results+=("ok      $1")
    elif [ "$2" = 5 ] && [ "${3:-}" = may-be-empty ]; then results+=("empty   $1")
    else results+=("FAILED  $1"); failed=1; fi
}

interrupted() { echo "Tests interrupted."; exit 130; }
trap interrupted INT TERM

export RASA_TELEMETRY_ENABLED=false
# A process for each processor, a whole file at a time: what a file sets up (a model, a helpdesk) is set up once.
side_by_side=(-n auto --maxprocesses 4 --dist loadfile)
echo "== default tests"
.venv/bin/python -m pytest -q -rs "${side_by_side[@]}"; note "default tests" $?
echo "== slow tests, and properties with more examples"
.venv/bin/python -m pytest -q -rs "${side_by_side[@]}" --hypothesis-profile=many \
    -m "(slow or hypothesis) and not rasa and not services and not browser"; note "slow tests" $?
for tier in rasa services browser; do
    echo "== $tier tests"
    # Where nothing may be skipped, no tests at all are a failure too.
    .venv/bin/python -m pytest -q -rs "${side_by_side[@]}" --hypothesis-profile=many -m "$tier"; note "$tier tests" $? "${HELPDESK_TEST_STRICT:-may-be-empty}"
done
echo "== front end tests"
npm --prefix frontend test --silent; note "front end tests" $?

echo "== summary"
printf '%s\n' "${results[@]}"
exit $failed
