"""Lists as files: CSV that no spreadsheet takes for formulas, and XLSX."""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from ticketdesk.domain.clock import shop_time
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.orders import STATUS
from ticketdesk.domain.shop import Shop
from ticketdesk.services.lists import OrderRow
from ticketdesk.texts import N_, _

Cell = str | int | Decimal | datetime
HEADINGS = (
    N_("Number"), N_("Received"), N_("Promised"), N_("Status"), N_("Customer"), N_("Phone"), N_("Device"),
    N_("Problem"), N_("Responsible"), N_("Total"), N_("Balance"),
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")


def guarded(text: str) -> str:
    """Make a text that no spreadsheet computes (OWASP ASVS 5.0, 1.2.10)."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def order_cells(row: OrderRow, shop: Shop) -> tuple[Cell, ...]:
    """Give the cells of an order; amounts as decimals of the currency, moments on the shop's clock."""
    return (
        row.number,
        shop_time(row.received_at, shop.zone).replace(tzinfo=None),
        shop_time(row.promised_at, shop.zone).replace(tzinfo=None),
        _(STATUS[row.status].label),
        row.customer_name,
        row.customer_phone,
        row.device_title,
        row.complaint,
        row.assignee,
        Decimal(row.total).scaleb(-2),
        Decimal(row.balance).scaleb(-2),
    )


def write_table(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write rows to a CSV or XLSX file, by its ending; gives how many. Half a file never bears the name.

    Raises:
        Refusal: if the ending is neither.
    """
    if path.suffix.lower() not in {".csv", ".xlsx"}:
        raise Refusal(_("Choose a file name ending in .csv or .xlsx."), "to")
    half = path.with_name(f"{path.name}.part")
    write = _csv if path.suffix.lower() == ".csv" else _xlsx
    count = write(half, [_(heading) for heading in headings], rows)
    half.replace(path)
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


def _plain(cell: Cell) -> str:
    return f"{cell:%Y-%m-%d %H:%M}" if isinstance(cell, datetime) else str(cell)


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
