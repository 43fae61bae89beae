"""The theme in force: colours, sizes, fonts, icons. Change it while the window is open."""

import re
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ticketdesk import paths
from ticketdesk.desktop.look import fonts, icons, spoken
from ticketdesk.desktop.look.ring import Rings
from ticketdesk.desktop.look.tokens import THEMES, Tokens, design, tokens

_ROLE = "fontRole"
_SHEET_ICONS = {
    "chev-d": "text2",
    "chev-u": "text2",
    "chev-l": "text2",
    "chev-r": "text2",
    "check": "textOnAccent",
    "calendar": "text2",
    "minus": "textOnAccent",
    "x": "text2",
}


class _Theme(QObject):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = tokens("light")
        self.wish = "system"
        self.zoom = 1.0


_theme: list[_Theme] = []
_rings: list[Rings] = []


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


def px(size: float) -> int:
    """Give a size of the design in device-independent pixels at the zoom in force."""
    return round(size * theme().zoom)


def logical(pixels: float) -> int:
    """Give how many pixels of the design fit into so many of the window at the zoom in force."""
    return round(pixels / theme().zoom)


def font(role: str = "body", weight: int = 0) -> QFont:
    """Give the font of a role (micro, small, body, field, title, page, kpi, change, amount, clock).

    Without a weight it is the role's own; figures line up.
    """
    return fonts.font(role, int(weight), theme().zoom)


def dress(widget: QWidget, role: str, weight: int = 0) -> None:
    """Give a widget the font of a role, now and after every change of zoom."""
    widget.setProperty(_ROLE, f"{role} {weight}")
    widget.setFont(font(role, weight))


def apply(app: QApplication, name: str = "system", zoom: float = 1.0) -> None:
    """Put a theme in force: ``light``, ``dark``, or whichever the system prefers, also when that changes."""
    state = theme()
    first = not _rings
    before = state.tokens, state.zoom
    state.wish, state.zoom = name, zoom
    if name not in THEMES:
        name = "dark" if app.styleHints().colorScheme() is Qt.ColorScheme.Dark else "light"
    chosen = state.tokens = tokens(name)
    if not first and (chosen, zoom) == before:
        return  # every widget alive would be dressed again
    if first:
        fonts.register()
        # Plain Fusion: a proxy style written in Python is called some 5000 times for a form of 60 rows and
        # doubles the time to build it. What Fusion gets wrong is drawn by the style sheet and by our widgets.
        app.setStyle("fusion")
        spoken.install()
        _rings.append(Rings(app, lambda: colour("focus"), px))
        app.styleHints().colorSchemeChanged.connect(lambda: _follow(app))
    app.setFont(font())
    app.setPalette(_palette(chosen))
    icons.clear(chosen.colour("surface"))
    app.setStyleSheet(_sheet(chosen, zoom))
    # after the sheet, which gives widgets back the fonts they had before it
    for widget in app.allWidgets():
        worn = widget.property(_ROLE)
        if worn is not None:
            role, weight = str(worn).split()
            widget.setFont(font(role, int(weight)))
    state.changed.emit()


def _follow(app: QApplication) -> None:
    if theme().wish not in THEMES:
        apply(app, theme().wish, theme().zoom)


def _sheet(chosen: Tokens, zoom: float) -> str:
    text = (paths.resources() / "theme.qss").read_text(encoding="utf-8")
    text = re.sub(r"(radius: )?\b(\d+)px", lambda size: _grown(size, zoom), text)
    images = icons.sheet_images({name: chosen.colour(token).name() for name, token in _SHEET_ICONS.items()})
    return Template(text).substitute({key: value.name() for key, value in chosen.base.items()}, **images)


def _grown(size: re.Match[str], zoom: float) -> str:
    before, pixels = size[1] or "", int(size[2])
    if before:
        # a radius above half the height would be ignored
        return f"{before}{int(pixels * zoom)}px"
    # hairlines stay hairlines
    return f"{round(pixels * zoom) if pixels > 2 else pixels}px"


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
