"""What a shop says of itself: the settings all its PCs share."""

import re
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from typing import Any

from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.fiscal import DIALECTS, read_groups, read_map
from ticketdesk.domain.vat import STANDARD, rate_on
from ticketdesk.texts import N_, _

SELF_MANAGED, POOL = "self_managed", "pool"
WARN, REFUSE = "warn", "refuse"
REFUND, CREDIT, FEE, KEEP = "refund", "credit", "fee", "keep"

TEXT, SWITCH, PERCENT, AMOUNT, NUMBER, CHOICE, FIXED = (
    "text", "switch", "percent", "amount", "number", "choice", "fixed"
)  # fmt: skip
"""How a setting is edited: a rate in basis points, an amount in minor units; a fixed one only once, when founding."""

GROUPS = {
    "identity": N_("The shop"),
    "work": N_("How we work"),
    "money": N_("Money"),
    "fiscal": N_("Fiscal printer"),
}
"""Settings that belong together, and what each group is called."""


def _as(group: str, label: str, kind: str = TEXT, *details: Any) -> dict[str, Any]:
    """Describe a setting: ``details`` are a number's bounds, or the pairs of a choice's values and labels."""
    return {"group": group, "label": label, "kind": kind, "details": details}


@dataclass(frozen=True, slots=True)
class Shop:
    """The shop's own facts and habits. Rates in basis points; the surcharge is a share of works and parts."""

    name: str = field(default="", metadata=_as("identity", N_("Shop name")))
    legal_name: str = field(default="", metadata=_as("identity", N_("Company name")))
    address: str = field(default="", metadata=_as("identity", N_("Address")))
    phone: str = field(default="", metadata=_as("identity", N_("Phone")))
    email: str = field(default="", metadata=_as("identity", N_("E-mail")))
    hours: str = field(default="", metadata=_as("identity", N_("Opening hours")))
    tax_id: str = field(default="", metadata=_as("identity", N_("Tax number")))
    register_number: str = field(default="", metadata=_as("identity", N_("Trade register number")))
    language: str = field(
        default="ro", metadata=_as("identity", N_("Language"), CHOICE, ("ro", "Română"), ("en", "English"))
    )
    region: str = field(default="RO", metadata=_as("identity", N_("Country"), FIXED))
    zone: str = field(default="Europe/Bucharest", metadata=_as("identity", N_("Time zone"), FIXED))
    currency: str = field(default="RON", metadata=_as("identity", N_("Currency"), FIXED))

    allocation: str = field(
        default=POOL,
        metadata=_as(
            "work",
            N_("Sharing out orders"),
            CHOICE,
            (POOL, N_("A pool: anyone free claims the next")),
            (SELF_MANAGED, N_("Whoever takes it in runs it")),
        ),
    )
    urgent_hours: int = field(default=24, metadata=_as("work", N_("Urgent orders are ready in, hours"), NUMBER, 1, 240))
    warranty_months: int = field(default=6, metadata=_as("work", N_("Usual warranty, months"), NUMBER, 0, 120))
    closes_at: str = field(default="18:00", metadata=_as("work", N_("Closing time")))
    lock_minutes: int = field(default=5, metadata=_as("work", N_("Lock the screen after, minutes"), NUMBER, 1, 120))

    vat_payer: bool = field(default=True, metadata=_as("money", N_("VAT payer"), SWITCH))
    surcharge: int = field(default=2000, metadata=_as("money", N_("Urgency surcharge"), PERCENT))

    discount_limit: int = field(default=500, metadata=_as("money", N_("Discounts above need a manager"), PERCENT))
    discount_limit_manager: int = field(
        default=1500, metadata=_as("money", N_("Discounts above need the owner"), PERCENT)
    )
    shifts: bool = field(default=False, metadata=_as("money", N_("Cash is kept in tills with shifts"), SWITCH))
    """A shop of before there were tills goes on without; a new one begins with them."""
    refund_limit: int = field(default=200_00, metadata=_as("money", N_("Refunds above need the owner"), AMOUNT))
    cash_rounding: int = field(default=0, metadata=_as("money", N_("Cash is rounded to"), AMOUNT))
    cash_limit: str = field(
        default=REFUSE,
        metadata=_as(
            "money",
            N_("Cash above the legal limit"),
            CHOICE,
            (REFUSE, N_("is refused")),
            (WARN, N_("is taken after a warning")),
        ),
    )
    cancelled_deposit: str = field(
        default=REFUND,
        metadata=_as(
            "money",
            N_("Deposit of a cancelled order"),
            CHOICE,
            (REFUND, N_("is given back")),
            (CREDIT, N_("becomes the customer's credit")),
            (FEE, N_("is kept for the diagnosis")),
        ),
    )
    abandoned_days: int = field(
        default=90, metadata=_as("money", N_("A deposit is abandoned after, days (0: never)"), NUMBER, 0, 3650)
    )
    """How long nothing moves on an order before a person may decide to keep its deposit."""
    pay_days: int = field(default=15, metadata=_as("money", N_("A debt is due in, days"), NUMBER, 0, 365))

    fiscal: bool = field(default=False, metadata=_as("fiscal", N_("Hand receipts to a fiscal printer"), SWITCH))
    fiscal_dialect: str = field(
        default=DIALECTS[0].key,
        metadata=_as("fiscal", N_("Kind of printer"), CHOICE, *((each.key, each.label) for each in DIALECTS)),
    )
    fiscal_groups: str = field(default="21=1 11=2 0=5", metadata=_as("fiscal", N_("VAT groups of the printer")))
    fiscal_types: str = field(
        default="cash=0 card=1 voucher=3", metadata=_as("fiscal", N_("Payment types of the printer"))
    )

    def vat_on(self, day: date) -> int:
        """Give the rate a new line gets on a day, in basis points; a shop that is no VAT payer charges none."""
        return (rate_on(self.region, STANDARD, day) or 0) if self.vat_payer else 0


COUNTRIES = {
    "RO": {"currency": "RON", "zone": "Europe/Bucharest"},
    "MD": {"currency": "MDL", "zone": "Europe/Chisinau"},
}
"""What follows from the country; its VAT rates are in ``domain/vat.py``."""


def abandoned(moved: datetime, at: datetime, days: int) -> bool:
    """Say whether what last moved at a moment counts as abandoned at another; no days at all mean never."""
    return days > 0 and at - moved >= timedelta(days=days)


def check(shop: Shop) -> None:
    """Refuse settings with which the shop could not work.

    Raises:
        Refusal: naming the setting, and what it may hold.
    """
    if not shop.name:
        raise Refusal(_("Write the shop's name."), "name")
    if re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", shop.closes_at) is None:
        raise Refusal(_("Write the time like 18:00."), "closes_at")
    for each in fields(Shop):
        value, kind, details = getattr(shop, each.name), each.metadata["kind"], each.metadata["details"]
        if kind == NUMBER and not details[0] <= value <= details[1]:
            least, most = details
            sentence = _("Write a number from {least} to {most}.").format(least=least, most=most)
            raise Refusal(sentence, each.name)
        if kind == PERCENT and not 0 <= value <= 10_000:
            raise Refusal(_("Write a share from 0 to 100 %."), each.name)
        if kind == AMOUNT and value < 0:
            raise Refusal(_("An amount cannot be negative."), each.name)
        if kind == CHOICE and value not in {choice for choice, _label in details}:
            raise Refusal(_("Choose one of those offered."), each.name)
    read_groups(shop.fiscal_groups)
    read_map(shop.fiscal_types, "fiscal_types")
