"""Commands about the estimates of an order: show them, put one to the customer, write down the answer."""

import argparse

from ticketdesk.cli.context import Context, opened
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.estimates import ANSWERS, MADE, SENDINGS, SENT, STATE_LABELS, VALID_DAYS
from ticketdesk.domain.money import format_amount, format_money, parse_amount
from ticketdesk.services import estimates, pages
from ticketdesk.services.estimates import Answer, EstimateRow, EstimateSent, MakeEstimate
from ticketdesk.services.pages import OrderPage
from ticketdesk.texts import _

_SIGNED = "signature"
"""A signature is drawn at the counter: no command line has one."""


def show(given: argparse.Namespace) -> int:
    """Show every version of the estimate of an order, the newest first."""
    with opened(given) as context:
        _order, found = _both(context, given.number)
        return context.answer(found, "\n".join(_text(context, row) for row in found))


def send(given: argparse.Namespace) -> int:
    """Put the lines of an order to the customer as a new version, or give them again the one that waits."""
    with opened(given) as context:
        order, found = _both(context, given.number)
        if given.again:
            key = _waiting(found).id
        else:
            fee = parse_amount(given.fee, "fee")
            made = context.do(estimates.make, MakeEstimate(order.row.id, fee, given.note, given.days)).made
            if made is None:
                raise AssertionError("making an estimate answers with its key")
            key = made
            context.renew()
        done = context.do(estimates.sent, EstimateSent(key, given.how))
        return context.answer(done, _text(context, _both(context, given.number)[1][0]))


def approve(given: argparse.Namespace) -> int:
    """Write down that the customer agrees: to all of what waits, or to the lines named only."""
    return _answered(given, agreed=True)


def refuse(given: argparse.Namespace) -> int:
    """Write down that the customer refuses: all of what waits, or the lines named only."""
    return _answered(given, agreed=False)


def _answered(given: argparse.Namespace, *, agreed: bool) -> int:
    with opened(given) as context:
        order, found = _both(context, given.number)
        estimate = _waiting(found)
        places = {line.place for line in estimate.lines}
        named = set(given.line) or places
        if not named <= places:
            raise Refusal(_("This line is not on the estimate."), "line")
        refused = places - named if agreed else named
        who = given.by or order.row.customer_name
        command = Answer(estimate.id, tuple(sorted(refused)), who, given.how)
        done = context.do_approved(estimates.answer, command, given.approve_as)
        return context.answer(done, _text(context, _both(context, given.number)[1][0]))


def options(verbs: dict[str, argparse.ArgumentParser], approval: str) -> None:
    """Say what the verbs of an estimate take; ``approval`` is the help of ``--approve-as``."""
    for name, run in (("show", show), ("send", send), ("approve", approve), ("refuse", refuse)):
        verbs[name].add_argument("number", type=int, help="the order")
        verbs[name].set_defaults(run=run)
    sending = verbs["send"]
    sending.add_argument("--how", choices=tuple(SENDINGS), default="printed")
    sending.add_argument("--fee", default="0", help="what the diagnosis costs if all is refused")
    sending.add_argument("--note", default="")
    sending.add_argument("--days", type=int, default=VALID_DAYS, help=f"how long it holds, {VALID_DAYS} or more")
    sending.add_argument("--again", action="store_true", help="the version that waits, instead of a new one")
    for answer in (verbs["approve"], verbs["refuse"]):
        answer.add_argument("--line", type=int, action="append", default=[], metavar="PLACE", help="only this line")
        answer.add_argument("--by", default="", metavar="NAME", help="who answered; the customer without it")
        answer.add_argument("--how", choices=[how for how in ANSWERS if how != _SIGNED], default="counter")
        answer.add_argument("--approve-as", metavar="LOGIN", help=approval)


def _both(context: Context, number: int) -> tuple[OrderPage, list[EstimateRow]]:
    with context.reader.read() as session:
        order = pages.page_of_number(session, number)
        return order, estimates.of_order(session, order.row.id)


def _waiting(found: list[EstimateRow]) -> EstimateRow:
    """Give the version that waits for an answer.

    Raises:
        Refusal: if none does.
    """
    for row in found:
        if row.state in (MADE, SENT):
            return row
    raise Refusal(_("No estimate waits for an answer on this order: send one first."), "number")


def _text(context: Context, row: EstimateRow) -> str:
    state = _(STATE_LABELS[row.state])
    if row.answered_at is not None:
        state = f"{state}  {row.answered_by}  " + _("agreed {amount}").format(amount=format_amount(row.agreed or 0))
    money = format_money(row.total, context.shop.currency)
    title = _("Version {version} · {amount}").format(version=row.version, amount=money)
    lines = (
        f"  {line.place}. {line.name}  {format_amount(line.total)}"
        + ("  " + _("(refused)") if line.place in row.refused else "")
        for line in row.lines
    )
    return "\n".join((f"{title}  {state}", *lines))
