"""Locations: a shop may work in several places, told apart by name and by the letters of their documents."""

from pathlib import Path

import pytest

from postgres import Cluster
from shop import TestShop
from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Conflict, Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.services import journal, locations
from ticketdesk.services.copying import copy_shop, restore_shop
from ticketdesk.services.locations import LocationRow, NewLocation, UseLocation
from ticketdesk.services.merging import Edit
from ticketdesk.services.verify import verify
from ticketdesk.storage.database import Database


def added(shop: TestShop, name: str, letters: str = "", address: str = "") -> UUID:
    return shop.do(locations.add, NewLocation(name, address, letters)).id


def edited(shop: TestShop, key: UUID, **values: str | bool) -> None:
    """Change fields of a location, having seen what is there."""
    was = found(shop)[key]
    shop.do(locations.edit, Edit(key, {name: getattr(was, name) for name in values}, {**values}))


def found(shop: TestShop) -> dict[UUID, LocationRow]:
    with shop.database.read() as session:
        return {row.id: row for row in locations.every(session)}


def at(shop: TestShop, station: str) -> str | None:
    """Say the name of the location a PC stands in."""
    with shop.database.read() as session:
        here = locations.of_station(session, station)
    return here.name if here else None


def refused(shop: TestShop, key: UUID | None, **values: str | bool) -> tuple[str, str | None]:
    """Give the sentence and the field with which adding (or changing) is refused; nothing may have changed."""
    before = found(shop)
    try:
        if key is None:
            shop.do(locations.add, NewLocation(**values))  # type: ignore[arg-type]
        else:
            edited(shop, key, **values)
    except Refusal as refusal:
        assert found(shop) == before
        return refusal.sentence, refusal.field
    raise AssertionError("it was not refused")


def test_locations_are_listed_by_name_with_their_pcs(shop: TestShop) -> None:
    added(shop, "  Zorilor  ", "cjz", " Str.  Zorilor 4 ")
    centre = added(shop, "Centru")
    for station in ("T2", "T1"):
        shop.do(locations.use, UseLocation(centre, station))
    with shop.database.read() as session:
        rows = [(row.name, row.address, row.letters, row.active, row.stations) for row in locations.every(session)]
    assert rows == [("Centru", "", "", True, ("T1", "T2")), ("Zorilor", "Str. Zorilor 4", "CJZ", True, ())]


def test_a_pc_stands_where_it_was_said_to_else_in_the_first_location(shop: TestShop) -> None:
    assert at(shop, "T1") is None
    centre = added(shop, "Centru")
    assert at(shop, "T1") == "Centru"
    west = added(shop, "Vest", "V")
    assert at(shop, "T1") == "Centru"  # a second one changes nothing where the first one was
    shop.do(locations.use, UseLocation(west))  # the PC that asks
    assert (at(shop, "T1"), at(shop, "T2")) == ("Vest", "Centru")
    shop.do(locations.use, UseLocation(centre, "T1"))
    assert at(shop, "T1") == "Centru"
    edited(shop, centre, active=False)
    assert at(shop, "T1") == "Vest"  # what is out of use is nobody's place any more
    edited(shop, west, active=False)
    assert at(shop, "T1") is None  # the last one may go too: the shop has none, as before
    assert refused_use(shop, centre) == "This location is out of use. Put it into use first."


def refused_use(shop: TestShop, key: UUID) -> str:
    with pytest.raises(Refusal) as raised:
        shop.do(locations.use, UseLocation(key))
    return raised.value.sentence


def test_names_are_told_apart_and_not_too_long(shop: TestShop) -> None:
    centre, west = added(shop, "Centru"), added(shop, "Vest", "V")
    taken = ("There is already a location with this name.", "name")
    assert refused(shop, None, name=" ") == ("Write the name of the location.", "name")
    assert refused(shop, None, name="CENTRU", letters="C") == taken
    assert refused(shop, west, name="Centru") == taken
    assert refused(shop, None, name="x" * 41, letters="C")[1] == "name"
    assert refused(shop, None, name="Nord", letters="N", address="x" * 121)[1] == "address"
    edited(shop, centre, name="CENTRU")  # its own name is nobody else's
    assert found(shop)[centre].name == "CENTRU"


