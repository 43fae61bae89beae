"""The settings, in cards."""

from dataclasses import dataclass, fields

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ticketdesk.desktop.command import Command
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.screens.settings.locations import Locations
from ticketdesk.desktop.screens.settings.people import People
from ticketdesk.desktop.screens.settings.scanner import ScannerSettings
from ticketdesk.desktop.screens.settings.shop import ShopSettings
from ticketdesk.desktop.screens.settings.station import StationSettings
from ticketdesk.desktop.widgets.basics import column, label
from ticketdesk.desktop.widgets.focus import stops
from ticketdesk.domain.rights import Right
from ticketdesk.domain.shop import GROUPS, Shop
from ticketdesk.texts import N_, _


@dataclass(frozen=True, slots=True)
class Section:
    """A card of the settings: its key, its title, and what else it is found by (all marked)."""

    key: str
    title: str
    words: tuple[str, ...]


def sections() -> tuple[Section, ...]:
    """Give every card, for whoever looks for one by its name or by the name of what is in it."""
    return (
        *(
            Section(
                group, title, tuple(one.metadata["label"] for one in fields(Shop) if one.metadata["group"] == group)
            )
            for group, title in GROUPS.items()
        ),
        Section("locations", N_("Locations"), (N_("work point, branch, seat, address of a location"),)),
        Section("people", N_("Colleagues and PINs"), (N_("staff, users, roles, rights, change a PIN, new PIN"),)),
        Section(
            "station",
            N_("This PC"),
            (N_("language, colours, theme, size, printers"), N_("printer of receipts, printer of labels")),
        ),
        Section("scanner", N_("Scanner"), (N_("bar codes, prefix, test code, bar code reader"),)),
    )


class SettingsPage(QWidget):
    """What is only this PC's, what all PCs share, and who works here."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._host = desk, host
        self.shop = ShopSettings(desk, host)
        self.locations = Locations(desk, host)
        self.people = People(desk, host)
        self.station = StationSettings(desk, host)
        self.scanner = ScannerSettings(desk, host)
        self.commands = (Command("settings.save", N_("Save"), "Ctrl+S", "check", self.shop.save, self._may_edit),)
        holder = QWidget()
        holder.setObjectName("page")
        title = label(_("Settings"), "page", 600)
        cards = (title, self.shop, self.locations, self.people, self.station, self.scanner, None)
        holder.setLayout(column(*cards, spacing=12, margins=(20, 16, 20, 20)))
        self._cards: dict[str, QWidget] = {
            **self.shop.cards,
            "locations": self.locations,
            "people": self.people,
            "station": self.station,
            "scanner": self.scanner,
        }
        self._area = area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows what has the focus inside
        area.setWidgetResizable(True)
        area.setWidget(holder)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def activate(self) -> None:
        """Show the settings as they are now."""
        self.locations.look_again()
        self.people.look_again()
        self.shop.look_again()
        self.station.look_again()
        self._host.hints((("Ctrl+S", _("save")), ("Alt+←", _("back"))))
        self.shop.inputs["name"].field.setFocus()

    def enter(self, key: str) -> None:
        """Go to a card."""
        card = self._cards[key]
        for field in stops(card)[:1]:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._area.ensureWidgetVisible(card, 0, 0)

    def scan(self, code: str) -> bool:
        """Compare what was scanned with the test code."""
        return self.scanner.tried(code)

    def _may_edit(self) -> bool:
        return self._desk.may(Right.SETTINGS)
