"""What a screen may ask of the window: only these."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ticketdesk.domain.keys import UUID
from ticketdesk.domain.search import fold
from ticketdesk.storage.preferences import Preferences


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper that should come out, so many times; where its kind goes on this PC, or at a printer named here.

    An empty printer keeps it as a PDF file.
    """

    document: str
    copies: int = 1
    printer: str | None = None


@dataclass(frozen=True, slots=True)
class Slip:
    """A paper about money: what makes it from a session in the background, its name, and where it is printed.

    ``document`` is the kind of paper by which this PC chooses a printer; ``said`` is said once it is out.
    """

    make: Callable[..., bytes]
    name: str
    said: str
    document: str = "receipt"


def file_name(paper: str, mark: object) -> str:
    """Name a paper kept as a file so that people find it: ``bon-de-primire-10501``."""
    return f"{fold(paper).replace(' ', '-')}-{mark}"


class Host(QObject):
    """Wishes of screens, granted by the window; screens know nothing else of it."""

    order_wanted = Signal(object)  # UUID
    customer_wanted = Signal(object)  # UUID
    device_wanted = Signal(object)  # UUID
    intake_wanted = Signal()
    intake_for_wanted = Signal(object, object)  # UUID of a customer, UUID of a device or nothing
    payment_wanted = Signal(object)  # UUID
    page_wanted = Signal(str)
    view_wanted = Signal(str)
    till_wanted = Signal()
    timer_wanted = Signal(object, bool)  # UUID, whether it is to run
    back_wanted = Signal()
    search_wanted = Signal(str)
    print_wanted = Signal(object, object, str, str)  # UUID, tuple[Wanted, ...], what to say before, icon
    papers_wanted = Signal(object)  # UUID
    slip_wanted = Signal(object)  # Slip
    labels_wanted = Signal(object)  # Sequence[tuple[UUID, int]]
    folder_wanted = Signal()
    toast_wanted = Signal(str, str, str, object)  # text, icon, action label, action
    hints_wanted = Signal(object)  # tuple[tuple[str, str], ...]
    preferred = Signal(object)  # Preferences

    def __init__(self, window: QWidget, preferences: Preferences | None = None) -> None:
        super().__init__(window)
        self.window = window
        self.preferences = preferences or Preferences()

    def open_order(self, order_id: UUID) -> None:
        """Show the page of an order."""
        self.order_wanted.emit(order_id)

    def turn_timer(self, order_id: UUID, *, on: bool) -> None:
        """Start one's work timer at an order, or pause it there."""
        self.timer_wanted.emit(order_id, on)

    def open_customer(self, customer_id: UUID) -> None:
        """Show the page of a customer."""
        self.customer_wanted.emit(customer_id)

    def open_device(self, device_id: UUID) -> None:
        """Show the page of a device."""
        self.device_wanted.emit(device_id)

    def open_intake_for(self, customer_id: UUID | None, device_id: UUID | None = None) -> None:
        """Take something in of a known customer, perhaps a known device."""
        self.intake_for_wanted.emit(customer_id, device_id)

    def open_intake(self) -> None:
        """Take a device in."""
        self.intake_wanted.emit()

    def open_payment(self, order_id: UUID) -> None:
        """Take money for an order."""
        self.payment_wanted.emit(order_id)

    def go(self, page: str) -> None:
        """Show a page of the rail."""
        self.page_wanted.emit(page)

    def step_till(self) -> None:
        """Open the till of this PC, or count and close it."""
        self.till_wanted.emit()

    def show_view(self, view: str) -> None:
        """Show a saved view of the order desk."""
        self.view_wanted.emit(view)

    def search(self, text: str) -> None:
        """Type into the search field."""
        self.search_wanted.emit(text)

    def back(self) -> None:
        """Go back to where one came from."""
        self.back_wanted.emit()

    def print_papers(self, order_id: UUID, papers: Sequence[Wanted], said: str = "", icon: str = "printer") -> None:
        """Print papers of an order, and say so after whatever else is to be said: one toast for all of it."""
        self.print_wanted.emit(order_id, tuple(papers), said, icon)

    def print_labels(self, printed: Sequence[tuple[UUID, int]]) -> None:
        """Put out the labels of orders in one go, each under its journal line of being printed."""
        self.labels_wanted.emit(tuple(printed))

    def print_slip(self, slip: Slip) -> None:
        """Print a paper about money."""
        self.slip_wanted.emit(slip)

    def choose_paper(self, order_id: UUID) -> None:
        """Show the papers of an order, to look at, print or keep."""
        self.papers_wanted.emit(order_id)

    def open_papers(self) -> None:
        """Open the folder of the papers that were kept as files."""
        self.folder_wanted.emit()

    def toast(
        self,
        text: str,
        icon: str = "check",
        action_label: str = "",
        action: Callable[[], None] | None = None,
    ) -> None:
        """Say something for six seconds; for ten if something can be done about it."""
        self.toast_wanted.emit(text, icon, action_label, action)

    def hints(self, hints: tuple[tuple[str, str], ...]) -> None:
        """Show keys and what they do in the status bar."""
        self.hints_wanted.emit(hints)

    def prefer(self, preferences: Preferences) -> None:
        """Put settings of this PC in force, and remember them."""
        self.preferences = preferences
        self.preferred.emit(preferences)
