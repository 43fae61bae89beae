"""Check the lock files: every version pinned and hashed, every dependency present, no address in them."""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)")


def name_of(requirement: str) -> str:
    """Give the normalised name of a requirement (PEP 503)."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    return re.sub(r"[-_.]+", "-", found[0]).lower() if found else ""


def faults(lock: Path, wanted: list[str]) -> list[str]:
    """Say what is wrong with a lock file."""
    text = lock.read_text()
    wrong = [f"{lock.name} names an address" for _found in re.findall(r"://|file:", text)[:1]]
    blocks = [block for block in re.split(r"\n(?=\S)", text) if block.strip()]
    pinned = {}
    for block in blocks:
        found = PINNED.match(block)
        if found is None:
            wrong.append(f"{lock.name}: not pinned: {block.splitlines()[0]}")
        elif "--hash=sha256:" not in block:
            wrong.append(f"{lock.name}: not hashed: {found[1]}")
        else:
            pinned[name_of(found[1])] = found[2]
    wrong += [f"{lock.name}: {name_of(item)} is missing" for item in wanted if name_of(item) not in pinned]
    return wrong


def main() -> int:
    """Check both lock files against pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    runtime = project["project"]["dependencies"]
    dev = project["dependency-groups"]["dev"]
    wrong = faults(ROOT / "requirements.lock", runtime) + faults(ROOT / "requirements-dev.lock", runtime + dev)
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
