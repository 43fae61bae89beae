"""Work and parts on an order."""

from dataclasses import dataclass, field, fields, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ticketdesk.domain import quantities
from ticketdesk.domain.approvals import UNASKED
from ticketdesk.domain.by import By
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.errors import Refusal, Value
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import MOST, format_amount, format_percent, share_out
from ticketdesk.domain.orders import LINE_KINDS, LINE_WORK
from ticketdesk.domain.pricing import line_total
from ticketdesk.domain.rights import Right
from ticketdesk.domain.search import tidy
from ticketdesk.domain.vat import rates_known
from ticketdesk.services import catalogue, discounts, journal, ledger, settings
from ticketdesk.services.discounts import Grown
from ticketdesk.services.doors import Done, action
from ticketdesk.services.ledger import Bill
from ticketdesk.services.merging import Edit, Editable, merged, unchanged
from ticketdesk.services.orders import locked
from ticketdesk.storage.tables import Item, Line, Order, Sale
from ticketdesk.texts import N_, _, language


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What is written on a line. Quantity in thousandths, amounts in minor units, rates in basis points.

    ``vat`` and ``warranty_months`` left out mean the usual ones: by the law of the day, and by the shop's habit.
    ``discount`` is a share (basis points); ``discount_amount`` comes off what is left.
    """

    name: str
    kind: str = LINE_WORK
    code: str = ""
    serial: str = ""
    quantity: int = 1000
    price: int = 0
    cost: int = 0
    vat: int | None = None
    discount: int = 0
    warranty_months: int | None = None
    done_by: UUID | None = None
    unit: str = ""
    discount_amount: int = 0
    discount_reason: str = ""


@dataclass(frozen=True, slots=True)
class AddLine:
    """An order and the line to add to it; a code of the catalogue fills what is left empty."""

    order_id: UUID
    line: LineFacts
    approval: UUID | None = field(default=None, metadata=UNASKED)


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """An order and the edit of one of its lines; ``edit_of`` makes it."""

    order_id: UUID
    edit: Edit
    approval: UUID | None = field(default=None, metadata=UNASKED)


@dataclass(frozen=True, slots=True)
class RemoveLine:
    """A line to take off an order, as it was when that was decided."""

    order_id: UUID
    line_id: UUID
    seen: LineFacts
    approval: UUID | None = field(default=None, metadata=UNASKED)


@action("line.add", Right.ADD_LINE)
def add(session: Session, by: By, command: AddLine) -> Done:
    """Add work or a part to an order; its total follows."""
    order = _open_order(session, command.order_id)
    facts = from_catalogue(session, by, command.line, order.customer_id)
    there = discounts.lines_of(session, order)
    before = discounts.standing(session, order, there)
    place = max((each.place for each in there), default=0)
    line = Line(order_id=order.id, place=place + 1, kind=facts.kind, name=facts.name)
    write(session, by, line, facts)
    session.add(line)
    ledger.retotal(session, order)
    discounts.admit(session, by, command, order, [Grown(line)], before)
    record(session, by, order, line)
    return Done("order", order.id, order.number, order.version, line.id)


def _person(value: str | None) -> UUID | None:
    return UUID(value) if value else None


FIELDS: dict[str, Editable] = {
    "name": Editable(tidy),
    "kind": Editable(str),
    "code": Editable(tidy),
    "serial": Editable(tidy),
    **{
        name: Editable(int)
        for name in ("quantity", "price", "cost", "vat", "discount", "discount_amount", "warranty_months")
    },
    "unit": Editable(tidy),
    "discount_reason": Editable(tidy),
    "done_by": Editable(_person, lambda value: str(value) if value else None),
}
"""What may be edited on a line, and how plain values are read and written."""


def _vat(session: Session, by: By, line: Line, asked: int | None) -> int:
    """Give the rate of a line, in basis points: one of the law's; what is written on it already may stay.

    Raises:
        Refusal: for any other rate, and for any at all in a shop that is no VAT payer.
    """
    if asked is None:
        return settings.usual_vat(session, by.at)
    shop = settings.shop(session)
    known = rates_known(shop.region, day_of(by.at, shop.zone)) if shop.vat_payer else (0,)
    if asked not in known and asked != line.vat:
        listed = ", ".join(format_percent(rate) for rate in known)
        raise Refusal(_("The VAT of a line can be {rates}.").format(rates=listed), "vat")
    return asked


def plain(facts: LineFacts) -> dict[str, Value]:
    """Give what is written on a line as plain values."""
    return {field.name: FIELDS[field.name].write(getattr(facts, field.name)) for field in fields(facts)}


def edit_of(line_id: UUID, seen: LineFacts, wanted: LineFacts) -> Edit:
    """Give the edit that makes a line what is wanted of what was seen; what was left alone stays out of it."""
    before, after = plain(seen), plain(wanted)
    changed = [name for name, value in after.items() if value != before[name]]
    return Edit(line_id, {name: before[name] for name in changed}, {name: after[name] for name in changed})


@action("line.change", Right.ADD_LINE)
def change(session: Session, by: By, command: ChangeLine) -> Done:
    """Change a line; see ``merging`` for two people at once."""
    order = _open_order(session, command.order_id)
    line = _line(session, order, command.edit.id)
    before = seen(line)
    parsed, changes = merged(session, order.id, plain(before), command.edit, FIELDS, _about(line))
    if changes:
        wanted: dict[str, Any] = parsed
        if wanted.get("price", line.price) < line.price or "code" in wanted:
            discounts.remember(session, line, order.customer_id)
        was = Grown(line, discounts.given(session, line, order.customer_id))
        stood = discounts.standing(session, order, discounts.lines_of(session, order))
        write(session, by, line, replace(before, **wanted))
        ledger.retotal(session, order)
        discounts.admit(session, by, command, order, [was], stood)
        journal.record(session, by, order, "line_changed", {**_told(line), **_about(line), **changes})
    return Done("order", order.id, order.number, order.version, line.id)


@action("line.remove", Right.ADD_LINE)
def remove(session: Session, by: By, command: RemoveLine) -> Done:
    """Take a line off an order; the journal keeps what it was. Asks first if somebody else changed it meanwhile."""
    order = _open_order(session, command.order_id)
    line = _line(session, order, command.line_id)
    unchanged(session, order.id, plain(seen(line)), plain(command.seen), _about(line))
    before = discounts.standing(session, order, discounts.lines_of(session, order))
    session.delete(line)
    ledger.retotal(session, order)
    discounts.admit(session, by, command, order, [], before)
    journal.record(session, by, order, "line_removed", {"line": line.name, "total": line.total, **_about(line)})
    return Done("order", order.id, order.number, order.version)


def record(session: Session, by: By, bill: Bill, line: Line) -> None:
    """Write down a line that came onto an order or a sale, once its total is reckoned."""
    journal.record(session, by, bill, "line_added", {**_told(line), "total": line.total})


def _told(line: Line) -> dict[str, object]:
    return {"line": line.name, "row": journal.row_told(line)}


def _about(line: Line) -> dict[str, str]:
    """Give what tells the journal entries of one line from those of the others of its order."""
    return {"line_id": str(line.id)}


def seen(line: Line) -> LineFacts:
    """Give what is written on a line."""
    return LineFacts(
        line.name,
        line.kind,
        line.code,
        line.serial,
        line.quantity,
        line.price,
        line.cost,
        line.vat,
        line.discount,
        line.warranty_months,
        line.done_by,
        line.unit,
        line.discount_amount,
        line.discount_reason,
    )


def _open_order(session: Session, order_id: UUID) -> Order:
    order = locked(session, order_id)
    if order.phase == "done":
        raise Refusal(_("This order is handed over: its lines can no longer change."))
    return order


def _line(session: Session, order: Order, line_id: UUID) -> Line:
    line = session.get(Line, line_id)
    if line is None or line.order_id != order.id:
        raise Refusal(_("This line is no longer on the order."))
    return line


def from_catalogue(session: Session, by: By, facts: LineFacts, customer_id: UUID | None) -> LineFacts:
    """Fill what is left empty of a line from the work or part that its code names, at the customer's prices."""
    found = catalogue.for_customer(session, facts.code, customer_id, by.at) if facts.code else None
    if found is None:
        return facts
    return LineFacts(
        facts.name or found.name,
        found.kind,
        found.code,
        facts.serial,
        facts.quantity,
        facts.price or found.price,
        facts.cost or found.cost,
        found.vat if facts.vat is None else facts.vat,
        facts.discount,
        found.warranty_months if facts.warranty_months is None else facts.warranty_months,
        facts.done_by or found.doer_id,
        facts.unit or found.unit,
        facts.discount_amount,
        facts.discount_reason,
    )


