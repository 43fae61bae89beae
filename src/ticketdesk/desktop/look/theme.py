"""The theme in force: palette, style sheet, fonts. Change it while the window is open."""

from collections.abc import Mapping
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle, QStyleHintReturn, QStyleOption, QWidget

from ticketdesk import paths
from ticketdesk.desktop.look import icons
from ticketdesk.desktop.look.tokens import THEMES, Tokens, design, tokens

SCALE = {
    "micro": 11, "small": 12, "body": 13, "field": 14, "title": 16, "page": 20, "kpi": 24, "change": 28,
    "amount": 36, "clock": 44,
}  # fmt: skip
_TABULAR = QFont.Tag("tnum")


class _Theme(QObject):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = tokens("light")


_theme: list[_Theme] = []


def theme() -> _Theme:
    """Give the theme in force; its ``changed`` tells painted widgets to paint again."""
    if not _theme:
        _theme.append(_Theme())
    return _theme[0]


def current() -> Tokens:
    """Give the colours in force."""
    return theme().tokens


def colour(name: str) -> QColor:
    """Give a colour in force by its token."""
    return theme().tokens.colour(name)


def font(role: str = "body", weight: int = QFont.Weight.Normal) -> QFont:
    """Give the font of a role, with figures that line up."""
    made = QFont("Inter")
    made.setPixelSize(SCALE[role])
    made.setWeight(QFont.Weight(weight))
    made.setFeature(_TABULAR, 1)
    return made


def apply(app: QApplication, name: str = "system") -> None:
    """Put a theme in force: ``light``, ``dark``, or whichever the system prefers."""
    if name not in THEMES:
        name = "dark" if app.styleHints().colorScheme() is Qt.ColorScheme.Dark else "light"
    chosen = tokens(name)
    theme().tokens = chosen
    if not isinstance(app.style(), TdStyle):
        for path in sorted((paths.resources() / "fonts").glob("Inter-*.ttf")):
            QFontDatabase.addApplicationFont(str(path))
        app.setStyle(TdStyle("fusion"))
    app.setFont(font())
    app.setPalette(_palette(chosen))
    icons.clear()
    sheet = Template((paths.resources() / "theme.qss").read_text(encoding="utf-8"))
    images = icons.sheet_images({name: chosen.colour(token).name() for name, token in _SHEET_ICONS.items()})
    app.setStyleSheet(sheet.substitute(_names(chosen), **images))
    theme().changed.emit()


_SHEET_ICONS = {"chev-d": "text2", "check": "textOnAccent", "calendar": "text2"}


def _names(chosen: Tokens) -> Mapping[str, str]:
    return {key: value.name() for key, value in chosen.base.items()}


def _palette(chosen: Tokens) -> QPalette:
    palette = QPalette()
    roles = design()["qpalette"]
    for role, token in roles.items():
        if isinstance(token, str):
            palette.setColor(QPalette.ColorRole[role], chosen.colour(token))
    for group, name in (
        (QPalette.ColorGroup.Disabled, "disabled"),
        (QPalette.ColorGroup.Inactive, "inactive"),
    ):
        for role, token in roles[name].items():
            palette.setColor(group, QPalette.ColorRole[role], chosen.colour(token))
    return palette


class TdStyle(QProxyStyle):
    """Fusion without icons in dialog buttons, with mnemonics always underlined and calm menus."""

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,
    ) -> int:
        if hint is QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons:
            return 0
        if hint in (
            QStyle.StyleHint.SH_UnderlineShortcut,
            QStyle.StyleHint.SH_ItemView_MovementWithoutUpdatingSelection,
        ):
            return 1
        return super().styleHint(hint, option, widget, returnData)
