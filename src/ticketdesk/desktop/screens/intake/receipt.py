"""The papers an intake would print, as facts made from the form before it is saved."""

from dataclasses import dataclass
from datetime import datetime

from ticketdesk.desktop.screens.intake import due
from ticketdesk.desktop.screens.intake.form import Form, everything_received, sums
from ticketdesk.documents import render
from ticketdesk.documents.preview import Page, pages
from ticketdesk.domain.bins import LONGEST, tidy_bin
from ticketdesk.domain.clock import shop_time
from ticketdesk.domain.codes import order_code
from ticketdesk.domain.devices import DEFECT, GOOD, UNTESTED, device_title, normal_serial
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.orders import Billing, Place
from ticketdesk.domain.papers import IntakeFacts, LabelFacts, OrderFacts
from ticketdesk.domain.people import initials, normal_phone
from ticketdesk.domain.search import tidy, tidy_lines
from ticketdesk.domain.shop import Shop
from ticketdesk.services.paper import shop_facts
from ticketdesk.texts import _, language

INTAKE, LABEL = "intake", "label"


@dataclass(frozen=True, slots=True)
class Printed:
    """What a preview is made of: the form, its probable number, who takes in, which language, at which location."""

    form: Form
    number: int
    taken_by: str
    language: str
    now: datetime
    location: str = ""


def picture(wanted: str, printed: Printed, shop: Shop, width: int) -> list[Page]:
    """Render a paper so many pixels wide, exactly as it would be printed. Slow: off the window's thread."""
    with language(printed.language):
        order = _order(printed, shop)
        facts = _label(order, printed.form, shop) if wanted == LABEL else _intake(order, printed, shop)
    return pages(render(wanted, facts, printed.language), width)


def _intake(order: OrderFacts, printed: Printed, shop: Shop) -> IntakeFacts:
    form = printed.form
    added = sums(form, shop)
    estimate = added.estimate if form.estimate.strip() else None
    return IntakeFacts(
        shop_facts(shop, printed.location),
        order,
        estimate,
        added.surcharge,
        shop.surcharge if form.urgent else 0,
        added.deposit,
        form.method or "cash",
        deposit_rule=shop.cancelled_deposit,
    )


def _label(order: OrderFacts, form: Form, shop: Shop) -> LabelFacts:
    return LabelFacts(
        shop.name,
        order.number,
        order.code,
        ", ".join(part for part in (order.device, order.colour) if part),
        initials(order.customer) or _("internal"),
        order.complaint,
        order.promised,
        order.urgent,
        order.warranty,
        order.accessories,
        order.code_given,
        tidy_bin(form.bin)[:LONGEST],
    )


def _order(printed: Printed, shop: Shop) -> OrderFacts:
    form = printed.form
    return OrderFacts(
        number=printed.number,
        code=order_code(printed.number),
        received=shop_time(printed.now, shop.zone),
        promised=shop_time(_promised(form, printed.now, shop), shop.zone),
        taken_by=printed.taken_by,
        customer=tidy(form.name),
        phone=_phone(form, shop),
        device=device_title(tidy(form.brand), tidy(form.model), form.kind),
        serial=_serial(form),
        colour=tidy(form.colour),
        complaint=tidy_lines(form.complaint),
        defects=_found(form, DEFECT),
        untested=_found(form, UNTESTED),
        good=_found(form, GOOD),
        accessories=tuple(_(item) for item in everything_received(form)),
        urgent=form.urgent,
        warranty=form.billing == Billing.WARRANTY,
        internal=form.internal,
        on_site=tidy(form.address) if form.place == Place.ON_SITE else "",
        code_given=bool(form.unlock_code),
    )


def _found(form: Form, state: str) -> tuple[str, ...]:
    return tuple(_(item) for item, value in form.condition.items() if value == state)


def _promised(form: Form, now: datetime, shop: Shop) -> datetime:
    try:
        return due.parse(form.promised, now, shop)
    except Refusal:
        return due.suggested(now, shop)


def _phone(form: Form, shop: Shop) -> str:
    try:
        return normal_phone(form.phone, shop.region)
    except Refusal:
        return form.phone.strip()


def _serial(form: Form) -> str:
    try:
        return normal_serial(form.serial)
    except Refusal:
        return form.serial.strip()
