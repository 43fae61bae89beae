"""What the palette offers: things that were found and commands, in groups, what is meant first."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from operator import itemgetter

from ticketdesk.desktop import dates
from ticketdesk.desktop.command import Command
from ticketdesk.domain.devices import kind_of, shown_serial
from ticketdesk.domain.money import format_money
from ticketdesk.domain.people import shown_phone
from ticketdesk.domain.ranking import Rank, rank
from ticketdesk.domain.shop import Shop
from ticketdesk.services.catalogue import ItemRow
from ticketdesk.services.finding import BinHit, CustomerHit, DeviceHit, Found, OrderHit
from ticketdesk.texts import LANGUAGES, N_, _, language, ngettext

RECENT, ORDERS, CUSTOMERS, DEVICES, BINS, ITEMS, COMMANDS = (
    N_("Opened lately"),
    N_("Orders"),
    N_("Customers"),
    N_("Devices"),
    N_("Bins"),
    N_("Works and parts"),
    N_("Quick commands"),
)
_LATELY = N_("recent, recently opened, last opened")
GROUPS = (RECENT, ORDERS, CUSTOMERS, DEVICES, BINS, ITEMS, COMMANDS)
_EACH = 3
_WITHIN = {"settings": N_("Settings"), "view": N_("Orders")}
"""What the commands without a key whose ids begin so belong to."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the palette: what it is, what tells it from others, its status or a note, its key, what it does."""

    group: str
    id: str
    icon: str
    title: str
    details: str
    run: Callable[[], None]
    status: str = ""
    note: str = ""
    key: str = ""
    rank: Rank = Rank.NONE


@dataclass(frozen=True, slots=True)
class Ways:
    """What choosing something that was found does."""

    order: Callable[[OrderHit], None]
    customer: Callable[[CustomerHit], None]
    device: Callable[[DeviceHit], None]
    bin: Callable[[BinHit], None]
    item: Callable[[ItemRow], None]


def found_entries(found: Found, ways: Ways, shop: Shop, now: datetime) -> list[Entry]:
    """Give a line for each thing that was found."""
    return [
        *order_entries(ORDERS, found.orders, ways),
        *(_customer(hit, ways, shop, now) for hit in found.customers),
        *(_device(hit, ways) for hit in found.devices),
        *(_bin(hit, ways) for hit in found.bins),
        *(
            Entry(
                ITEMS, f"item.{hit.item.id}", "bench" if hit.item.kind == "work" else "stock", hit.item.name,
                hit.item.code, lambda item=hit.item: ways.item(item),  # type: ignore[misc]
                note=format_money(hit.item.price, shop.currency), rank=hit.rank,
            )
            for hit in found.items
        ),
    ]  # fmt: skip


def recent_entries(typed: str, orders: Iterable[OrderHit], ways: Ways) -> list[Entry]:
    """Give a line for each order opened lately, if nothing is typed or they are asked for by that name."""
    near = rank(typed, _names(RECENT, (_LATELY,), "")) if typed else Rank.NONE
    asked = not typed or near <= Rank.WORD
    return [replace(entry, rank=near) for entry in order_entries(RECENT, orders, ways)] if asked else []


def order_entries(group: str, orders: Iterable[OrderHit], ways: Ways) -> list[Entry]:
    """Give a line for each order."""
    return [
        Entry(
            group, f"order.{hit.id}", kind_of(hit.device_kind).icon, str(hit.number),
            " · ".join(filter(None, (hit.device, hit.customer))),
            lambda hit=hit: ways.order(hit), status=hit.status, rank=hit.rank,  # type: ignore[misc]
        )
        for hit in orders
    ]  # fmt: skip


def command_entries(typed: str, commands: Iterable[Command], run: Callable[[Command], None]) -> list[Entry]:
    """Give the commands that are possible now and may be meant; all of them while nothing is typed."""
    found = []
    for command in commands:
        within = _WITHIN.get(command.id.split(".")[0], "") if not command.key else ""
        near = rank(typed, _names(command.text, command.words, within)) if typed else Rank.NONE
        if (typed and near is Rank.NONE) or not command.enabled():
            continue
        made = Entry(
            COMMANDS, command.id, command.icon, _(command.text).rstrip("…"), within and _(within),
            partial(run, command),
            key=command.keys[0] if command.keys else "", rank=near,
        )  # fmt: skip
        found.append((near, rank(typed, _names(command.text, (), "")), made))
    # of two that are called so, the one that says so itself is meant
    return [made for _near, _by_name, made in sorted(found, key=itemgetter(0, 1))]


def arranged(entries: Sequence[Entry], only: str = "", each: int | None = _EACH) -> list[Entry]:
    """Put entries in their groups, that of the nearest first: a few of each, or all of one group."""
    groups = {group: [entry for entry in entries if entry.group == group] for group in GROUPS}
    filled = [group for group in GROUPS if groups[group] and only in {"", group}]
    ordered = sorted(filled, key=lambda group: groups[group][0].rank)
    return [entry for group in ordered for entry in groups[group][: None if only else each]]


@cache
def _names(text: str, words: tuple[str, ...], within: str) -> tuple[str, ...]:
    """Give all that a command is called, in every language of the program, alone and after what it is ``within``."""
    names = set[str]()
    for code in LANGUAGES:
        with language(code):
            own = [_(text).rstrip("…"), *(name.strip() for some in words for name in _(some).split(","))]
            names.update(own)
            if within:
                names.update(f"{_(within)} {name}" for name in own)
    return tuple(sorted(names))


def _customer(hit: CustomerHit, ways: Ways, shop: Shop, now: datetime) -> Entry:
    count = ngettext("{count} order", "{count} orders", hit.orders).format(count=hit.orders)
    details = " · ".join(filter(None, (shown_phone(hit.phone, shop.region) if hit.phone else "", count)))
    last = _("last {moment}").format(moment=dates.moment_text(hit.last, now, shop.zone)) if hit.last else ""
    return Entry(
        CUSTOMERS, f"customer.{hit.id}", "user", hit.name, details, lambda: ways.customer(hit), note=last,
        rank=hit.rank,
    )  # fmt: skip


def _device(hit: DeviceHit, ways: Ways) -> Entry:
    serial = _("serial {serial}").format(serial=shown_serial(hit.serial)) if hit.serial else ""
    count = ngettext("{count} order", "{count} orders", hit.orders).format(count=hit.orders)
    return Entry(
        DEVICES, f"device.{hit.id}", kind_of(hit.kind).icon, hit.title, serial, lambda: ways.device(hit), note=count,
        rank=hit.rank,
    )  # fmt: skip


def _bin(hit: BinHit, ways: Ways) -> Entry:
    count = ngettext("{count} order", "{count} orders", hit.orders).format(count=hit.orders)
    title = _("Orders in bin {bin}").format(bin=hit.name)
    return Entry(BINS, f"bin.{hit.name}", "stock", title, "", lambda: ways.bin(hit), note=count, rank=hit.rank)
