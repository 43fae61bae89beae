"""Commands about one order, and lists of orders."""

import argparse
import sys
from dataclasses import asdict, fields, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from ticketdesk.cli import prices
from ticketdesk.cli.context import Context, opened
from ticketdesk.domain.bins import normal_bin
from ticketdesk.domain.clock import day_of, shop_time
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import format_amount, format_money, half_up, parse_amount
from ticketdesk.domain.orders import HANDED_OVER, METHOD_LABELS, STATUS
from ticketdesk.domain.quantities import parse_quantity
from ticketdesk.domain.rights import Right, may
from ticketdesk.domain.typed import parse
from ticketdesk.services import (
    catalogue,
    claiming,
    fiscal,
    intake,
    lines,
    lists,
    notes,
    orders,
    pages,
    payments,
    views,
    wire,
)
from ticketdesk.services.intake import NewOrder
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lists import Question
from ticketdesk.services.merging import Edit
from ticketdesk.services.pages import LineRow, PaymentRow
from ticketdesk.texts import _

_LARGEST_FORM = 1_000_000


def register(given: argparse.Namespace) -> int:
    """Take a device in from the whole form as JSON."""
    text = sys.stdin.read(_LARGEST_FORM) if given.form == "-" else _read(Path(given.form))
    with opened(given) as context:
        done = context.do_approved(intake.register, _form(context, text), given.approve_as)
        return context.answer(done, "")


def _form(context: Context, text: str) -> NewOrder:
    """Read the form of an intake; the earlier order of a warranty may be named by its number."""
    written = wire.loads(dict[str, Any], text)
    number = written.get("warranty_of")
    if type(number) is int:
        try:
            written["warranty_of"] = _id(context, number)
        except Refusal as refusal:
            raise Refusal(refusal.sentence, "warranty_of") from refusal
    return wire.build(NewOrder, written)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")[:_LARGEST_FORM]
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(_("The file {file} cannot be read.").format(file=path), "json") from error


