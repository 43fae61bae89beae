"""How much cash may still be taken from somebody on a day, by the law and by what they have paid already."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from ticketdesk.domain import clock
from ticketdesk.domain.cashlimits import cash_limit
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import CASH
from ticketdesk.services import settings
from ticketdesk.storage.tables import Customer, Payment
from ticketdesk.storage.types import Key


@dataclass(frozen=True, slots=True)
class CashLeft:
    """How much cash the law lets a shop take from somebody for the rest of a day, and which law."""

    amount: int
    source: str


_PAYER = bindparam("customer", type_=Key())
_CASH_TAKEN = select(
    Customer.company,
    select(func.coalesce(func.sum(Payment.amount), 0))
    .where(Payment.customer_id == _PAYER, Payment.method == CASH)
    .where(Payment.at >= bindparam("first"), Payment.at < bindparam("end"))
    .scalar_subquery(),
).where(Customer.id == _PAYER)


def cash_left(session: Session, customer_id: UUID | None, at: datetime) -> CashLeft | None:
    """Say how much cash somebody may still pay on the day of a moment; nothing where no law limits it."""
    shop = settings.shop(session)
    day = clock.day_of(at, shop.zone)
    rule = cash_limit(shop.region, shop.currency, day)
    if rule is None:
        return None
    if customer_id is None:
        return CashLeft(rule.person, rule.source)
    first, end = clock.bounds(day, day, shop.zone)
    asked = {"customer": customer_id, "first": first, "end": end}
    company, already = session.execute(_CASH_TAKEN, asked).one()
    return CashLeft(max((rule.company if company else rule.person) - int(already), 0), rule.source)
