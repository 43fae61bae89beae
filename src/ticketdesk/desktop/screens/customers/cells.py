"""What the cells of the list say, as words: for screen readers, tips, copying, and the painter."""

from dataclasses import dataclass
from datetime import datetime

from ticketdesk.desktop import dates
from ticketdesk.desktop.listing.model import Column
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.contacts import contact_parts, is_email
from ticketdesk.domain.money import CURRENCIES, format_amount
from ticketdesk.domain.people import shown_phone
from ticketdesk.services.customer_lists import NAME as BY_NAME
from ticketdesk.services.customer_lists import OWES as BY_OWES
from ticketdesk.services.customers import CustomerRow
from ticketdesk.texts import N_, _

NAME, PHONE, EMAIL, TAGS, ORDERS, LAST, OWES = range(7)

COLUMNS: tuple[Column, ...] = (
    Column(BY_NAME, N_("Customer"), 0, 0),
    Column("phone", N_("Phone"), 128, 120),
    Column("", N_("E-mail"), 196, 150, key="email"),
    Column("", N_("Tags"), 148, 104, key="tags"),
    Column("", N_("Orders"), 76, 72, key="orders"),
    Column("", N_("Last visit"), 104, 100, key="last"),
    Column(BY_OWES, N_("Balance, {currency}"), 108, 104, right=True),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What every cell is seen against: the moment, the shop's clock, currency and country."""

    moment: datetime
    zone: str
    currency: str
    region: str


def title(column: int, currency: str) -> str:
    """Give the title of a column."""
    return _(COLUMNS[column].title).format(currency=CURRENCIES.get(currency, currency))


def icon(row: CustomerRow) -> str:
    """Give the icon of a person or a company."""
    return "building" if row.company else "user"


def phone(row: CustomerRow, region: str) -> str:
    """Give the first phone number there is, as it is said at home."""
    others = (contact_parts(contact)[0] for contact in row.contacts)
    first = row.phone or next((value for value in others if not is_email(value)), "")
    return shown_phone(first, region) if first else ""


def email(row: CustomerRow) -> str:
    """Give the first e-mail address there is."""
    others = (contact_parts(contact)[0] for contact in row.contacts)
    return row.email or next((value for value in others if is_email(value)), "")


def last_visit(row: CustomerRow, scene: Scene) -> str:
    """Say when the customer last brought something."""
    if row.last_visit is None:
        return "—"
    day, today = day_of(row.last_visit, scene.zone), day_of(scene.moment, scene.zone)
    if day == today:
        return _("today")
    return dates.short_day(day) if abs((today - day).days) < 200 else dates.numeric_day(day)


def owes(row: CustomerRow) -> str:
    """Say what is owed; a dash for nothing."""
    return format_amount(row.owes) if row.owes else "—"


def text(row: CustomerRow, column: int, scene: Scene) -> str:
    """Give a cell in words."""
    says = {
        NAME: lambda: row.name,
        PHONE: lambda: phone(row, scene.region),
        EMAIL: lambda: email(row),
        TAGS: lambda: ", ".join(row.tags),
        ORDERS: lambda: str(row.orders),
        LAST: lambda: last_visit(row, scene),
        OWES: lambda: owes(row),
    }
    return says[column]()