def write(session: Session, by: By, line: Line, facts: LineFacts) -> None:
    """Put what is written into a line of an order or a sale, and reckon its total.

    Raises:
        Refusal: naming the field that cannot be so.
    """
    name = tidy(facts.name)
    if not name:
        raise Refusal(_("Write what was done or which part it is."), "name")
    if facts.kind not in LINE_KINDS:
        raise Refusal(_("A line is work or a part."), "kind")
    unit = _unit(session, line, facts)
    if not 0 < facts.quantity <= quantities.MOST:
        raise Refusal(_("Write a quantity above zero."), "quantity")
    if (facts.quantity, unit) != (line.quantity, line.unit):  # what was written by older versions may stay
        quantities.whole(facts.quantity, unit, "quantity")
    if not 0 <= facts.price <= MOST or not 0 <= facts.cost <= MOST:
        raise Refusal(_("An amount cannot be negative."), "price")
    if not 0 <= facts.discount <= 10_000:
        raise Refusal(_("A discount is between 0 and 100 %."), "discount")
    if not 0 <= facts.discount_amount <= MOST:
        raise Refusal(_("An amount cannot be negative."), "discount_amount")
    shop = settings.shop(session)
    months = shop.warranty_months if facts.warranty_months is None else facts.warranty_months
    if not 0 <= months <= 120:
        raise Refusal(_("A warranty is between 0 and 120 months."), "warranty_months")
    line.kind, line.name, line.code, line.serial = (
        facts.kind,
        name,
        tidy(facts.code),
        tidy(facts.serial),
    )
    line.quantity, line.price, line.cost = facts.quantity, facts.price, facts.cost
    line.vat = _vat(session, by, line, facts.vat)
    line.discount, line.discount_amount = facts.discount, facts.discount_amount
    line.discount_reason, line.unit = tidy(facts.discount_reason), unit
    line.warranty_months = months
    line.done_by = facts.done_by or by.staff_id
    if line_total(facts.quantity, facts.price, 0) > MOST:
        raise Refusal(_("A line comes to at most {most}.").format(most=format_amount(MOST)), "price")
    line.total = line_total(line.quantity, line.price, line.discount, line.discount_amount)


