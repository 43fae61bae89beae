"""The places a shop works in: which there are, and which PC stands in which."""

import re
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.rights import Right
from ticketdesk.domain.search import fold, tidy
from ticketdesk.services import journal
from ticketdesk.services.doors import Done, action
from ticketdesk.services.merging import Edit, Editable, merge
from ticketdesk.storage.tables import Location, LocationStation
from ticketdesk.texts import _

LONGEST_NAME, LONGEST_ADDRESS, MOST_LETTERS = 40, 120, 4


@dataclass(frozen=True, slots=True)
class LocationRow:
    """A location, and the PCs that were said to stand in it."""

    id: UUID
    version: int
    name: str
    address: str
    letters: str
    active: bool
    stations: tuple[str, ...]


def every(session: Session) -> list[LocationRow]:
    """List the locations, by name."""
    standing: dict[UUID, list[str]] = {}
    for row in session.scalars(select(LocationStation).order_by(LocationStation.station)):
        standing.setdefault(row.location_id, []).append(row.station)
    return [
        LocationRow(
            each.id,
            each.version,
            each.name,
            each.address,
            each.letters,
            each.active,
            tuple(standing.get(each.id, ())),
        )
        for each in session.scalars(select(Location).order_by(Location.name))
    ]


def of_station(session: Session, station: str) -> Location | None:
    """Say where a PC stands: where it was said to, else in the first location, the oldest in use; nothing without any.

    So a second location changes nothing at the PCs of the first.
    """
    found: Location | None = session.scalar(_HERE, {"station": station})
    return found


def on_papers(session: Session, station: str) -> str:
    """Name the location of a PC, with its address, as papers issued there do; nothing where there is none."""
    here = of_station(session, station)
    return ", ".join(part for part in (here.name, here.address) if part) if here is not None else ""


_CHOSEN = (
    select(LocationStation.location_id)
    .join(Location, Location.id == LocationStation.location_id)
    .where(Location.active, LocationStation.station == bindparam("station"))
)
_FIRST = select(Location.id).where(Location.active).order_by(Location.id).limit(1)
_HERE = select(Location).where(Location.id == func.coalesce(_CHOSEN.scalar_subquery(), _FIRST.scalar_subquery()))


@dataclass(frozen=True, slots=True)
class NewLocation:
    """A location to add; ``letters`` are what the numbers of its documents begin with."""

    name: str
    address: str = ""
    letters: str = ""


@action("location.add", Right.SETTINGS)
def add(session: Session, by: By, command: NewLocation) -> Done:
    """Add a location."""
    made = Location(
        id=new_key(),
        name=_name(command.name),
        address=_address(command.address),
        letters=_letters(command.letters),
        active=True,
        created_at=by.at,
    )
    _told_apart(session, made)
    session.add(made)
    told = {name: getattr(made, name) for name in FIELDS}
    journal.record(session, by, made, "added", told)
    return Done("location", made.id, version=made.version)


@action("location.edit", Right.SETTINGS)
def edit(session: Session, by: By, command: Edit) -> Done:
    """Change a location or put it out of use; its letters count for documents made from now on."""
    location = _locked(session, command.id)
    with session.no_autoflush:
        changes = merge(session, location, command, FIELDS)
        _told_apart(session, location)
    if changes:
        journal.record(session, by, location, "edited", changes)
    return Done("location", location.id, version=location.version)


@dataclass(frozen=True, slots=True)
class UseLocation:
    """A location, and the PC that stands in it; nothing means the PC that asks."""

    location_id: UUID
    station: str = ""


@action("location.use", Right.SETTINGS)
def use(session: Session, by: By, command: UseLocation) -> Done:
    """Say which location a PC stands in."""
    location, station = _locked(session, command.location_id), command.station or by.station
    if not location.active:
        raise Refusal(_("This location is out of use. Put it into use first."), "location")
    chosen = session.get(LocationStation, station, with_for_update=True)
    if chosen is None:
        session.add(LocationStation(station=station, location_id=location.id))
    else:
        chosen.location_id = location.id
    journal.record(session, by, location, "used", {"station": station})
    return Done("location", location.id, version=location.version)


def _name(typed: str) -> str:
    name = tidy(typed)
    if not name:
        raise Refusal(_("Write the name of the location."), "name")
    if len(name) > LONGEST_NAME:
        raise Refusal(_("A name has at most {most} characters.").format(most=LONGEST_NAME), "name")
    return name


def _address(typed: str) -> str:
    address = tidy(typed)
    if len(address) > LONGEST_ADDRESS:
        raise Refusal(_("An address has at most {most} characters.").format(most=LONGEST_ADDRESS), "address")
    return address


def _letters(typed: str) -> str:
    letters = tidy(typed)
    if re.fullmatch(rf"[A-Za-z]{{0,{MOST_LETTERS}}}", letters) is None:
        raise Refusal(_("Write at most {most} letters from A to Z.").format(most=MOST_LETTERS), "letters")
    return letters.upper()


FIELDS = {
    "name": Editable(_name),
    "address": Editable(_address),
    "letters": Editable(_letters),
    "active": Editable(bool),
}


def _told_apart(session: Session, location: Location) -> None:
    """Refuse a name that another location has, and letters that would put the documents of both into one series."""
    for other in session.scalars(select(Location).where(Location.id != location.id).order_by(Location.name)):
        if fold(other.name) == fold(location.name):
            raise Refusal(_("There is already a location with this name."), "name")
        if other.letters != location.letters or not (location.letters or (other.active and location.active)):
            continue
        if location.letters:
            sentence = _("The letters {letters} belong to {name}. Choose others.")
            raise Refusal(sentence.format(letters=other.letters, name=other.name), "letters")
        sentence = _("Write letters: {name} has none, and the documents of the two must be told apart.")
        raise Refusal(sentence.format(name=other.name), "letters")


def _locked(session: Session, location_id: UUID) -> Location:
    location = session.get(Location, location_id, with_for_update=True)
    if location is None:
        raise Refusal(_("There is no such location."), "location")
    return location
