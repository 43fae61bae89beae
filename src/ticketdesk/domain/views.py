"""Views: named sets of filters with a way to sort; those every shop has are data here."""

from dataclasses import dataclass

from ticketdesk.domain.filters import LATE, ME, NOBODY, OPEN, YES, Filter, Filters
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import AWAITING_PAYMENT, READY, SHIPPED
from ticketdesk.domain.shop import POOL
from ticketdesk.texts import N_, _

DUE = "due"
"""The usual order of a list: what is late, then the rest, each by its promised time."""


@dataclass(frozen=True, slots=True)
class View:
    """A view: its key, its name, what it shows, in which columns (none: the usual ones), and how it is sorted.

    ``id`` is that of a saved one, ``shared`` if everybody has it; the names of the others are marked, not translated.
    """

    key: str
    label: str
    filters: Filters
    sort: str = DUE
    descending: bool = False
    columns: tuple[str, ...] = ()
    id: UUID | None = None
    shared: bool = False

    @property
    def title(self) -> str:
        """Give the name as it is shown."""
        return self.label if self.id else _(self.label)


ACTIVE, ALL, TO_TAKE = "active", "all", "to_take"
VIEWS: tuple[View, ...] = (
    View(ACTIVE, N_("Active"), OPEN),
    View("mine", N_("Mine"), (*OPEN, Filter("responsible", (ME,)))),
    View(TO_TAKE, N_("To claim"), (*OPEN, Filter("responsible", (NOBODY,)))),
    View("late", N_("Overdue"), (LATE,)),
    View("urgent", N_("Urgent"), (*OPEN, Filter("urgency", ("urgent",)))),
    View("ready", N_("Ready for pickup"), (Filter("status", (READY,)),)),
    View("awaiting_payment", N_("Awaiting payment"), (Filter("status", (AWAITING_PAYMENT,)),)),
    View("shipped", N_("Shipped"), (Filter("status", (SHIPPED,)),)),
    View("marked", N_("Marked"), (Filter("marked", (YES,)),), "number", descending=True),
    View(ALL, N_("All"), (), "number", descending=True),
)
VIEW = {view.key: view for view in VIEWS}


def offered(allocation: str) -> tuple[View, ...]:
    """Give those a shop has use for: nothing is there to claim where orders go to who takes them in."""
    return tuple(view for view in VIEWS if view.key != TO_TAKE or allocation == POOL)
