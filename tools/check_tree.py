"""Check that what is kept under version control is what the project wants kept: known names, no large files."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
TOP = {
    ".ci", ".gitignore", "CHANGELOG.md", "LICENSE", "README.md", "check", "docs", "installer", "pyproject.toml",
    "requirements-dev.lock", "requirements.lock", "resources", "run", "src", "tests", "tools", "typings", "ui",
}  # fmt: skip
LARGEST = 512 * 1024
"""Bytes; a picture of the window has about 300 KB. Whatever is larger was put in by mistake, and stays for ever."""


def faults(kept: list[str], root: Path) -> list[str]:
    """Name what does not belong: paths under other top names, and files that are too large."""
    strays = [f"{path}: not a place of this project" for path in kept if path.split("/")[0] not in TOP]
    sizes = {path: (root / path).stat().st_size for path in kept if (root / path).is_file()}
    return strays + [f"{path}: {size:,} bytes" for path, size in sizes.items() if size > LARGEST]


def main() -> int:
    """Check all that is kept, or staged to be."""
    if not (ROOT / ".git").exists():
        print("no version control here: nothing to check")
        return 0
    kept = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    wrong = faults([path for path in kept.split("\0") if path], ROOT)
    for line in wrong[:20]:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
