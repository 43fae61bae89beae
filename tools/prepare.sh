# Shared by ./run and ./check: sourced, not run. Prepares this machine once; later runs need no network.
# Needs: git and Python 3.11 or newer. Sets: python (the environment's own).

cd "$(dirname "${BASH_SOURCE[0]}")/.."
stamps=.cache/stamps
mkdir -p "$stamps"

say() { printf '%s\n' "$*" >&2; }

root() { # run something as root; fails where nobody may
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_root() { [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }; }

find_python() {
    local name
    for name in python3.13 python3.12 python3.11 python3; do
        if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    say "TicketDesk needs Python 3.11 or newer. Install it and run this again."
    exit 1
}

available() { # the first of these package names that this release of Debian or Ubuntu has
    local name
    for name in "$@"; do
        if apt-cache show "$name" >/dev/null 2>&1; then printf '%s ' "$name"; return; fi
    done
}

system_packages() { # stamp name, then one argument a package: alternatives separated by |
    local stamp="$stamps/apt-$1" wanted="" group
    shift
    [ -e "$stamp" ] && return
    command -v apt-get >/dev/null || { say "Not a Debian or Ubuntu machine: install by hand: $*"; return; }
    if may_root; then
        root apt-get update -q >&2 || true
        for group in "$@"; do wanted+=$(IFS='|'; available $group); done
        # shellcheck disable=SC2086
        DEBIAN_FRONTEND=noninteractive root apt-get install -y -q --no-install-recommends $wanted >&2
        touch "$stamp"
    else
        for group in "$@"; do wanted+="${group%%|*} "; done
        say "Some system packages may be missing, and only root can install them. Type:"
        say "    sudo apt-get install -y $wanted"
    fi
}

qt_packages=(libglib2.0-0t64\|libglib2.0-0 libgl1 libegl1 libfontconfig1 libdbus-1-3 libxkbcommon0
    libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0
    libxcb-render-util0 libxcb-image0 libcups2t64\|libcups2)
check_packages=(postgresql poppler-utils zbar-tools xvfb)

environment() { # lock file
    local base lock="$1" stamp
    base=$(find_python)
    stamp="$stamps/python-$(cat "$lock" pyproject.toml | sha256sum | cut -c1-16)-$("$base" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])')"
    if [ ! -e "$stamp" ] || [ ! -x .venv/bin/python ]; then
        if ! "$base" -c 'import venv, ensurepip' 2>/dev/null; then
            system_packages venv "$(basename "$base")-venv|python3-venv"
        fi
        [ -x .venv/bin/python ] || "$base" -m venv .venv
        say "Installing Python packages ..."
        .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r "$lock" >&2
        .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e . >&2
        touch "$stamp"
    fi
    python=.venv/bin/python
    "$python" -m ticketdesk.texts >/dev/null
}
