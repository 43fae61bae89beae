"""The draft of the form on the page: kept at every change, gone once the order is saved."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.screens.intake.form import Form
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.services import wire

_FORM, _ASIDE = "intake", "intake.waits"
_KEPT_AFTER_MS = 200


class Drafts(QObject):
    """Keeps one person's form on this PC, at the latest 200 ms after each change.

    Everything goes through one lane in the order asked, so a draft dropped after saving stays dropped.
    """

    def __init__(self, desk: Desk, form: Callable[[], Form | None], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._form = desk, form
        self._staff_id = desk.staff.id if desk.staff is not None else None
        self._aside: set[UUID] = set()
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

    def set_aside(self, form: Form) -> None:
        """Keep a form by itself until its order is saved, and make room for the next customer's."""
        if self._staff_id is not None:
            self._aside.add(form.request)
            self._desk.keep_draft(self._staff_id, f"{_ASIDE}.{form.request}", wire.dumps(form))
        self.drop()

    def forget(self, request: UUID) -> None:
        """Forget a form that was set aside: its order is saved, or nobody wants it."""
        if self._staff_id is not None and request in self._aside:
            self._aside.remove(request)
            self._desk.keep_draft(self._staff_id, f"{_ASIDE}.{request}", None)

    def look_aside(self, found: Callable[[Form], None]) -> None:
        """Look for forms that were set aside and wait no more, also those of before a restart."""
        if self._staff_id is None:
            return

        def answered(contents: list[str]) -> None:
            for content in contents:
                form = _read(content)
                if form is not None:
                    self._aside.add(form.request)
                    found(form)

        self._desk.set_aside(self, answered, self._staff_id, _ASIDE)

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
            form = None if content is None else _read(content)
            if form is not None:
                found(form)

        self._desk.draft(self, answered, self._staff_id, _FORM)


def _read(content: str) -> Form | None:
    try:
        return wire.loads(Form, content)
    except Refusal:
        return None
