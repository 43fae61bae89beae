"""The list behind a table: every place of it known by number, its rows read as they come into sight."""

from abc import abstractmethod
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.listing.moves import Moves, find, moves
from ticketdesk.desktop.listing.repeated import Repeated
from ticketdesk.domain.keys import UUID
from ticketdesk.services.spines import Numbered, Opening, Source
from ticketdesk.storage.asked import Asked

Index = QModelIndex | QPersistentModelIndex

_BLOCK = 200
_KEPT = 10 * _BLOCK
_WAITING = 4
"""Blocks asked for and not yet read; while somebody flicks through a long list the older ones are dropped."""
_AROUND = 60
"""Rows above and below those in sight that are read again with them."""


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
    key: str = ""
    """What it is known by; by how it sorts, if it does."""
    usual: bool = True
    """Whether it is shown until somebody chooses otherwise."""

    @property
    def name(self) -> str:
        """Give what the column is known by."""
        return self.key or self.sort


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
        self.sight = range(0)
        """The places painted last: what is read again first."""
        self.followed: Callable[[], Mapping[int, int]] = dict
        """Gives the numbers that must be found again in the next list, and where they stand."""
        self._shown = False
        self._places: Mapping[int, int] = {}
        self._rows: OrderedDict[int, R | None] = OrderedDict()
        self._wanted: list[int] = []
        self._opening: Asked | None = None
        self._reading: Asked | None = None
        self._changes: frozenset[UUID] | None = frozenset()
        self._rows_again = Repeated(self._look_at_rows, self)
        self._list_again = Repeated(self._look_at_list, self)
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

    def place_of(self, number: int, near: int = -1) -> int:
        """Say where a row stands, most likely near a place; -1 if it is not in the list."""
        return self._places[number] if number in self._places else find(self.keys, number, near)

    @property
    def settled(self) -> bool:
        """Say whether everything asked for has come, and nothing waits to be asked."""
        reading = self._reading is not None or bool(self._wanted)
        return not self.waiting and not reading and self._rows_again.idle and self._list_again.idle

    # asking

    def ask(self, question: Q) -> None:
        """Show another list; what was asked before and is not answered yet is broken off."""
        for asked in (self._opening, self._reading):
            if asked is not None:
                asked.drop()
        self._rows_again.forget()
        self._list_again.forget()
        self._wanted.clear()
        self._reading, self._changes = None, frozenset()
        self.see(question)
        self.waiting, self.whole, self._shown = True, False, False
        self._opening = self._desk.read(self, self._opened, self._source.opening, question)

    def look_again(self, ids: frozenset[UUID]) -> None:
        """Bring the list up to date with what changed; nothing named means anything may have."""
        if self._desk.staff is None or self.waiting:
            return
        if not self._shown:
            self.ask(self.fresh(self.question))
            return
        self._changes = self._changes | ids if ids and self._changes is not None else None
        self._rows_again.want()
        self._list_again.want()

    def _opened(self, answer: Opening[R]) -> None:
        self.waiting, self.whole, self._shown = False, answer.whole, True
        self._keep(answer.rows)
        self.beginResetModel()
        self.keys, self.sections, self._places = answer.listing.keys, answer.listing.sections, {}
        self.endResetModel()
        self.answered.emit()
        if not answer.whole:
            self._list_again.want()

    def _look_at_list(self) -> Asked:
        """Ask what stands where by now; how that differs is worked out beside the window."""
        question, source = self.fresh(self.question), self._source
        keys, followed = self.keys, self.followed()

        def query(session: Any) -> Moves:
            return moves(keys, source.listing(session, question), followed)

        def done(found: Moves) -> None:
            self._list_again.done()
            self.see(question)
            self.whole = True
            self._move(found)

        return self._desk.survey(self, done, query)

    def _look_at_rows(self) -> Asked:
        """Read again what changed, as far as it was read before; what is in sight if that may be anything."""
        ids, self._changes = self._changes, frozenset()
        near = self.keys[max(self.sight.start - _AROUND, 0) : self.sight.stop + _AROUND]
        in_sight, read, source = [key for key in near if key > 0], self._rows, self._source

        def query(session: Any) -> tuple[list[int] | None, list[R]]:
            touched = source.touched(session, ids) if ids is not None else None
            if touched is None:
                return None, source.rows(session, in_sight)
            known = [number for number in touched if number in read]
            return known, source.rows(session, known) if known else []

        def done(answer: tuple[list[int] | None, list[R]]) -> None:
            known, rows = answer
            self._rows_again.done()
            for number in list(self._rows) if known is None else known:
                self._rows.pop(number, None)
            self._keep(rows)
            if known is None:
                self.see(self.fresh(self.question))
            self._say_changed(self.sight, None if known is None else frozenset(known))

        return self._desk.read(self, done, query)

    def _let_go(self, _error: Exception) -> None:
        """Wait for nothing any more: the answer that went wrong may have been ours."""
        self.waiting, self._reading = False, None
        self._rows_again.forget()
        self._list_again.forget()

    # rows

    def _want(self, block: int) -> None:
        if block in self._wanted:
            self._wanted.remove(block)
        self._wanted.append(block)
        del self._wanted[:-_WAITING]
        if self._reading is None:
            self._read_rows()

    def _read_rows(self) -> None:
        while self._wanted:
            block = self._wanted.pop()
            part = self.keys[block * _BLOCK : (block + 1) * _BLOCK]
            numbers = [key for key in part if key > 0 and key not in self._rows]
            if numbers:
                self._reading = self._desk.read(self, partial(self._read, block, numbers), self._source.rows, numbers)
                return

    def _read(self, block: int, numbers: list[int], rows: list[R]) -> None:
        self._reading = None
        for number in numbers:
            self._rows[number] = None  # those that are gone are not asked for again
        self._keep(rows)
        self._say_changed(range(block * _BLOCK, (block + 1) * _BLOCK), None)
        self._read_rows()

    def _keep(self, rows: Iterable[R]) -> None:
        for row in rows:
            self._rows[row.number] = row
            self._rows.move_to_end(row.number)
        while len(self._rows) > _KEPT:
            self._rows.popitem(last=False)

    def _say_changed(self, places: range, numbers: frozenset[int] | None) -> None:
        """Tell the table to paint again what is in sight of these places, or only these numbers of them."""
        seen = range(max(places.start, self.sight.start), min(places.stop, self.sight.stop, len(self.keys)))
        last = len(self.columns) - 1
        if numbers is None:
            if seen:
                self.dataChanged.emit(self.index(seen[0], 0), self.index(seen[-1], last))
            return
        for place in seen:
            if self.keys[place] in numbers:
                self.dataChanged.emit(self.index(place, 0), self.index(place, last))

    def _move(self, found: Moves) -> None:
        """Let rows come and go where the lists differ, so that selection and place on the screen stay."""
        listing, place = found.listing, found.place
        if found.gone or found.come:
            self.about_to_move.emit()
            self.moving = True
            # marks of sections that go are still asked for until they are gone
            self.sections = listing.sections | {
                mark: count for mark, count in self.sections.items() if mark not in listing.sections
            }
            if found.gone:
                self.beginRemoveRows(QModelIndex(), place, place + found.gone - 1)
                self.keys = found.between
                self.endRemoveRows()
            if found.come:
                self.beginInsertRows(QModelIndex(), place, place + found.come - 1)
                self.keys = listing.keys
                self.endInsertRows()
            self.moving = False
        self.sections, self._places = listing.sections, found.places
        self.moved.emit()


_NOTHING = Qt.ItemFlag.NoItemFlags
_CHOOSABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_TEXT_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
)
