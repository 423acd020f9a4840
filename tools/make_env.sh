#!/usr/bin/env bash
# Makes .venv with Python 3.10 and exactly the packages of requirements.lock; does nothing when it is up to date.
# No address is named here: pip and uv use the package index that this machine is set up for.
set -euo pipefail
cd "$(dirname "$0")/.."

UV_VERSION=0.13.9
STAMP=.venv/.stamp

fail() { echo "Error: $*" >&2; exit 2; }

# The place is part of it: the scripts of a moved .venv point to where it was.
wanted() { { echo "$PWD $UV_VERSION"; cat requirements.lock pyproject.toml .python-version; } | sha256sum | cut -d' ' -f1; }
is_3_10() { [ "$("$@" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = 3.10 ]; }
up_to_date() { [ -x .venv/bin/helpdesk ] && [ "$(cat "$STAMP" 2>/dev/null)" = "$WANTED" ] && is_3_10 .venv/bin/python; }
# A pyenv shim may be on PATH without working here, so it is tried.
working_uv() { if uv --version >/dev/null 2>&1; then echo uv; fi; }

find_python() {
    local uv candidate
    if is_3_10 python3.10; then command -v python3.10; return; fi
    for candidate in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10*/bin/python3.10; do
        if is_3_10 "$candidate"; then echo "$candidate"; return; fi
    done
    for candidate in python3 python; do
        if is_3_10 "$candidate"; then command -v "$candidate"; return; fi
    done
    uv=$(working_uv)
    if [ -n "$uv" ]; then
        { "$uv" python find 3.10 || { "$uv" python install --quiet 3.10 && "$uv" python find 3.10; }; } 2>/dev/null && return
    fi
    fail "Python 3.10 was not found: install it with 'pyenv install 3.10' or 'uv python install 3.10', then start again."
}

make_venv() {
    local python uv
    python=$(find_python)
    echo "Making .venv with $python ..."
    rm -rf .venv
    if "$python" -m venv .venv >/dev/null 2>&1; then return; fi
    # Debian's Python comes without ensurepip.
    uv=$(working_uv)
    rm -rf .venv
    [ -n "$uv" ] && "$uv" venv --quiet --seed --python "$python" .venv && return
    fail "$python cannot make a virtual environment: install its venv module (Debian: apt-get install python3.10-venv)."
}

install_packages() {
    local uv
    uv=$(working_uv)
    if [ -z "$uv" ]; then
        uv=.venv/bin/uv
        if [ "$("$uv" --version 2>/dev/null | cut -d' ' -f2)" != "$UV_VERSION" ]; then
            .venv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION" \
                || fail "uv $UV_VERSION could not be installed with pip: is the package index reachable?"
        fi
    fi
    echo "Installing the packages of requirements.lock ..."
    "$uv" pip install --quiet --python .venv/bin/python --no-deps --require-hashes -r requirements.lock \
        || fail "the packages of requirements.lock could not be installed (see above)."
    "$uv" pip install --quiet --python .venv/bin/python --no-deps -e . \
        || fail "the helpdesk itself could not be installed (see above)."
}

# Once and for all: where PYTHONDONTWRITEBYTECODE is set, every start of Rasa would compile its thousands of modules anew.
compile_packages() {
    echo "Compiling what Rasa and the helpdesk load ..."
    env -u PYTHONDONTWRITEBYTECODE RASA_TELEMETRY_ENABLED=false TF_CPP_MIN_LOG_LEVEL=3 .venv/bin/python -W ignore -c '
import rasa.__main__, rasa.server, rasa.model_training, rasa.validator, rasa.engine.recipes.default_components
import rasa.graph_components.validators.default_recipe_validator, rasa_sdk.executor
import aiosqlite, alembic.command, onnxruntime, sentencepiece, sklearn.svm, socketio, spacy.lang.id, sqlalchemy.ext.asyncio
' >/dev/null 2>&1 || echo "Not all of it could be loaded; the first start will say why."
}

# Two make commands at once wait for each other.
if command -v flock >/dev/null; then exec 9>.venv.lock; flock 9; fi
WANTED=$(wanted)
if up_to_date; then exit 0; fi
if ! { is_3_10 .venv/bin/python && head -n 2 .venv/bin/pip 2>/dev/null | grep -qF "$PWD/.venv/bin/"; }; then make_venv; fi
rm -f "$STAMP"
install_packages
compile_packages
echo "$WANTED" > "$STAMP"
