"""The facts of each paper, taken from the order as it stands."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ticketdesk.domain.clock import now, shop_time
from ticketdesk.domain.codes import order_code
from ticketdesk.domain.devices import DEFECT, GOOD, UNTESTED, device_title
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import share
from ticketdesk.domain.papers import (
    IntakeFacts,
    LabelFacts,
    LineFacts,
    OrderFacts,
    PaidFacts,
    ReceiptFacts,
    ShopFacts,
    VatFacts,
    WarrantyFacts,
)
from ticketdesk.domain.people import initials
from ticketdesk.domain.shop import Shop
from ticketdesk.services import ledger, settings
from ticketdesk.services.customers import add_months
from ticketdesk.storage.tables import Customer, Device, Line, Order, Payment, Staff
from ticketdesk.texts import _, language


def facts_for(session: Session, order_id: UUID, document: str, copies: int = 1) -> tuple[Any, str]:
    """Give the facts of a paper and the language it speaks: the customer's, else the shop's.

    Raises:
        Refusal: if the order has nothing for this paper yet, or there is no such paper.
    """
    order = session.get(Order, order_id)
    if order is None:
        raise Refusal(_("There is no such order."), "order")
    shop = settings.shop(session)
    customer = session.get(Customer, order.customer_id) if order.customer_id else None
    code = (customer.language if customer else "") or shop.language
    with language(code):
        if document in {"intake", "intake_a4"}:
            return intake_facts(session, order, copies), code
        if document == "receipt":
            return receipt_facts(session, order), code
        if document == "warranty":
            return warranty_facts(session, order), code
        if document == "label":
            return label_facts(session, order), code
    raise Refusal(_("There is no paper called “{name}”.").format(name=document), "document")


def intake_facts(session: Session, order: Order, copies: int) -> IntakeFacts:
    """Give the facts of an intake receipt."""
    shop = settings.shop(session)
    deposits = session.scalars(
        select(Payment).where(Payment.order_id == order.id, Payment.kind == "deposit").order_by(Payment.number)
    ).all()
    return IntakeFacts(
        shop_facts(shop),
        order_facts(session, order, shop),
        order.estimate,
        share(order.estimate or 0, order.surcharge),
        order.surcharge,
        sum(payment.amount for payment in deposits),
        deposits[0].method if deposits else "cash",
        copies,
    )


def receipt_facts(session: Session, order: Order) -> ReceiptFacts:
    """Give the facts of a payment receipt.

    Raises:
        Refusal: if nothing was paid yet.
    """
    shop = settings.shop(session)
    found = session.scalars(select(Payment).where(Payment.order_id == order.id).order_by(Payment.number)).all()
    if not found:
        raise Refusal(_("Nothing was paid on this order yet."), "document")
    lines = _lines(session, order, shop)
    gross = sum(line.amount for line in lines)
    taken_by = session.get_one(Staff, found[-1].staff_id).name
    return ReceiptFacts(
        shop_facts(shop),
        order_facts(session, order, shop),
        shop_time(found[-1].at, shop.zone),
        taken_by,
        lines,
        max(order.total - gross, 0),
        order.surcharge,
        order.total,
        _rates(session, order),
        tuple(PaidFacts(row.number, row.kind, row.method, row.amount, row.tendered) for row in found),
        order.balance,
    )


def warranty_facts(session: Session, order: Order) -> WarrantyFacts:
    """Give the facts of a warranty certificate.

    Raises:
        Refusal: if there is no work or part to guarantee, or the device was not handed over yet.
    """
    shop = settings.shop(session)
    lines = _lines(session, order, shop)
    if not any(line.months for line in lines):
        raise Refusal(_("There is no work or part with a warranty on this order."), "document")
    if order.handed_over_at is None:
        raise Refusal(_("The warranty begins at hand-over: hand the device over first."), "document")
    gross = sum(line.amount for line in lines)
    return WarrantyFacts(
        shop_facts(shop),
        order_facts(session, order, shop),
        shop_time(order.handed_over_at, shop.zone),
        session.get_one(Staff, order.received_by).name,
        shop_time(now(), shop.zone),
        lines,
        max(order.total - gross, 0),
        order.surcharge,
        order.total,
        _rates(session, order),
    )


def label_facts(session: Session, order: Order) -> LabelFacts:
    """Give the facts of a device label."""
    shop = settings.shop(session)
    facts = order_facts(session, order, shop)
    return LabelFacts(
        shop.name,
        order.number,
        facts.code,
        facts.device,
        initials(order.customer_name) or _("internal"),
        facts.complaint,
        facts.promised,
        facts.urgent,
        facts.warranty,
        facts.accessories,
        facts.code_given,
    )


def shop_facts(shop: Shop) -> ShopFacts:
    """Give what a paper says of the shop."""
    return ShopFacts(
        shop.name, shop.legal_name, shop.address, shop.tax_id, shop.register_number, shop.phone, shop.email,
        shop.hours, shop.currency, shop.vat_payer,
    )  # fmt: skip


def order_facts(session: Session, order: Order, shop: Shop) -> OrderFacts:
    """Give what any paper says of an order."""
    device = session.get_one(Device, order.device_id)
    customer = session.get(Customer, order.customer_id) if order.customer_id else None
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
        order.customer_phone,
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
