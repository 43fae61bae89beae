"""Lists as files: CSV that no spreadsheet takes for formulas, and XLSX."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from ticketdesk.domain.clock import day_of, shop_time
from ticketdesk.domain.devices import kind_of
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.money import marks
from ticketdesk.domain.orders import STATUS, Billing, Kind, Place, Urgency
from ticketdesk.domain.shop import Shop
from ticketdesk.services.lists import OrderRow
from ticketdesk.texts import N_, _

Cell = str | int | Decimal | datetime
Write = Callable[[Path, Sequence[str], Iterable[Sequence[Cell]]], int]
_TELL_EVERY = 500
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")


def guarded(text: str) -> str:
    """Make a text that no spreadsheet computes (OWASP ASVS 5.0, 1.2.10)."""
    return f"'{text}" if text.startswith(_FORMULA) else text


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list of orders in a file: its heading (marked), and its cell of an order."""

    heading: str
    cell: Callable[[OrderRow, Shop], Cell]


def _moment(moment: datetime | None, shop: Shop) -> Cell:
    return shop_time(moment, shop.zone).replace(tzinfo=None) if moment else ""


def in_units(minor: int) -> Decimal:
    """Give an amount as a spreadsheet sums it: whole units, two places."""
    return Decimal(minor).scaleb(-2)


def _days(row: OrderRow, shop: Shop) -> int:
    until = row.handed_over_at or datetime.now(UTC)
    return (day_of(until, shop.zone) - day_of(row.received_at, shop.zone)).days


def _marks(row: OrderRow) -> str:
    marks = (
        (row.urgency == Urgency.URGENT, _("Urgent")), (row.billing == Billing.WARRANTY, _("Warranty")),
        (row.place == Place.ON_SITE, _("On site")), (row.kind == Kind.INTERNAL, _("Internal")),
    )  # fmt: skip
    return ", ".join(word for holds, word in marks if holds)


COLUMNS: Mapping[str, Column] = {
    "number": Column(N_("Number"), lambda row, _shop: row.number),
    "marks": Column(N_("Marks"), lambda row, _shop: _marks(row)),
    "received": Column(N_("Received"), lambda row, shop: _moment(row.received_at, shop)),
    "due": Column(N_("Promised"), lambda row, shop: _moment(row.promised_at, shop)),
    "status": Column(N_("Status"), lambda row, _shop: _(STATUS[row.status].label)),
    "customer": Column(N_("Customer"), lambda row, _shop: row.customer_name),
    "phone": Column(N_("Phone"), lambda row, _shop: row.customer_phone),
    "device": Column(N_("Device"), lambda row, _shop: row.device_title),
    "problem": Column(N_("Problem"), lambda row, _shop: row.complaint),
    "assignee": Column(N_("Responsible"), lambda row, _shop: row.assignee),
    "total": Column(N_("Total"), lambda row, _shop: in_units(row.total)),
    "paid": Column(N_("Paid"), lambda row, _shop: in_units(row.paid)),
    "balance": Column(N_("Balance"), lambda row, _shop: in_units(row.balance)),
    "ready": Column(N_("Ready on"), lambda row, shop: _moment(row.ready_at, shop)),
    "handed_over": Column(N_("Handed over on"), lambda row, shop: _moment(row.handed_over_at, shop)),
    "status_since": Column(N_("In this status since"), lambda row, shop: _moment(row.status_at, shop)),
    "age": Column(N_("Age, days"), _days),
    "brand": Column(N_("Brand"), lambda row, _shop: row.brand),
    "serial": Column(N_("Serial number"), lambda row, _shop: row.serial),
    "device_kind": Column(N_("Kind of device"), lambda row, _shop: _(kind_of(row.device_kind).label)),
    "place": Column(N_("Place"), lambda row, _shop: _("On site") if row.place == Place.ON_SITE else _("In the shop")),
    "source": Column(N_("Source"), lambda row, _shop: row.source),
    "bin": Column(N_("Bin"), lambda row, _shop: row.bin),
}
"""By the names lists know their columns by."""

PHONE = "phone"
USUAL = (
    "number",
    "received",
    "due",
    "status",
    "customer",
    "device",
    "problem",
    "assignee",
    "total",
    "balance",
)


class Stopped(Exception):  # noqa: N818 - it is an event, and wanted
    """Somebody stopped the writing of a file."""


def write_orders(
    path: Path,
    columns: Sequence[str],
    rows: Iterable[OrderRow],
    shop: Shop,
    told: Callable[[int], bool] = lambda _n: True,
) -> int:
    """Write orders to a CSV or XLSX file in these columns; gives how many.

    ``told`` hears after each some hundred how many are written, and says whether to go on.

    Raises:
        Refusal: if the file's ending is neither, or there is no such column.
        Stopped: if it was told to; nothing is left behind.
    """
    if unknown := [name for name in columns if name not in COLUMNS]:
        raise Refusal(_("There is no column “{column}”.").format(column=unknown[0]), "columns")
    chosen = [COLUMNS[name] for name in columns]

    def cells() -> Iterator[Sequence[Cell]]:
        for count, row in enumerate(rows):
            if count % _TELL_EVERY == 0 and not told(count):
                raise Stopped
            yield [column.cell(row, shop) for column in chosen]

    return write_table(path, [column.heading for column in chosen], cells())


def write_table(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write rows to a CSV or XLSX file, by its ending; gives how many. Half a file never bears the name.

    Raises:
        Refusal: if the ending is neither.
    """
    if path.suffix.lower() not in {".csv", ".xlsx"}:
        raise Refusal(_("Choose a file name ending in .csv or .xlsx."), "to")
    half = path.with_name(f"{path.name}.part")
    write: Write = _csv if path.suffix.lower() == ".csv" else _xlsx
    try:
        count = write(half, [_(heading) for heading in headings], rows)
        half.replace(path)
    except OSError as error:
        raise Refusal(_("The file {file} cannot be written.").format(file=path.name), "to") from error
    finally:
        half.unlink(missing_ok=True)
    return count


def _csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    count = 0
    # the mark at the beginning tells spreadsheets that this is UTF-8; the semicolon is what ours expect
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(headings)
        for row in rows:
            writer.writerow([guarded(cell) if isinstance(cell, str) else _plain(cell) for cell in row])
            count += 1
    return count


def _plain(cell: int | Decimal | datetime) -> str:
    """Write a cell as the spreadsheets of the language spoken read it: Romanian ones take 12.05 for a day in May."""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return str(cell).replace(".", marks()[1])


def _xlsx(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    import xlsxwriter  # noqa: PLC0415 - heavy, and needed for this kind of file only

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    count = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        money = book.add_format({"num_format": "#,##0.00"})
        sheet.freeze_panes(1, 0)
        for place, heading in enumerate(headings):
            sheet.write_string(0, place, heading, bold)
        for count, row in enumerate(rows, 1):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(count, place, cell)
                elif isinstance(cell, datetime):
                    sheet.write_datetime(count, place, cell, moment)
                else:
                    sheet.write_number(count, place, float(cell), money if isinstance(cell, Decimal) else None)
    return count
