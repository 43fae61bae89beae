"""A program that takes a device in and is killed before it hears the answer.

``python till.py URL STATION SECRET STAFF`` with the shop's secrets in ``TICKETDESK_TEST_SECRETS``.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from shop import a_new_order
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.work import Work
from ticketdesk.domain.keys import UUID
from ticketdesk.services import intake, settings, staff
from ticketdesk.services.vault import Secrets
from ticketdesk.storage.database import Database
from ticketdesk.storage.station import Station


def main(url: str, station_file: str, secret: str, staff_id: str) -> None:
    """Take a device in, with a deposit and an unlock code."""
    app = QCoreApplication([])
    database = Database(url)
    database.info["secrets"] = Secrets.unpacked(bytes.fromhex(os.environ["TICKETDESK_TEST_SECRETS"]))
    with database.read() as session:
        facts, shop_id = settings.shop(session), settings.shop_id(session)
        person = staff.one(session, UUID(staff_id))
    desk = Desk(database, Station(Path(station_file), bytes.fromhex(secret)), "T1", shop_id, facts, Work())
    desk.sign(person)
    new = a_new_order(deposit=5_000, unlock_kind="pin", unlock_code="7391")
    desk.write(desk, lambda _done: None, intake.register, new)
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
