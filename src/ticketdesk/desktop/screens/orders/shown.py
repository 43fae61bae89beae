"""What the list shows: a view, as somebody changed it since, and what they typed over it."""

from dataclasses import dataclass, replace
from datetime import datetime

from ticketdesk.domain.clock import day_of
from ticketdesk.domain.filters import Filter, Filters, only_open
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.typed import parse
from ticketdesk.domain.views import ACTIVE, ALL, DUE, VIEW, View
from ticketdesk.services.lists import Question


@dataclass(frozen=True, slots=True)
class _Look:
    """A view, its filters as they are now, and how it is sorted now."""

    view: View
    filters: Filters
    sort: str
    descending: bool


def _look(view: View) -> _Look:
    return _Look(view, view.filters, view.sort, view.descending)


class Shown:
    """The state behind the list; the page asks it for the question."""

    def __init__(self) -> None:
        self._look = _look(VIEW[ACTIVE])
        self._before_search = self._look
        self.typed = ""

    @property
    def view(self) -> View:
        """Give the view chosen."""
        return self._look.view

    @property
    def filters(self) -> Filters:
        """Give the filters now, without what is typed."""
        return self._look.filters

    @property
    def sort(self) -> str:
        """Give by what the list is sorted."""
        return self._look.sort

    @property
    def descending(self) -> bool:
        """Say which way it is sorted."""
        return self._look.descending

    @property
    def added(self) -> Filters:
        """Give the filters that are not the view's own."""
        return tuple(asked for asked in self.filters if asked not in self.view.filters)

    @property
    def changed(self) -> bool:
        """Say whether the filters are other than the view's."""
        return set(self.filters) != set(self.view.filters)

    def show(self, view: View) -> None:
        """Show a view as it is; what is typed narrows it."""
        self._look = _look(view)
        if self.typed:
            self._before_search = self._look

    def renew(self, view: View) -> None:
        """Take up the view chosen as it is saved now; what was changed here since stays changed."""
        kept = self._look
        same = kept.filters == kept.view.filters
        self._look = replace(kept, view=view, filters=view.filters if same else kept.filters)

    def type(self, typed: str) -> None:
        """Search among all orders while something is typed, within added filters; go back when it is not."""
        if typed and not self.typed:
            self._before_search = self._look
            self._look = replace(_look(VIEW[ALL]), filters=self.added)
        elif not typed and self.typed:
            self._look = self._before_search
        self.typed = typed

    def sort_by(self, sort: str, *, descending: bool) -> None:
        """Sort another way."""
        self._look = replace(self._look, sort=sort, descending=descending)

    def of(self, field: str) -> Filters:
        """Give the filters of a field."""
        return tuple(asked for asked in self.filters if asked.field == field)

    def narrow(self, field: str, filters: Filters) -> None:
        """Put filters in place of those of a field."""
        others = [asked for asked in self.filters if asked.field != field]
        at = next((place for place, asked in enumerate(self.filters) if asked.field == field), len(others))
        others[at:at] = filters
        self._look = replace(self._look, filters=tuple(others))

    def drop(self, asked: Filter) -> None:
        """Take one filter away."""
        self._look = replace(self._look, filters=tuple(one for one in self.filters if one != asked))

    def clear(self) -> None:
        """Go back to the filters of the view; of a saved one, to none."""
        self._look = replace(self._look, filters=() if self.view.id else self.view.filters)

    def all_filters(self, at: datetime, zone: str) -> Filters:
        """Give everything the list is narrowed by, what is typed included."""
        return (*self.filters, *parse(self.typed, day_of(at, zone)))

    def question(self, staff_id: UUID | None, at: datetime, zone: str) -> Question:
        """Give what to ask."""
        filters = self.all_filters(at, zone)
        # closed orders are never late: among them the promised time alone sorts, by its index
        sort = "promised" if self.sort == DUE and not only_open(filters) else self.sort
        return Question(filters, staff_id, at, zone, sort, self.descending)
