"""What the cells of the list say, as words: for screen readers, tips, copying, and the painter."""

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QDate

from ticketdesk.desktop import dates
from ticketdesk.desktop.listing.model import Column
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.devices import kind_of, shown_serial
from ticketdesk.domain.money import CURRENCIES, format_amount
from ticketdesk.domain.orders import STATUS, Billing, Kind, Phase, Place, Urgency
from ticketdesk.domain.people import shown_phone
from ticketdesk.domain.views import DUE
from ticketdesk.services.lists import EARLIER, LATE, OrderRow, is_late
from ticketdesk.texts import N_, _

NUMBER, FLAGS, DEVICE, CUSTOMER, PROBLEM, STATUS_CELL, ASSIGNEE, PROMISED, BALANCE = range(9)
(RECEIVED, READY_ON, HANDED_OVER_ON, STATUS_SINCE, AGE, TOTAL, PAID, PHONE, BRAND, SERIAL, DEVICE_KIND, PLACE,
 SOURCE, BIN) = range(9, 23)  # fmt: skip


COLUMNS: tuple[Column, ...] = (
    Column("number", N_("No."), 72, 72),
    Column("", "", 28, 28, key="marks"),
    Column("device", N_("Device"), 188, 160),
    Column("customer", N_("Customer"), 146, 120),
    Column("problem", N_("Problem"), 0, 0),
    Column("status", N_("Status"), 152, 144),
    Column("assignee", N_("Resp."), 60, 60),
    Column(DUE, N_("Due"), 112, 112),
    Column("balance", N_("Balance, {currency}"), 92, 92, right=True),
    Column("received", N_("Received"), 112, 112, usual=False),
    Column("", N_("Ready on"), 112, 112, key="ready", usual=False),
    Column("", N_("Handed over on"), 132, 120, key="handed_over", usual=False),
    Column("", N_("In this status since"), 132, 120, key="status_since", usual=False),
    Column("", N_("Age"), 72, 72, key="age", usual=False),
    Column("", N_("Total, {currency}"), 92, 92, right=True, key="total", usual=False),
    Column("", N_("Paid, {currency}"), 92, 92, right=True, key="paid", usual=False),
    Column("", N_("Phone"), 124, 116, key="phone", usual=False),
    Column("", N_("Brand"), 104, 96, key="brand", usual=False),
    Column("", N_("Serial number"), 148, 132, key="serial", usual=False),
    Column("", N_("Kind of device"), 128, 116, key="device_kind", usual=False),
    Column("", N_("Place"), 104, 96, key="place", usual=False),
    Column("", N_("Source"), 112, 96, key="source", usual=False),
    Column("bin", N_("Bin"), 88, 80, usual=False),
)


OF_CUSTOMERS = frozenset({COLUMNS[PHONE].name})
"""Columns for who may see customers."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What every cell is seen against: the moment, the shop's clock and currency, and who may claim."""

    moment: datetime
    zone: str
    currency: str
    may_claim: bool
    region: str = "RO"


def title(column: int, currency: str) -> str:
    """Give the title of a column."""
    text = COLUMNS[column].title
    return _(text).format(currency=CURRENCIES.get(currency, currency)) if text else ""


def flags_title() -> str:
    """Name the column of icons, which has no title to see."""
    return _("Marks")


def flags(row: OrderRow) -> list[tuple[str, str, str]]:
    """Give what is unusual about an order: icon, colour, word. The usual is silent."""
    found = []
    if row.urgency == Urgency.URGENT:
        found.append(("bolt", "warnText", _("Urgent")))
    if row.billing == Billing.WARRANTY:
        found.append(("shield", "accentText", _("Warranty")))
    if row.place == Place.ON_SITE:
        found.append(("pin", "text2", _("On site")))
    if row.kind == Kind.INTERNAL:
        found.append(("building", "text2", _("Internal")))
    return found


def problem(row: OrderRow) -> str:
    """Give the complaint in one line."""
    return " ".join(row.complaint.split())


def customer(row: OrderRow) -> str:
    """Name whom the order is for."""
    return row.customer_name or (_("Our own") if row.kind == Kind.INTERNAL else "")


