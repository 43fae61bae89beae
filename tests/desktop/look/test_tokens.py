import pytest
from PySide6.QtGui import QColor

from ticketdesk.desktop.look.tokens import THEMES, Tokens, design, tokens


def luminance(colour: QColor) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio by WCAG 2.2, from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def pair(colours: Tokens, named: str) -> tuple[QColor, QColor]:
    front, back = named.split("/")
    if front.startswith("status.") and back == "tint":
        back = front.rsplit(".", 1)[0] + ".tint"
    return colours.colour(front), colours.colour(back)


@pytest.mark.parametrize("name", THEMES)
def test_the_contrasts_the_design_states_are_true(name: str) -> None:
    colours = tokens(name)
    for named, stated in design()["contrast"][name].items():
        assert contrast(*pair(colours, named)) == pytest.approx(stated, abs=0.02), named


TEXTS = [
    f"{ink}/{ground}"
    for ink in ("text", "text2", "text3", "accentText")
    for ground in ("surface", "window", "rail", "subtle", "hover", "selected")
] + [
    "dangerText/dangerTint",
    "warnText/warnTint",
    "okText/okTint",
    "infoText/infoTint",
    "accentText/accentTint",
    "text/hit",
    "text2/hit",
    "textOnAccent/accent",
    "textOnAccent/accentHover",
    "textOnAccent/accentPressed",
    "textOnAccent/danger",
    "tooltipText/tooltip",
    "toastAction/tooltip",
    "avatarText/avatarBg",
]


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("named", TEXTS)
def test_every_text_can_be_read(name: str, named: str) -> None:
    assert contrast(*pair(tokens(name), named)) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("edge", ["borderControl", "focus"])
@pytest.mark.parametrize("ground", ["surface", "window"])
def test_every_edge_that_matters_can_be_seen(name: str, edge: str, ground: str) -> None:
    assert contrast(tokens(name).colour(edge), tokens(name).colour(ground)) >= 3.0


@pytest.mark.parametrize("name", THEMES)
def test_every_status_can_be_read_and_seen(name: str) -> None:
    colours = tokens(name)
    for look in colours.status:
        assert contrast(*pair(colours, f"status.{look}.text/tint")) >= 4.5
        assert contrast(*pair(colours, f"status.{look}.solid/surface")) >= 3.0


def test_both_themes_name_the_same_colours() -> None:
    assert tokens("light").base.keys() == tokens("dark").base.keys()
    assert tokens("light").status.keys() == tokens("dark").status.keys()
