"""The draft of the form on the page: kept at every change, gone once the order is saved."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.screens.intake.form import Form
from ticketdesk.domain.errors import Refusal
from ticketdesk.services import wire

_FORM = "intake"
_KEPT_AFTER_MS = 200


class Drafts(QObject):
    """Keeps one person's form on this PC, at the latest 200 ms after each change.

    Everything goes through one lane in the order asked, so a draft dropped after saving stays dropped.
    """

    def __init__(self, desk: Desk, form: Callable[[], Form | None], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._form = desk, form
        self._staff_id = desk.staff.id if desk.staff is not None else None
        self._timer = QTimer(self, interval=_KEPT_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self.keep)
        desk.closing.connect(self.flush)
        desk.signed_in.connect(self._left)

    def _left(self, staff: object) -> None:
        if staff is None:
            self.flush()

    def changed(self) -> None:
        """Keep the form shortly; changes that follow do not put it off."""
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Keep at once whatever still waits to be kept."""
        if self._timer.isActive():
            self.keep()

    def keep(self) -> None:
        """Keep the form now; a form with nothing typed in it leaves no draft."""
        self._timer.stop()
        if self._staff_id is None:
            return
        form = self._form()
        self._desk.keep_draft(self._staff_id, _FORM, None if form is None else wire.dumps(form))

    def drop(self) -> None:
        """Forget the draft: its order is saved."""
        self._timer.stop()
        if self._staff_id is not None:
            self._desk.keep_draft(self._staff_id, _FORM, None)

    def recall(self, found: Callable[[Form], None]) -> None:
        """Look for a draft that was left; one this version cannot read any more is left alone."""
        if self._staff_id is None:
            return

        def answered(content: str | None) -> None:
            if content is None:
                return
            try:
                form = wire.loads(Form, content)
            except Refusal:
                return
            found(form)

        self._desk.draft(self, answered, self._staff_id, _FORM)
