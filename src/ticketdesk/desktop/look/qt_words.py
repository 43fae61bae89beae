"""What Qt itself says, in the language of the window: from the same catalogue as everything else.

The wheels of Qt for Python hold no Romanian. Without this, the menu of a text field and the file dialog would
stay English.
"""

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from ticketdesk.desktop.dates import locale
from ticketdesk.texts import N_, _

_WORDS = (
    # the menu of a text field
    N_("&Undo"), N_("&Redo"), N_("Cu&t"), N_("&Copy"), N_("&Paste"), N_("Delete"), N_("Select All"),
    # the file dialog
    N_("&Look in:"), N_("File &name:"), N_("Files of &type:"), N_("&Open"), N_("Cancel"), N_("Back"), N_("Forward"),
    N_("Parent Directory"), N_("Create New Folder"), N_("List View"), N_("Detail View"), N_("Name"), N_("Size"),
    N_("Type"), N_("Date Modified"), N_("My Computer"), N_("Sidebar"), N_("&Rename"), N_("&Delete"),
    N_("Show &hidden files"), N_("&New Folder"), N_("New Folder"), N_("Remove"), N_("Open"), N_("Directory:"),
    N_("Go back"), N_("Go forward"), N_("Go to the parent directory"), N_("Create a New Folder"),
    N_("Change to list view mode"), N_("Change to detail view mode"), N_("List of places and bookmarks"),
    N_("Files"), N_("Computer"),
    # numbers and dates
    N_("&Step up"), N_("Step &down"), N_("Clear"),
)  # fmt: skip
"""The words that can be met; all others Qt says as its makers wrote them."""
_KNOWN = frozenset(_WORDS)


class QtWords(QTranslator):
    """Answers Qt from our catalogue."""

    def translate(self, _context: str, source: str, _note: str | bytes | None = None, _count: int = -1) -> str | None:
        """Give our word for one of Qt's; nothing for one we do not know."""
        return _(source) if source in _KNOWN else None

    def isEmpty(self) -> bool:
        """Say that there is something to ask for."""
        return False


def speak(app: QApplication) -> None:
    """Let Qt speak the language of the window, with its names of days and its way of writing numbers."""
    QLocale.setDefault(locale())
    if app.findChild(QtWords) is None:
        app.installTranslator(QtWords(app))
