"""Commands about the places a shop works in."""

import argparse

from ticketdesk.cli.context import Context, opened
from ticketdesk.domain.errors import Refusal
from ticketdesk.services import locations
from ticketdesk.services.locations import LocationRow, NewLocation, UseLocation
from ticketdesk.services.merging import Edit
from ticketdesk.texts import _


def add(given: argparse.Namespace) -> int:
    """Add a location."""
    with opened(given) as context:
        done = context.do(locations.add, NewLocation(given.name, given.address, given.letters))
        return context.answer(done, _("Location {name} added.").format(name=given.name))


def edit(given: argparse.Namespace) -> int:
    """Change what was named of a location."""
    with opened(given) as context:
        location = _named(context, given.name)
        wanted = {"name": given.rename, "address": given.address, "letters": given.letters, "active": given.active}
        values = {field: value for field, value in wanted.items() if value is not None}
        base = {field: getattr(location, field) for field in values}
        done = context.do(locations.edit, Edit(location.id, base, values))
        return context.answer(done, _("Location {name} changed.").format(name=given.rename or given.name))


def use(given: argparse.Namespace) -> int:
    """Say that this PC stands in a location."""
    with opened(given) as context:
        done = context.do(locations.use, UseLocation(_named(context, given.name).id))
        return context.answer(done, _("This computer stands in {name}.").format(name=given.name))


def listing(given: argparse.Namespace) -> int:
    """List the locations, and which PCs stand in each."""
    with opened(given) as context:
        with context.reader.read() as session:
            rows = locations.every(session)
        return context.answer(rows, "\n".join(map(_text, rows)))


def _named(context: Context, name: str) -> LocationRow:
    with context.reader.read() as session:
        found = next((row for row in locations.every(session) if row.name == name), None)
    if found is None:
        raise Refusal(_("There is no such location."), "location")
    return found


def _text(row: LocationRow) -> str:
    state = ", ".join(row.stations) if row.active else _("not in use")
    return f"{row.letters:<4}  {row.name:<24} {row.address:<40} {state}".rstrip()
