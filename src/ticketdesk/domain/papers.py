"""The facts that papers are made from. Amounts in minor units; moments on the shop's clock."""

from dataclasses import dataclass
from datetime import date, datetime

from ticketdesk.domain.money import RateTotal


@dataclass(frozen=True, slots=True)
class ShopFacts:
    """Who issues the paper."""

    name: str
    legal_name: str
    address: str
    tax_id: str
    register_number: str
    phone: str
    email: str
    hours: str
    currency: str
    vat_payer: bool
    region: str = "RO"
    """The country whose authorities a paper names (ISO 3166)."""
    location: str = ""
    """The place that issues it, with its own address; empty in a shop that tells none apart."""


@dataclass(frozen=True, slots=True)
class Reprint:
    """Says of a paper that it was printed before: which duplicate it is, when, and who made it."""

    number: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """What every paper of an order may say. The unlock code itself is never among them."""

    number: int
    code: str
    received: datetime
    promised: datetime
    taken_by: str
    customer: str
    phone: str
    device: str
    serial: str
    colour: str
    complaint: str
    defects: tuple[str, ...]
    untested: tuple[str, ...]
    good: tuple[str, ...]
    accessories: tuple[str, ...]
    urgent: bool
    warranty: bool
    internal: bool
    on_site: str
    """The address where the work is done; empty in the shop."""
    code_given: bool
    customer_tax_id: str = ""
    earlier: int | None = None
    """The order under whose warranty this one is."""
    customer_email: str = ""
    customer_address: str = ""
    consent: bool = False
    """Whether the customer has already agreed to be written to."""


@dataclass(frozen=True, slots=True)
class IntakeFacts:
    """An intake receipt. ``surcharge`` is an amount, ``surcharge_rate`` basis points."""

    shop: ShopFacts
    order: OrderFacts
    estimate: int | None
    surcharge: int
    surcharge_rate: int
    deposit: int
    deposit_method: str
    copies: int = 1
    reprint: Reprint | None = None
    deposit_rule: str = ""
    """What becomes of the deposit if the order is cancelled, as the shop has it."""
    deposit_fiscal: tuple[str, ...] = ()
    """The numbers of the fiscal receipts of the deposit, as far as they are known."""

    @property
    def total(self) -> int:
        """Give the estimated total with the surcharge."""
        return (self.estimate or 0) + self.surcharge


@dataclass(frozen=True, slots=True)
class PaidFacts:
    """One payment on a receipt; refunds are negative."""

    number: str
    kind: str
    method: str
    amount: int
    tendered: int
    fiscal: str = ""
    """The number of its fiscal receipt, once that is known."""


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One work or part on a paper. ``quantity`` in thousandths; ``until`` is the last day of its warranty."""

    name: str
    kind: str
    code: str
    serial: str
    quantity: int
    amount: int
    months: int
    until: date | None


@dataclass(frozen=True, slots=True)
class VatFacts:
    """What is contained under one VAT rate (basis points)."""

    rate: int
    vat: int


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """A payment receipt."""

    shop: ShopFacts
    order: OrderFacts
    at: datetime
    taken_by: str
    lines: tuple[LineFacts, ...]
    surcharge: int
    surcharge_rate: int
    total: int
    rates: tuple[VatFacts, ...]
    payments: tuple[PaidFacts, ...]
    balance: int
    reprint: Reprint | None = None


@dataclass(frozen=True, slots=True)
class WarrantyFacts:
    """A warranty certificate."""

    shop: ShopFacts
    order: OrderFacts
    handed_over: datetime
    issued_by: str
    printed: datetime
    lines: tuple[LineFacts, ...]
    surcharge: int
    surcharge_rate: int
    total: int
    rates: tuple[VatFacts, ...]
    reprint: Reprint | None = None
    fiscal: tuple[str, ...] = ()
    """The numbers of the fiscal receipts of what was paid, as far as they are known."""


@dataclass(frozen=True, slots=True)
class EstimateLineFacts:
    """A line of an estimate. ``quantity`` in thousandths; ``refused`` if the customer did not want it."""

    name: str
    quantity: int
    unit: str
    price: int
    amount: int
    refused: bool


@dataclass(frozen=True, slots=True)
class EstimateFacts:
    """An estimate as it was put to the customer; ``answered`` says in a sentence what they said, empty before."""

    shop: ShopFacts
    order: OrderFacts
    version: int
    made: datetime
    made_by: str
    valid_until: date
    diagnosis: str
    lines: tuple[EstimateLineFacts, ...]
    discount: int
    surcharge: int
    surcharge_rate: int
    total: int
    rates: tuple[RateTotal, ...]
    fee: int
    note: str
    answered: str
    reprint: Reprint | None = None


@dataclass(frozen=True, slots=True)
class LabelFacts:
    """A device label: nothing personal beyond initials."""

    shop: str
    number: int
    code: str
    device: str
    """Brand, model and colour."""
    initials: str
    complaint: str
    promised: datetime
    urgent: bool
    warranty: bool
    accessories: tuple[str, ...]
    code_given: bool
    bin: str = ""


LONGEST_LIST = 5000
"""More would be a pile of paper nobody reads: a file serves better."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: its heading, its width on the screen, and whether it holds amounts."""

    heading: str
    width: int
    right: bool = False


@dataclass(frozen=True, slots=True)
class ListFacts:
    """What a list says: its title, what narrows it, its columns and the words of every cell."""

    title: str
    narrowed: str
    columns: tuple[ListColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    at: datetime
    shop: str
