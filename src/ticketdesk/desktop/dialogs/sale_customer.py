"""Who buys over the counter: nobody in particular, or somebody found by phone or name."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.customer import CustomerDialog
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.people import customer_hit, tells_who
from ticketdesk.desktop.widgets.basics import Button, column, icon_label, row
from ticketdesk.desktop.widgets.elided import Elided
from ticketdesk.desktop.widgets.fields import Field, TextInput
from ticketdesk.desktop.widgets.suggest import Hit, Suggestions
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.people import normal_phone, shown_phone
from ticketdesk.domain.rights import Right
from ticketdesk.services import customers
from ticketdesk.services.customers import CustomerRow
from ticketdesk.texts import _


class SaleCustomer(QWidget):
    """An optional customer; ``chosen`` carries their row, or nothing once it is nobody again."""

    chosen = Signal(object)  # CustomerRow | None

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__()
        self._desk, self._host = desk, host
        self.row: CustomerRow | None = None
        self.typed = TextInput(_("phone or name; empty for anybody"), "user")
        self.field = Field(_("C&ustomer"), self.typed)
        self.suggestions = Suggestions(self.typed, self._find, eager=True)
        self.suggestions.picked.connect(self.take)
        self.suggestions.entered.connect(self._nobody)
        self.new = Button(_("New customer…"), kind="link", size="sm")
        self.new.clicked.connect(self._add)
        self.new.hide()
        self._said = Elided(weight=500)
        self.change = Button(_("Without customer"), kind="link", size="sm")
        self.change.clicked.connect(self.forget)
        self._known = QWidget()
        known = row(icon_label("user", "okText"), spacing=8)
        known.addWidget(self._said, 1)
        known.addWidget(self.change)
        self._known.setLayout(known)
        self._known.hide()
        self.setLayout(column(self.field, row(self.new, None), self._known, spacing=4))
        self.typed.textEdited.connect(self._edited)

    @property
    def id(self) -> UUID | None:
        """Give the customer's key, if it is somebody."""
        return self.row.id if self.row else None

    def take(self, row: CustomerRow) -> None:
        """Sell to somebody known."""
        self.row = row
        phone = shown_phone(row.phone, self._desk.shop.region)
        self._said.setText(" · ".join(part for part in (row.name, phone) if part))
        self.field.hide()
        self.new.hide()
        self._known.show()
        self.chosen.emit(row)

    def forget(self) -> None:
        """Sell to nobody in particular."""
        self.row = None
        self.typed.clear()
        self.field.hint("")
        self._known.hide()
        self.field.show()
        self.chosen.emit(None)

    def _find(self, typed: str, answer: Callable[[Sequence[Hit]], None]) -> None:
        if not tells_who(typed):
            answer([])
            return

        def found(rows: list[CustomerRow]) -> None:
            region = self._desk.shop.region
            exact = next((row for row in rows if row.phone and row.phone == self._whole_phone()), None)
            if exact is not None and self.row is None:
                answer([])
                self.take(exact)
            else:
                answer([customer_hit(row, region) for row in rows] if self.row is None else [])

        self._desk.read(self, found, customers.find, typed)

    def _whole_phone(self) -> str:
        try:
            return normal_phone(self.typed.text(), self._desk.shop.region)
        except Refusal:
            return ""

    def _edited(self) -> None:
        self.field.hint("")
        self.new.hide()

    def _nobody(self) -> None:
        if not self.typed.text().strip():
            self.chosen.emit(None)
        else:
            self.field.hint(_("Nobody known by that phone or name."), "warn")
            self.new.setVisible(self._desk.may(Right.EDIT_CUSTOMER))

    def _add(self) -> None:
        dialog = CustomerDialog(self._desk, self._host, None, opened=self._added)
        dialog.begin(self.typed.text().strip())
        dialog.present()

    def _added(self, customer_id: UUID) -> None:
        self._desk.read(self, self.take, customers.one, customer_id)
