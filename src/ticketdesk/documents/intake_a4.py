"""The intake receipt on A4, for customers who take a file home and shops that keep one."""

from functools import partial

from reportlab.lib.pagesizes import A4

from ticketdesk.documents import a4, sheet, wording
from ticketdesk.documents.intake import (
    choices,
    customer_facts,
    prices,
    promise,
    serial_kind,
    small_print,
    state_facts,
    titled,
    whose,
)
from ticketdesk.documents.sheet import BOLD, REGULAR, Pen
from ticketdesk.domain.devices import shown_serial
from ticketdesk.domain.papers import IntakeFacts
from ticketdesk.texts import _


def intake_a4(facts: IntakeFacts) -> bytes:
    """Make the receipt on A4, each copy on its own; what is long goes on to a second page."""
    draws = [partial(_draw, facts=facts, copy=copy) for copy in range(facts.copies)]
    return sheet.sheets(draws, titled(facts), A4, a4.MARGIN)


def _draw(pen: Pen, facts: IntakeFacts, copy: int) -> None:
    trial = a4.first_pen()
    _facts(trial, facts)
    _terms(trial, facts)
    count = 1 if trial.y > a4.LOWEST else 2
    _facts(pen, facts)
    if count == 2:
        a4.foot(pen, _(wording.NON_FISCAL), a4.page_of(1, count, whose(copy)))
        a4.next_page(pen, titled(facts), facts.order.code)
    _terms(pen, facts)
    a4.foot(pen, _(wording.NON_FISCAL), a4.page_of(count, count, whose(copy)))


def _facts(pen: Pen, facts: IntakeFacts) -> None:
    order = facts.order
    a4.head(pen, facts.shop, order.code)
    moment = sheet.moment(order.received)
    under = _("received on {moment} by {name}").format(moment=moment, name=order.taken_by)
    a4.title(pen, _("Intake receipt"), under, order.number, facts.reprint)
    device = (
        (_("Product"), ", ".join(part for part in (order.device, order.colour) if part)),
        (serial_kind(order), shown_serial(order.serial)),
    )
    customer = customer_facts(order)
    if not order.internal:
        customer = ((_("Name"), order.customer), *customer[1:])
    a4.sides(pen, (_("Customer"), customer), (_("Device"), device))
    pen.gap(16)
    pen.text(_("What you left with us"), BOLD, 11)
    pen.gap(4)
    for name, value in state_facts(order):
        if value:
            pen.labelled(name, value, 10)
            pen.gap(2)


def _terms(pen: Pen, facts: IntakeFacts) -> None:
    order = facts.order
    pen.gap(6)
    pen.rule(0.4)
    prices(pen, facts, 10)
    pen.rule(1.2)
    pen.pair(*promise(order), 12, (BOLD, BOLD))
    pen.rule(0.4)
    pen.gap(4)
    for sentence in small_print(facts):
        pen.text(sentence, REGULAR, 8.8, 1.38)
        pen.gap(3)
    choices(pen, order, 8.8)
    a4.signatures(
        pen,
        (_("For {shop}").format(shop=facts.shop.name), _("{name}, signature and stamp").format(name=order.taken_by)),
        (_("Customer"), _("I leave the device as described above")),
    )
