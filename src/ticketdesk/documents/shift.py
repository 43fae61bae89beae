"""The X and Z report of a shift on 80 mm: by method, VAT rate and person, the drawer, the count, and the seal."""

from datetime import datetime

from reportlab.lib.units import mm

from ticketdesk.documents import barcode, sheet, wording
from ticketdesk.documents.intake import head
from ticketdesk.documents.sheet import BOLD, MEDIUM, REGULAR, Pen
from ticketdesk.documents.slip import signature, title
from ticketdesk.domain.clock import shop_time
from ticketdesk.domain.money import format_amount, format_money, format_percent
from ticketdesk.domain.orders import METHOD_LABELS
from ticketdesk.domain.shop import Shop
from ticketdesk.services import reckoning, seals
from ticketdesk.services.paper import shop_facts
from ticketdesk.services.reckoning import CountRow, ShiftReport
from ticketdesk.services.shifts import OPEN
from ticketdesk.services.slips import MOVES
from ticketdesk.texts import _, language

_SEAL = 34 * mm


def shift_report(facts: ShiftReport, shop: Shop, printed: datetime, code: str, location: str = "") -> bytes:
    """Make the report of a till at a location: X while the shift is open, Z once it is closed."""
    with language(code):
        name = _("X report") if facts.closed_at is None else _("Z report")

        def draw(pen: Pen) -> None:
            head(pen, shop_facts(shop, location))
            title(pen, name, facts.number)
            _when(pen, facts, shop, printed)
            _sums(pen, facts)
            _drawer(pen, facts, shop.currency)
            counts = [count for count in facts.counts if count.occasion != OPEN]
            for count in counts:
                _count(pen, count, shop, last=count is counts[-1] and facts.closed_at is not None)
            _seal(pen, facts)
            if facts.closed_at is not None:
                signature(pen, facts.closed_by)
            pen.gap(4)
            pen.text(_(wording.NOT_A_FISCAL_RECEIPT), REGULAR, 7.6, align="centre")

        return sheet.roll([draw], f"{name} {facts.number}")


def _when(pen: Pen, facts: ShiftReport, shop: Shop, printed: datetime) -> None:
    pen.pair(_("Till"), facts.till)
    pen.pair(_("Opened"), _at(facts.opened_at, shop, facts.opened_by))
    if facts.closed_at is None:
        pen.pair(_("With"), facts.staff)
        pen.pair(_("Printed"), sheet.short_moment(shop_time(printed, shop.zone)))
    else:
        pen.pair(_("Closed"), _at(facts.closed_at, shop, facts.closed_by))
    for run in facts.receipts:
        pen.pair(_("Receipts"), " – ".join(run.shown()))
    pen.rule(0.8, dashed=True)


def _at(moment: datetime, shop: Shop, name: str) -> str:
    return f"{sheet.short_moment(shop_time(moment, shop.zone))}, {name}"


def _sums(pen: Pen, facts: ShiftReport) -> None:
    pen.text(_("Taken, by method"), BOLD, 9)
    for method in facts.methods:
        pen.pair(f"{_(METHOD_LABELS[method.method])} ({method.count})", format_amount(method.taken - method.given))
    if facts.cash is None:
        pen.text(reckoning.unseen_cash(), REGULAR, 8.5)
    else:
        pen.pair(_("All together"), format_amount(facts.taken), 10, (BOLD, BOLD))
    for name, amount, count in (
        (_("of which given back"), facts.refunds, facts.refund_count),
        (_("of which undone"), facts.voids, facts.void_count),
        (_("Discounts given"), facts.discounts, facts.discount_count),
    ):
        told = "—" if amount is None else format_amount(amount)
        pen.pair(f"{name} ({count})", told, 8, (REGULAR, REGULAR))
    pen.rule(0.8, dashed=True)
    if facts.rates:
        pen.text(_("VAT in it"), BOLD, 9)
        for rate in facts.rates:
            pen.pair(
                f"{format_percent(rate.rate)}: {format_amount(rate.net)} + {format_amount(rate.vat)}",
                format_amount(rate.gross), 8.5, (REGULAR, MEDIUM),
            )  # fmt: skip
        pen.rule(0.8, dashed=True)
    if facts.clerks:
        pen.text(_("By person"), BOLD, 9)
        for clerk in facts.clerks:
            pen.pair(f"{clerk.name} ({clerk.count})", format_amount(clerk.taken - clerk.given), 8.5)
        pen.rule(0.8, dashed=True)