def _unit(session: Session, line: Line, facts: LineFacts) -> str:
    """Give the unit a line is counted in: of what the catalogue knows by its code, that of the catalogue."""
    unit = tidy(facts.unit)[:12]
    if not unit or unit == line.unit or not facts.code:
        return unit
    known = session.scalar(select(Item.unit).where(Item.code == tidy(facts.code)))
    return unit if known is None else known


def coming_back(line: Line, quantity: int, amount: int) -> Line:
    """Make the line by which so much of a sold line (thousandths, minor units) comes back; of which sale is left open."""
    return Line(
        returns=line.id,
        place=line.place,
        kind=line.kind,
        code=line.code,
        name=line.name,
        serial=line.serial,
        quantity=-quantity,
        price=line.price,
        cost=line.cost,
        vat=line.vat,
        discount=line.discount,
        warranty_months=line.warranty_months,
        done_by=line.done_by,
        unit=line.unit,
        total=-amount,
    )


def all_back(session: Session, by: By, sale: Sale) -> None:
    """Let all of a sale come back to itself, since its receipt was undone: nobody owes it then."""
    for line in session.scalars(select(Line).where(Line.sale_id == sale.id).order_by(Line.place)).all():
        back = coming_back(line, line.quantity, line.total)
        back.sale_id = sale.id
        session.add(back)
        session.flush()
        record(session, by, sale, back)
    ledger.retotal(session, sale)


def lower(session: Session, by: By, order: Order, amount: int, reason: str) -> None:
    """Lower what is owed for an order by an amount (minor units): a line below zero under each VAT rate it is taxed at.

    It is no work of anybody, carries no warranty, and leaves discount and surcharge as they are.
    """
    taxed = {part.rate: part.gross for part in ledger.rates(order, ledger.totals(session, order)) if part.gross > 0}
    place = max(session.scalars(select(Line.place).where(Line.order_id == order.id)), default=0)
    with language(settings.shop(session).language):
        name = _("Price lowered: {reason}").format(reason=reason)
    for each, (rate, part) in enumerate(share_out(-amount, taxed).items(), 1):
        line = Line(order_id=order.id, place=place + each, kind=LINE_WORK, name=name)
        line.quantity, line.price, line.vat, line.total = 1000, part, rate, part
        session.add(line)
        session.flush()
        record(session, by, order, line)
    ledger.retotal(session, order)


def charge_fee(session: Session, by: By, order: Order, amount: int, name: str = N_("Diagnosis fee")) -> UUID:
    """Write a fee (minor units) as a line, so that it is taxed and printed like any work; gives its key.

    Nothing was done in a hurry, nor cheaper: surcharge and discount of the order end.
    """
    order.surcharge = order.discount = order.discount_amount = 0
    place = max(session.scalars(select(Line.place).where(Line.order_id == order.id)), default=0)
    line = Line(order_id=order.id, place=place + 1)
    with language(settings.shop(session).language):
        said = _(name)
    write(session, by, line, LineFacts(said, LINE_WORK, price=amount, warranty_months=0))
    session.add(line)
    ledger.retotal(session, order)
    record(session, by, order, line)
    return line.id
