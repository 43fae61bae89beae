"""The life of an order: phases, statuses, allowed moves and what each move requires."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ticketdesk.domain.money import format_amount
from ticketdesk.domain.rights import Right
from ticketdesk.texts import N_, _


class Kind(StrEnum):
    """Whom an order is for: a customer, or the shop itself."""

    EXTERNAL = "external"
    INTERNAL = "internal"


class Urgency(StrEnum):
    """How soon: in turn, or first and with a surcharge."""

    NORMAL = "normal"
    URGENT = "urgent"


class Billing(StrEnum):
    """Who pays: the customer, or our own warranty."""

    PAID = "paid"
    WARRANTY = "warranty"


class Place(StrEnum):
    """Where the work is done."""

    IN_SHOP = "in_shop"
    ON_SITE = "on_site"


class Phase(StrEnum):
    """The fixed stages of an order; they carry the rules."""

    NEW = "new"
    WORKING = "working"
    WAITING = "waiting"
    READY = "ready"
    DONE = "done"
    CANCELLED = "cancelled"


OPEN_PHASES = (Phase.NEW, Phase.WORKING, Phase.WAITING, Phase.READY)


@dataclass(frozen=True, slots=True)
class Status:
    """A status of the shop's flow: its phase, name, look (token key) and the right to move an order there."""

    key: str
    phase: Phase
    label: str
    look: str
    right: Right
    step: str
    """What the button that leads here says."""


CREATED, IN_PROGRESS = "created", "in_progress"
AWAITING_PARTS, AWAITING_APPROVAL = "awaiting_parts", "awaiting_approval"
READY, AWAITING_PAYMENT, SHIPPED = "ready", "awaiting_payment", "shipped"
HANDED_OVER, CANCELLED, NOT_REPAIRABLE = "handed_over", "cancelled", "not_repairable"

STATUSES: tuple[Status, ...] = (
    Status(CREATED, Phase.NEW, N_("Created"), "created", Right.MOVE_WORK, N_("Put back to new")),
    Status(IN_PROGRESS, Phase.WORKING, N_("In progress"), "progress", Right.MOVE_WORK, N_("Start work")),
    Status(AWAITING_PARTS, Phase.WAITING, N_("Awaiting parts"), "waiting", Right.MOVE_WORK, N_("Wait for parts")),
    Status(AWAITING_APPROVAL, Phase.WAITING, N_("Awaiting approval"), "waiting", Right.MOVE_WORK,
           N_("Wait for approval")),
    Status(READY, Phase.READY, N_("Ready"), "ready", Right.MOVE_WORK, N_("Mark ready")),
    Status(AWAITING_PAYMENT, Phase.READY, N_("Awaiting payment"), "payment", Right.MOVE_COUNTER,
           N_("Wait for payment")),
    Status(SHIPPED, Phase.READY, N_("Shipped"), "shipped", Right.MOVE_COUNTER, N_("Ship")),
    Status(HANDED_OVER, Phase.DONE, N_("Handed over"), "closed", Right.MOVE_COUNTER, N_("Hand over")),
    Status(CANCELLED, Phase.CANCELLED, N_("Cancelled"), "cancelled", Right.CANCEL, N_("Cancel order")),
    Status(NOT_REPAIRABLE, Phase.CANCELLED, N_("Not repairable"), "cancelled", Right.MOVE_WORK,
           N_("Mark not repairable")),
)  # fmt: skip

STATUS: Mapping[str, Status] = {status.key: status for status in STATUSES}
PLACE_IN_FLOW: Mapping[str, int] = {status.key: place for place, status in enumerate(STATUSES)}

