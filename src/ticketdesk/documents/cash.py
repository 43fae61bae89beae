"""Papers about money, made from what the shop holds at this moment.

What writes them is heavy, and is loaded with the first paper.
"""

from datetime import date

from sqlalchemy.orm import Session

from ticketdesk.domain.clock import now
from ticketdesk.domain.keys import UUID
from ticketdesk.services import accounts, paper, reckoning, settings, slips


def shift_paper(session: Session, shift_id: UUID, code: str, *, sees_cash: bool) -> bytes:
    """Make the X or Z report of a shift; without its cash for whoever is to count it blind."""
    from ticketdesk.documents.shift import shift_report  # noqa: PLC0415

    report = reckoning.of_shift(session, shift_id)
    told = report if sees_cash else reckoning.blind(report)
    return shift_report(told, settings.shop(session), now(), code, paper.issuer(session).location)


def payment_paper(session: Session, payment_id: UUID) -> bytes:
    """Make the slip of the receipt of a payment, in the customer's language.

    Raises:
        Refusal: if there is no such payment.
    """
    from ticketdesk.documents.slip import payment_slip  # noqa: PLC0415

    return payment_slip(*slips.payment_slip(session, payment_id))


def cash_paper(session: Session, move_id: UUID, code: str) -> bytes:
    """Make the slip of cash put into a till or taken out of it.

    Raises:
        Refusal: if there is no such movement.
    """
    from ticketdesk.documents.slip import cash_slip  # noqa: PLC0415

    return cash_slip(slips.cash_slip(session, move_id), code)


def statement_paper(session: Session, customer_id: UUID, first: date, last: date) -> bytes:
    """Make a customer's statement of account between two days, in their language."""
    from ticketdesk.documents.statement import statement  # noqa: PLC0415

    facts = accounts.statement(session, customer_id, first, last)
    return statement(facts, settings.shop(session), paper.issuer(session).location)
