"""Open Repair Data Standard v0.3: repairs recorded at community events, as orders.

Source of the fields: the standard of the Open Repair Alliance.
"""

import csv
import html
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from ticketdesk.domain.by import By
from ticketdesk.domain.clock import at
from ticketdesk.domain.devices import device_title
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.orders import AWAITING_PARTS, CANCELLED, HANDED_OVER, NOT_REPAIRABLE
from ticketdesk.domain.search import fold, tidy
from ticketdesk.services import settings
from ticketdesk.services.bulk import Batch, Values, blank_customer, blank_order, counter, finish, move_counter
from ticketdesk.storage.database import Database
from ticketdesk.storage.tables import Customer, Device, Order
from ticketdesk.texts import _

LARGEST = 200 * 1024 * 1024
_LONGEST = 3000
_CHUNK = 2000
_COLUMNS = {"id", "data_provider", "product_category", "brand", "repair_status", "event_date", "problem"}
_OUTCOMES = {
    "fixed": HANDED_OVER,
    "repairable": AWAITING_PARTS,
    "end of life": NOT_REPAIRABLE,
    "unknown": CANCELLED,
}
_KINDS = {
    "mobile": "phone", "tablet": "tablet", "laptop": "laptop", "desktop computer": "computer", "watch/clock": "watch",
    "flat screen": "tv", "tv and gaming-related accessories": "tv", "games console": "console", "coffee maker": "coffee",
    "printer/scanner": "printer", "large home electrical": "washer", "power tool": "appliance",
    "small kitchen item": "appliance", "kettle": "appliance", "toaster": "appliance", "vacuum": "appliance",
    "iron": "appliance", "hair & beauty item": "appliance", "sewing machine": "appliance", "lamp": "appliance",
    "fan": "appliance", "food processor": "appliance", "aircon/dehumidifier": "appliance",
    "small home electrical": "appliance", "portable radio": "appliance", "toy": "other",
}  # fmt: skip
_TAG = re.compile(r"<[^<>]{0,200}>")


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not taken: its line in the file, and why."""

    line: int
    reason: str


@dataclass
class Report:
    """What an import did."""

    taken: int = 0
    known: int = 0
    refused: list[Refused] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    source: str
    source_id: str
    kind: str
    brand: str
    category: str
    made_in: int | None
    status: str
    reason: str
    group: str
    day: date
    problem: str


def import_openrepair(database: Database, by: By, path: Path, told: Callable[[int, int], None]) -> Report:
    """Take every row of a file in as an order, a chunk a transaction; a second import adds nothing.

    Whoever calls has had it allowed and written down by ``transfers.imported``. ``told`` hears bytes read and the
    file's size. Interrupted, the chunks that are in stay in, whole.

    Raises:
        Refusal: if the file is too large, or is no such file.
    """
    size = path.stat().st_size
    if size > LARGEST:
        raise Refusal(_("The file is larger than 200\u00a0MB."), "file")
    report = Report()
    with path.open("rb") as raw, io.TextIOWrapper(raw, "utf-8-sig", "replace", newline="") as file:
        with database.read() as session:
            zone = settings.shop(session).zone
        writer = _Writer(database, by, zone)
        chunk: list[_Row] = []
        for row in _rows(file):
            if isinstance(row, Refused):
                report.refused.append(row)
                continue
            chunk.append(row)
            if len(chunk) >= _CHUNK:
                writer.write(chunk, report)
                chunk = []
                told(raw.tell(), size)
        if chunk:
            writer.write(chunk, report)
        told(size, size)
    return report


def _rows(file: Iterator[str]) -> Iterator[_Row | Refused]:
    csv.field_size_limit(1_000_000)
    reader = csv.DictReader(file)
    missing = _COLUMNS - set(reader.fieldnames or ())
    if missing:
        names = ", ".join(sorted(missing))
        raise Refusal(_("This is no Open Repair file: it has no column {names}.").format(names=names), "file")
    try:
        for values in reader:
            try:
                yield _read(reader.line_num, {name: value or "" for name, value in values.items() if name})
            except Refusal as refusal:
                yield Refused(reader.line_num, refusal.sentence)
    except csv.Error as error:
        yield Refused(reader.line_num, str(error))


def _read(line: int, values: dict[str, str]) -> _Row:
    source_id = tidy(values["id"])
    if not source_id:
        raise Refusal(_("It has no id."))
    status = _OUTCOMES.get(values["repair_status"].strip().lower())
    if status is None:
        raise Refusal(_("Its outcome “{status}” is unknown.").format(status=values["repair_status"][:40]))
    try:
        day = date.fromisoformat(values["event_date"].strip())
    except ValueError:
        raise Refusal(_("Its date “{date}” is none.").format(date=values["event_date"][:40])) from None
    if not 1990 <= day.year <= datetime.now(UTC).year + 1:
        raise Refusal(_("Its date “{date}” cannot be.").format(date=day))
    category = tidy(values["product_category"])[:80]
    brand = tidy(values["brand"])[:80]
    barrier = _clean(values.get("repair_barrier_if_end_of_life", ""))
    reason = {NOT_REPAIRABLE: barrier or _("End of life"), CANCELLED: _("Outcome unknown")}.get(status, "")
    return _Row(
        line, tidy(values["data_provider"])[:80] or "openrepair", source_id[:80],
        _KINDS.get(category.lower(), "other"), "" if brand.lower() == "unknown" else brand,
        _named(category, values.get("partner_product_category", "")),
        _year(values, day), status, reason, tidy(values.get("group_identifier", ""))[:120], day,
        _clean(values["problem"]),
    )  # fmt: skip


def _named(category: str, partners: str) -> str:
    """Name a kind of thing in the file's language, too, which is how people there look for it: Vacuum, Støvsuger."""
    local = tidy(partners.rsplit("~", 1)[-1])[:80]
    told, known = fold(local), fold(category)
    return category if not told or told in known or known in told else f"{category}, {local}"


