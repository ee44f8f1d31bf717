#!/usr/bin/env bash
# Build the wheel, install it into an environment of its own, and run the command-line and
# end-to-end tests there, in a folder that holds no source of verifier.
#
#     bash scripts/test_wheel.sh PYTHON
set -euo pipefail
python=$1
root=$(pwd)
away=$(mktemp -d)
trap 'rm -rf "$away"' EXIT

"$python" -m pip wheel --quiet --no-deps --wheel-dir "$away/dist" .
"$python" -m venv "$away/venv"
"$away/venv/bin/python" -m pip install --quiet --constraint constraints.txt "$away"/dist/verifier-*.whl \
    pytest hypothesis
cp -r tests claims seeds README.md pyproject.toml "$away/"
cd "$away"
where=$("$away/venv/bin/python" -c 'import verifier; print(verifier.__file__)')
case $where in
    "$away"/venv/*) ;;
    *) echo "the wheel was not tested: verifier came from $where" >&2; exit 1 ;;
esac
[ "$away" != "$root" ]
"$away/venv/bin/python" -m pytest -q tests/test_cli.py tests/test_end_to_end.py
