"""Estimates: their states, and the ways they reach the customer and come back."""

from dataclasses import dataclass

from ticketdesk.domain.keys import UUID
from ticketdesk.domain.pricing import Terms
from ticketdesk.texts import N_

MADE, SENT, AGREED, PARTLY, REFUSED, SUPERSEDED = "made", "sent", "agreed", "partly", "refused", "superseded"
STATE_LABELS = {
    MADE: N_("Not sent yet"),
    SENT: N_("Waits for an answer"),
    AGREED: N_("Agreed"),
    PARTLY: N_("Agreed in part"),
    REFUSED: N_("Refused"),
    SUPERSEDED: N_("Replaced by a newer one"),
}

SENDINGS = {"printed": N_("Printed"), "message": N_("By message"), "email": N_("By e-mail")}
ANSWERS = {
    "signature": N_("Signed at the counter"),
    "counter": N_("Said at the counter"),
    "phone": N_("By phone"),
    "message": N_("By message"),
}

VALID_DAYS = 30
"""The repair form of Directive (EU) 2024/1799, art. 4, may not change for 30 days."""


@dataclass(frozen=True, slots=True)
class EstimateLine:
    """A line as it was put to the customer. Quantity in thousandths, amounts in minor units, rate in basis points."""

    line_id: UUID
    place: int
    kind: str
    name: str
    quantity: int
    unit: str
    price: int
    total: int
    vat: int


@dataclass(frozen=True, slots=True)
class EstimateLines:
    """All that was put to the customer; ``terms`` are missing on estimates of before they were kept."""

    lines: tuple[EstimateLine, ...]
    terms: Terms | None = None
