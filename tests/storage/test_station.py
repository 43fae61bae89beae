"""What a PC remembers: unanswered actions in order, one draft a form, nothing readable without its key."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from ticketdesk.domain.keys import new_key
from ticketdesk.domain.sealing import new_secret
from ticketdesk.storage.station import Intent, Station

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def test_an_action_is_remembered_until_it_is_answered_and_across_restarts(tmp_path: Path) -> None:
    secret, shop, staff = new_secret(), new_key(), new_key()
    station = Station(tmp_path / "station.db", secret)
    intents = [Intent(new_key(), shop, staff, NOW, "order.move", f'{{"n":{n}}}') for n in range(3)]
    for intent in intents:
        station.remember(intent)
        station.remember(intent)
    station.forget(intents[1].request)
    station.close()
    again = Station(tmp_path / "station.db", secret)
    assert again.unanswered(shop) == [intents[0], intents[2]]
    assert again.unanswered(new_key()) == []
    again.close()


def test_a_draft_is_kept_for_its_own_writer_and_dropped_when_saved(tmp_path: Path) -> None:
    station, shop, alina, vlad = Station(tmp_path / "s.db", new_secret()), new_key(), new_key(), new_key()
    station.keep_draft(shop, alina, "intake", "first", NOW)
    station.keep_draft(shop, alina, "intake", "second", NOW)
    assert (station.draft(shop, alina, "intake"), station.draft(shop, vlad, "intake")) == ("second", None)
    station.drop_draft(shop, alina, "intake")
    assert station.draft(shop, alina, "intake") is None
    station.close()


def test_a_draft_is_forgotten_after_a_month(tmp_path: Path) -> None:
    station, shop, staff = Station(tmp_path / "s.db", new_secret()), new_key(), new_key()
    station.keep_draft(shop, staff, "intake", "old", NOW)
    station.keep_draft(shop, staff, "other", "new", NOW + timedelta(days=31))
    assert station.draft(shop, staff, "intake") is None
    station.close()


def test_no_unlock_code_can_be_read_from_the_file(tmp_path: Path) -> None:
    station = Station(tmp_path / "s.db", new_secret())
    station.keep_draft(new_key(), new_key(), "intake", "cod-secret-7391", NOW)
    station.remember(Intent(new_key(), new_key(), new_key(), NOW, "order.register", "cod-secret-7391"))
    station.close()
    assert not any(b"cod-secret" in path.read_bytes() for path in tmp_path.iterdir())
