"""Killing the program loses nothing that was typed: the draft on this PC has it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from shop import TestShop
from ticketdesk.desktop.screens.intake.form import Form
from ticketdesk.domain import sealing
from ticketdesk.domain.rights import Role
from ticketdesk.services import wire
from ticketdesk.storage.station import Station

TYPIST = Path(__file__).with_name("intake_typist.py")
PROMISED_SECONDS = 2.0


@pytest.mark.parametrize("moment", [1, 2, 3, 4, 5])
def test_a_killed_program_gives_the_draft_back(sqlite_shop: TestShop, tmp_path: Path, moment: int) -> None:
    secret, me = sealing.new_secret(), sqlite_shop.people[Role.CLERK]
    station_file, shop_file = tmp_path / "station.db", str(sqlite_shop.database.url.database)
    typist = subprocess.Popen(
        [sys.executable, str(TYPIST), shop_file, str(station_file), secret.hex(), str(me)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert typist.stdout is not None
    kept, slowest = 0, 0.0
    for _round, line in zip(range(moment), typist.stdout, strict=False):
        _word, letters, late = line.split()
        kept, slowest = int(letters), max(slowest, float(late))
    typist.kill()
    typist.wait()
    typist.stdout.close()

    assert kept > 0
    assert slowest <= PROMISED_SECONDS
    station = Station(station_file, secret)
    content = station.draft(sqlite_shop.id, me, "intake")
    station.close()
    assert content is not None
    form = wire.loads(Form, content)
    assert (form.phone, form.name, form.model) == ("0722000418", "Stefan Ungureanu", "iPhone 13")
    assert len(form.complaint) >= kept
    assert form.complaint.startswith("the screen stays dark"[: len(form.complaint)])
    sealed = b"".join(path.read_bytes() for path in tmp_path.glob("station.db*"))
    assert b"Ungureanu" not in sealed