def promised(row: OrderRow, scene: Scene) -> str:
    """Say for when the order is promised, as near as it is."""
    return dates.short_due(row.promised_at, scene.moment, scene.zone, late=is_late(row, scene.moment))


def is_soon(row: OrderRow, scene: Scene) -> bool:
    """Say whether an order that is still here is due within the hour."""
    seconds = (row.promised_at - scene.moment).total_seconds()
    return row.phase not in (Phase.DONE, Phase.CANCELLED) and 0 <= seconds <= 3600


def is_paid(row: OrderRow) -> bool:
    """Say whether something was owed, and all of it is paid."""
    return row.total > 0 and row.balance <= 0


def balance(row: OrderRow) -> str:
    """Say what is still owed; a dash while there is nothing to owe."""
    if is_paid(row) and row.balance == 0:
        return _("paid")
    return "—" if row.balance == 0 else format_amount(row.balance)


def may_be_claimed(row: OrderRow, scene: Scene) -> bool:
    """Say whether the row offers itself: nobody is responsible, and this person may be."""
    return scene.may_claim and row.assignee_id is None and row.phase not in (Phase.DONE, Phase.CANCELLED)


def on(moment: datetime | None, scene: Scene) -> str:
    """Say when something was, as near as it is; nothing if it was not."""
    return dates.moment_text(moment, scene.moment, scene.zone) if moment else ""


def age(row: OrderRow, scene: Scene) -> str:
    """Say for how long an order has been here, or was."""
    return dates.between(row.received_at, row.handed_over_at or scene.moment, scene.zone)


def text(row: OrderRow, column: int, scene: Scene) -> str:
    """Give a cell in words."""
    says = {
        NUMBER: lambda: str(row.number),
        FLAGS: lambda: ", ".join(word for _icon, _token, word in flags(row)),
        DEVICE: lambda: row.device_title,
        CUSTOMER: lambda: customer(row),
        PROBLEM: lambda: problem(row),
        STATUS_CELL: lambda: _(STATUS[row.status].label),
        ASSIGNEE: lambda: row.assignee or _("nobody"),
        PROMISED: lambda: promised(row, scene),
        BALANCE: lambda: balance(row),
        RECEIVED: lambda: on(row.received_at, scene),
        READY_ON: lambda: on(row.ready_at, scene),
        HANDED_OVER_ON: lambda: on(row.handed_over_at, scene),
        STATUS_SINCE: lambda: on(row.status_at, scene),
        AGE: lambda: age(row, scene),
        TOTAL: lambda: format_amount(row.total) if row.total else "—",
        PAID: lambda: format_amount(row.paid) if row.paid else "—",
        PHONE: lambda: shown_phone(row.customer_phone, scene.region) if row.customer_phone else "",
        BRAND: lambda: row.brand,
        SERIAL: lambda: shown_serial(row.serial),
        DEVICE_KIND: lambda: _(kind_of(row.device_kind).label),
        PLACE: lambda: _("On site") if row.place == Place.ON_SITE else _("In the shop"),
        SOURCE: lambda: row.source,
        BIN: lambda: row.bin,
    }
    return says[column]()


def spoken(row: OrderRow, column: int, scene: Scene) -> str:
    """Give a cell as a screen reader says it: title, value, and in words what is only painted."""
    value = text(row, column, scene)
    if not value:
        return ""
    if column == PROMISED and is_late(row, scene.moment):
        late = dates.between(row.promised_at, scene.moment, scene.zone)
        value = _("{due}, {time} late").format(due=value, time=late)
    heading = title(column, scene.currency)
    return f"{heading}: {value}" if heading else value


def section_title(mark: int, scene: Scene) -> str:
    """Name a section of the list."""
    if mark == LATE:
        return _("Overdue")
    if mark == EARLIER:
        return _("From earlier days")
    day = date.fromordinal(-mark)
    named = dates.locale().toString(QDate(day.year, day.month, day.day), "dddd d MMMM")
    ahead = (day - day_of(scene.moment, scene.zone)).days
    if ahead == 0:
        return _("Today, {day}").format(day=named)
    if ahead == 1:
        return _("Tomorrow, {day}").format(day=named)
    return named[:1].upper() + named[1:]
