"""The work and parts of an order: painted rows that open, and what they come to."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.ring import RADIUS
from ticketdesk.desktop.look.theme import colour, px
from ticketdesk.desktop.widgets.basics import Button, column, label, row
from ticketdesk.desktop.widgets.panels import Card
from ticketdesk.domain.money import format_amount, format_money, format_percent, half_up
from ticketdesk.domain.orders import LINE_PART
from ticketdesk.domain.pricing import margin
from ticketdesk.domain.rights import Right
from ticketdesk.services.pages import LineRow, OrderPage
from ticketdesk.texts import _, ngettext, spoken

NAME, CODE, QUANTITY, PRICE, WARRANTY, AMOUNT = range(6)
_WIDTHS = {CODE: 124, QUANTITY: 76, PRICE: 92, WARRANTY: 84, AMOUNT: 104}
_RIGHT = {QUANTITY, PRICE, AMOUNT}
_LEAST = 72
"""A name keeps at least this width, in pixels: else there is no room for codes."""


def _places(width: int, columns: Collection[int]) -> dict[int, QRect]:
    """Give where each column lies: the name takes what the others leave."""
    cells = [cell for cell in _WIDTHS if cell in columns]
    if CODE in cells and width - px(68 + _LEAST) < sum(px(_WIDTHS[cell]) for cell in cells):
        cells.remove(CODE)
    left = width - px(16)
    places = {}
    for cell in reversed(cells):
        wide = px(_WIDTHS[cell])
        left -= wide
        places[cell] = QRect(left, 0, wide - px(0 if cell == AMOUNT else 12), 0)
    places[NAME] = QRect(px(40), 0, left - px(52), 0)
    return places


class _Head(QWidget):
    """The names of the columns."""

    def __init__(self) -> None:
        super().__init__()
        self._names = (_("Name"), _("Code"), _("Qty"), _("Price"), _("Warranty"), _("Amount"))
        self.setFixedHeight(px(28))
        self.setAccessibleName(", ".join(self._names))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("subtle"))
        paint.hairline(painter, 0, self.width(), self.height() - 1)
        for cell, place in _places(self.width(), range(6)).items():
            area = QRect(place.left(), 0, place.width(), self.height())
            side = Qt.AlignmentFlag.AlignRight if cell in _RIGHT else Qt.AlignmentFlag.AlignLeft
            paint.text(painter, area, self._names[cell], "text2", "small", 500, side | Qt.AlignmentFlag.AlignVCenter)


class LineButton(QAbstractButton):
    """One line of an order in the columns it is given texts for; pressed, it opens to be changed."""

    def __init__(self, cells: Mapping[int, str], icon: str, name: str) -> None:
        super().__init__()
        self._texts, self._icon = cells, icon
        self.setText(cells[NAME])
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setProperty(RADIUS, 4)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(320), px(36))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.isEnabled() and self.underMouse():
            painter.fillRect(self.rect(), colour("pressed" if self.isDown() else "hover"))
        paint.hairline(painter, 0, self.width(), self.height() - 1)
        paint.mark(painter, px(16), self.height() // 2, self._icon, "text2", 16)
        for cell, place in _places(self.width(), self._texts).items():
            area = QRect(place.left(), 0, place.width(), self.height())
            side = Qt.AlignmentFlag.AlignRight if cell in _RIGHT else Qt.AlignmentFlag.AlignLeft
            token = "text2" if cell in {CODE, WARRANTY} else "text"
            weight = 600 if cell == AMOUNT else 400
            align = side | Qt.AlignmentFlag.AlignVCenter
            paint.text(painter, area, self._texts[cell], token, "body", weight, align)


@dataclass(frozen=True, slots=True)
class Deeds:
    """What can be done to the lines of an order: add one, change one, a discount on all of them, an estimate."""

    add: Callable[[], None]
    change: Callable[[LineRow], None]
    discount: Callable[[], None]
    estimate: Callable[[], None]


def lines_card(page: OrderPage, desk: Desk, deeds: Deeds) -> Card:
    """Make the table of work and parts with its totals; a line opens where it may be changed."""
    card = Card(_("Work and parts"))
    card.body.setContentsMargins(0, 0, 0, 0)
    card.body.setSpacing(0)
    editable = may_change_lines(page, desk)
    more = Button(_("Add a line"), "Ctrl+L", icon="plus")
    more.clicked.connect(deeds.add)
    more.setEnabled(editable)
    less = Button(_("Discount"), icon="percent")
    less.clicked.connect(deeds.discount)
    less.setEnabled(page.row.phase != "done" and desk.may(Right.DISCOUNT) and bool(page.lines))
    estimate = Button(_("Estimate"), icon="note")
    estimate.clicked.connect(deeds.estimate)
    estimate.setEnabled(may_estimate(page, desk))
    for press in (estimate, less, more):
        card.head.addWidget(press)
    if page.lines:
        card.body.addWidget(_Head())
    for line in page.lines:
        button = _line(line)
        button.setEnabled(editable)
        button.clicked.connect(lambda _on=False, line=line: deeds.change(line))
        card.body.addWidget(button)
    if page.taken_off:
        text = _("Discount, {reason}").format(reason=page.discount_reason) if page.discount_reason else _("Discount")
        amount = format_amount(-page.taken_off)
        taken_off = LineButton({NAME: text, AMOUNT: amount}, "percent", f"{text}: {amount}")
        taken_off.setEnabled(False)
        card.body.addWidget(taken_off)
    if page.surcharge_amount:
        rate, amount = format_percent(page.surcharge), format_amount(page.surcharge_amount)
        text = _("Urgency surcharge {rate}").format(rate=rate)
        surcharge = LineButton({NAME: text, AMOUNT: amount}, "bolt", f"{text}: {amount}")
        surcharge.setEnabled(False)
        card.body.addWidget(surcharge)
    if not page.lines:
        said = _("Estimate: {amount}").format(amount=format_amount(page.estimate)) if page.estimate else ""
        empty = label(_("Nothing written yet. {estimate}").format(estimate=said).strip(), tone="muted")
        card.body.addLayout(row(empty, None, margins=(16, 10, 16, 0)))
    vat = ", ".join(
        _("VAT {rate} included: {amount}").format(rate=format_percent(part.rate), amount=format_amount(part.vat))
        for part in page.rates
        if part.rate
    )
    taxes = label(vat, "small", tone="muted")
    taxes.setWordWrap(True)
    total = label(format_money(page.row.total, desk.shop.currency), "title", 600)
    ending = row(label(_("Total"), tone="second"), total, spacing=16)
    foot = row(spacing=16, margins=(16, 10, 16, 10))
    foot.addLayout(column(taxes, *_costs(page, desk), spacing=2), 1)
    if page.agreed is not None:
        beyond = page.row.total > page.agreed
        agreed = _("Agreed: {amount}").format(amount=format_amount(page.agreed))
        foot.addWidget(label(agreed, "small", 600 if beyond else 400, "danger" if beyond else "ok"))
    foot.addLayout(ending)
    card.body.addLayout(foot)
    return card


def may_change_lines(page: OrderPage, desk: Desk) -> bool:
    """Say whether lines may be added and changed: until the order is handed over."""
    return desk.may(Right.ADD_LINE) and page.row.phase != "done"


def may_estimate(page: OrderPage, desk: Desk) -> bool:
    """Say whether a price may be put to the customer: not for an order that is closed."""
    return desk.may(Right.EDIT_ORDER) and page.row.phase not in {"done", "cancelled"}


def _costs(page: OrderPage, desk: Desk) -> list[QLabel]:
    """Say what the lines cost the shop and what is left of their net price, to who may see it."""
    cost = sum(half_up(Decimal(line.facts.quantity) * line.facts.cost / 1000) for line in page.lines)
    if not cost or not desk.may(Right.SEE_COST):
        return []
    net = sum(part.net for part in page.rates)
    said = _("Cost {cost}, margin {margin}").format(cost=format_amount(cost), margin=format_percent(margin(net, cost)))
    return [label(said, "small", tone="muted" if net >= cost else "danger")]


def _line(line: LineRow) -> LineButton:
    facts, cells = line.facts, line_cells(line)
    said = _("{name}, {quantity} × {price} = {amount}, warranty: {warranty}").format(
        name=facts.name, quantity=cells[QUANTITY], price=cells[PRICE], amount=cells[AMOUNT], warranty=cells[WARRANTY]
    )
    if line.done_by:
        done_by = _("Done by {name}").format(name=line.done_by)
        said = f"{said} · {done_by}"
    return LineButton(cells, line_icon(line), said)


def line_cells(line: LineRow) -> dict[int, str]:
    """Give what stands in each column of a line."""
    facts, months = line.facts, line.facts.warranty_months or 0
    quantity = f"{facts.quantity / 1000:g}".replace(".", "," if spoken() == "ro" else ".")
    return {
        NAME: facts.name,
        CODE: facts.code,
        QUANTITY: f"{quantity} {facts.unit}".strip(),
        PRICE: format_amount(facts.price),
        WARRANTY: ngettext("{count} month", "{count} months", months).format(count=months) if months else "—",
        AMOUNT: format_amount(line.total),
    }


def line_icon(line: LineRow) -> str:
    """Give the icon of a line: a part, or work."""
    return "stock" if line.facts.kind == LINE_PART else "bench"
