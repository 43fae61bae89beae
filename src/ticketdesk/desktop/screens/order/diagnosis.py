"""What was found and done: typed at leisure, saved when one leaves it, never lost to somebody else's change."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject

from ticketdesk.desktop import changing
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.merge import About, MergeDialog, retry
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.screens.order.facts import editable
from ticketdesk.desktop.widgets.basics import label
from ticketdesk.desktop.widgets.fields import TextArea
from ticketdesk.desktop.widgets.panels import Card
from ticketdesk.domain.errors import Conflict, Refusal, Value
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.search import tidy_lines
from ticketdesk.services import orders
from ticketdesk.services.doors import Done
from ticketdesk.services.lists import OrderRow
from ticketdesk.services.merging import Edit
from ticketdesk.services.pages import OrderPage
from ticketdesk.texts import _


class Diagnosis(Card):
    """The field of the diagnosis; what somebody else wrote meanwhile is shown beside it, to choose from."""

    def __init__(self, desk: Desk, host: Host, order_id: UUID) -> None:
        super().__init__(_("Diagnosis"))
        self._desk, self._host, self._id = desk, host, order_id
        self._row: OrderRow | None = None
        self._base = ""
        self._sent: str | None = None
        self._asking = False
        self._then: Callable[[], None] | None = None
        self.text = TextArea(_("Diagnosis"), _("What was found and done; the papers print it."), 58)
        self.text.setEnabled(False)
        self.text.installEventFilter(self)
        self.title.setText(_("Dia&gnosis"))
        self.title.setBuddy(self.text)
        self.body.addWidget(self.text)
        self._note = label("", "small", tone="muted")
        self.head.addWidget(self._note)
        self.text.textChanged.connect(self._say)
        desk.closing.connect(self.keep)

    def show_order(self, page: OrderPage) -> None:
        """Show what is saved of an order, unless something else is being typed here."""
        self._row, saved = page.row, page.diagnosis
        self.text.setEnabled(editable(page.row, self._desk))
        if self._typed() == self._base:
            self._base = saved
            if self._typed() != saved:
                self.text.setPlainText(saved)
        self._say()

    @property
    def begun(self) -> bool:
        """Say whether it differs from what is saved."""
        return self._typed() != self._base

    def keep(self, then: Callable[[], None] | None = None) -> None:
        """Save what was typed, if it is new; ``then`` follows once it is saved, or at once if there is nothing."""
        if self._asking:
            return
        if self._sent is not None:
            self._then = then or self._then
            return
        if self._typed() == self._base:
            if then is not None:
                then()
            return
        self._sent, self._then = self._typed(), then
        edit = Edit(self._id, {"diagnosis": self._base}, {"diagnosis": self._sent})
        self._desk.write(self, self._saved, orders.edit, edit, refused=self._refused)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.text and event.type() == QEvent.Type.FocusOut:
            self.keep()
        return super().eventFilter(watched, event)

    def _typed(self) -> str:
        return tidy_lines(self.text.toPlainText())

    def _saved(self, _done: Done) -> None:
        self._base, self._sent = self._sent or "", None
        then, self._then = self._then, None
        self._say()
        if self._typed() != self._base and not self.text.hasFocus():
            self.keep(then)
        elif then is not None:
            then()

    def _refused(self, refusal: Refusal) -> None:
        self._sent = self._then = None
        if isinstance(refusal, Conflict):
            self._merge(refusal)
        else:
            self._host.toast(refusal.sentence, "warning")

    def _merge(self, conflict: Conflict) -> None:
        def chosen(choices: dict[str, str]) -> None:
            clash = conflict.clashes[0]
            mine: dict[str, Value] = {clash.field: clash.mine}
            settled = retry(Edit(self._id, {}, mine), conflict, choices).values
            self._asking, self._base = False, str(clash.theirs or "")
            self.text.setPlainText(str(settled.get(clash.field, self._base)))
            self.keep()

        def back() -> None:
            self._asking = False

        self._asking = True
        what = changing.about(self._row) if self._row is not None else About("order")
        dialog = MergeDialog(self._desk, self._host, conflict, chosen, what)
        dialog.closed.connect(back)
        dialog.present()

    def _say(self) -> None:
        self._note.setText("" if self._typed() == self._base else _("Saved when you leave the field."))
