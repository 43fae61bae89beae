"""Saved views, one's own and the shop's, and orders marked to come back to."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.filters import Filter, Filters, checked
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.rights import Right, may
from ticketdesk.domain.search import fold, tidy
from ticketdesk.domain.views import DUE, VIEWS, View
from ticketdesk.services import journal, wire
from ticketdesk.services.doors import Done, Forbidden, action
from ticketdesk.services.lists import SORTS
from ticketdesk.services.merging import Edit, Editable, merge
from ticketdesk.storage.tables import Bookmark, Order, SavedView, Staff
from ticketdesk.texts import _

_LONGEST_NAME, _MOST_COLUMNS, _MOST_VIEWS = 40, 60, 60


@dataclass(frozen=True, slots=True)
class _Filters:
    """Filters as they are kept: one JSON value."""

    filters: tuple[Filter, ...]


def written(filters: Filters) -> str:
    """Write filters as they are kept."""
    return wire.dumps(_Filters(filters))


def saved(session: Session, staff_id: UUID | None) -> list[View]:
    """List the saved views somebody has: the shop's first, then their own."""
    query = select(SavedView).where(SavedView.active, or_(SavedView.shared, SavedView.owner_id == staff_id))
    found = session.scalars(query.order_by(SavedView.shared.desc(), SavedView.place, SavedView.id))
    return [_view(row) for row in found]


def _view(row: SavedView) -> View:
    filters = wire.loads(_Filters, row.filters).filters
    return View(str(row.id), row.name, filters, row.sort, row.descending, tuple(row.columns), row.id, row.shared)


def named(session: Session, staff_id: UUID, name: str) -> View:
    """Find a view by its key, or by the name somebody gave it.

    Raises:
        Refusal: if there is none.
    """
    for view in (*VIEWS, *saved(session, staff_id)):
        if name == view.key or fold(name) == fold(view.title):
            return view
    raise Refusal(_("There is no view “{name}”.").format(name=name), "view")


@dataclass(frozen=True, slots=True)
class NewView:
    """A view to keep; ``shared`` gives it to everybody."""

    name: str
    filters: tuple[Filter, ...]
    columns: tuple[str, ...] = ()
    sort: str = DUE
    descending: bool = False
    shared: bool = False


@action("view.add", Right.SIGN_IN)
def add(session: Session, by: By, command: NewView) -> Done:
    """Keep a view."""
    if command.shared:
        _check_sharing(by)
    others = saved(session, by.staff_id)
    if len(others) >= _MOST_VIEWS:
        raise Refusal(_("There are as many views as the bar can hold. Delete one first."), "name")
    row = SavedView(
        id=new_key(),
        owner_id=by.staff_id,
        shared=command.shared,
        active=True,
        name=_name(command.name),
        filters=written(checked(command.filters)),
        columns=_columns(list(command.columns)),
        sort=_sort(command.sort),
        descending=command.descending,
        place=len(others),
        created_at=by.at,
    )
    _check_name(others, row)
    session.add(row)
    journal.record(session, by, row, "added", {"name": row.name, "filters": row.filters, "shared": row.shared})
    return Done("view", row.id)


def _name(typed: str) -> str:
    name = tidy(str(typed))[:_LONGEST_NAME]
    if not name:
        raise Refusal(_("Write a name for the view."), "name")
    return name


def _filters(text: str) -> str:
    return written(checked(wire.loads(_Filters, text).filters))


def _columns(keys: list[str]) -> list[str]:
    return [str(key)[:_LONGEST_NAME] for key in keys[:_MOST_COLUMNS]]


def _sort(key: str) -> str:
    if key != DUE and key not in SORTS:
        raise Refusal(_("There is no column “{column}” to sort by.").format(column=key), "sort")
    return key


FIELDS: dict[str, Editable] = {
    "name": Editable(_name),
    "filters": Editable(_filters),
    "columns": Editable(_columns, list),
    "sort": Editable(_sort),
    "descending": Editable(bool),
    "shared": Editable(bool),
    "active": Editable(bool),
}


@action("view.edit", Right.SIGN_IN)
def edit(session: Session, by: By, command: Edit) -> Done:
    """Change a view, give it to everybody or take it back, throw it away or bring it back."""
    row = _changeable(session, by, command.id)
    changes = merge(session, row, command, FIELDS)
    if row.shared and "shared" in changes:
        _check_sharing(by)
    if row.active:
        _check_name(saved(session, by.staff_id), row)
    if changes:
        journal.record(session, by, row, "edited", changes)
    return Done("view", row.id, version=row.version)


@dataclass(frozen=True, slots=True)
class Arrange:
    """Views in the order in which they are to stand."""

    ids: tuple[UUID, ...]


@action("view.arrange", Right.SIGN_IN)
def arrange(session: Session, by: By, command: Arrange) -> Done:
    """Put saved views in another order."""
    if not command.ids:
        raise Refusal(_("There is no such view."), "view")
    done: Any = None
    for place, view_id in enumerate(command.ids):
        done = _changeable(session, by, view_id)
        if done.place != place:
            journal.record(session, by, done, "edited", {"place": [done.place, place]})
            done.place = place
    return Done("view", done.id, version=done.version)


def _changeable(session: Session, by: By, view_id: UUID) -> SavedView:
    row = session.get(SavedView, view_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise Refusal(_("There is no such view."), "view")
    if row.shared:
        _check_sharing(by)
    elif row.owner_id != by.staff_id:
        raise Forbidden(_("This view is somebody else's."))
    return row


def _check_sharing(by: By) -> None:
    if not may(by.role, Right.SHARE_VIEWS):
        raise Forbidden(_("Views of the whole shop are a manager's. Save it as your own."), "shared")


def _check_name(others: list[View], row: SavedView) -> None:
    taken = {fold(view.title) for view in (*VIEWS, *others) if view.id != row.id}
    if fold(row.name) in taken:
        raise Refusal(_("There is already a view “{name}”. Choose another name.").format(name=row.name), "name")


@dataclass(frozen=True, slots=True)
class Mark:
    """An order, and whether it is to be marked from now on."""

    order_id: UUID
    on: bool = True


@action("order.mark", Right.SIGN_IN)
def mark(session: Session, by: By, command: Mark) -> Done:
    """Mark an order for oneself, to come back to; or no longer."""
    order = session.get(Order, command.order_id)
    if order is None:
        raise Refusal(_("There is no such order."), "order")
    known = session.get(Bookmark, (by.staff_id, order.id))
    if command.on == (known is None):
        if command.on:
            session.add(Bookmark(staff_id=by.staff_id, order_id=order.id, at=by.at))
        else:
            session.execute(delete(Bookmark).where(Bookmark.staff_id == by.staff_id, Bookmark.order_id == order.id))
        person = session.get_one(Staff, by.staff_id, with_for_update=True)
        journal.record(session, by, person, "marked" if command.on else "unmarked", {"order": order.number})
    return Done("order", order.id, order.number, order.version)


def is_marked(session: Session, staff_id: UUID, order_id: UUID) -> bool:
    """Say whether somebody marked an order."""
    return session.get(Bookmark, (staff_id, order_id)) is not None