_STOP = (CANCELLED, NOT_REPAIRABLE)
MOVES: Mapping[str, tuple[str, ...]] = {
    CREATED: (IN_PROGRESS, AWAITING_APPROVAL, *_STOP),
    IN_PROGRESS: (READY, AWAITING_PARTS, AWAITING_APPROVAL, CREATED, *_STOP),
    AWAITING_PARTS: (IN_PROGRESS, AWAITING_APPROVAL, *_STOP),
    AWAITING_APPROVAL: (IN_PROGRESS, AWAITING_PARTS, *_STOP),
    READY: (HANDED_OVER, AWAITING_PAYMENT, SHIPPED, IN_PROGRESS),
    AWAITING_PAYMENT: (HANDED_OVER, SHIPPED, READY),
    SHIPPED: (HANDED_OVER, AWAITING_PAYMENT, READY),
    HANDED_OVER: (),
    CANCELLED: (HANDED_OVER, CREATED),
    NOT_REPAIRABLE: (HANDED_OVER, IN_PROGRESS),
}
"""Where an order may go from each status; the first is the usual next step."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules may look at: nothing of tables, nothing of screens. ``due`` in minor units."""

    status: str
    due: int = 0
    assigned: bool = True
    diagnosis: str = ""
    lines: int = 0
    reason: str = ""
    beyond: int = 0
    """How much the work costs above what the customer agreed to, in minor units."""


def responsible_named(order: Facts) -> str | None:
    """Somebody answers for the work before it starts."""
    return None if order.assigned else _("Claim the order first: nobody is responsible for it.")


def work_written(order: Facts) -> str | None:
    """A ready order says what was found or done, because the papers print it."""
    return None if order.diagnosis or order.lines else _("Write what was found or add the work done.")


def agreed_to(order: Facts) -> str | None:
    """Work that costs more than the customer agreed to asks for a new agreement first (Civil Code, art. 1854)."""
    if order.beyond <= 0:
        return None
    more = format_amount(order.beyond)
    return _("The work costs {amount} more than the customer agreed to. Put a new estimate to them.").format(
        amount=more
    )


def paid_in_full(order: Facts) -> str | None:
    """A device leaves the shop when nothing is owed."""
    return None if order.due <= 0 else _("There is still something to pay. Take the payment first.")


def something_owed(order: Facts) -> str | None:
    """Only an order with a balance waits for payment."""
    return None if order.due > 0 else _("Nothing is owed on this order.")


def reason_given(order: Facts) -> str | None:
    """Whoever stops an order says why."""
    return None if order.reason else _("Write the reason.")


RULES: Mapping[str, tuple[Callable[[Facts], str | None], ...]] = {
    IN_PROGRESS: (responsible_named,),
    READY: (responsible_named, work_written, agreed_to),
    AWAITING_PAYMENT: (something_owed,),
    HANDED_OVER: (paid_in_full,),
    CANCELLED: (reason_given,),
    NOT_REPAIRABLE: (reason_given,),
}
"""What each status requires of an order that wants to enter it."""


def obstacles(order: Facts, to: str) -> list[str]:
    """Say why this order may not move there; an empty list means go."""
    if to not in MOVES[order.status]:
        was, wanted = _(STATUS[order.status].label), _(STATUS[to].label)
        return [_("An order cannot go from “{was}” to “{to}”.").format(was=was, to=wanted)]
    return [no for rule in RULES.get(to, ()) if (no := rule(order))]


def next_status(order: Facts) -> str | None:
    """Give the one next step of an order (F8): the first lawful move of the flow."""
    if order.status in (CANCELLED, NOT_REPAIRABLE, HANDED_OVER):
        return HANDED_OVER if order.status != HANDED_OVER else None
    return MOVES[order.status][0]


def needs_reason(to: str) -> bool:
    """Say whether a move there asks for a reason."""
    return reason_given in RULES.get(to, ())


LINE_WORK, LINE_PART = "work", "part"
LINE_KINDS = (LINE_WORK, LINE_PART)

CASH, CREDIT, ROUNDING = "cash", "credit", "rounding"
MONEY = (CASH, "card", "transfer", "voucher")
METHODS = (*MONEY, CREDIT)
METHOD_LABELS = {
    CASH: N_("Cash"),
    "card": N_("Card"),
    "transfer": N_("Bank transfer"),
    "voucher": N_("Voucher"),
    CREDIT: N_("Customer credit"),
    ROUNDING: N_("Rounding"),
}
"""Ways to pay: in money, or out of what a customer has with us; and the line that makes a cash sum payable in coins."""
PAYMENT_LABELS = {
    "deposit": N_("Deposit"),
    "payment": N_("Payment"),
    "refund": N_("Refund"),
    "reversal": N_("Undone"),
    "account": N_("Into the account"),
}
"""What each kind of payment is called."""
