"""The facts of each paper, taken from the order as it stands; and which papers were printed before."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ticketdesk.domain.by import By
from ticketdesk.domain.clock import now, shop_time
from ticketdesk.domain.codes import order_code
from ticketdesk.domain.devices import DEFECT, GOOD, UNTESTED, device_title
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.estimates import ANSWERS, STATE_LABELS
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import format_money, share
from ticketdesk.domain.papers import (
    EstimateFacts,
    EstimateLineFacts,
    IntakeFacts,
    LabelFacts,
    LineFacts,
    OrderFacts,
    PaidFacts,
    ReceiptFacts,
    Reprint,
    ShopFacts,
    VatFacts,
    WarrantyFacts,
)
from ticketdesk.domain.people import initials
from ticketdesk.domain.rights import Right
from ticketdesk.domain.shop import Shop
from ticketdesk.services import estimates, fiscal, journal, ledger, locations, reading, settings
from ticketdesk.services.devices import add_months
from ticketdesk.services.doors import Done, action
from ticketdesk.services.estimates import EstimateRow
from ticketdesk.services.orders import locked
from ticketdesk.services.reading import sees_customers, told_phone
from ticketdesk.storage.tables import Customer, Device, Entry, Line, Order, Payment, Staff
from ticketdesk.texts import _, language

PAPERS = ("intake", "intake_a4", "estimate", "receipt", "warranty", "label")
"""Every paper of an order, in the order in which an order needs them."""
_TELLS_OF_REPRINTS = {"intake", "intake_a4", "estimate", "receipt", "warranty"}
_NEWS = {
    "receipt": ("deposit", "payment", "refund", "reversal"),
    "estimate": ("estimate_made", "estimate_agreed", "estimate_partly", "estimate_refused"),
}
"""What makes a paper new, so that the next one is an original again."""


@dataclass(frozen=True, slots=True)
class Printed:
    """That a paper of an order is to come out."""

    order_id: UUID
    document: str
    copies: int = 1


@action("order.printed", Right.PRINT)
def printed(session: Session, by: By, command: Printed) -> Done:
    """Write down that a paper is printed, before it comes out: so that no second one can pass for the first.

    Raises:
        Refusal: if the order has nothing for this paper yet, or there is no such paper.
    """
    order = locked(session, command.order_id)
    if no := _why_not(session, order, command.document):
        raise Refusal(no, "document")
    content = {"document": command.document, "copies": command.copies}
    journal.record(session, by, order, "printed", content)
    return Done("order", order.id, order.number, order.version)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper of an order: why it cannot be printed yet (empty if it can), and when it was printed last, by whom."""

    document: str
    why_not: str
    printed_at: datetime | None
    printed_by: str


def papers(session: Session, order_id: UUID) -> list[PaperRow]:
    """List the papers of an order."""
    order = session.get_one(Order, order_id)
    last = {each.document: each for each in _printed(session, order_id, ())}
    rows = []
    for document in PAPERS:
        print_ = last.get(document)
        at, by = (print_.at, print_.by) if print_ else (None, "")
        rows.append(PaperRow(document, _why_not(session, order, document), at, by))
    return rows


def facts_for(
    session: Session, order_id: UUID, document: str, copies: int = 1, entry: int | None = None
) -> tuple[Any, str]:
    """Give the facts of a paper and the language it speaks: the customer's, else the shop's.

    ``entry`` is the position of the journal line under which it is printed; without one it is what the next
    print would be. All but the first say that they are duplicates.

    Raises:
        Refusal: if the order has nothing for this paper yet, or there is no such paper.
    """
    order = session.get(Order, order_id)
    if order is None:
        raise Refusal(_("There is no such order."), "order")
    if no := _why_not(session, order, document):
        raise Refusal(no, "document")
    shop = settings.shop(session)
    customer = session.get(Customer, order.customer_id) if order.customer_id else None
    code = (customer.language if customer else "") or shop.language
    with language(code):
        if document == "label":
            return label_facts(session, order), code
        made: EstimateFacts | IntakeFacts | ReceiptFacts | WarrantyFacts
        if document == "receipt":
            made = receipt_facts(session, order)
        elif document == "estimate":
            made = estimate_facts(session, order)
        elif document == "warranty":
            made = warranty_facts(session, order)
        else:
            made = intake_facts(session, order, copies)
    return replace(made, reprint=_reprint(session, order, document, shop, entry)), code


