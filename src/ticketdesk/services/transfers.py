"""Lists that leave the shop as files, and files that come in: row by row, and never without a journal line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from ticketdesk.domain.approvals import UNASKED, Act
from ticketdesk.domain.by import By
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right
from ticketdesk.services import approvals, journal, lists, settings
from ticketdesk.services.doors import Done, action
from ticketdesk.services.lists import OrderRow, Question
from ticketdesk.services.reading import Reader
from ticketdesk.texts import _

_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Exported:
    """That somebody takes a list out of the shop: which, to what kind of file, and whether with customers' phones."""

    what: str
    kind: str
    phones: bool = False
    approval: UUID | None = field(default=None, metadata=UNASKED)


@action("shop.exported", Right.EXPORT)
def exported(session: Session, by: By, command: Exported) -> Done:
    """Write down that a list leaves the shop; one with phones is a list of whom to call, and takes a PIN."""
    row = settings.shop_row(session)
    agreed: dict[str, str] = {}
    if command.phones:
        what = _("Write the list “{list}” into a file, with the phones of the customers.").format(list=command.what)
        agreed = approvals.agreed(session, by, Act.EXPORT_PHONES, command, what)
    journal.record(session, by, row, "exported", {"what": command.what, "kind": command.kind} | agreed)
    return Done("shop", row.id, version=row.version)


@dataclass(frozen=True, slots=True)
class Listed:
    """That somebody prints a list: which, and how many orders are on it."""

    what: str
    count: int


@action("shop.listed", Right.PRINT)
def listed(session: Session, by: By, command: Listed) -> Done:
    """Write down that a list goes on paper."""
    row = settings.shop_row(session)
    journal.record(session, by, row, "listed", {"what": command.what, "count": command.count})
    return Done("shop", row.id, version=row.version)


def orders(session: Session, question: Question) -> Iterator[OrderRow]:
    """Give every order of a list, a page at a time, in flat memory."""
    keys = lists.spine(session, question)
    for start in range(0, len(keys), _CHUNK):
        yield from lists.rows(session, keys[start : start + _CHUNK])


def orders_of(reader: Reader, numbers: Sequence[int]) -> Iterator[OrderRow]:
    """Give orders by their numbers, a page at a time, no two pages in one transaction: it may take minutes."""
    for start in range(0, len(numbers), _CHUNK):
        with reader.read() as session:
            page = lists.rows(session, numbers[start : start + _CHUNK])
        yield from page


@dataclass(frozen=True, slots=True)
class Imported:
    """That somebody takes a file in: of which kind, and its name."""

    what: str
    file: str
    approval: UUID | None = field(default=None, metadata=UNASKED)


@action("shop.import", Right.IMPORT)
def imported(session: Session, by: By, command: Imported) -> Done:
    """Write down that a file is taken in; refuses whoever may not."""
    row = settings.shop_row(session)
    what = _("Take every row of the file {file} in as an order.").format(file=command.file)
    agreed = approvals.agreed(session, by, Act.IMPORT, command, what)
    journal.record(session, by, row, "imported", {"what": command.what, "file": command.file} | agreed)
    return Done("shop", row.id, version=row.version)
