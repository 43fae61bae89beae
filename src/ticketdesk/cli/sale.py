"""Commands about sales over the counter: sell, show, take back."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict, replace

from ticketdesk.cli import prices
from ticketdesk.cli.context import NUMBER, Context, opened
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import format_amount, format_money, parse_amount, parse_percent, to_cash
from ticketdesk.domain.orders import CASH, LINE_PART, METHODS
from ticketdesk.domain.pricing import line_total
from ticketdesk.domain.quantities import format_quantity, parse_quantity
from ticketdesk.domain.rights import Right, may
from ticketdesk.services import catalogue, paying, sales
from ticketdesk.services.customers import of_number
from ticketdesk.services.doors import Done
from ticketdesk.services.lines import LineFacts
from ticketdesk.services.paying import Sums
from ticketdesk.services.sales import BackLine, NewSale, SalePage, SoldLine, TakeBack
from ticketdesk.texts import _


def sell(given: argparse.Namespace) -> int:
    """Sell over the counter; the change is answered."""
    with opened(given) as context:
        customer = _customer(context, given)
        found = [
            *(_item(context, part, customer) for part in given.item),
            *(_free(context, given, part) for part in given.line),
        ]
        share = parse_percent(given.discount, "discount") if given.discount else 0
        lines = tuple(replace(line, discount=share, discount_reason=given.discount_reason) for line in found)
        sums = _sums(context, given, lines)
        command = NewSale(lines, sums.tenders, customer, keep_rest=sums.rest > 0)
        done = context.do_approved(sales.sell, command, given.approve_as)
        text = _("{amount} taken, receipt {number}, sale {sale}. Change due: {change}.").format(
            amount=format_money(sums.paid, context.shop.currency),
            number=done.receipt,
            sale=done.document,
            change=format_money(sums.change, context.shop.currency),
        )
        return context.answer({**_answer(context, done), "change": sums.change}, text)


def show(given: argparse.Namespace) -> int:
    """Show a sale whole."""
    with opened(given) as context:
        page = _page(context, given.number)
        text = [
            _("Sale {number}").format(number=page.number) + (f"  {page.customer}" if page.customer else ""),
            *(
                f"  {place}. {line.facts.name} × {format_quantity(line.facts.quantity, line.facts.unit)}"
                f"  {format_amount(line.total)}{_returned(line)}"
                for place, line in enumerate(page.lines, 1)
            ),
            _("Total {total}").format(total=format_money(page.total, context.shop.currency)),
        ]
        return context.answer(_whole(context, page), "\n".join(text))


def back(given: argparse.Namespace) -> int:
    """Take back what was sold, once whoever has to has agreed."""
    with opened(given) as context:
        page = _page(context, given.number)
        wanted = [_back(page, part) for part in given.line] or [
            BackLine(line.id, line.facts.quantity - line.returned) for line in page.lines
        ]
        command = TakeBack(page.id, tuple(wanted), given.reason, given.method or "", given.reference)
        done = context.do_approved(sales.take_back, command, given.approve_as)
        money = format_money(-_sold(context, done.id).total, context.shop.currency)
        return context.answer(_answer(context, done), _("{amount} given back.").format(amount=money))


def options(sell_: argparse.ArgumentParser, show_: argparse.ArgumentParser, back_: argparse.ArgumentParser) -> None:
    """Say what the verbs of a sale take."""
    sell_.add_argument("--item", action="append", default=[], metavar="CODE[=QUANTITY]", help="from the catalogue")
    sell_.add_argument("--line", action="append", default=[], metavar="NAME=PRICE", help="not in the catalogue")
    prices.options(sell_)
    sell_.add_argument("--discount", help="per cent, on every line")
    sell_.add_argument("--discount-reason", default="", metavar="R")
    sell_.add_argument("--customer", type=int, metavar="NUMBER", help="who buys: at their prices, with their credit")
    sell_.add_argument("--method", choices=METHODS, default=CASH, help="how the rest is paid")
    sell_.add_argument("--split", action="append", default=[], metavar="METHOD=AMOUNT", help="a part paid otherwise")
    sell_.add_argument("--tendered", help="cash handed over; the change is answered")
    sell_.add_argument("--keep-rest", action="store_true", help="what is too much becomes the customer's credit")
    sell_.set_defaults(run=sell)
    show_.set_defaults(run=show)
    for verb in (show_, back_):
        verb.add_argument("number", help=NUMBER)
    back_.add_argument("--line", action="append", default=[], metavar="PLACE[=QUANTITY]", help="all of it without")
    back_.add_argument("--method", choices=METHODS, help="the way it was paid without")
    back_.add_argument("--reason", required=True)
    back_.set_defaults(run=back)
    for verb in (sell_, back_):
        verb.add_argument("--reference", default="", help="what the slip says; never a card number")
        verb.add_argument("--approve-as", metavar="LOGIN", help="who approves it, with their PIN")


def _customer(context: Context, given: argparse.Namespace) -> UUID | None:
    if given.customer is None:
        return None
    with context.reader.read() as session:
        return of_number(session, given.customer).id


def _item(context: Context, part: str, customer: UUID | None) -> LineFacts:
    code, mark, typed = part.rpartition("=")
    code, typed = (code, typed) if mark else (part, "1")
    with context.reader.read() as session:
        item = catalogue.by_code(session, code, customer_id=customer)
    if item is None:
        raise Refusal(_("Unknown code: {code}.").format(code=code), "item")
    quantity, unit = parse_quantity(typed, item.unit, "item")
    return LineFacts(item.name, item.kind, item.code, quantity=quantity, price=item.price, vat=item.vat, unit=unit)


def _free(context: Context, given: argparse.Namespace, part: str) -> LineFacts:
    name, mark, typed = part.rpartition("=")
    if not mark:
        raise Refusal(_("Write a line like Husă=80,00."), "line")
    gross, rate = prices.price(context, given, typed)
    return LineFacts(name, LINE_PART, price=gross, vat=rate)


def _sums(context: Context, given: argparse.Namespace, lines: Sequence[LineFacts]) -> Sums:
    due = sum(line_total(line.quantity, line.price, line.discount) for line in lines)
    typed: dict[str, int] = {}
    for part in given.split:
        method, mark, amount = part.partition("=")
        if not mark or method not in METHODS:
            raise Refusal(_("Write a part like card=100,00."), "split")
        typed[method] = typed.get(method, 0) + parse_amount(amount, "split")
    left, step = due - sum(typed.values()), context.shop.cash_rounding
    if given.tendered:
        typed[CASH] = parse_amount(given.tendered, "tendered")
    elif left > 0:
        typed[given.method] = typed.get(given.method, 0) + (to_cash(left, step) if given.method == CASH else left)
    return paying.sums(due, typed, step=step, keep_rest=given.keep_rest, reference=given.reference)


def _back(page: SalePage, part: str) -> BackLine:
    place, _mark, typed = part.partition("=")
    if not place.isdecimal() or not 0 < int(place) <= len(page.lines):
        raise Refusal(_("There is no line {place} on this sale.").format(place=place), "line")
    line = page.lines[int(place) - 1]
    left = line.facts.quantity - line.returned
    return BackLine(line.id, parse_quantity(typed, line.facts.unit, "line")[0] if typed else left)


def _page(context: Context, typed: str) -> SalePage:
    with context.reader.read() as session:
        return sales.sale_page(session, sales.sale_id_of(session, typed))


def _sold(context: Context, sale_id: UUID) -> SalePage:
    with context.reader.read() as session:
        return sales.sale_page(session, sale_id)


def _answer(context: Context, done: Done) -> dict[str, object]:
    return {**asdict(done), **_whole(context, _sold(context, done.id))}


def _whole(context: Context, page: SalePage) -> dict[str, object]:
    sees = may(context.by.role, Right.SEE_COST)
    lines = [
        {"id": line.id, "returned": line.returned, **prices.both(_seen(line, sees=sees), line.total)}
        for line in page.lines
    ]
    return {**asdict(page), "lines": lines}


def _returned(line: SoldLine) -> str:
    if not line.returned:
        return ""
    quantity = format_quantity(line.returned, line.facts.unit)
    return "  " + _("({quantity} taken back)").format(quantity=quantity)


def _seen(line: SoldLine, *, sees: bool) -> LineFacts:
    return line.facts if sees else replace(line.facts, cost=0)