def _why_not(session: Session, order: Order, document: str) -> str:
    """Say why an order has nothing for a paper yet; in the language of who asks, not of the paper."""
    if document not in PAPERS:
        return _("There is no paper called “{name}”.").format(name=document)
    if document == "receipt" and not session.scalar(select(Payment.id).where(Payment.order_id == order.id).limit(1)):
        return _("Nothing was paid on this order yet.")
    if document == "estimate" and not estimates.of_order(session, order.id):
        return _("No estimate was made for this order yet.")
    if document == "warranty":
        guaranteed = select(Line.id).where(Line.order_id == order.id, Line.warranty_months > 0).limit(1)
        if not session.scalar(guaranteed):
            return _("There is no work or part with a warranty on this order.")
        if order.handed_over_at is None:
            return _("The warranty begins at hand-over: hand the device over first.")
    return ""


@dataclass(frozen=True, slots=True)
class _Print:
    position: int
    document: str
    at: datetime
    by: str


def _printed(session: Session, order_id: UUID, news: tuple[str, ...]) -> list[_Print]:
    """List what was printed of an order since the last of the entries that made a paper new."""
    query = (
        select(Entry.position, Entry.action, Entry.content, Entry.at, Staff.name)
        .join(Staff, Staff.id == Entry.staff_id)
        .where(Entry.subject_id == order_id, Entry.action.in_(("printed", *news)))
        .order_by(Entry.position)
    )
    found: list[_Print] = []
    for position, what, content, at, name in session.execute(query):
        if what in news:
            found.clear()
        elif content is not None:
            found.append(_Print(position, json.loads(content)["document"], at, name))
    return found


def _reprint(session: Session, order: Order, document: str, shop: Shop, entry: int | None) -> Reprint | None:
    prints = [row for row in _printed(session, order.id, _NEWS.get(document, ())) if row.document == document]
    before = [row for row in prints if entry is None or row.position < entry]
    if document not in _TELLS_OF_REPRINTS or not before:
        return None
    this = next((row for row in prints if row.position == entry), None)
    at = this.at if this else now()
    return Reprint(len(before), shop_time(at, shop.zone), this.by if this else "")


def intake_facts(session: Session, order: Order, copies: int) -> IntakeFacts:
    """Give the facts of an intake receipt."""
    shop = settings.shop(session)
    deposits = session.scalars(
        select(Payment).where(Payment.order_id == order.id, Payment.kind == "deposit").order_by(*Payment.in_turn())
    ).all()
    return IntakeFacts(
        issuer(session),
        order_facts(session, order, shop),
        order.estimate,
        share(order.estimate or 0, order.surcharge),
        order.surcharge,
        sum(payment.amount for payment in deposits),
        deposits[0].method if deposits else "cash",
        copies,
        deposit_rule=shop.cancelled_deposit,
        deposit_fiscal=tuple(fiscal.printed_numbers(session, deposits).values()),
    )


def receipt_facts(session: Session, order: Order) -> ReceiptFacts:
    """Give the facts of the receipt of an order on which something was paid."""
    shop = settings.shop(session)
    found = session.scalars(select(Payment).where(Payment.order_id == order.id).order_by(*Payment.in_turn())).all()
    lines = _lines(session, order, shop)
    gross = sum(line.amount for line in lines)
    taken_by = session.get_one(Staff, found[-1].staff_id).name
    printed = fiscal.printed_numbers(session, found)
    return ReceiptFacts(
        issuer(session),
        order_facts(session, order, shop),
        shop_time(found[-1].at, shop.zone),
        taken_by,
        lines,
        max(order.total - gross, 0),
        order.surcharge,
        order.total,
        _rates(session, order),
        tuple(
            PaidFacts(row.shown, row.kind, row.method, row.amount, row.tendered, printed.get(row.document_number, ""))
            for row in found
        ),
        order.balance,
    )


def estimate_facts(session: Session, order: Order) -> EstimateFacts:
    """Give the facts of the newest estimate of an order that has one."""
    shop = settings.shop(session)
    last = estimates.of_order(session, order.id)[0]
    lines = tuple(
        EstimateLineFacts(line.name, line.quantity, line.unit, line.price, line.total, line.place in last.refused)
        for line in last.lines
    )
    return EstimateFacts(
        issuer(session),
        order_facts(session, order, shop),
        last.version,
        shop_time(last.made_at, shop.zone),
        last.made_by,
        last.valid_until,
        order.diagnosis,
        lines,
        last.discount,
        last.surcharge,
        order.surcharge,
        last.total,
        last.rates,
        last.fee,
        last.note,
        _answered(last, shop),
    )


