"""A work or part of the catalogue, and what each group of customers pays for it."""

from PySide6.QtWidgets import QGridLayout

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.merge import MergeDialog, retry
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.widgets.basics import Button, label, row, wrapped
from ticketdesk.desktop.widgets.choices import Segmented
from ticketdesk.desktop.widgets.fields import Dropdown, Field, MoneyInput, NumberInput, TextInput, point_out
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.errors import Conflict, Refusal, Value
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.money import parse_price
from ticketdesk.domain.orders import LINE_PART, LINE_WORK
from ticketdesk.domain.rights import Right
from ticketdesk.domain.vat import CODE_LABELS, STANDARD, rate_on
from ticketdesk.services import catalogue, staff
from ticketdesk.services.catalogue import ItemRow, ListRow, NewItem, PutPrice
from ticketdesk.services.doors import Done
from ticketdesk.services.merging import Edit
from ticketdesk.services.staff import StaffRow
from ticketdesk.texts import _


class ItemDialog(Overlay):
    """What it is, what it costs, who usually does it; two people's edits are merged."""

    def __init__(self, desk: Desk, host: Host, item: ItemRow | None) -> None:
        super().__init__(host.window, item.name if item else _("New work or part"), width=640)
        self._desk, self._host, self._item, self._request = desk, host, item, new_key()
        self.kind = Segmented(_("Kind"), ((LINE_WORK, _("Work")), (LINE_PART, _("Part"))), item.kind if item else "")
        self.name, self.code, self.ean = TextInput(), TextInput(), TextInput()
        self.category, self.unit = TextInput(), TextInput()
        self.price, self.cost = MoneyInput(_("Price")), MoneyInput(_("Cost"))
        self.price.setPlaceholderText(_("or: 100 + VAT"))
        self.vat = Dropdown(_("VAT"), [(code, _(text)) for code, text in CODE_LABELS.items()])
        self.warranty = NumberInput(_("Warranty, months"), 0, 120)
        self.doer = Dropdown(_("Usually done by"), [("", _("whoever adds it"))])
        self._fields = {
            "name": Field(_("&Name"), self.name, required=True),
            "code": Field(_("&Code"), self.code, required=True),
            "ean": Field(_("&Bar code"), self.ean),
            "price": Field(_("&Price of one, VAT included"), self.price),
            "cost": Field(_("C&ost of one"), self.cost),
            "vat_code": Field(_("&VAT"), self.vat),
            "category": Field(_("C&ategory"), self.category),
            "unit": Field(_("&Unit"), self.unit),
            "warranty_months": Field(_("&Warranty, months"), self.warranty),
            "doer_id": Field(_("Usually &done by"), self.doer),
        }
        self._fields["cost"].setVisible(desk.may(Right.SEE_COST))
        self._prices: dict[UUID, tuple[MoneyInput, int | None]] = {}
        self._lay_out()
        self._fill(item)
        desk.read(self, self._offer, staff.everyone)
        if item is not None:
            desk.read(self, self._offer_lists, catalogue.price_lists)

    def save(self) -> None:
        """Save what was typed; prices on lists after it."""
        for field in self._fields.values():
            field.hint("")
        try:
            values = self._values()
        except Refusal as refusal:
            self._refused(Refusal(refusal.sentence, "price"))
            return
        self.go.setEnabled(False)
        if self._item is None:
            new = NewItem(**{**values, "doer_id": UUID(str(values["doer_id"])) if values["doer_id"] else None})  # type: ignore[arg-type]
            self._desk.write(self, self._saved, catalogue.add, new, refused=self._refused, request=self._request)
            return
        seen = _plain(self._item)
        changed = [name for name, value in values.items() if value != seen[name]]
        self._edit(
            Edit(self._item.id, {name: seen[name] for name in changed}, {name: values[name] for name in changed})
        )

    def _edit(self, edit: Edit) -> None:
        def refused(refusal: Refusal) -> None:
            if isinstance(refusal, Conflict):
                self.go.setEnabled(True)
                MergeDialog(
                    self._desk, self._host, refusal, lambda choices: self._edit(retry(edit, refusal, choices))
                ).present()
            else:
                self._refused(refusal)

        self._desk.write(self, self._saved, catalogue.edit, edit, refused=refused)

    def _saved(self, done: Done) -> None:
        for list_id, (field, seen) in self._prices.items():
            price = field.amount()
            if price != seen:
                self._desk.write(self, _nothing, catalogue.put_price, PutPrice(done.id, list_id, price, seen))
        self._host.toast(_("Saved."))
        self.dismiss()

    def _refused(self, refusal: Refusal) -> None:
        self._request = new_key()
        self.go.setEnabled(True)
        if not point_out(refusal, self._fields):
            self._message.setText(refusal.sentence)

    def _values(self) -> dict[str, Value]:
        return {
            "name": self.name.text(),
            "code": self.code.text(),
            "kind": self.kind.value(),
            "ean": self.ean.text(),
            "price": parse_price(self.price.text() or "0", self._rate()),
            "cost": self.cost.amount() or 0,
            "vat_code": str(self.vat.currentData()),
            "warranty_months": self.warranty.value(),
            "category": self.category.text(),
            "unit": self.unit.text(),
            "doer_id": str(self.doer.currentData() or "") or None,
        }

    def _rate(self) -> int:
        shop, code = self._desk.shop, str(self.vat.currentData())
        day = day_of(self._desk.now(), shop.zone)
        return (rate_on(shop.region, code, day) or 0) if shop.vat_payer else 0

    def _lay_out(self) -> None:
        self.body.addWidget(self.kind)
        self.body.addWidget(self._fields["name"])
        grid = QGridLayout()
        grid.setSpacing(12)
        names = [name for name in self._fields if name != "name"]
        for place, name in enumerate(names):
            grid.addWidget(self._fields[name], place // 3, place % 3)
        for side in range(3):
            grid.setColumnStretch(side, 1)
        self.body.addLayout(grid)
        self._lists = row(spacing=12)
        self.body.addLayout(self._lists)
        self._message = wrapped(tone="danger")
        self.body.addWidget(self._message)
        if self._item is not None:
            text = _("Put out of use") if self._item.active else _("Use again")
            active = self._item.active
            use = Button(text, kind="quiet", size="md")
            use.clicked.connect(lambda: self._use(active=not active))
            self.footer.addWidget(use)
        self.go = go_button(_("Save"), self.save)
        self.footer.addStretch(1)
        self.footer.addWidget(leave_button(self))
        self.footer.addWidget(self.go)

    def _use(self, *, active: bool) -> None:
        if self._item is not None:
            self._edit(Edit(self._item.id, {"active": not active}, {"active": active}))

    def _fill(self, item: ItemRow | None) -> None:
        self.vat.choose(item.vat_code if item else STANDARD)
        if item is None:
            self.unit.setText(_("pc"))
            return
        for field, text in (
            (self.name, item.name), (self.code, item.code), (self.ean, item.ean), (self.category, item.category),
            (self.unit, item.unit),
        ):  # fmt: skip
            field.setText(text)
        self.price.show_amount(item.price or None)
        self.cost.show_amount(item.cost or None)
        self.warranty.setValue(item.warranty_months)

    def _offer(self, people: list[StaffRow]) -> None:
        for person in people:
            self.doer.addItem(person.name, str(person.id))
        if self._item is not None and self._item.doer_id is not None:
            self.doer.choose(str(self._item.doer_id))

    def _offer_lists(self, lists: list[ListRow]) -> None:
        item = self._item
        if item is not None and lists:
            used = [each for each in lists if each.active]
            self._desk.read(self, lambda prices: self._show_prices(used, prices), catalogue.prices_of, item.id)

    def _show_prices(self, lists: list[ListRow], prices: dict[UUID, int]) -> None:
        if lists:
            self._lists.addWidget(label(_("Prices for groups"), "small", 600, "second"))
        for each in lists[:4]:
            field = MoneyInput(each.name)
            field.show_amount(prices.get(each.id))
            field.setPlaceholderText(_("usual"))
            self._prices[each.id] = (field, prices.get(each.id))
            self._lists.addWidget(Field(each.name, field))


def _plain(item: ItemRow) -> dict[str, Value]:
    return {
        "name": item.name, "code": item.code, "kind": item.kind, "ean": item.ean, "price": item.price,
        "cost": item.cost, "vat_code": item.vat_code, "warranty_months": item.warranty_months,
        "category": item.category, "unit": item.unit, "doer_id": str(item.doer_id) if item.doer_id else None,
    }  # fmt: skip


def _nothing(_done: Done) -> None:
    return
