"""What a shop says of itself: the settings all its PCs share."""

from dataclasses import dataclass, field

from ticketdesk.texts import N_

SELF_MANAGED, POOL = "self_managed", "pool"
WARN, REFUSE = "warn", "refuse"
REFUND, CREDIT, FEE = "refund", "credit", "fee"


@dataclass(frozen=True, slots=True)
class Shop:
    """The shop's own facts and habits. Rates in basis points; the surcharge is a share of works and parts."""

    name: str = field(default="", metadata={"label": N_("Shop name")})
    legal_name: str = field(default="", metadata={"label": N_("Company name")})
    address: str = field(default="", metadata={"label": N_("Address")})
    tax_id: str = field(default="", metadata={"label": N_("Tax number")})
    register_number: str = field(default="", metadata={"label": N_("Trade register number")})
    phone: str = field(default="", metadata={"label": N_("Phone")})
    email: str = field(default="", metadata={"label": N_("E-mail")})
    hours: str = field(default="", metadata={"label": N_("Opening hours")})
    language: str = field(default="ro", metadata={"label": N_("Language")})
    currency: str = field(default="RON", metadata={"label": N_("Currency")})
    region: str = field(default="RO", metadata={"label": N_("Country")})
    zone: str = field(default="Europe/Bucharest", metadata={"label": N_("Time zone")})
    vat_payer: bool = field(default=True, metadata={"label": N_("VAT payer")})
    vat_rate: int = field(default=2100, metadata={"label": N_("VAT rate")})
    allocation: str = field(default=POOL, metadata={"label": N_("Sharing out orders")})
    surcharge: int = field(default=2000, metadata={"label": N_("Urgency surcharge")})
    urgent_hours: int = field(default=24, metadata={"label": N_("Urgent orders are ready in, hours")})
    warranty_months: int = field(default=6, metadata={"label": N_("Usual warranty, months")})
    closes_at: str = field(default="18:00", metadata={"label": N_("Closing time")})
    fiscal: bool = field(default=False, metadata={"label": N_("Fiscal printer through a folder")})
    fiscal_dialect: str = field(default="datecs22", metadata={"label": N_("Kind of fiscal printer")})
    fiscal_groups: str = field(default="21=1 11=2 0=5", metadata={"label": N_("VAT groups of the fiscal printer")})
    fiscal_types: str = field(
        default="cash=0 card=1 voucher=3", metadata={"label": N_("Payment types of the fiscal printer")}
    )
    lock_minutes: int = field(default=5, metadata={"label": N_("Lock the screen after, minutes")})
    shifts: bool = field(default=False, metadata={"label": N_("Cash is kept in tills with shifts")})
    """A shop of before there were tills goes on without; a new one begins with them."""
    refund_limit: int = field(default=200_00, metadata={"label": N_("Refunds above need the owner")})
    cash_rounding: int = field(default=0, metadata={"label": N_("Cash is rounded to")})
    cash_limit: str = field(default=REFUSE, metadata={"label": N_("Cash above the legal limit")})
    cancelled_deposit: str = field(default=REFUND, metadata={"label": N_("Deposit of a cancelled order")})
    pay_days: int = field(default=15, metadata={"label": N_("A debt is due in, days")})

    @property
    def usual_vat(self) -> int:
        """Give the rate a new line gets, in basis points; a shop that is no VAT payer charges none."""
        return self.vat_rate if self.vat_payer else 0


COUNTRIES = {
    "RO": {"currency": "RON", "zone": "Europe/Bucharest", "vat_rate": 2100},
    "MD": {"currency": "MDL", "zone": "Europe/Chisinau", "vat_rate": 2000},
}
"""What follows from the country. VAT: Romania 21 % since 1 August 2025 (Law 141/2025), Moldova 20 %."""
