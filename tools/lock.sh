#!/usr/bin/env bash
# Write both lock files anew: every version pinned and hashed, no registry named.
set -euo pipefail
cd "$(dirname "$0")/.."
options=(--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --universal
         --python-version 3.11 --quiet)
uv pip compile pyproject.toml "${options[@]}" --output-file requirements.lock
uv pip compile pyproject.toml --group dev "${options[@]}" --output-file requirements-dev.lock
