"""Commands about tills, shifts and cash."""

import argparse

from ticketdesk.cli.context import Context, opened
from ticketdesk.documents.cash import shift_paper
from ticketdesk.domain.clock import shop_time
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import format_amount, format_money, parse_amount
from ticketdesk.domain.orders import METHOD_LABELS
from ticketdesk.domain.rights import Right, may
from ticketdesk.services import cashroom, reckoning, shifts, tills
from ticketdesk.services.doors import demand_right
from ticketdesk.services.reckoning import ShiftReport, ShiftRow
from ticketdesk.services.shifts import CloseShift, Count, CountTill, MoveCash, OpenShift, TakeOver
from ticketdesk.services.tills import NewTill, TillRow, UseTill
from ticketdesk.texts import _


def add(given: argparse.Namespace) -> int:
    """Add a drawer."""
    with opened(given) as context:
        return context.answer(
            context.do(tills.add, NewTill(given.name)), _("Till {name} added.").format(name=given.name)
        )


def use(given: argparse.Namespace) -> int:
    """Say which drawer this PC puts its cash into."""
    with opened(given) as context:
        done = context.do(tills.use, UseTill(_till(context, given.name).id))
        return context.answer(done, _("The cash of this computer goes into {till}.").format(till=given.name))


def listing(given: argparse.Namespace) -> int:
    """List the drawers, and whose shift is open at each."""
    with opened(given) as context:
        with context.reader.read() as session:
            rows = tills.every(session)
        text = "\n".join(_till_text(row) for row in rows)
        return context.answer(rows, text)


def open_shift(given: argparse.Namespace) -> int:
    """Open a till with a counted float."""
    with opened(given) as context:
        till = _till(context, given.till).id if given.till else None
        count = _count(given)
        done = context.do(shifts.open_shift, OpenShift(count, till))
        amount = format_money(count.total(context.shop.currency), context.shop.currency)
        return context.answer(done, _("The till is open with {amount}.").format(amount=amount))


def x_report(given: argparse.Namespace) -> int:
    """Say what the open shift comes to now; with ``--to`` as a PDF."""
    with opened(given) as context:
        demand_right(context.database, context.by, Right.SEE_SHIFTS, "shift.x")
        return _reported(context, _open(context, given).id, given.to)


def z_report(given: argparse.Namespace) -> int:
    """Say what a closed shift came to, by its number; with ``--to`` as a PDF."""
    with opened(given) as context:
        demand_right(context.database, context.by, Right.SEE_SHIFTS, "shift.z")
        with context.reader.read() as session:
            shift_id = reckoning.closed_shift(session, given.number)
        return _reported(context, shift_id, given.to)


def close(given: argparse.Namespace) -> int:
    """Close the open shift by a count; the difference needs a reason."""
    with opened(given) as context:
        shift = _open(context, given)
        counted = context.do(shifts.count_till, CountTill(shift.id, _count(given)))
        if counted.made is None:
            raise AssertionError("a count has a key")
        context.renew()
        with context.reader.read() as session:
            known = cashroom.counted(session, counted.made)
        done = context.do(shifts.close, CloseShift(shift.id, counted.made, given.reason))
        text = _("Shift {number} is closed. Expected {expected}, counted {counted}, difference {difference}.").format(
            number=done.document,
            expected=format_amount(known.expected),
            counted=format_amount(known.total),
            difference=format_amount(known.total - known.expected),
        )
        if given.to:
            context.write(given.to, _paper(context, shift.id))
        return context.answer(done, text)


def take_over(given: argparse.Namespace) -> int:
    """Take a till over from a colleague, counted."""
    with opened(given) as context:
        shift = _open(context, given)
        counted = context.do(shifts.count_over, CountTill(shift.id, _count(given)))
        if counted.made is None:
            raise AssertionError("a count has a key")
        context.renew()
        done = context.do(shifts.take_over, TakeOver(shift.id, counted.made, given.reason))
        return context.answer(done, _("The till is with you now."))


