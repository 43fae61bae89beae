"""Where comments are written: among ourselves, or to the customer."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ticketdesk.desktop.widgets.basics import Button, column, row
from ticketdesk.desktop.widgets.choices import Segmented
from ticketdesk.desktop.widgets.fields import TextArea
from ticketdesk.texts import _


class Composer(QWidget):
    """A comment that is being written, and for whom it is."""

    posted = Signal(str, bool)  # text, to the customer

    def __init__(self) -> None:
        super().__init__()
        self.text = TextArea(_("Comment"), _("Write a comment…"), 56)
        self._audience = Segmented(
            _("For whom"), (("internal", _("Internal")), ("customer", _("To the customer"))), "internal", "sm"
        )
        self._add = Button(_("Add"), "Ctrl+Enter", size="sm")
        self._add.setAccessibleName(_("Post the comment"))
        self._add.clicked.connect(self.post)
        self.setLayout(column(self.text, row(self._audience, None, self._add)))

    def write(self) -> None:
        """Put the cursor into the comment."""
        self.text.setFocus()

    def post(self) -> None:
        """Hand over what was written."""
        if self.text.toPlainText().strip() and self._add.isEnabled():
            self._add.setEnabled(False)  # two presses mean one comment
            self.posted.emit(self.text.toPlainText(), self._audience.value() == "customer")

    def written(self, text: str) -> None:
        """Forget what was written: it is saved. What was typed since then stays."""
        self._add.setEnabled(True)
        if self.text.toPlainText() == text:
            self.text.clear()

    def not_written(self) -> None:
        """Let a comment that was refused be mended."""
        self._add.setEnabled(True)

    @property
    def begun(self) -> bool:
        """Say whether somebody is writing a comment."""
        return bool(self.text.toPlainText().strip())
