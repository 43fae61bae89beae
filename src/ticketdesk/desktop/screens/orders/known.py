"""What the order desk knows besides its list: the views there are, who works here, and how many orders each view holds."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.listing.repeated import Repeated
from ticketdesk.domain.views import VIEWS, View, offered
from ticketdesk.services import lists, views
from ticketdesk.services.filtering import Viewer
from ticketdesk.services.staff import StaffRow, everyone
from ticketdesk.storage.asked import Asked

_Found = tuple[list[View], list[StaffRow], dict[str, int]]


class Known(QObject):
    """Asks for all of it at once, whenever that is wanted, in one go beside whatever the eye waits for."""

    views_changed = Signal()
    people_changed = Signal()
    counted = Signal(object)  # dict[str, int]

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.built_in = offered(desk.shop.allocation)
        self.saved: tuple[View, ...] = ()
        self.people: tuple[StaffRow, ...] = ()
        self.asking = Repeated(self._ask, self)

    @property
    def views(self) -> tuple[View, ...]:
        """Give the views, those every shop has first."""
        return (*self.built_in, *self.saved)

    def view(self, key: str) -> View | None:
        """Give a view by its key."""
        return next((view for view in (*self.views, *VIEWS) if view.key == key), None)

    def names(self) -> dict[str, str]:
        """Give the names of who works here, by their keys."""
        return {str(person.id): person.name for person in self.people}

    def _ask(self) -> Asked | None:
        staff, built_in = self._desk.staff, self.built_in
        if staff is None:
            return None
        viewer = Viewer(staff.id, self._desk.now(), self._desk.shop.zone)

        def survey(session: Any) -> _Found:
            saved = views.saved(session, viewer.staff_id)
            return saved, everyone(session), lists.counts(session, (*built_in, *saved), viewer)

        return self._desk.survey(self, self._answered, survey)

    def _answered(self, found: _Found) -> None:
        self.asking.done()
        saved, people = tuple(found[0]), tuple(found[1])
        if people != self.people:
            self.people = people
            self.people_changed.emit()
        if saved != self.saved:
            self.saved = saved
            self.views_changed.emit()
        self.counted.emit(found[2])
