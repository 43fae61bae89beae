"""The report of a day as a file: one row for each of its numbers, so that any spreadsheet can sum and sort them."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from ticketdesk.domain.orders import METHOD_LABELS
from ticketdesk.exchange.tables import Cell, in_units, write_table
from ticketdesk.services.day import Day, named
from ticketdesk.texts import N_, _

_HEADINGS = (N_("Figure"), N_("Of"), N_("How many"), N_("Amount"))
_HOUR = 3600


def write_day(path: Path, facts: Day) -> int:
    """Write what somebody may see of a day to a CSV or XLSX file; gives how many rows. No cash of a blind day.

    Raises:
        Refusal: if the file's ending is neither, or it cannot be written.
    """
    return write_table(path, _HEADINGS, _rows(facts))


def _rows(facts: Day) -> Iterator[Sequence[Cell]]:
    yield from _figures(facts)
    for method in facts.methods:
        yield _("By method of payment"), _(METHOD_LABELS[method.method]), method.count, in_units(method.amount)
    for hour in facts.hours:
        yield _("Takings by hour"), f"{hour.hour:02d}:00", "", in_units(hour.amount)
    for place in facts.places:
        yield _("Takings by shift"), named(place), place.count, _told(place.amount)
    for person in facts.technicians:
        name = person.name or _("Nobody")
        yield _("Orders handed over"), name, person.handed_over, ""
        yield _("Handed over on time"), name, person.on_time, ""
        yield _("Hours"), name, _in_hours(person.seconds), ""
        yield _("Work"), name, "", in_units(person.work)
    for each in facts.series:
        yield _("Orders taken in"), each.date.isoformat(), each.received, ""
        yield _("Orders handed over"), each.date.isoformat(), each.handed_over, ""


def _figures(facts: Day) -> Iterator[Sequence[Cell]]:
    day, now = facts.date.isoformat(), facts.figures
    yield _("Takings"), day, facts.payments, _told(now.takings)
    yield _("Refunds"), day, "", _told(facts.refunded)
    yield _("Average value"), day, "", _told(now.average)
    if now.repair is not None:
        yield _("Average repair time, hours"), day, _in_hours(now.repair), ""
    yield _("Overdue now"), day, facts.late_count, ""


def _in_hours(seconds: int) -> Decimal:
    return Decimal(seconds * 100 // _HOUR).scaleb(-2)


def _told(minor: int | None) -> Cell:
    return "" if minor is None else in_units(minor)