@pytest.mark.parametrize("letters", ["ABCDE", "A1", "Ș", "A B", "ß", "-"])
def test_letters_are_at_most_four_from_a_to_z(shop: TestShop, letters: str) -> None:
    sentence = ("Write at most 4 letters from A to Z.", "letters")
    assert refused(shop, None, name="Centru", letters=letters) == sentence
    assert refused(shop, added(shop, "Centru", "ABCD"), letters=letters) == sentence


def test_no_two_locations_write_into_one_series(shop: TestShop) -> None:
    centre, west = added(shop, "Centru"), added(shop, "Vest", "V")
    plain = ("Write letters: Centru has none, and the documents of the two must be told apart.", "letters")
    assert refused(shop, None, name="Nord") == plain
    assert refused(shop, west, letters="") == plain
    assert refused(shop, centre, letters="v") == ("The letters V belong to Vest. Choose others.", "letters")
    edited(shop, centre, active=False)
    north = added(shop, "Nord")  # one out of use without letters stands in nobody's way
    back = ("Write letters: Nord has none, and the documents of the two must be told apart.", "letters")
    assert refused(shop, centre, active=True) == back
    edited(shop, centre, active=True, letters="C")
    edited(shop, west, active=False)
    assert refused(shop, north, letters="V")[1] == "letters"  # documents with its letters were given out


def test_two_who_change_one_location_both_keep_their_fields_or_are_asked(shop: TestShop) -> None:
    centre = added(shop, "Centru", "C")
    shop.do(locations.edit, Edit(centre, {"address": ""}, {"address": "Piața Unirii 1"}))
    shop.do(locations.edit, Edit(centre, {"letters": "C"}, {"letters": "CJ"}))
    with pytest.raises(Conflict) as asked:
        shop.do(locations.edit, Edit(centre, {"address": ""}, {"address": "Str. Horea 2"}))
    assert [(clash.field, clash.theirs) for clash in asked.value.clashes] == [("address", "Piața Unirii 1")]
    row = found(shop)[centre]
    assert (row.address, row.letters) == ("Piața Unirii 1", "CJ")


def test_the_journal_tells_of_every_change_and_of_none_that_was_not(shop: TestShop) -> None:
    centre = added(shop, "Centru", "C")
    edited(shop, centre, letters="CJ")
    edited(shop, centre, letters="CJ")
    shop.do(locations.use, UseLocation(centre, "T2"))
    with shop.database.read() as session:
        told = [(entry.action, entry.content) for entry in reversed(journal.history(session, centre))]
    assert told == [
        ("added", '{"active":true,"address":"","letters":"C","name":"Centru"}'),
        ("edited", '{"letters":["C","CJ"]}'),
        ("used", '{"station":"T2"}'),
    ]


def test_adding_one_twice_by_the_same_request_adds_one(shop: TestShop) -> None:
    by: By = shop.by()
    for _time in range(2):
        with shop.database.begin() as session:
            locations.add(session, by, NewLocation("Centru"))
    assert [row.name for row in found(shop).values()] == ["Centru"]


@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
def test_a_copy_put_back_into_either_database_keeps_locations_and_pcs(
    shop: TestShop, tmp_path: Path, cluster: Cluster, into: str
) -> None:
    west = added(shop, "Vest", "V", "Bd. 1 Mai 7")
    added(shop, "Centru")
    shop.do(locations.use, UseLocation(west, "T2"))
    copy_shop(shop.database, tmp_path / "shop.backup")
    target = Database(str(tmp_path / "new.db") if into == "sqlite" else cluster.create_database())
    restore_shop(tmp_path / "shop.backup", target)
    with target.read() as session:
        assert locations.every(session) == list(found(shop).values())
        here = locations.of_station(session, "T2")
        assert here is not None
        assert here.name == "Vest"
    with target.snapshot() as session:
        assert list(verify(session)) == []
    target.close()
