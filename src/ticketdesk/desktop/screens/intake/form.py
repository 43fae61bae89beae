"""The intake form as typed, what it still lacks, and the order it becomes."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from ticketdesk.desktop.screens.intake import due
from ticketdesk.domain.bins import normal_bin
from ticketdesk.domain.devices import normal_serial
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.money import parse_amount, share
from ticketdesk.domain.orders import Billing, Kind, Place, Urgency
from ticketdesk.domain.people import normal_phone, tidy_name
from ticketdesk.domain.search import tidy
from ticketdesk.domain.shop import Shop
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.intake import NewDevice, NewOrder
from ticketdesk.texts import _

POOL = "pool"
NO_CODE = ""
NO_DEPOSIT = ""


@dataclass(frozen=True, slots=True)
class Form:
    """Everything on the page exactly as typed, right or wrong: what a draft keeps.

    ``request`` belongs to this one device: however often it is sent, it becomes one order.
    """

    request: UUID = field(default_factory=new_key)
    at: datetime | None = None
    phone: str = ""
    name: str = ""
    customer_id: UUID | None = None
    serial: str = ""
    kind: str = "phone"
    brand: str = ""
    model: str = ""
    colour: str = ""
    device_id: UUID | None = None
    complaint: str = ""
    unlock_kind: str = "pin"
    unlock_code: str = field(default="", metadata={"secret": True})
    condition: dict[str, str] = field(default_factory=dict)
    photos: list[UUID] = field(default_factory=list)
    accessories: list[str] = field(default_factory=list)
    other_accessories: str = ""
    order_kind: str = Kind.EXTERNAL.value
    billing: str = Billing.PAID.value
    warranty_of: UUID | None = None
    place: str = Place.IN_SHOP.value
    address: str = ""
    promised: str = ""
    assignee: str = POOL
    estimate: str = ""
    urgent: bool = False
    deposit: str = ""
    method: str = NO_DEPOSIT
    bin: str = ""

    def is_like(self, other: "Form") -> bool:
        """Say whether both hold the same words, whenever and under whichever request they were typed."""
        return replace(self, request=other.request, at=other.at) == other

    @property
    def internal(self) -> bool:
        """Say whether the shop itself is the customer."""
        return self.order_kind == Kind.INTERNAL


@dataclass(frozen=True, slots=True)
class Sums:
    """What the money section adds up, in minor units."""

    estimate: int
    surcharge: int
    deposit: int

    @property
    def total(self) -> int:
        """Give the estimate with its surcharge."""
        return self.estimate + self.surcharge

    @property
    def rest(self) -> int:
        """Give what is left to pay at hand-over, as far as one knows."""
        return self.total - self.deposit


def sums(form: Form, shop: Shop) -> Sums:
    """Add up what is typed so far; what is not yet an amount counts nothing."""
    free = form.billing == Billing.WARRANTY or form.internal
    estimate = 0 if free else _amount(form.estimate)
    surcharge = share(estimate, shop.surcharge) if form.urgent else 0
    return Sums(estimate, surcharge, _amount(form.deposit))


def _amount(typed: str) -> int:
    try:
        return max(parse_amount(typed), 0) if typed.strip() else 0
    except Refusal:
        return 0


def missing(form: Form) -> dict[str, str]:
    """Name what has to be filled in before saving, by field, in the order of the page."""
    wanted: dict[str, tuple[str, str]] = {}
    if not form.internal and form.customer_id is None:
        wanted["phone"] = (form.phone, _("phone"))
        wanted["name"] = (form.name, _("name"))
    if form.device_id is None:
        wanted["model"] = (form.model, _("model"))
    if form.place == Place.ON_SITE:
        wanted["address"] = (form.address, _("address"))
    wanted["promised_at"] = (form.promised, _("due date"))
    return {name: word for name, (typed, word) in wanted.items() if not typed.strip()}


def wrong(form: Form, now: datetime, shop: Shop) -> Refusal | None:
    """Give the first thing on the page that cannot be saved as it is typed; nothing if all is well."""
    if lacking := missing(form):
        first = next(iter(lacking))
        return Refusal(_("Still missing: {fields}.").format(fields=", ".join(lacking.values())), first)
    try:
        order(form, now, shop)
    except Refusal as refusal:
        return refusal
    return None


def order(form: Form, now: datetime, shop: Shop) -> NewOrder:
    """Make the intake of what was typed.

    Raises:
        Refusal: naming the first field that is wrong.
    """
    serial = normal_serial(form.serial)
    promised = due.parse(form.promised, now, shop)
    estimate = parse_amount(form.estimate, "estimate") if form.estimate.strip() else None
    deposit = parse_amount(form.deposit, "deposit") if form.deposit.strip() else 0
    if deposit and not form.method:
        raise Refusal(_("Choose how the deposit is paid."), "deposit_method")
    on_site = form.place == Place.ON_SITE
    return NewOrder(
        device=NewDevice(form.kind, form.brand, form.model, serial, form.colour),
        device_id=form.device_id,
        customer=_customer(form, shop),
        customer_id=form.customer_id,
        kind=Kind(form.order_kind),
        urgency=Urgency.URGENT if form.urgent else Urgency.NORMAL,
        billing=Billing(form.billing),
        place=Place(form.place),
        address=form.address if on_site else "",
        bin=normal_bin(form.bin),
        complaint=form.complaint,
        condition=form.condition,
        accessories=everything_received(form),
        unlock_kind=form.unlock_kind if form.unlock_code else "",
        unlock_code=form.unlock_code,
        promised_at=promised,
        assignee_id=None if form.assignee == POOL else UUID(form.assignee),
        pool=form.assignee == POOL,
        estimate=estimate,
        deposit=deposit,
        deposit_method=form.method or "cash",
        warranty_of=form.warranty_of if form.billing == Billing.WARRANTY else None,
    )


def _customer(form: Form, shop: Shop) -> NewCustomer | None:
    if form.customer_id is not None or (form.internal and not form.name.strip()):
        return None
    return NewCustomer(tidy_name(form.name), normal_phone(form.phone, shop.region))


def everything_received(form: Form) -> list[str]:
    """List the accessories: those ticked, and those written."""
    written = [item for part in form.other_accessories.split(",") if (item := tidy(part))]
    return [*form.accessories, *written]
