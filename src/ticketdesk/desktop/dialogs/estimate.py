"""The estimates of an order: make one, give it to the customer, write down what they say."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ticketdesk.desktop import dates
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import write_approved
from ticketdesk.desktop.host import Host, Wanted
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import Button, clear, column, frame, hline, label, row, wrapped
from ticketdesk.desktop.widgets.choices import Segmented
from ticketdesk.desktop.widgets.fields import Field, MoneyInput, TextInput
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.desktop.widgets.signature import SignaturePad
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.estimates import ANSWERS, MADE, SENDINGS, SENT, STATE_LABELS
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.money import format_amount, format_money
from ticketdesk.services import estimates
from ticketdesk.services.doors import Done
from ticketdesk.services.estimates import Answer, EstimateRow, EstimateSent, MakeEstimate
from ticketdesk.texts import _

_OPEN = (MADE, SENT)


class EstimatesDialog(Overlay):
    """The versions of an order's estimate, newest first, and a form for the next one."""

    def __init__(self, desk: Desk, host: Host, order_id: UUID, number: int, customer: str) -> None:
        super().__init__(host.window, _("Estimate"), str(number), width=720)
        self._desk, self._host, self._order_id, self._customer = desk, host, order_id, customer
        self._request = new_key()
        self.fee, self.note = MoneyInput(_("Diagnosis fee")), TextInput()
        self.note.setMaxLength(500)
        self._message = wrapped(tone="danger")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        fee = Field(_("&Diagnosis fee if all is refused"), self.fee)
        fee.setFixedWidth(px(220))
        self.body.addLayout(self._rows)
        self.body.addWidget(label(_("A new version takes the lines as they stand on the order now."), tone="second"))
        self.body.addLayout(row(fee, Field(_("&Remark on the paper"), self.note), spacing=12))
        self.body.addWidget(self._message)
        leave = leave_button(self, _("Close"))
        self.go = go_button(_("Make and print"), self.make, icon="printer")
        self.footer.addStretch(1)
        self.footer.addWidget(leave)
        self.footer.addWidget(self.go)
        desk.changed.connect(self._look)
        self._look()

    def make(self) -> None:
        """Put the lines of the order into a new version, and print it."""
        try:
            fee = self.fee.amount() or 0
        except Refusal as refusal:
            self._refused(refusal)
            return
        self.go.setEnabled(False)
        command = MakeEstimate(self._order_id, fee, self.note.text())
        self._desk.write(self, self._made, estimates.make, command, refused=self._refused, request=self._request)

    def _made(self, done: Done) -> None:
        self._request = new_key()
        self.go.setEnabled(True)
        self._message.setText("")
        if done.made is not None:
            self._give(done.made, "printed")

    def _give(self, estimate_id: UUID, how: str) -> None:
        def done(_done: Done) -> None:
            if how == "printed":
                self._host.print_papers(self._order_id, [Wanted("estimate")])
            self._look()

        self._desk.write(self, done, estimates.sent, EstimateSent(estimate_id, how), refused=self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self._request = new_key()
        self.go.setEnabled(True)
        self._message.setText(refusal.sentence)

    def _look(self, _keys: object = None) -> None:
        self._desk.read(self, self._show, estimates.of_order, self._order_id)

    def _show(self, found: list[EstimateRow]) -> None:
        clear(self._rows)
        for estimate in found[:6]:
            self._rows.addWidget(self._version(estimate))
            self._rows.addWidget(hline())

    def _version(self, estimate: EstimateRow) -> QWidget:
        desk = self._desk
        money = format_money(estimate.total, desk.shop.currency)
        title = label(_("Version {version} · {amount}").format(version=estimate.version, amount=money), "body", 600)
        tone = "ok" if estimate.agreed else "second"
        words = column(title, label(self._said(estimate), "small", tone=tone), spacing=2)
        whole = column(words, spacing=8, margins=(0, 8, 0, 8))
        if estimate.state in _OPEN:
            line = row(spacing=8)
            for how, text in SENDINGS.items():
                press = Button(_("Print again") if how == "printed" else _(text), size="sm")
                press.clicked.connect(partial(self._give, estimate.id, how))
                line.addWidget(press)
            answer = Button(_("The answer…"), size="sm", icon="check")
            answer.clicked.connect(partial(self._ask, estimate))
            line.addStretch(1)
            line.addWidget(answer)
            whole.addLayout(line)
        holder = frame("plain")
        holder.setLayout(whole)
        return holder

    def _said(self, estimate: EstimateRow) -> str:
        now, zone = self._desk.now(), self._desk.shop.zone
        parts = [_(STATE_LABELS[estimate.state])]
        if estimate.answered_at is not None:
            parts.append(f"{estimate.answered_by}, {_(ANSWERS[estimate.answered_how]).lower()}")
            parts.append(dates.moment_text(estimate.answered_at, now, zone))
            parts.append(_("agreed {amount}").format(amount=format_amount(estimate.agreed or 0)))
        else:
            parts.append(dates.moment_text(estimate.made_at, now, zone))
            parts.append(_("valid until {day}").format(day=f"{estimate.valid_until:%d.%m.%Y}"))
        return " · ".join(parts)

    def _ask(self, estimate: EstimateRow, _on: object = None) -> None:
        AnswerDialog(self._desk, self._host, estimate, self._customer, self._look).present()


class AnswerDialog(Overlay):
    """What the customer said: line by line, who, and how; signed here if they are at the counter."""

    def __init__(self, desk: Desk, host: Host, estimate: EstimateRow, customer: str, done: Callable[[], None]) -> None:
        super().__init__(host.window, _("The customer's answer"), width=640)
        self._desk, self._host, self._estimate, self._done, self._request = desk, host, estimate, done, new_key()
        self.boxes: list[tuple[int, int, QCheckBox]] = []
        for line in estimate.lines:
            box = QCheckBox(f"{line.name} · {format_amount(line.total)}")
            box.setChecked(True)
            box.toggled.connect(self._reckon)
            self.boxes.append((line.place, line.total, box))
            self.body.addWidget(box)
        self._sum = label("", tone="second")
        self.body.addWidget(self._sum)
        self.who = TextInput()
        self.who.setText(customer)
        self.how = Segmented(_("How they answered"), [(key, _(text)) for key, text in ANSWERS.items()], "counter")
        self.pad = SignaturePad()
        again = Button(_("Sign again"), size="sm")
        again.clicked.connect(self.pad.clear)
        typed = Button(_("Sign with the name"), size="sm")
        typed.clicked.connect(lambda: self.pad.sign_with(self.who.text()))
        self._signing = QWidget()
        self._signing.setLayout(row(self.pad, column(typed, again, None, spacing=8), None, spacing=8))
        self._signing.hide()
        self.how.changed.connect(lambda how: self._signing.setVisible(how == "signature"))
        self._message = wrapped(tone="danger")
        self.body.addWidget(Field(_("&Who answered"), self.who, required=True))
        self.body.addWidget(self.how)
        self.body.addWidget(self._signing)
        self.body.addWidget(self._message)
        self.go = go_button("", self.finish, icon="check")
        self.footer.addStretch(1)
        self.footer.addWidget(leave_button(self))
        self.footer.addWidget(self.go)
        self._reckon()

    def refused(self) -> tuple[int, ...]:
        """Give the places of the lines that the customer does not want."""
        return tuple(place for place, _total, box in self.boxes if not box.isChecked())

    def finish(self) -> None:
        """Write the answer down."""
        signed = self.how.value() == "signature"
        if signed and not self.pad.is_signed():
            self._message.setText(_("Let the customer sign above the line, or sign with the name."))
            return
        self.go.setEnabled(False)
        picture = self.pad.picture() if signed else b""
        command = Answer(self._estimate.id, self.refused(), self.who.text(), self.how.value(), picture)
        write_approved(
            self._desk, self._host, self, self._written, estimates.answer, command, refused=self._not_written,
            request=self._request,
        )  # fmt: skip

    def _written(self, _answer: Done) -> None:
        self.dismiss()
        self._done()

    def _not_written(self, refusal: Refusal) -> None:
        self._request = new_key()
        self.go.setEnabled(True)
        self._message.setText(refusal.sentence)

    def _reckon(self, _on: object = None) -> None:
        refused, everything = self.refused(), len(self.refused()) == len(self.boxes)
        if everything:
            fee = format_money(self._estimate.fee, self._desk.shop.currency)
            text = _("All is refused. The diagnosis costs {amount}.").format(amount=fee)
        elif refused:
            text = _("The lines without a tick leave the order.")
        else:
            text = _("The customer agrees to everything.")
        self._sum.setText(text)
        self.go.relabel(_("Refused") if everything else _("Agreed in part") if refused else _("Agreed"))
