"""Views: named sets of filters with a way to sort; those every shop has are data here."""

from dataclasses import dataclass

from ticketdesk.domain.filters import LATE, ME, NOBODY, OPEN, Filter, Filters
from ticketdesk.domain.orders import AWAITING_PAYMENT, READY, SHIPPED
from ticketdesk.texts import N_

DUE = "due"
"""The usual order of a list: what is late, then the rest, each by its promised time."""


@dataclass(frozen=True, slots=True)
class View:
    """A view: its key, its name (marked, not translated), what it shows, and how it is sorted."""

    key: str
    label: str
    filters: Filters
    sort: str = DUE
    descending: bool = False


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
    View(ALL, N_("All"), (), "number", descending=True),
)
VIEW = {view.key: view for view in VIEWS}
