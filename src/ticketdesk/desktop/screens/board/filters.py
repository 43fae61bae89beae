"""What the board leaves out: orders of other kinds, orders of other people."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from ticketdesk.desktop.widgets.basics import Button
from ticketdesk.domain.devices import kind_of
from ticketdesk.domain.orders import Billing, Kind, Place, Urgency
from ticketdesk.services.lists import OrderRow
from ticketdesk.texts import _

NOBODY = "nobody"
_DEVICE = "device."


class Filter(Button):
    """A button that says what is shown, and offers other choices."""

    chosen = Signal()

    def __init__(self, name: str, everything: str, icon: str) -> None:
        super().__init__(everything, kind="quiet", icon=icon)
        self._name, self._everything = name, everything
        self._options: list[tuple[str, str]] = []
        self._value = ""
        self._menu = QMenu(self)
        self.setCheckable(True)
        self.clicked.connect(self._open)
        self._show()

    def value(self) -> str:
        """Give what is chosen; empty for everything."""
        return self._value

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer these values and labels; what was chosen stays offered."""
        held = next(((value, text) for value, text in self._options if value == self._value), None)
        self._options = list(options)
        if held is not None and held not in self._options:
            self._options.append(held)

    def choose(self, value: str) -> None:
        """Choose a value."""
        self._value = value
        self._show()
        self.chosen.emit()

    def _open(self) -> None:
        self._show()  # a click on a checkable button has just turned it over
        self._menu.clear()
        group = QActionGroup(self._menu)
        for value, text in (("", self._everything), *self._options):
            action = self._menu.addAction(text.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(value == self._value)
            action.triggered.connect(lambda _on=False, value=value: self.choose(value))
            group.addAction(action)
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _show(self) -> None:
        text = next((text for value, text in self._options if value == self._value), self._everything)
        self.relabel(text)
        self.setAccessibleName(_("{name}: {value}").format(name=self._name, value=text))
        self.setChecked(bool(self._value))


def kinds(rows: Sequence[OrderRow]) -> list[tuple[str, str]]:
    """Give the kinds of order, and the kinds of device that are on the board."""
    devices = {row.device_kind for row in rows}
    labels = sorted((_(kind_of(kind).label), kind) for kind in devices)
    return [
        (Kind.EXTERNAL.value, _("For customers")),
        (Kind.INTERNAL.value, _("Internal")),
        (Urgency.URGENT.value, _("Urgent")),
        (Billing.WARRANTY.value, _("Warranty")),
        (Place.ON_SITE.value, _("On site")),
        *((f"{_DEVICE}{kind}", label) for label, kind in labels),
    ]


def people(rows: Sequence[OrderRow]) -> list[tuple[str, str]]:
    """Give nobody, and everybody who answers for an order on the board."""
    names = {str(row.assignee_id): row.assignee for row in rows if row.assignee_id is not None}
    return [(NOBODY, _("Nobody yet")), *sorted(names.items(), key=lambda item: item[1])]


def shown(row: OrderRow, kind: str, person: str) -> bool:
    """Say whether an order passes both filters."""
    if kind.startswith(_DEVICE):
        right_kind = row.device_kind == kind.removeprefix(_DEVICE)
    else:
        right_kind = kind in ("", row.kind, row.urgency, row.billing, row.place)
    right_person = person in ("", NOBODY if row.assignee_id is None else str(row.assignee_id))
    return right_kind and right_person
