"""What a fiscal receipt says: what is sold and under which VAT rate, how it is paid, the buyer's tax number."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ticketdesk.domain.fiscal import FiscalLine, FiscalSheet, FiscalTender
from ticketdesk.services import ledger, settings
from ticketdesk.storage.tables import Customer, Line, Order, Payment, Sale
from ticketdesk.texts import _


def sheet_of(session: Session, rows: Sequence[Payment]) -> FiscalSheet:
    """Write the fiscal receipt of what was paid in one act at the till."""
    tenders: dict[str, int] = {}
    for row in rows:
        tenders[row.method] = tenders.get(row.method, 0) + row.amount
    paid = tuple(FiscalTender(method, amount) for method, amount in tenders.items())
    return FiscalSheet(_lines(session, rows), paid, _tax_id(session, rows))


def _lines(session: Session, rows: Sequence[Payment]) -> tuple[FiscalLine, ...]:
    lines: list[FiscalLine] = []
    for key in dict.fromkeys((row.order_id, row.sale_id) for row in rows):
        mine = [row for row in rows if (row.order_id, row.sale_id) == key]
        amount = sum(row.amount for row in mine)
        bill = session.get_one(Order, key[0]) if key[0] else session.get_one(Sale, key[1]) if key[1] else None
        # what is taken off all of it is nothing that is sold: then what is owed stands by rate
        whole = bill is not None and bill.total == bill.paid == amount and not _reduced(session, bill)
        lines.extend(_sold(session, bill) if bill is not None and whole else _parts(session, bill, mine))
    return tuple(lines)


def _reduced(session: Session, bill: Order | Sale) -> bool:
    if not isinstance(bill, Order):
        return False
    lowered = select(Line.id).where(Line.order_id == bill.id, Line.total < 0).limit(1)
    return bool(bill.discount or bill.discount_amount) or session.scalar(lowered) is not None


def _sold(session: Session, bill: Order | Sale) -> list[FiscalLine]:
    """Name what was sold: for a bill that is paid at once and whole."""
    mine = Line.order_id == bill.id if isinstance(bill, Order) else Line.sale_id == bill.id
    found = list(session.scalars(select(Line).where(mine).order_by(Line.place)))
    lines = [_line(row) for row in found if row.total > 0]
    extra = bill.total - sum(row.total for row in found)
    if extra > 0:
        highest = max((row.vat for row in found), default=0)
        lines.append(FiscalLine(_("Urgency surcharge"), 1000, extra, highest))
    return lines


def _line(row: Line) -> FiscalLine:
    # the device multiplies by itself: where price and quantity do not make our total, the total is sold once
    exact = row.discount == 0 and row.quantity * row.price == row.total * 1000
    return FiscalLine(row.name, row.quantity if exact else 1000, row.price if exact else row.total, row.vat)


def _parts(session: Session, bill: Order | Sale | None, rows: Sequence[Payment]) -> list[FiscalLine]:
    """Name a part of a bill, or money put into an account, by the VAT rates it falls under."""
    if isinstance(bill, Order):
        whole = bill.total > 0 and bill.balance == 0
        name = _("Balance of order {number}") if whole else _("Deposit on order {number}")
    else:
        name = _("Sale {number}") if bill else _("Deposit")
    name = name.format(number=ledger.shown(bill) if bill else "")
    parts: dict[int, int] = {}
    for row in rows:
        for rate, part in (row.rates or {str(settings.usual_vat(session, row.at)): row.amount}).items():
            parts[int(rate)] = parts.get(int(rate), 0) + part
    return [FiscalLine(name, 1000, part, rate) for rate, part in sorted(parts.items(), reverse=True) if part > 0]


def _tax_id(session: Session, rows: Sequence[Payment]) -> str:
    customer = session.get(Customer, rows[0].customer_id) if rows[0].customer_id else None
    return customer.tax_id if customer else ""
