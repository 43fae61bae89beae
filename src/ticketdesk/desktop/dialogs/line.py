"""Add work or a part to an order, or change one."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import write_approved
from ticketdesk.desktop.dialogs.merge import About, MergeDialog, retry
from ticketdesk.desktop.forms.line import LineForm
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.widgets.basics import Button, label, retone
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.desktop.widgets.suggest import Hit, Suggestions
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.errors import Conflict, Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.money import format_amount, half_up, parse_amount, parse_price
from ticketdesk.domain.quantities import format_quantity, parse_quantity
from ticketdesk.domain.rights import Right
from ticketdesk.services import catalogue, lines
from ticketdesk.services.catalogue import ItemRow
from ticketdesk.services.doors import Done
from ticketdesk.services.lines import LineFacts
from ticketdesk.services.merging import Edit
from ticketdesk.services.pages import LineRow
from ticketdesk.texts import _

_OFFERED = 20


class LineDialog(Overlay):
    """What is written on a line; a name of the catalogue fills the rest."""

    def __init__(self, desk: Desk, host: Host, order_id: UUID, line: LineRow | None) -> None:
        title = _("Add work or a part") if line is None else _("Change the line")
        super().__init__(host.window, title, width=600)
        self._desk, self._host, self._order_id, self._line = desk, host, order_id, line
        self._request = new_key()
        self._named = line.facts.name if line else ""
        self._code = line.facts.code if line else ""
        self._doer: UUID | None = None
        self.form, page = LineForm(), QWidget()
        self.form.setupUi(page)
        self.form.kind.addItem(_("Work"), "work")
        self.form.kind.addItem(_("Part"), "part")
        self.body.addWidget(page)
        self._message = label("", tone="danger")
        self._message.setWordWrap(True)
        self.body.addWidget(self._message)
        self._show(line.facts if line else LineFacts("", warranty_months=desk.shop.warranty_months))
        if not desk.may(Right.SEE_COST):
            self.form.cost.hide()
            self.form.costLabel.hide()
        for field in (self.form.discount, self.form.discountAmount, self.form.reason):
            field.setEnabled(desk.may(Right.DISCOUNT))
        if line is not None:
            remove = Button(_("Take off the order"), kind="quiet", icon="trash", size="md")
            remove.clicked.connect(self._remove)
            self.footer.addWidget(remove)
        self._go = go_button(_("Save"), self.save)
        self.footer.addStretch(1)
        self.footer.addWidget(leave_button(self))
        self.footer.addWidget(self._go)
        self._suggestions = Suggestions(self.form.name, self._ask, eager=False)
        self._suggestions.picked.connect(self._choose)
        self._suggestions.entered.connect(self._entered)
        self.form.price.setPlaceholderText(_("or: 100 + VAT"))
        self.form.price.editingFinished.connect(self._priced)
        self.form.price.returnPressed.connect(self.save)

    def save(self) -> None:
        """Save the line, once."""
        try:
            facts = self._read()
        except Refusal as refusal:
            self._refused(refusal)
            return
        self._go.setEnabled(False)
        if self._line is None:
            added = lines.AddLine(self._order_id, facts)
            write_approved(
                self._desk,
                self._host,
                self,
                self._saved,
                lines.add,
                added,
                refused=self._refused,
                request=self._request,
            )
        else:
            self._change(lines.edit_of(self._line.id, self._line.facts, facts))

    def scan(self, code: str) -> bool:
        """Fill the line with the work or part of a scanned code, or the serial number if that is being written."""
        if self.form.serial.hasFocus():
            self.form.serial.setText(code)
            return True

        def found(item: ItemRow | None) -> None:
            if item is None:
                self._host.toast(_("Unknown code: {code}.").format(code=code), "scan")
            else:
                self._choose(item)

        self._desk.read(self, found, catalogue.by_code, code, self._order_id)
        return True

    def message(self) -> str:
        """Give what was refused."""
        return self._message.text()

    def _ask(self, typed: str, answer: Callable[[Sequence[Hit]], None]) -> None:
        if not typed.strip():
            answer([])
            return

        def found(items: list[ItemRow]) -> None:
            answer([Hit(item.name, f"{item.code} · {format_amount(item.price)}", item) for item in items])

        self._desk.read(self, found, catalogue.find, typed, _OFFERED, self._order_id)

    def _entered(self) -> None:
        """Take the work or part whose very code was typed, else save what is written."""
        typed = self.form.name.text().strip()

        def found(item: ItemRow | None) -> None:
            if item is None:
                self.save()
            else:
                self._choose(item)

        if typed and typed != self._named:
            self._desk.read(self, found, catalogue.by_code, typed, self._order_id)
        else:
            self.save()

    def _choose(self, item: ItemRow) -> None:
        self._code, self._doer, self._named = item.code, item.doer_id, item.name
        self._show(
            LineFacts(
                item.name,
                item.kind,
                item.code,
                "",
                1000,
                item.price,
                item.cost,
                item.vat,
                0,
                item.warranty_months,
                item.doer_id,
                item.unit,
            )
        )
        self.form.quantity.setFocus()
        self.form.quantity.selectAll()

    def _show(self, facts: LineFacts) -> None:
        form, shop = self.form, self._desk.shop
        form.name.setText(facts.name)
        form.kind.setCurrentIndex(form.kind.findData(facts.kind))
        form.quantity.setText(format_quantity(facts.quantity))
        form.price.setText(format_amount(facts.price) if facts.price else "")
        form.cost.setText(format_amount(facts.cost) if facts.cost else "")
        form.discount.setText(_decimal(facts.discount, 100))
        form.vat.setText(
            _decimal(shop.vat_on(day_of(self._desk.now(), shop.zone)) if facts.vat is None else facts.vat, 100)
        )
        form.warranty.setText(str(facts.warranty_months or 0))
        form.serial.setText(facts.serial)
        form.discountAmount.setText(format_amount(facts.discount_amount) if facts.discount_amount else "")
        form.reason.setText(facts.discount_reason)
        form.unit.setText(facts.unit)

    def _read(self) -> LineFacts:
        form = self.form
        quantity, unit = self._quantity()
        return LineFacts(
            name=form.name.text(),
            kind=form.kind.currentData(),
            code=self._code,
            serial=form.serial.text(),
            quantity=quantity,
            price=self._price(),
            cost=parse_amount(form.cost.text() or "0", "cost"),
            vat=_number(form.vat, "vat", 100),
            discount=_number(form.discount, "discount", 100),
            warranty_months=_number(form.warranty, "warranty_months", 1),
            done_by=self._line.facts.done_by if self._line else self._doer,
            unit=unit,
            discount_amount=parse_amount(form.discountAmount.text() or "0", "discount_amount"),
            discount_reason=form.reason.text(),
        )

    def _quantity(self) -> tuple[int, str]:
        typed, unit = self.form.quantity.text(), self.form.unit.text()
        there = self._line.facts if self._line else None
        if there is not None and (typed, unit) == (format_quantity(there.quantity), there.unit):
            return there.quantity, there.unit  # what older versions let in may stay
        return parse_quantity(typed, unit.strip(), "quantity")

    def _price(self) -> int:
        return parse_price(self.form.price.text() or "0", _number(self.form.vat, "vat", 100), "price")

    def _priced(self) -> None:
        """Show what a price typed without VAT comes to with it."""
        if "+" in self.form.price.text():
            try:
                self.form.price.setText(format_amount(self._price()))
            except Refusal as refusal:
                self._refused(refusal)

    def _change(self, edit: Edit) -> None:
        changed, refused = lines.ChangeLine(self._order_id, edit), partial(self._not_changed, edit)
        write_approved(
            self._desk, self._host, self, self._saved, lines.change, changed, refused=refused, request=self._request
        )

    def _not_changed(self, edit: Edit, refusal: Refusal) -> None:
        self._refused(refusal)
        if isinstance(refusal, Conflict):
            MergeDialog(
                self._desk,
                self._host,
                refusal,
                lambda choices: self._change(retry(edit, refusal, choices)),
                About("line"),
            ).present()

    def _remove(self) -> None:
        if self._line is not None:
            removed = lines.RemoveLine(self._order_id, self._line.id, self._line.facts)
            write_approved(
                self._desk, self._host, self, self._saved, lines.remove, removed, refused=self._not_removed,
                request=self._request,
            )  # fmt: skip

    def _not_removed(self, refusal: Refusal) -> None:
        if isinstance(refusal, Conflict) and self._line is not None:
            # what is shown now is what a second press removes
            theirs = {clash.field: lines.FIELDS[clash.field].read(clash.theirs) for clash in refusal.clashes}
            self._line = replace(self._line, facts=replace(self._line.facts, **theirs))
            self._show(self._line.facts)
        self._refused(refusal)

    def _saved(self, _done: Done) -> None:
        self.dismiss()

    def _refused(self, refusal: Refusal) -> None:
        self._go.setEnabled(True)
        self._request = new_key()
        self._message.setText(refusal.sentence)
        retone(self._message, "danger")
        fields: dict[str, QLineEdit] = {
            "name": self.form.name, "quantity": self.form.quantity, "price": self.form.price, "cost": self.form.cost,
            "vat": self.form.vat, "discount": self.form.discount, "warranty_months": self.form.warranty,
            "discount_amount": self.form.discountAmount, "discount_reason": self.form.reason,
        }  # fmt: skip
        fields.get(refusal.field or "", self.form.name).setFocus()


def _decimal(value: int, scale: int) -> str:
    return f"{value / scale:g}".replace(".", ",")


def _number(field: QLineEdit, name: str, scale: int) -> int:
    try:
        return half_up(Decimal(field.text().strip().replace(",", ".") or "0") * scale)
    except InvalidOperation as error:
        raise Refusal(_("Write a number."), name) from error
