"""All keys that do something here, on one sheet."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ticketdesk.desktop.command import Command, shown_key
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.widgets.basics import Button, column, key_cap, label, row, section_title
from ticketdesk.desktop.widgets.overlay import Overlay
from ticketdesk.desktop.widgets.panels import Reading
from ticketdesk.texts import N_, _

Line = tuple[tuple[str, ...], str]
"""Keys, and what they do."""

_WRITING: tuple[Line, ...] = (
    (("Tab", "Shift+Tab"), N_("Next field, previous field")),
    (("Alt+…",), N_("To the field whose letter is underlined")),
    (("←", "→", N_("Space")), N_("Through choices side by side, take one")),
    (("+", "−", N_("Space")), N_("Condition: good, defect, untested")),
    (("Alt+↓",), N_("Open a list of choices")),
    (("Ctrl+1", "Ctrl+4"), N_("Usual notes, while taking cash")),
)
_LISTS: tuple[Line, ...] = (
    ((N_("Enter"),), N_("Open")),
    (("↑", "↓", "Home", "End"), N_("Go through the list")),
    (("A…Z",), N_("Search in the list")),
    (("Esc",), N_("Empty the search, then back to the list")),
    (("Shift+F10",), N_("Menu of what is chosen")),
    (("Ctrl+C",), N_("Copy")),
)


class KeysDialog(Overlay):
    """The keys of the page shown, those that work everywhere, and those of lists and forms."""

    def __init__(self, host: Host, of_page: Sequence[Command], of_window: Sequence[Command]) -> None:
        super().__init__(host.window, _("All keys"), width=1040)
        across = row(
            column(*_group(_("On this page"), _lines(of_page)), None, spacing=6),
            column(*_group(_("Everywhere"), _lines(of_window)), None, spacing=6),
            column(*_group(_("In lists"), _LISTS), 12, *_group(_("In forms"), _WRITING), None, spacing=6),
            spacing=32,
        )
        for place in range(across.count()):
            across.setStretch(place, 1)
        sheet = QWidget()
        sheet.setProperty("kind", "clear")
        sheet.setLayout(across)
        area = Reading(_("All keys"), sheet)
        area.setMinimumHeight(min(sheet.sizeHint().height(), host.window.height() - 180))
        self.body.addWidget(area)
        close = Button(_("Close"), "Esc", size="md")
        close.clicked.connect(self.dismiss)
        self.footer.addStretch(1)
        self.footer.addWidget(close)


def _lines(commands: Sequence[Command]) -> tuple[Line, ...]:
    return tuple((command.keys, command.text) for command in commands if command.keys)


def _group(title: str, lines: Sequence[Line]) -> list[QVBoxLayout | QWidget]:
    made: list[QVBoxLayout | QWidget] = [section_title(title)]
    for keys, text in lines:
        words = label(_(text))
        words.setWordWrap(True)
        line = QWidget()
        line.setLayout(
            row(words, *(key_cap(key) for key in dict.fromkeys(shown_key(_(key)) for key in keys)), spacing=6)
        )
        made.append(line)
    return made