def _drawer(pen: Pen, facts: ShiftReport, currency: str) -> None:
    if facts.cash is None:
        return
    pen.text(_("Cash in the till"), BOLD, 9)
    moves = list(facts.moves)
    if facts.difference:
        moves.remove(next(move for move in reversed(moves) if move.kind == "difference"))  # it stands below
    for move in moves:
        name = _(MOVES[move.kind])
        about = ", ".join(part for part in (move.reason, move.document) if part)
        pen.pair(f"{name} {move.number}", format_amount(move.amount), 8.5, (REGULAR, MEDIUM))
        if about:
            pen.text(about, REGULAR, 7.6)
    cash = next((row for row in facts.methods if row.method == "cash"), None)
    if cash is not None:
        pen.pair(_("Payments in cash"), format_amount(cash.taken - cash.given), 8.5, (REGULAR, MEDIUM))
    if facts.expected is None or facts.difference is None:
        pen.pair(_("Has to be there"), format_money(facts.cash, currency), 10, (BOLD, BOLD))
        return
    pen.pair(_("Expected"), format_amount(facts.expected), 9, (BOLD, BOLD))
    pen.pair(_("Counted"), format_money(facts.counted or 0, currency), 10, (BOLD, BOLD))
    pen.pair(_("Difference"), format_amount(facts.difference), 9, (BOLD, BOLD))
    if facts.reason:
        pen.labelled(_("Reason"), facts.reason, 8.5)


def _count(pen: Pen, count: CountRow, shop: Shop, *, last: bool) -> None:
    """Write what was counted; of a count that did not stand also what it came to, which the sums above do not say."""
    if count.pieces:
        pen.rule(0.8, dashed=True)
        pen.text(_("Count of {time}, {name}").format(
            time=f"{shop_time(count.at, shop.zone):%H:%M}", name=count.staff), BOLD, 8.5)  # fmt: skip
        largest_first = sorted(count.pieces.items(), key=lambda each: -int(each[0]) if each[0].isdecimal() else 0)
        for piece, pieces in largest_first:
            if piece.isdecimal():
                pen.pair(f"{pieces} × {format_amount(int(piece))}", format_amount(pieces * int(piece)), 8)
            else:
                pen.pair(_("otherwise"), format_amount(pieces), 8)
    if not last:
        pen.pair(_("Counted"), format_amount(count.total), 8.5, (REGULAR, MEDIUM))
        pen.pair(_("Difference"), format_amount(count.total - count.expected), 8.5, (REGULAR, MEDIUM))


def _seal(pen: Pen, facts: ShiftReport) -> None:
    if facts.seal is None:
        return
    text = seals.spoken(facts.seal)
    pen.rule()
    pen.text(_("Seal {number} of the journal").format(number=facts.seal.number), BOLD, 9)
    pen.pair(_("Journal entries"), str(facts.seal.entries), 8, (REGULAR, REGULAR))
    pen.pair(_("Orders, customers and the rest they are about"), str(facts.seal.subjects), 8, (REGULAR, REGULAR))
    pen.text(facts.seal.hash, REGULAR, 7)
    pen.gap(_SEAL + 4)
    barcode.qr(pen, text, (pen.left + pen.right - _SEAL) / 2, pen.y, _SEAL)
    pen.text(_("Keep this: whoever has it can prove that nothing before it was altered."), REGULAR, 7.6, align="centre")
