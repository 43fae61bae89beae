"""The list behind a table: every place of it known by number, its rows read as they come into sight."""

from abc import abstractmethod
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from ticketdesk.desktop.desk import Desk
from ticketdesk.domain.keys import UUID
from ticketdesk.services.spines import Listing, Numbered, Opening, Source

Index = QModelIndex | QPersistentModelIndex

_BLOCK = 200
_KEPT = 40 * _BLOCK
_WAITING = 4
"""Blocks asked for and not yet read; while somebody flicks through a long list the older ones are dropped."""
_LOOKED_AT = 120
"""Rows read again when nobody knows what changed: those painted last."""


Q = TypeVar("Q")
R = TypeVar("R", bound=Numbered)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: how it sorts, its title, and its width in the design, also in a narrow list; 0 takes what is left."""

    sort: str
    title: str
    width: int
    narrow: int
    right: bool = False
    """Amounts stand at the right."""


class ListModel(QAbstractTableModel, Generic[Q, R]):
    """The rows of one question, each at its place, with marks of sections between them.

    ``answered`` follows the first rows of a new question, ``moved`` whatever came, went or changed since.
    """

    answered = Signal()
    about_to_move = Signal()
    moved = Signal()
    columns: Sequence[Column] = ()

    def __init__(self, desk: Desk, source: Source[Q, R], question: Q, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._source, self.question = desk, source, question
        self.see(question)
        self.keys: array[int] = array("q")
        self.sections: dict[int, int] = {}
        self.waiting = self.moving = self.whole = False
        self._rows: OrderedDict[int, R | None] = OrderedDict()
        self._numbers: dict[UUID, int] = {}
        self._newest = self._shown = 0
        self._wanted: list[int] = []
        self._reading = self._looking = False
        self._dirty: frozenset[UUID] | None = frozenset()
        self._again = QTimer(self, singleShot=True, interval=30)
        self._again.timeout.connect(self._look_again)
        desk.lost.connect(self._let_go)
        desk.crashed.connect(self._let_go)

    # what each list says

    @abstractmethod
    def heading(self, column: int) -> str:
        """Give the title of a column."""

    @abstractmethod
    def say(self, row: R, column: int) -> str:
        """Give a cell in words."""

    def heading_spoken(self, column: int) -> str:
        """Give the title of a column as a screen reader says it."""
        return self.heading(column)

    def spoken(self, row: R, column: int) -> str:
        """Give a cell as a screen reader says it: title and value."""
        value = self.say(row, column)
        return f"{self.heading_spoken(column)}: {value}" if value else ""

    def section(self, _mark: int) -> str:
        """Name a section of the list."""
        return ""

    def fresh(self, question: Q) -> Q:
        """Give the same question, asked at this moment."""
        return question

    def see(self, question: Q) -> None:
        """Take up a question, and with it whatever all cells are seen against."""
        self.question = question

    # what the table asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.keys)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _NOTHING if not index.isValid() or self.keys[index.row()] < 0 else _CHOOSABLE

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role not in _TEXT_ROLES:
            return None
        return self.heading_spoken(section) if role == Qt.ItemDataRole.AccessibleTextRole else self.heading(section)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in _TEXT_ROLES:
            return None
        key = self.keys[index.row()]
        if key < 0:
            return f"{self.section(key)} {self.sections[key]}" if index.column() == 0 else None
        row = self.row_at(index.row())
        if row is None:
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(row, index.column())
        return self.say(row, index.column())

    def row_at(self, place: int) -> R | None:
        """Give the row at a place; nothing for a section, or until it is read, which this starts."""
        key = self.keys[place]
        if key < 0:
            return None
        if key in self._rows:
            self._rows.move_to_end(key)
            return self._rows[key]
        self._want(place // _BLOCK)
        return None

    def row_of(self, number: int) -> R | None:
        """Give a row by its number if it was read."""
        return self._rows.get(number)

    def place_of(self, number: int) -> int:
        """Say where a row stands; -1 if it is not in the list."""
        try:
            return self.keys.index(number)
        except ValueError:
            return -1

    # asking

    def ask(self, question: Q) -> None:
        """Show another list; what was asked before and is not answered yet is forgotten."""
        self._newest += 1
        self.see(question)
        self.waiting, self.whole = True, False
        ticket, source = self._newest, self._source

        def query(session: Any) -> Opening[R] | None:
            # questions wait in one lane: those typed over are skipped there
            return source.opening(session, question) if ticket == self._newest else None

        self._desk.read(self, lambda answer: self._opened(ticket, answer), query)

    def look_again(self, ids: frozenset[UUID]) -> None:
        """Bring the list up to date with what changed; nothing named means anything may have."""
        if not ids or self._dirty is None:
            self._dirty = None
        else:
            self._dirty |= ids
        if not self._looking and not self._again.isActive():
            self._again.start()

    def _opened(self, ticket: int, answer: Opening[R] | None) -> None:
        if answer is None or ticket != self._newest:
            return
        self.waiting = False
        self._shown = ticket
        self._keep(answer.rows)
        self.beginResetModel()
        self.keys, self.sections = answer.listing.keys, answer.listing.sections
        self._wanted.clear()
        self.endResetModel()
        self.whole = answer.whole
        self.answered.emit()
        if not answer.whole:
            question, source = self.question, self._source

            def query(session: Any) -> Listing | None:
                return source.listing(session, question) if ticket == self._newest else None

            self._desk.read(self, lambda listing: self._listed(ticket, listing), query)

    def _listed(self, ticket: int, listing: Listing | None) -> None:
        if listing is not None and ticket == self._newest:
            self._move_to(listing)
            self.whole = True
            self.moved.emit()

    def _look_again(self) -> None:
        if self._desk.staff is None:
            return
        if self._shown != self._newest:
            if not self.waiting:
                self.ask(self.fresh(self.question))
            return
        self._looking = True
        ids, self._dirty = self._dirty, frozenset()
        if ids is not None and any(key not in self._numbers for key in ids):
            ids = None  # something that may stand in any row, or a row not read yet
        if ids is None:
            numbers = [key for key, _row in zip(reversed(self._rows), range(_LOOKED_AT), strict=False)]
        else:
            numbers = [self._numbers[key] for key in ids]
        ticket, source, began = self._newest, self._source, monotonic()
        question = self.fresh(self.question)

        def query(session: Any) -> tuple[Listing, list[R]] | None:
            if ticket != self._newest:
                return None
            return source.listing(session, question), source.rows(session, numbers)

        def done(answer: tuple[Listing, list[R]] | None) -> None:
            self._looking = False
            # a long list is looked at again less often, so that other questions get their turn
            self._again.setInterval(int(min(max(30.0, 3000 * (monotonic() - began)), 3000.0)))
            if answer is not None and ticket == self._newest:
                self.see(question)
                self._looked(answer[0], answer[1], everything=ids is None)
            else:
                self._dirty = None if ids is None or self._dirty is None else self._dirty | ids
            if self._dirty is None or self._dirty:
                self._again.start()

        self._desk.read(self, done, query)

    def _looked(self, listing: Listing, rows: list[R], *, everything: bool) -> None:
        if everything:
            self._rows.clear()
            self._numbers.clear()
        self._keep(rows)
        self._move_to(listing)
        if self.keys:
            self._say_changed(0, len(self.keys) - 1)
        self.moved.emit()

    def _let_go(self, _error: Exception) -> None:
        self._reading = self._looking = self.waiting = False
        self._dirty = None

    # rows

    def _want(self, block: int) -> None:
        if block in self._wanted:
            self._wanted.remove(block)
        self._wanted.append(block)
        del self._wanted[:-_WAITING]
        if not self._reading:
            self._read_rows()

    def _read_rows(self) -> None:
        while self._wanted:
            block = self._wanted.pop()
            part = self.keys[block * _BLOCK : (block + 1) * _BLOCK]
            numbers = [key for key in part if key > 0 and key not in self._rows]
            if numbers:
                self._ask_rows(block, numbers)
                return

    def _ask_rows(self, block: int, numbers: list[int]) -> None:
        self._reading = True
        self._desk.read(self, lambda rows: self._read(block, numbers, rows), self._source.rows, numbers)

    def _read(self, block: int, numbers: list[int], rows: list[R]) -> None:
        self._reading = False
        for number in numbers:
            self._rows[number] = None  # those that are gone are not asked for again
        self._keep(rows)
        first, last = block * _BLOCK, min((block + 1) * _BLOCK, len(self.keys)) - 1
        if first <= last:
            self._say_changed(first, last)
        self._read_rows()

    def _keep(self, rows: Iterable[R]) -> None:
        for row in rows:
            self._rows[row.number] = row
            self._rows.move_to_end(row.number)
            self._numbers[row.id] = row.number
        while len(self._rows) > _KEPT:
            _number, gone = self._rows.popitem(last=False)
            if gone is not None:
                self._numbers.pop(gone.id, None)

    def _say_changed(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def _move_to(self, listing: Listing) -> None:
        """Let rows come and go where the lists differ, so that selection and place on the screen stay."""
        old, new = self.keys, listing.keys
        self.sections = listing.sections | {
            mark: count for mark, count in self.sections.items() if mark not in listing.sections
        }
        self.about_to_move.emit()
        self.moving = True
        head = _alike(old, new)
        tail = _alike(old[head:][::-1], new[head:][::-1])
        gone, come = len(old) - head - tail, len(new) - head - tail
        if gone:
            self.beginRemoveRows(QModelIndex(), head, head + gone - 1)
            self.keys = old[:head] + old[head + gone :]
            self.endRemoveRows()
        if come:
            self.beginInsertRows(QModelIndex(), head, head + come - 1)
            self.keys = new
            self.endInsertRows()
        self.sections = listing.sections
        self.moving = False


_NOTHING = Qt.ItemFlag.NoItemFlags
_CHOOSABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_TEXT_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
)


def _alike(one: "array[int]", other: "array[int]") -> int:
    """Count the keys with which both begin; by halving, because comparing arrays is done in C."""
    low, high = 0, min(len(one), len(other))
    if one[:high] == other[:high]:
        return high
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