def shift_list(given: argparse.Namespace) -> int:
    """List shifts, the newest first."""
    with opened(given) as context:
        demand_right(context.database, context.by, Right.SEE_SHIFTS, "shift.list")
        with context.reader.read() as session:
            rows = reckoning.latest(session, limit=given.limit)
        return context.answer(rows, "\n".join(_row_text(row, context.shop.zone) for row in rows))


def cash(given: argparse.Namespace) -> int:
    """Put cash into the till of this PC, or take some out."""
    with opened(given) as context:
        amount = parse_amount(given.amount, "amount")
        signed = amount if given.way == "in" else -amount
        done = context.do_approved(shifts.move, MoveCash(signed, given.reason, given.paper), given.approve_as)
        text = _("{amount} put into the till.") if signed > 0 else _("{amount} taken out of the till.")
        return context.answer(done, text.format(amount=format_money(amount, context.shop.currency)))


def _till(context: Context, name: str) -> TillRow:
    with context.reader.read() as session:
        found = next((row for row in tills.every(session) if row.name == name), None)
    if found is None:
        raise Refusal(_("There is no such till."), "till")
    return found


def _open(context: Context, given: argparse.Namespace) -> ShiftRow:
    with context.reader.read() as session:
        till = tills.of_station(session, context.by.station) if not given.till else None
        rows = [row for row in reckoning.latest(session) if row.closed_at is None]
        names = {row.id: row.name for row in tills.every(session)}
    wanted = given.till or (names[till] if till else None)
    found = next((row for row in rows if row.till == wanted), None)
    if found is None:
        raise Refusal(_("No shift is open at this till."), "till")
    return found


def _count(given: argparse.Namespace) -> Count:
    pieces: dict[str, int] = {}
    for part in given.count or ():
        number, mark, piece = part.partition("x")
        if not mark or not number.isdecimal():
            raise Refusal(_("Write a count like 4x50."), "count")
        pieces[str(parse_amount(piece, "count"))] = int(number)
    return Count(pieces, parse_amount(given.amount, "amount") if given.amount else 0)


def _reported(context: Context, shift_id: UUID, path: str | None) -> int:
    if path:
        return context.answer_paper(path, _paper(context, shift_id))
    with context.reader.read() as session:
        report = reckoning.of_shift(session, shift_id)
    report = report if may(context.by.role, Right.SEE_TILL_CASH) else reckoning.blind(report)
    return context.answer(report, _text(report))


def _paper(context: Context, shift_id: UUID) -> bytes:
    sees = may(context.by.role, Right.SEE_TILL_CASH)
    with context.reader.read() as session:
        return shift_paper(session, shift_id=shift_id, code=context.shop.language, sees_cash=sees)


def _till_text(row: TillRow) -> str:
    state = _("closed now")
    if row.shift_id:
        state = _("shift {number}, {name}").format(number=row.shift_number, name=row.staff)
    return f"{row.name}  {state}"


def _text(report: ShiftReport) -> str:
    rows = [(_(METHOD_LABELS[row.method]), row.taken - row.given) for row in report.methods]
    if report.cash is not None:
        rows.append((_("Cash in the till"), report.cash))
    if report.difference is not None:
        rows.append((_("Difference"), report.difference))
    title = _("{till}, shift {number}").format(till=report.till, number=report.number)
    unseen = (reckoning.unseen_cash(),) if report.cash is None else ()
    return "\n".join((title, *(f"{name:<20} {format_amount(amount):>14}" for name, amount in rows), *unseen))


def _row_text(row: ShiftRow, zone: str) -> str:
    closed = f"{shop_time(row.closed_at, zone):%Y-%m-%d %H:%M}" if row.closed_at else _("open now")
    difference = format_amount(row.difference) if row.difference else ""
    return f"{row.number:>14}  {row.till:<14} {row.staff:<24} {closed:<18} {difference}".rstrip()
