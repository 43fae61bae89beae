"""Count a drawer: how many of each note and coin. Opens a till, closes it, or takes it over from a colleague."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import Button, column, frame, label, retone, row, wrapped
from ticketdesk.desktop.widgets.fields import Field, MoneyInput, TextInput
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.money import PIECES, format_amount, format_money
from ticketdesk.services import cashroom, shifts
from ticketdesk.services.cashroom import Counted
from ticketdesk.services.doors import Action, Done
from ticketdesk.services.shifts import CloseShift, Count, CountTill, OpenShift, TakeOver
from ticketdesk.services.tills import TillRow
from ticketdesk.texts import _

_WIDTH = 640


class _Pieces(TextInput):
    """How many there are of one note or coin; Enter goes on to the next."""

    def __init__(self, piece: int) -> None:
        super().__init__(name=_("Pieces of {amount}").format(amount=format_amount(piece)))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setValidator(QIntValidator(0, 9999, self))
        self.setMaxLength(4)
        self.setFixedWidth(px(72))

    def count(self) -> int:
        return int(self.text()) if self.text().isdecimal() else 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.focusNextChild()
            return
        super().keyPressEvent(event)


class CountSheet(QWidget):
    """Notes at the left, coins at the right, what was counted otherwise below; adds up while it is typed."""

    def __init__(self, currency: str, changed: Callable[[], None]) -> None:
        super().__init__()
        self._currency = currency
        self.pieces: dict[int, _Pieces] = {}
        self._sums: dict[int, QLabel] = {}
        self.other = MoneyInput(_("Counted otherwise"))
        values = PIECES.get(currency, ())
        half = -(-len(values) // 2)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(4))
        for place, piece in enumerate(values):
            side, down = divmod(place, half)
            self._line(grid, piece, down, side * 5)
        grid.setColumnMinimumWidth(4, px(24))
        for sums in (3, 8):
            grid.setColumnStretch(sums, 1)
        other = row(label(_("Counted otherwise"), tone="second"), None, self.other)
        self.other.setFixedWidth(px(148))
        grid.addLayout(other, half, 0, 1, 9)
        for field in self.pieces.values():
            field.textChanged.connect(self._reckon)
            field.textChanged.connect(changed)
        self.other.textChanged.connect(changed)
        self._reckon()

    def count(self) -> Count:
        """Give what is typed.

        Raises:
            Refusal: if what was counted otherwise is no amount.
        """
        pieces = {str(piece): field.count() for piece, field in self.pieces.items() if field.count()}
        return Count(pieces, self.other.amount() or 0)

    def total(self) -> int:
        """Add up what is typed, in minor units."""
        return self.count().total(self._currency)

    def _line(self, grid: QGridLayout, piece: int, down: int, left: int) -> None:
        field = self.pieces[piece] = _Pieces(piece)
        value = label(format_amount(piece).removesuffix(",00").removesuffix(".00"), "field", 500)
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        value.setMinimumWidth(px(44))
        sum_ = self._sums[piece] = label("", tone="second")
        sum_.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        sum_.setMinimumWidth(px(92))
        for place, part in enumerate((value, label("×", tone="muted"), field, sum_)):
            grid.addWidget(part, down, left + place)

    def _reckon(self) -> None:
        for piece, field in self.pieces.items():
            amount = piece * field.count()
            self._sums[piece].setText(format_amount(amount) if amount else "—")


class CountDialog(Overlay):
    """A count, why it differs if it does, and a button; what is done with it is said by whoever shows it."""

    pressed = Signal()

    def __init__(self, desk: Desk, host: Host, title: str, subtitle: str, verb: str) -> None:
        super().__init__(host.window, title, subtitle, width=_WIDTH)
        self._currency = desk.shop.currency
        self.request = new_key()
        """One dialog is one act, however often it is pressed."""
        self.sheet = CountSheet(self._currency, self._reckon)
        self.message = wrapped(tone="second")
        self.message.hide()
        self._total = label("", "title", 600)
        total = frame("ok")
        total.setLayout(row(label(_("Counted"), "field"), None, self._total, margins=(16, 10, 16, 10)))
        self.reason = TextInput()
        self.why = Field(_("&Why it differs"), self.reason)
        self.why.hide()
        self.body.addLayout(column(self.sheet, total, self.message, self.why, spacing=12))
        leave = leave_button(self)
        self.again = Button(_("Count again"), kind="quiet", size="md")
        self.again.hide()
        self.go = go_button(verb, self.finish)
        self.footer.addWidget(self.again)
        self.footer.addStretch(1)
        self.footer.addWidget(leave)
        self.footer.addWidget(self.go)
        self._reckon()
        self.first = next(iter(self.sheet.pieces.values()), None)

    def finish(self) -> None:
        """Press the button, once."""
        if not self.go.isEnabled():
            return
        try:
            self.sheet.total()
        except Refusal as refusal:
            self.say(refusal.sentence, "danger")
            return
        self.go.setEnabled(False)
        self.pressed.emit()

    def say(self, sentence: str, tone: str = "second") -> None:
        """Say something below the count."""
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))
        retone(self.message, tone)

    def refused(self, refusal: Refusal) -> None:
        """Say what is in the way; everything typed stays."""
        self.request = new_key()
        self.go.setEnabled(True)
        self.say(refusal.sentence, "danger")
        if refusal.field == "reason":
            self.why.show()
            self.reason.setFocus()

    def _reckon(self) -> None:
        try:
            self._total.setText(format_money(self.sheet.total(), self._currency))
        except Refusal:  # said when the button is pressed: it may be typed only halfway
            self._total.setText("—")


def open_till(desk: Desk, host: Host, till: TillRow, left: int | None) -> CountDialog:
    """Ask for the float of a till and open it; ``left`` is what the last shift left in it."""
    dialog = CountDialog(desk, host, _("Open the till"), till.name, _("Open the till"))
    if left is not None:
        amount = format_money(left, desk.shop.currency)
        dialog.say(_("The last shift left {amount} in it. Count what is there.").format(amount=amount))

    def done(_done: Done) -> None:
        amount = format_money(dialog.sheet.total(), desk.shop.currency)
        host.toast(_("The till is open with {amount}.").format(amount=amount), "drawer")
        dialog.dismiss()

    def send() -> None:
        command = OpenShift(dialog.sheet.count(), till.id)
        desk.write(dialog, done, shifts.open_shift, command, refused=dialog.refused, request=dialog.request)

    dialog.pressed.connect(send)
    dialog.present()
    return dialog


class Counting(QObject):
    """First a count, which stands once it is written down; then what differs, if anything does, and the act by it."""

    def __init__(
        self,
        desk: Desk,
        dialog: CountDialog,
        count: tuple[Action[CountTill], UUID],
        act: Callable[["Counting", UUID, str], None],
    ) -> None:
        super().__init__(dialog)
        self.dialog, self._verb = dialog, dialog.title.text()
        self._desk, self._act = desk, act
        self._write_down, self._shift_id = count
        self._count_id: UUID | None = None
        dialog.say(_("Count first: what is expected is shown once your count is written down."))
        dialog.pressed.connect(self._send)
        dialog.again.clicked.connect(self._recount)
        dialog.present()

    def refused(self, refusal: Refusal) -> None:
        """Say what is in the way of the act; if it is the count, it is made again."""
        if refusal.field == "count":
            self._recount()
        self.dialog.refused(refusal)

    def _send(self) -> None:
        dialog = self.dialog
        if self._count_id is not None:
            self._act(self, self._count_id, dialog.reason.text())
            return
        count = CountTill(self._shift_id, dialog.sheet.count())
        self._desk.write(dialog, self._counted, self._write_down, count, refused=dialog.refused, request=dialog.request)

    def _counted(self, done: Done) -> None:
        if done.made is not None:
            self._count_id, self.dialog.request = done.made, new_key()
            self._desk.read(self.dialog, self._show, cashroom.counted, done.made)

    def _show(self, counted: Counted) -> None:
        dialog, currency = self.dialog, self._desk.shop.currency
        difference, expected = counted.total - counted.expected, format_money(counted.expected, currency)
        dialog.sheet.setEnabled(False)
        dialog.again.show()
        dialog.go.relabel(self._verb)
        dialog.go.setEnabled(True)
        if difference:
            sentence = _("Expected: {expected}. The difference is {difference}.")
            dialog.say(sentence.format(expected=expected, difference=format_money(difference, currency)), "warn")
            dialog.why.show()
            dialog.reason.setFocus()
        else:
            dialog.say(_("Expected: {expected}. It is exact.").format(expected=expected), "ok")
            dialog.go.setFocus()

    def _recount(self) -> None:
        dialog = self.dialog
        self._count_id, dialog.request = None, new_key()
        dialog.sheet.setEnabled(True)
        dialog.again.hide()
        dialog.why.hide()
        dialog.go.relabel(_("Write the count down"))
        dialog.say(_("The first count stays written down. Count again."))
        next(iter(dialog.sheet.pieces.values())).setFocus()


def close_till(desk: Desk, host: Host, shift_id: UUID, title: str, closed: Callable[[Done], None]) -> Counting:
    """Close a till by a count of whoever has it, and tell who asked for it."""
    dialog = CountDialog(desk, host, _("Close the till"), title, _("Write the count down"))

    def done(made: Done) -> None:
        host.toast(_("Shift {number} is closed.").format(number=made.document), "drawer")
        dialog.dismiss()
        closed(made)

    def send(counting: Counting, count_id: UUID, reason: str) -> None:
        close = CloseShift(shift_id, count_id, reason)
        desk.write(dialog, done, shifts.close, close, refused=counting.refused, request=dialog.request)

    return Counting(desk, dialog, (shifts.count_till, shift_id), send)


def take_over(desk: Desk, host: Host, shift_id: UUID, till: TillRow) -> Counting:
    """Take a till over from a colleague, by a count of who takes it."""
    subtitle = _("{till}, now with {name}").format(till=till.name, name=till.staff)
    dialog = CountDialog(desk, host, _("Take the till over"), subtitle, _("Write the count down"))

    def done(_done: Done) -> None:
        host.toast(_("The till is with you now."), "drawer")
        dialog.dismiss()

    def send(counting: Counting, count_id: UUID, reason: str) -> None:
        command = TakeOver(shift_id, count_id, reason)
        desk.write(dialog, done, shifts.take_over, command, refused=counting.refused, request=dialog.request)

    return Counting(desk, dialog, (shifts.count_over, shift_id), send)
