"""What stands in the list when nothing does: first steps, an empty view, nothing found."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import Button, label, row
from ticketdesk.desktop.widgets.drawing import CounterDrawing
from ticketdesk.desktop.widgets.panels import Notice
from ticketdesk.desktop.widgets.steps import Rows, Step
from ticketdesk.domain.bins import NO_BIN, normal_bin
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.typed import parse
from ticketdesk.texts import N_, _

_EMPTY = {
    "active": N_("No active orders."),
    "mine": N_("No order is yours right now."),
    "to_take": N_("Nothing to claim: the pool is empty."),
    "late": N_("No overdue orders."),
    "urgent": N_("No urgent orders."),
    "ready": N_("Nothing is ready for pickup."),
    "awaiting_payment": N_("No order awaits payment."),
    "shipped": N_("Nothing is on its way."),
    "marked": N_("You have marked no order yet. Ctrl+D marks the one chosen."),
    "all": N_("No orders."),
}
_STEPS = (
    (N_("The shop's own facts"), N_("Name, address and tax number head every receipt."), N_("Fill in")),
    (N_("Printers"), N_("Receipts, labels and A4 pages; without one, papers are kept as PDF files."), N_("Choose")),
    (N_("Colleagues and PINs"), N_("Who takes in, who repairs, who sees the report."), N_("Add colleagues")),
)


@dataclass(frozen=True, slots=True)
class Begun:
    """Which of the first steps are done."""

    company: bool
    printers: bool
    colleagues: bool


class Empty(QWidget):
    """Covers an empty list."""

    intake_wanted = Signal()
    settings_wanted = Signal()
    view_wanted = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._leave = Button("", size="sm")
        self._leave.clicked.connect(self.view_wanted)
        self.notice = Notice("filter", "", "", self._leave)
        self.steps = self._first_steps()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(40), px(24), px(24))
        layout.addLayout(row(None, self.notice, None))
        layout.addWidget(self.steps, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        self.notice.setFixedWidth(px(600))
        over.installEventFilter(self)
        self.hide()

    def view_is_empty(self, view: str) -> None:
        """Say that a view holds nothing."""
        self._leave.relabel(_("Show active orders") if view != "active" else _("Show all orders"))
        self._say(_(_EMPTY.get(view, N_("No orders in this view."))), "")

    def nothing_passes(self) -> None:
        """Say that the filters let nothing through."""
        self._leave.relabel(_("Clear the filters"))
        self._say(_("No order passes these filters."), _("Take one of them away, or clear them all."))

    def nothing_found(self, typed: str, doubt: str) -> None:
        """Say that nothing was found, and which of the words is not known, if that is why."""
        self._leave.relabel(_("Clear the search"))
        asked = parse(typed, date.min)
        if len(asked) == 1 and asked[0].field == "bin":
            self._say(*_no_device_in(asked[0].values[0]))
            return
        self._say(
            _("Nothing found for “{text}”.").format(text=typed),
            doubt or _("Try fewer letters, the phone number, or a part of the serial number."),
        )

    def first_steps(self, begun: Begun) -> None:
        """Show how to begin in a shop that has taken nothing in yet."""
        self.notice.hide()
        states = (begun.company, begun.printers, begun.colleagues)
        ahead = next((place for place, done in enumerate(states) if not done), len(states))
        for place, (step, done) in enumerate(zip(self._steps, states, strict=True)):
            step.show_state("done" if done else "next" if place == ahead else "")
        self.steps.show()
        self._cover()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def _say(self, title: str, text: str) -> None:
        self.steps.hide()
        self.notice.show()
        self.notice.say(title, text)
        self._cover()

    def _cover(self) -> None:
        # a kept reference to a viewport may outlive the object behind it: ask for it each time
        if (over := self.parentWidget()) is not None:
            self.setGeometry(over.rect())
        self.show()
        self.raise_()

    def _first_steps(self) -> QWidget:
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setSpacing(px(10))
        centre = Qt.AlignmentFlag.AlignHCenter
        layout.addWidget(CounterDrawing(), 0, centre)
        layout.addSpacing(px(8))
        layout.addWidget(label(_("No order yet"), "page", 600), 0, centre)
        text = _("Press F2 when the first customer comes in. Until then, three steps make the counter ready.")
        layout.addWidget(label(text, "field", tone="second"), 0, centre)
        layout.addSpacing(px(8))
        self._steps = [self._step(place, *each) for place, each in enumerate(_STEPS, 1)]
        layout.addWidget(Rows(self._steps), 0, centre)
        layout.addSpacing(px(8))
        new = Button(_("New order"), "F2", "primary", "plus", "lg")
        new.clicked.connect(self.intake_wanted)
        layout.addWidget(new, 0, centre)
        return whole

    def _step(self, number: int, title: str, text: str, verb: str) -> Step:
        press = Button(_(verb), size="md")
        press.setAccessibleName(f"{_(title)}: {_(verb)}")
        press.clicked.connect(self.settings_wanted)
        return Step(number, _(title), _(text), press)


def _no_device_in(name: str) -> tuple[str, str]:
    """Say why nothing is found in a bin: it is empty, or no bin can be called so."""
    if name == NO_BIN:
        return _("Every device that is here stands in a bin."), ""
    try:
        normal_bin(name)
    except Refusal as refusal:
        return _("No bin is called “{bin}”.").format(bin=name), refusal.sentence
    return _("Nothing stands in bin {bin}.").format(bin=name), ""
