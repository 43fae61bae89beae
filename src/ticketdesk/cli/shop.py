"""Commands about a shop as a whole."""

import argparse
import sys
from pathlib import Path

from ticketdesk.cli.context import opened, url_of
from ticketdesk.domain.clock import shop_time
from ticketdesk.domain.rights import Right
from ticketdesk.domain.shop import COUNTRIES, Shop
from ticketdesk.services import demo as demo_shop
from ticketdesk.services import opening, seals, wire
from ticketdesk.services.copying import copy_shop, restore_shop
from ticketdesk.services.doors import demand_right
from ticketdesk.services.founding import NewShop
from ticketdesk.services.verify import verify
from ticketdesk.storage.database import Database
from ticketdesk.texts import _, ngettext


def init(given: argparse.Namespace) -> int:
    """Make a new shop; say the recovery code, once."""
    country = COUNTRIES[given.country]
    facts = Shop(
        name=given.name,
        legal_name=given.name,
        address=given.address,
        tax_id=given.tax_id,
        phone=given.phone,
        email=given.email,
        language=given.language,
        currency=given.currency or str(country["currency"]),
        region=given.country,
        zone=str(country["zone"]),
        vat_payer=not given.no_vat,
        shifts=not given.no_shifts,
    )
    new = NewShop(facts, given.owner, given.login, given.pin)
    database, founded = opening.found_shop_at(url_of(given), new, given.station)
    database.close()
    sentence = _("Shop made. Write down the recovery code and put it away: {code}")
    answer = {"shop": founded.shop_id, "owner": founded.owner_id, "recovery_code": founded.recovery_code}
    sys.stdout.write(f"{wire.dumps(answer) if given.json_out else sentence.format(code=founded.recovery_code)}\n")
    return 0


def demo(given: argparse.Namespace) -> int:
    """Make a shop full of plausible data."""

    def told(done: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{done}/{given.orders}")

    database, founded = opening.found_demo_at(url_of(given), given.orders, given.seed, given.station, told)
    database.close()
    sentence = _("Demo shop made with {count} orders. PINs: {pin}, and {owner_pin} for manager and owner.")
    text = sentence.format(count=given.orders, pin=demo_shop.PIN, owner_pin=demo_shop.OWNER_PIN)
    answer = {"shop": founded.shop_id, "orders": given.orders, "recovery_code": founded.recovery_code}
    sys.stdout.write(f"{wire.dumps(answer) if given.json_out else text}\n")
    return 0


def check(given: argparse.Namespace) -> int:
    """Check that everything adds up; name each row that does not."""
    count = 0
    with opened(given) as context, context.database.snapshot() as session:
        for fault in verify(session):
            count += 1
            sys.stdout.write(f"{wire.dumps(fault) if context.json else f'{fault.check}: {fault.row}'}\n")
        seal, newer = seals.latest(session), seals.newer(session)
    if count:
        sys.stderr.write(
            ngettext("{count} thing is wrong.", "{count} things are wrong.", count).format(count=count) + "\n"
        )
        return 1
    if not given.json_out:
        sys.stdout.write(_("Everything adds up.") + "\n")
        sys.stdout.write(_since(seal, newer, context.shop.zone) + "\n")
    return 0


def _since(seal: seals.SealRow | None, newer: int, zone: str) -> str:
    if seal is None:
        return _("The journal was never sealed: changes to it cannot be told from what was written.")
    sentence = ngettext(
        "{count} entry is newer than seal {number} of {day}.",
        "{count} entries are newer than seal {number} of {day}.",
        newer,
    )
    return sentence.format(count=newer, number=seal.number, day=f"{shop_time(seal.at, zone):%Y-%m-%d %H:%M}")


def backup(given: argparse.Namespace) -> int:
    """Copy the shop into a file, and check the copy before saying so."""
    with opened(given) as context:
        demand_right(context.database, context.by, Right.BACKUP, "shop.backup")
        path = Path(given.file).expanduser().absolute()
        copy_shop(context.database, path)
        faults = _faults_of(path)
        if faults:
            sys.stderr.write("\n".join(faults) + "\n")
            return 1
        return context.answer({"file": str(path)}, _("Backup made and checked: {file}").format(file=path))


def _faults_of(path: Path) -> list[str]:
    copy = Database(str(path))
    try:
        with copy.snapshot() as session:
            return [f"{fault.check}: {fault.row}" for fault in verify(session)]
    finally:
        copy.close()


def restore(given: argparse.Namespace) -> int:
    """Put a copy into an empty place."""
    database = Database(url_of(given), given.station)
    try:
        counts = restore_shop(Path(given.file).expanduser().absolute(), database)
    finally:
        database.close()
    text = _("Restored: {count} orders.").format(count=counts["orders"])
    sys.stdout.write(f"{wire.dumps(counts) if given.json_out else text}\n")
    return 0
