"""The forms made in Qt Designer are the forms the program shows."""

from pathlib import Path

import pytest

from ticketdesk.desktop.forms.__main__ import compiled

SOURCES = sorted((Path(__file__).parents[2] / "ui").glob("*.ui"))
COMPILED = Path(__file__).parents[2] / "src" / "ticketdesk" / "desktop" / "forms"


@pytest.mark.parametrize("form", SOURCES, ids=lambda form: form.stem)
def test_the_compiled_form_is_up_to_date(form: Path) -> None:
    written = (COMPILED / f"{form.stem}.py").read_text(encoding="utf-8")
    assert written.split() == compiled(form).split()


def test_every_compiled_form_has_its_source() -> None:
    made = {path.stem for path in COMPILED.glob("*.py")} - {"__init__", "__main__"}
    assert made == {form.stem for form in SOURCES}
