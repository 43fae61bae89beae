"""The main job by itself, on the real window: for ``./run --tour``, with numbered pictures and papers left behind."""

import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget

from ticketdesk.desktop.dialogs.line import LineDialog
from ticketdesk.desktop.dialogs.payment import PaymentDialog
from ticketdesk.desktop.frame import Frame
from ticketdesk.desktop.look.theme import apply, current
from ticketdesk.desktop.printing import make_pdf
from ticketdesk.desktop.session import Session
from ticketdesk.domain.keys import UUID
from ticketdesk.services import demo, lists
from ticketdesk.services.lists import OrderRow, Question

Condition = Callable[[], bool]
_GOOD, _DEFECT, _UNTESTED = Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Space
_CHECKED = (_GOOD, _DEFECT, _DEFECT, _DEFECT, _GOOD, _GOOD, _GOOD, _UNTESTED, _UNTESTED, _GOOD)
"""What is found at the counter, down the checklist of a phone."""
_PATIENCE = 30.0
_SETTLE = 0.35
"""How long a picture waits for background work to be painted, in seconds."""


class Tour(QObject):
    """Walks through a day at the counter; the process ends with 0 when every step came about."""

    def __init__(self, frame: Frame, session: Session, folder: Path) -> None:
        super().__init__(frame)
        self._frame, self._session, self._folder = frame, session, folder
        self._count = 0
        self._order: UUID | None = None
        self._timer = QTimer(self, interval=15)
        self._timer.timeout.connect(self._tick)
        self._script = self._day()
        self._waiting: Condition = lambda: True
        self._since = time.monotonic()

    def begin(self) -> None:
        """Start walking."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._timer.start()

    def _tick(self) -> None:
        if not self._waiting():
            if time.monotonic() - self._since > _PATIENCE:
                self._end(1, f"the tour waited in vain after picture {self._count}")
            return
        try:
            self._waiting = next(self._script)
            self._since = time.monotonic()
        except StopIteration:
            self._end(0, f"{self._count} pictures and papers are in {self._folder.resolve()}")

    def _end(self, status: int, sentence: str) -> None:
        self._timer.stop()
        sys.stdout.write(f"{sentence}\n")
        self._frame.close()
        QApplication.exit(status)

    def _day(self) -> Generator[Condition]:
        yield from self._sign_in("Alina")
        yield self._settled()
        yield self._picture("order-desk")
        yield from self._intake()
        yield from self._work()
        yield from self._pay()
        for room in ("board", "customers", "catalogue", "cash", "day", "settings"):
            self._session.host.go(room)
            self._frame.toasts.silence()
            yield self._settled()
            yield self._picture(room)
        yield from self._dark()

    def _sign_in(self, first_name: str) -> Generator[Condition]:
        page = self._session.signing.page
        yield lambda: any(tile.person.name.startswith(first_name) for tile in page.tiles)
        yield self._settled()
        yield self._picture("sign-in")
        place = next(n for n, tile in enumerate(page.tiles) if tile.person.name.startswith(first_name))
        page.choose(place)
        for digit in demo.PIN:
            self._key(page.pin, text=digit)
            yield self._pause(0.05)
        yield lambda: self._session.desk.staff is not None

    def _intake(self) -> Generator[Condition]:
        before = self._newest().number
        self._session.host.open_intake()
        page: Any = self._session.pages["intake"]
        yield self._settled()
        yield self._picture("intake-empty")
        for field, text in (
            (page.customer.phone, "0733 000 295"), (page.customer.name, "Ilinca Bârsănescu"),
            (page.device.serial, "350000000719464"), (page.device.brand, "Samsung"), (page.device.model, "Galaxy A54 5G"),
            (page.device.colour, "grafit"), (page.problem.text, "Ecran spart în colțul din dreapta sus, tactilul nu răspunde."),
        ):  # fmt: skip
            yield from self._type(field, text)
        for row, key in zip(page.condition.rows.values(), _CHECKED, strict=True):
            self._key(row, text="", key=key)
            yield self._pause(0.032)
        for chip in list(page.accessories.chips.findChildren(QAbstractButton))[:2]:
            chip.click()
        page.price.urgent.click()
        yield from self._type(page.price.estimate, "520")
        yield from self._type(page.price.deposit, "200")
        self._key(page.price.method, text="", key=Qt.Key.Key_Right)
        yield self._settled(1.2)
        yield self._picture("intake-filled")
        page.save_and_print()
        yield lambda: self._newest().number > before
        yield self._settled(1.0)
        yield self._picture("intake-saved")
        self._order = self._newest().id

    def _work(self) -> Generator[Condition]:
        if self._order is None:
            return
        yield from self._change_person("Vlad")
        self._session.host.open_order(self._order)
        yield self._settled(0.8)
        yield self._picture("order-page")
        page: Any = self._session.pages["order"]
        page.work.next_step()
        yield lambda: page.page is not None and page.page.row.status == "in_progress"
        LineDialog(self._session.desk, self._session.host, self._order, None).present()
        dialog = self._dialog(LineDialog)
        yield self._settled()
        yield from self._type(dialog.form.name, "Înlocuire ecran Galaxy A54")
        yield from self._type(dialog.form.price, "520")
        yield self._picture("line")
        dialog.save()
        yield lambda: page.page is not None and page.page.has_lines
        page.work.next_step()
        yield lambda: page.page is not None and page.page.row.status == "ready"
        yield self._settled()
        yield self._picture("order-ready")
        self._session.host.go("orders")
        yield self._settled()

    def _pay(self) -> Generator[Condition]:
        if self._order is None:
            return
        yield from self._change_person("Alina")
        order = self._order
        self._session.host.open_order(order)
        page: Any = self._session.pages["order"]
        yield lambda: page.page is not None
        self._session.host.open_payment(order)
        yield lambda: bool(self._frame.findChildren(PaymentDialog))
        dialog = self._dialog(PaymentDialog)
        yield from self._type(dialog.inputs["cash"], "450")
        yield self._settled()
        yield self._picture("payment")
        dialog.finish()
        yield lambda: page.page is not None and page.page.row.status == "handed_over"
        yield self._settled(0.8)
        yield self._picture("handed-over")
        for document in ("intake", "intake_a4", "receipt", "warranty", "label"):
            pdf = make_pdf(self._session.desk.reader(), order, document, 2 if document == "intake" else 1)
            (self._folder / f"paper-{document}.pdf").write_bytes(pdf)

    def _dark(self) -> Generator[Condition]:
        app, before = QApplication.instance(), current().name
        if not isinstance(app, QApplication):
            return
        apply(app, "light" if before == "dark" else "dark")
        self._session.host.go("orders")
        yield self._settled(0.8)
        yield self._picture("order-desk-other-theme")
        apply(app, before)

    def _change_person(self, first_name: str) -> Generator[Condition]:
        self._session.signing.lock()
        yield self._settled()
        yield from self._sign_in(first_name)

    def _newest(self) -> OrderRow:
        with self._session.desk.database.read() as session:
            return lists.page(session, Question((), sort="number", descending=True), limit=1)[0]

    def _dialog(self, kind: type[Any]) -> Any:
        return [dialog for dialog in self._frame.findChildren(kind) if dialog.isVisible()][-1]

    def _picture(self, name: str) -> Condition:
        self._count += 1
        self._frame.grab().save(str(self._folder / f"{self._count:02d}-{name}.png"))
        return lambda: True

    def _pause(self, seconds: float) -> Condition:
        end = time.monotonic() + seconds
        return lambda: time.monotonic() >= end

    def _settled(self, seconds: float = _SETTLE) -> Condition:
        rested, desk = self._pause(seconds), self._session.desk
        return lambda: rested() and desk.idle

    def _type(self, field: QWidget, text: str) -> Generator[Condition]:
        """Type as a person would: slower than a scanner, letter by letter."""
        field.setFocus()
        if isinstance(field, QLineEdit | QPlainTextEdit):
            field.selectAll()
        for letter in text:
            self._key(field, text=letter)
            yield self._pause(0.032)

    @staticmethod
    def _key(widget: QWidget, text: str, key: int = 0) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))
