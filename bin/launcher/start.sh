#!/bin/sh
# Gives the launcher a Python that really runs. A version manager leaves names on PATH that answer with an error,
# so each candidate is run before it is chosen. Without any Python, uv brings one.
launcher=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)

runs() {
    "$1" -c 'import sys, argparse, json, subprocess, tempfile; sys.exit(sys.version_info < (3, 9))' >/dev/null 2>&1
}

for python in python3 python3.13 python3.14 python3.12 python3.11 python3.10 python3.9 python \
    /usr/bin/python3 /usr/local/bin/python3 /opt/homebrew/bin/python3 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.*/bin/python3; do
    if runs "$python"; then
        exec "$python" "$launcher" "$@"
    fi
done

brought() {
    "$1" python find --managed-python --system --no-project 3.13 2>/dev/null
}

for uv in uv "$HOME/.local/bin/uv" "$HOME/.cargo/bin/uv" "$launcher/../../.tools/uv/bin/uv"; do
    if "$uv" --version >/dev/null 2>&1; then
        # A network that signs for itself is known to the system's certificates, not to uv's own: both are tried.
        brought "$uv" >/dev/null || "$uv" python install --quiet --no-bin 3.13 >/dev/null 2>&1 ||
            UV_SYSTEM_CERTS=true UV_NATIVE_TLS=true "$uv" python install --no-bin 3.13
        if python=$(brought "$uv") && runs "$python"; then
            exec env UV="$uv" "$python" "$launcher" "$@"
        fi
    fi
done

echo "Il manque Python 3.9 ou plus récent, ou un uv qui en apporte un." >&2
echo "  → Sous Debian ou Ubuntu : sudo apt-get install python3 python3-pip. Ailleurs : https://www.python.org/downloads/" >&2
exit 1