def _year(values: dict[str, str], day: date) -> int | None:
    made = values.get("year_of_manufacture", "").strip()
    if made.isdecimal() and 1900 <= int(made) <= day.year:
        return int(made)
    age = values.get("product_age", "").strip()
    if age.replace(".", "", 1).isdecimal() and float(age) <= 150:
        return day.year - int(float(age))
    return None


def _clean(text: str) -> str:
    return tidy(_TAG.sub(" ", html.unescape(text)))[:_LONGEST]


class _Writer:
    """Puts chunks of rows into the shop, remembering the groups it made customers of."""

    def __init__(self, database: Database, by: By, zone: str) -> None:
        self._database, self._by, self._zone = database, by, zone
        self._groups: dict[str, Values] = {}
        self._customer = 0

    def write(self, rows: list[_Row], report: Report) -> None:
        """Write those not known yet, in one transaction."""
        with self._database.begin() as session:
            self._customer = counter(session, "customer")
            number = counter(session, "order")
            known = self._known(session, rows)
            batch = Batch(self._by.station)
            taken = 0
            for row in rows:
                if (row.source, row.source_id) in known:
                    report.known += 1
                    continue
                known.add((row.source, row.source_id))
                number += 1
                taken += 1
                self._add(session, batch, row, number)
            batch.write(session)
            move_counter(session, "customer", self._customer)
            move_counter(session, "order", number)
        report.taken += taken

    @staticmethod
    def _known(session: Session, rows: list[_Row]) -> set[tuple[str, str]]:
        query = select(Order.source, Order.source_id).where(
            Order.source.in_({row.source for row in rows}),
            Order.source_id.in_([row.source_id for row in rows]),
        )
        return {(str(source), str(key)) for source, key in session.execute(query)}

    def _add(self, session: Session, batch: Batch, row: _Row, number: int) -> None:
        staff_id: UUID = self._by.staff_id
        received = at(row.day, time(12), self._zone)
        customer = self._group(session, batch, row)
        device: Values = {
            "id": new_key(), "version": 0, "head": b"", "kind": row.kind, "brand": row.brand, "model": row.category,
            "serial": "", "colour": "", "made_in": row.made_in,
            "title_sort": fold(device_title(row.brand, row.category)), "created_at": received,
        }  # fmt: skip
        batch.record("device", device, self._by.at, staff_id, "added", {"title": device_title(row.brand, row.category)})
        batch.add(Device, device)
        home = received if row.status == HANDED_OVER else None
        order = blank_order(
            id=new_key(), number=number, status=row.status, status_at=received, reason=row.reason,
            customer_id=customer["id"] if customer else None, device_id=device["id"], complaint=row.problem,
            received_at=received, received_by=staff_id, promised_at=received, ready_at=home, handed_over_at=home,
            source=row.source, source_id=row.source_id, kind="external" if customer else "internal",
        )  # fmt: skip
        finish(order, device, customer, "")
        content = {
            "number": number,
            "device": order["device_title"],
            "source": f"{row.source} {row.source_id}",
        }
        batch.record("order", order, self._by.at, staff_id, "imported", content)
        batch.add(Order, order)

    def _group(self, session: Session, batch: Batch, row: _Row) -> Values | None:
        """Give the group that held the event as the customer of its orders."""
        if not row.group:
            return None
        if row.group not in self._groups:
            found = session.scalar(select(Customer).where(Customer.name == row.group, Customer.phone == ""))
            if found is not None:
                self._groups[row.group] = {"id": found.id, "name": found.name, "phone": found.phone}
            else:
                self._groups[row.group] = self._new_group(batch, row)
        return self._groups[row.group]

    def _new_group(self, batch: Batch, row: _Row) -> Values:
        self._customer += 1
        group = blank_customer(
            id=new_key(), number=self._customer, name=row.group, company=True, notes=row.source, created_at=self._by.at
        )
        batch.record("customer", group, self._by.at, self._by.staff_id, "added", {"name": row.group, "phone": ""})
        batch.add_customer(group)
        return group
