"""What a shop says of itself: the settings all its PCs share."""

from dataclasses import dataclass, field

from ticketdesk.texts import N_

SELF_MANAGED, POOL = "self_managed", "pool"


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
    lock_minutes: int = field(default=5, metadata={"label": N_("Lock the screen after, minutes")})

    @property
    def usual_vat(self) -> int:
        """Give the rate a new line gets, in basis points; a shop that is no VAT payer charges none."""
        return self.vat_rate if self.vat_payer else 0


COUNTRIES = {
    "RO": {"currency": "RON", "zone": "Europe/Bucharest", "vat_rate": 2100},
    "MD": {"currency": "MDL", "zone": "Europe/Chisinau", "vat_rate": 2000},
}
"""What follows from the country. VAT: Romania 21 % since 1 August 2025 (Law 141/2025), Moldova 20 %."""
