"""Compile ``ui/*.ui`` into this package, with our own texts and with types."""

import re
import subprocess
import sys
from pathlib import Path

_UI = Path(__file__).parents[4] / "ui"


def compiled(form: Path) -> str:
    """Give the Python source of a form."""
    command = [str(Path(sys.executable).with_name("pyside6-uic")), "--tr", "_", str(form)]
    source = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    source = source[source.index("from PySide6.QtCore") :]
    source = re.sub(r"class Ui_(\w+)\(object\):", r"class \1:", source)
    source = re.sub(r"def (setupUi|retranslateUi)\(self, (\w+)\):", r"def \1(self, \2: QWidget) -> None:", source)
    source = re.sub(r'_\("\w+", (u?"(?:[^"\\]|\\.)*"), None\)', r"_(\1)", source)
    head = f'"""Made from ui/{form.name}: do not edit."""\n\n# ruff: noqa\n'
    return f"{head}{source.rstrip()}\n".replace("from PySide6.QtCore", "from ticketdesk.texts import _\nfrom PySide6.QtCore", 1)


def main() -> int:
    """Compile every form."""
    for form in sorted(_UI.glob("*.ui")):
        target = Path(__file__).parent / f"{form.stem}.py"
        target.write_text(compiled(form), encoding="utf-8")
        sys.stdout.write(f"{target.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