def show(given: argparse.Namespace) -> int:
    """Show an order whole."""
    with opened(given) as context:
        with context.reader.read() as session:
            page = pages.order_page(session, pages.order_id_of(session, given.number))
        page = replace(page, lines=[_uncosted(context, line) for line in page.lines])
        row, worked = page.row, page.worked.until(context.by.at)
        text = [
            f"{row.number}  {_(STATUS[row.status].label)}  {row.device_title}",
            f"{row.customer_name}  {row.customer_phone}",
            _("Bin: {bin}").format(bin=row.bin) if row.bin else "",
            row.complaint,
            *(f"  {line.facts.name}  {format_amount(line.total)}" for line in page.lines),
            *(_paid(payment) for payment in page.payments),
            _("Worked: {minutes} min").format(minutes=worked // 60) if worked else "",
            _("Balance: {amount}").format(amount=format_money(row.balance, context.shop.currency)),
        ]
        nets = [{**asdict(line), "total_net": prices.net(line.total, line.facts.vat or 0)} for line in page.lines]
        whole = {each.name: getattr(page, each.name) for each in fields(page)} | {
            "lines": nets,
            "worked_minutes": worked // 60,
        }
        return context.answer(whole, "\n".join(part for part in text if part.strip()))


def _paid(payment: PaymentRow) -> str:
    receipt = _("Receipt {number}").format(number=payment.number)
    return f"  {receipt}  {_(METHOD_LABELS[payment.method])}  {format_amount(payment.amount)}"


def question(given: argparse.Namespace, context: Context) -> Question:
    """Give what a list is asked for: a view by its key or the name somebody gave it, and what is searched in it."""
    by, zone = context.by, context.shop.zone
    with context.reader.read() as session:
        view = views.named(session, by.staff_id, given.view)
    filters = (*view.filters, *parse(given.search, day_of(by.at, zone)))
    if given.sort or view.id is None:  # scripts page through the views every shop has by number
        return Question(filters, by.staff_id, by.at, zone, given.sort or "number", given.desc)
    return Question(filters, by.staff_id, by.at, zone, view.sort, view.descending != given.desc)


def listing(given: argparse.Namespace) -> int:
    """List orders, a page at a time."""
    with opened(given) as context:
        with context.reader.read() as session:
            asked = question(given, context)
            rows = lists.page(session, asked, after=given.after, limit=max(1, min(given.limit, 10_000)))
        if not rows:
            sys.stderr.write(_("No orders.") + "\n")
        return context.answer(rows, "\n".join(_line(row, context) for row in rows))


def _line(row: lists.OrderRow, context: Context) -> str:
    due = shop_time(row.promised_at, context.shop.zone)
    status = _(STATUS[row.status].label)
    return (
        f"{row.number:>8}  {status:<18.18} {row.device_title:<28.28} {row.customer_name:<24.24} "
        f"{due:%d.%m.%Y %H:%M} {format_amount(row.balance):>12}"
    )


def move(given: argparse.Namespace) -> int:
    """Move an order on."""
    with opened(given) as context:
        order_id = _id(context, given.number)
        command = orders.Move(order_id, given.status, reason=given.reason)
        done = context.do_approved(orders.move, command, given.approve_as)
        label = _(STATUS[given.status].label)
        return context.answer(done, _("Order {number} is “{status}”.").format(number=done.number, status=label))


def put_in_bin(given: argparse.Namespace) -> int:
    """Put a device into a bin; without a name, into none."""
    with opened(given) as context:
        with context.reader.read() as session:
            row = lists.rows_by_id(session, [pages.order_id_of(session, given.number)])[0]
        name = normal_bin(given.bin)
        done = context.do(orders.edit, Edit(row.id, {"bin": row.bin}, {"bin": name}))
        text = _("{number} stands in bin {bin}.") if name else _("{number} stands in no bin.")
        return context.answer(done, text.format(number=done.number, bin=name))


def claim(given: argparse.Namespace) -> int:
    """Take an order from the pool."""
    with opened(given) as context:
        order_id = _id(context, given.number) if given.number else None
        done = context.do(claiming.claim, claiming.Claim(order_id, given.start))
        return context.answer(done, _("You claimed {number}.").format(number=done.number))


def add_line(given: argparse.Namespace) -> int:
    """Add work or a part."""
    with opened(given) as context:
        price, rate = prices.price(context, given, given.price, given.code)
        with context.reader.read() as session:
            item = catalogue.by_code(session, given.code) if given.code else None
        quantity, unit = parse_quantity(given.quantity, item.unit if item else "", "quantity")
        facts = lines.LineFacts(
            name=given.name,
            kind=given.kind,
            code=given.code,
            quantity=quantity,
            unit=unit,
            price=price,
            cost=parse_amount(given.cost, "cost"),
            discount=_number(given.discount, "discount", 100),
            discount_reason=given.discount_reason,
            vat=rate if given.vat else None,
            warranty_months=given.warranty,
        )
        command = lines.AddLine(_id(context, given.number), facts)
        done = context.do_approved(lines.add, command, given.approve_as)
        with context.reader.read() as session:
            added = next(line for line in pages.order_page(session, done.id).lines if line.id == done.made)
        answer = {**asdict(done), "line": prices.both(_uncosted(context, added).facts, added.total)}
        return context.answer(answer, _("Added to order {number}.").format(number=done.number))


def _uncosted(context: Context, line: LineRow) -> LineRow:
    """Give a line as whoever asks may see it."""
    return line if may(context.by.role, Right.SEE_COST) else replace(line, facts=replace(line.facts, cost=0))


def pay(given: argparse.Namespace) -> int:
    """Take money; the change is answered."""
    with opened(given) as context:
        order_id = _id(context, given.number)
        others = tuple(_id(context, number) for number in given.also)
        due = sum(_balance(context, key) for key in (order_id, *others))
        amount = parse_amount(given.amount, "amount") if given.amount else due - _split(given.split)
        tendered = parse_amount(given.tendered, "tendered") if given.tendered else None
        if given.keep_rest and tendered:
            amount = tendered
        tenders = [_tender(part) for part in given.split]
        if amount or not tenders:
            tenders.append(Tender(given.method, amount, tendered, given.reference))
        then = HANDED_OVER if given.hand_over else None
        command = payments.TakePayment(order_id, tuple(tenders), then, others, given.keep_rest)
        done = context.do(payments.take_payment, command)
        change = max((tendered or amount) - amount, 0)
        amount = sum(tender.amount for tender in tenders)
        text = _("{amount} taken, receipt {number}. Change due: {change}.").format(
            amount=format_money(amount, context.shop.currency),
            number=done.receipt,
            change=format_money(change, context.shop.currency),
        )
        return context.answer(done, text)


def _tender(part: str) -> Tender:
    method, mark, amount = part.partition("=")
    if not mark:
        raise Refusal(_("Write a part like card=100,00."), "split")
    return Tender(method, parse_amount(amount, "split"))


def _split(parts: list[str]) -> int:
    return sum(_tender(part).amount for part in parts)


def refund(given: argparse.Namespace) -> int:
    """Give money of a receipt back, once whoever has to has agreed."""
    with opened(given) as context:
        with context.reader.read() as session:
            row = _part(payments.of_receipt(session, given.receipt), given)
        amount = parse_amount(given.amount, "amount") if given.amount else row.left
        method, owed = given.method or "", given.still_owed
        command = payments.Refund(row.id, amount, given.reason, method, given.reference, still_owed=owed)
        done = context.do_approved(payments.refund, command, given.approve_as)
        money = format_money(amount, context.shop.currency)
        return context.answer(done, _("{amount} given back.").format(amount=money))


def _part(parts: list[payments.ReceiptPart], given: argparse.Namespace) -> payments.ReceiptPart:
    """Choose which payment of a receipt goes back: the one paid by the method named, or the only one."""
    left = [part for part in parts if part.left > 0] or parts[:1]
    named = [part for part in left if part.method == given.method]
    if named or len(left) == 1:
        return (named or left)[0]
    ways = ", ".join(f"{part.method} ({format_amount(part.left)})" for part in left)
    sentence = _("Receipt {number} was paid in several ways: say which with --method: {ways}.")
    raise Refusal(sentence.format(number=parts[0].receipt, ways=ways), "method")


def undo(given: argparse.Namespace) -> int:
    """Undo a receipt that was a mistake, once whoever has to has agreed."""
    with opened(given) as context:
        with context.reader.read() as session:
            row = payments.of_receipt(session, given.receipt)[0]
        done = context.do_approved(payments.reverse, payments.Reverse(row.id, given.reason), given.approve_as)
        with context.reader.read() as session:
            besides = fiscal.after_undo(session, row.id)
        said = _("Receipt {number} is undone.").format(number=row.receipt)
        return context.answer(done, f"{said} {besides}".strip())


def note(given: argparse.Namespace) -> int:
    """Write a comment."""
    with opened(given) as context:
        command = notes.AddComment(_id(context, given.number), given.text, given.to_customer)
        done = context.do(notes.comment, command)
        return context.answer(done, _("Comment added to order {number}.").format(number=done.number))


def _id(context: Context, number: int) -> UUID:
    with context.reader.read() as session:
        return pages.order_id_of(session, number)


def _balance(context: Context, order_id: UUID) -> int:
    with context.reader.read() as session:
        return lists.rows_by_id(session, [order_id])[0].balance


def _number(text: str, field: str, scale: int) -> int:
    try:
        return half_up(Decimal(text.replace(",", ".")) * scale)
    except InvalidOperation as error:
        raise Refusal(_("Write a number."), field) from error