def _answered(last: EstimateRow, shop: Shop) -> str:
    if last.answered_at is None:
        return ""
    sentence = _("{name} answered on {day} ({how}): {answer}. Agreed: {amount}.")
    return sentence.format(
        name=last.answered_by,
        day=f"{shop_time(last.answered_at, shop.zone):%d.%m.%Y %H:%M}",
        how=_(ANSWERS[last.answered_how]).lower(),
        answer=_(STATE_LABELS[last.state]).lower(),
        amount=format_money(last.agreed or 0, shop.currency),
    )


def warranty_facts(session: Session, order: Order) -> WarrantyFacts:
    """Give the facts of the warranty certificate of an order that was handed over."""
    shop = settings.shop(session)
    lines = _lines(session, order, shop)
    handed_over = order.handed_over_at or now()
    gross = sum(line.amount for line in lines)
    paid = session.scalars(select(Payment).where(Payment.order_id == order.id)).all()
    return WarrantyFacts(
        issuer(session),
        order_facts(session, order, shop),
        shop_time(handed_over, shop.zone),
        session.get_one(Staff, order.received_by).name,
        shop_time(now(), shop.zone),
        lines,
        max(order.total - gross, 0),
        order.surcharge,
        order.total,
        _rates(session, order),
        fiscal=tuple(fiscal.printed_numbers(session, paid).values()),
    )


def label_facts(session: Session, order: Order) -> LabelFacts:
    """Give the facts of a device label."""
    shop = settings.shop(session)
    facts = order_facts(session, order, shop)
    return LabelFacts(
        shop.name,
        order.number,
        facts.code,
        ", ".join(part for part in (facts.device, facts.colour) if part),
        initials(order.customer_name) or _("internal"),
        facts.complaint,
        facts.promised,
        facts.urgent,
        facts.warranty,
        facts.accessories,
        facts.code_given,
        order.bin,
    )


def issuer(session: Session) -> ShopFacts:
    """Give what a paper says of the shop and of the location where it is issued: that of the PC which asks for it."""
    return shop_facts(settings.shop(session), locations.on_papers(session, reading.station(session)))


def shop_facts(shop: Shop, location: str = "") -> ShopFacts:
    """Give what a paper says of the shop, and of the location that issues it."""
    return ShopFacts(
        shop.name, shop.legal_name, shop.address, shop.tax_id, shop.register_number, shop.phone, shop.email,
        shop.hours, shop.currency, shop.vat_payer, shop.region, location,
    )  # fmt: skip


def order_facts(session: Session, order: Order, shop: Shop) -> OrderFacts:
    """Give what any paper says of an order: of the customer only the name, if who prints it may not see more."""
    device = session.get_one(Device, order.device_id)
    known = session.get(Customer, order.customer_id) if order.customer_id else None
    customer = known if sees_customers(session) else None
    earlier = session.get(Order, order.warranty_of) if order.warranty_of else None
    state: dict[str, list[str]] = {GOOD: [], DEFECT: [], UNTESTED: []}
    for item, found in order.condition.items():
        state[found].append(_(item))
    return OrderFacts(
        order.number,
        order_code(order.number),
        shop_time(order.received_at, shop.zone),
        shop_time(order.promised_at, shop.zone),
        session.get_one(Staff, order.received_by).name,
        order.customer_name,
        told_phone(session, order.customer_phone),
        device_title(device.brand, device.model, device.kind),
        device.serial,
        device.colour,
        order.complaint,
        tuple(state[DEFECT]),
        tuple(state[UNTESTED]),
        tuple(state[GOOD]),
        tuple(_(item) for item in order.accessories if item),
        order.urgency == "urgent",
        order.billing == "warranty",
        order.kind == "internal",
        order.address if order.place == "on_site" else "",
        bool(order.unlock_kind),
        customer.tax_id if customer else "",
        earlier.number if earlier else None,
        customer.email if customer else "",
        customer.address if customer else "",
        bool(known and known.consent),
    )


def _lines(session: Session, order: Order, shop: Shop) -> tuple[LineFacts, ...]:
    begins: datetime | None = order.handed_over_at and shop_time(order.handed_over_at, shop.zone)
    made = []
    for line in session.scalars(select(Line).where(Line.order_id == order.id).order_by(Line.place)):
        facts = LineFacts(
            line.name,
            line.kind,
            line.code,
            line.serial,
            line.quantity,
            line.total,
            line.warranty_months,
            None,
        )
        if begins and line.warranty_months:
            facts = replace(facts, until=add_months(begins, line.warranty_months).date())
        made.append(facts)
    return tuple(made)


def _rates(session: Session, order: Order) -> tuple[VatFacts, ...]:
    rows = session.execute(select(Line.total, Line.vat).where(Line.order_id == order.id))
    found = ledger.rates(order, [(total, rate) for total, rate in rows])
    return tuple(VatFacts(part.rate, part.vat) for part in found if part.rate)
