"""PINs resist guessing at the counter and are worth nothing off it (P22)."""

import statistics
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from shop import PIN, TestShop
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.pins import check_pin, hash_pin, pause_after, pin_length, pin_matches
from ticketdesk.domain.rights import Role
from ticketdesk.services import colleagues, staff
from ticketdesk.services.merging import Edit
from ticketdesk.storage.database import Database
from ticketdesk.storage.tables import Entry, Staff

START = datetime(2026, 11, 23, 10, tzinfo=UTC)
STATIONS, GUESSES = 4, 120


def guess(database: Database, whom: UUID, pin: str, station: str, at: datetime) -> str:
    try:
        return staff.sign_in(database, whom, pin, station, at).name
    except Refusal as refusal:
        return refusal.sentence


def looked_at(shop: TestShop) -> int:
    """Count the guesses that reached the hash: each leaves a journal line, and none is made without."""
    with shop.database.read() as session:
        return session.scalar(select(func.count()).select_from(Entry).where(Entry.action == "wrong_pin")) or 0


def elsewhere(shop: TestShop) -> Database:
    database = Database(shop.database.url.render_as_string(hide_password=False))
    database.info.update(shop.database.info)
    return database


def test_an_hour_of_guessing_from_four_stations_at_once_hardly_reaches_the_hash(shop: TestShop) -> None:
    clerk = shop.people[Role.CLERK]

    def station(place: int) -> None:
        database = elsewhere(shop)
        for turn in range(GUESSES):
            if turn == GUESSES // 2:  # the program is started again
                database.close()
                database = elsewhere(shop)
            guess(database, clerk, f"{turn:06d}", f"T{place}", START + timedelta(seconds=turn * 3600 / GUESSES))
        database.close()

    threads = [threading.Thread(target=station, args=(place,)) for place in range(STATIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert 5 <= looked_at(shop) <= 60


def test_one_station_cannot_try_everybody_in_turn(shop: TestShop) -> None:
    people, said = list(shop.people.values()), list[str]()
    for turn in range(30):
        said.append(guess(shop.database, people[turn % len(people)], "000001", "T1", START + timedelta(seconds=turn)))
    assert looked_at(shop) <= 6
    assert said[-1].startswith("Wait ")
    # another station is not held up by that, and a right PIN frees the first one again
    assert guess(shop.database, people[0], PIN, "T2", START + timedelta(seconds=30)) == "Mircea Băcilă"
    assert guess(shop.database, people[0], PIN, "T1", START + timedelta(seconds=30)).startswith("Wait ")
    assert guess(shop.database, people[0], PIN, "T1", START + timedelta(minutes=2)) == "Mircea Băcilă"
    assert "tries left" in guess(shop.database, people[0], "000001", "T1", START + timedelta(minutes=2))


def test_no_clock_that_is_turned_back_lets_in_sooner(shop: TestShop) -> None:
    clerk = shop.people[Role.CLERK]
    for _turn in range(5):
        guess(shop.database, clerk, "000001", "T1", START)
    for back in (timedelta(seconds=1), timedelta(hours=2), timedelta(days=400)):
        for station in ("T1", "T2"):
            assert guess(shop.database, clerk, PIN, station, START - back).startswith("Wait ")
    assert guess(shop.database, clerk, PIN, "T1", START + timedelta(seconds=31)) == "Alina Dumitrescu"


def test_a_hundred_wrong_pins_do_not_lock_somebody_out_for_good(shop: TestShop) -> None:
    clerk, at = shop.people[Role.CLERK], START
    with shop.database.begin() as session:
        session.get_one(Staff, clerk).wrong_pins = 1_000_000
    assert guess(shop.database, clerk, "000001", "T1", at).startswith("Wait 15 minutes")
    assert guess(shop.database, clerk, PIN, "T1", at + timedelta(minutes=16)) == "Alina Dumitrescu"


def test_an_owner_hears_of_it(shop: TestShop) -> None:
    owner, clerk, at = shop.people[Role.OWNER], shop.people[Role.CLERK], START
    guess(shop.database, owner, PIN, "T1", at)
    for turn in range(8):
        at += timedelta(minutes=20)
        guess(shop.database, clerk, "000001", "T2", at + timedelta(seconds=turn))
    guess(shop.database, shop.people[Role.MANAGER], "000001", "T3", at)
    guess(shop.database, owner, PIN, "T1", at)
    with shop.database.read() as session:
        assert staff.guesses(session, owner) == [staff.Guesses("Alina Dumitrescu", "T2", 8)]
    guess(shop.database, owner, PIN, "T1", at)
    with shop.database.read() as session:
        assert staff.guesses(session, owner) == []


def test_a_copied_database_verifies_no_pin(sqlite_shop: TestShop) -> None:
    with sqlite_shop.database.read() as session:
        hashes = session.scalars(select(Staff.pin_hash)).all()
    for pepper in (b"", bytes(32), PIN.encode()):
        assert not any(pin_matches(PIN, pepper, hashed) for hashed in hashes)
    sqlite_shop.database.info.pop("secrets")
    assert "not paired" in guess(sqlite_shop.database, sqlite_shop.people[Role.CLERK], PIN, "T1", START)
    assert looked_at(sqlite_shop) == 0


def test_nobody_learns_by_the_time_it_takes_who_works_here(sqlite_shop: TestShop) -> None:
    gone, clerk = sqlite_shop.people[Role.ACCOUNTANT], sqlite_shop.people[Role.CLERK]
    sqlite_shop.approved(colleagues.edit, Edit(gone, {"active": True}, {"active": False}))

    def quickest(whom: UUID) -> float:
        times = []
        for turn in range(7):
            at, started = START + timedelta(hours=turn), time.perf_counter()
            guess(sqlite_shop.database, whom, "000001", f"T{turn}", at)
            times.append(time.perf_counter() - started)
        return min(times)

    known, unknown = quickest(clerk), min(quickest(gone), quickest(new_key()))
    assert unknown > 0.7 * known
    assert guess(sqlite_shop.database, gone, PIN, "T1", START) == "You no longer work here."


def test_a_pin_is_looked_at_within_a_quarter_of_a_second() -> None:
    hashed, times = hash_pin(PIN, bytes(32)), []
    for _turn in range(5):
        started = time.perf_counter()
        assert pin_matches(PIN, bytes(32), hashed)
        times.append(time.perf_counter() - started)
    assert statistics.median(times) <= 0.25
    assert "$argon2id$v=19$m=47104,t=1,p=1$" in hashed


@pytest.mark.parametrize(
    "pin",
    [
        "1234", "0000", "4321", "7890", "1212", "1122", "2580", "0852", "1004", "1987", "2001", "123456", "654321",
        "111111", "121212", "123123", "112233", "147258", "159753", "696969", "246810", "12341234",
    ],
)  # fmt: skip
def test_the_pins_everybody_tries_first_are_refused(pin: str) -> None:
    with pytest.raises(Refusal, match="too easy"):
        check_pin(pin, Role.CLERK)


@pytest.mark.parametrize("role", [Role.OWNER, Role.MANAGER])
def test_owners_and_managers_have_six_digits(role: Role) -> None:
    with pytest.raises(Refusal, match="6 to 12 digits"):
        check_pin("48291", role)
    check_pin("482915", role)
    check_pin("4829", Role.CLERK)


@given(st.integers(0, 10**9))
def test_a_pause_never_shrinks_and_never_grows_for_ever(wrong: int) -> None:
    assert pause_after(wrong) <= pause_after(wrong + 1) <= timedelta(minutes=15)


def test_the_length_of_a_pin_is_known_where_it_is_typed() -> None:
    assert pin_length(hash_pin("48291", bytes(32)), Role.CLERK) == 5
    assert [pin_length("$argon2id$older", role) for role in (Role.CLERK, Role.OWNER)] == [4, 6]
