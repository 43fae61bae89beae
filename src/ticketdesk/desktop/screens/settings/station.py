"""What is only this PC's: language, colours, size, printers, the folder of its fiscal printer, where it stands."""

from dataclasses import replace

from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QGridLayout

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.screens.settings.locations import StandsIn
from ticketdesk.desktop.widgets.basics import label, row
from ticketdesk.desktop.widgets.choices import Segmented
from ticketdesk.desktop.widgets.fields import Dropdown, Field, TextInput
from ticketdesk.desktop.widgets.panels import Card
from ticketdesk.storage.preferences import ZOOMS, Preferences
from ticketdesk.texts import N_, _

_PRINTERS = (
    ("receipt_printer", N_("Receipts, 80\u00a0mm")),
    ("label_printer", N_("Labels, 62 × 29\u00a0mm")),
    ("page_printer", N_("A4 pages")),
)


class StationSettings(Card):
    """Each change is in force, and remembered, at once."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__(_("This PC"))
        self._desk, self._host = desk, host
        preferences = host.preferences
        languages = (("ro", "Română"), ("en", "English"))
        themes = (("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark")))
        self._language = Segmented(_("Language of this PC"), languages, preferences.language or desk.shop.language)
        self._theme = Segmented(_("Colours"), themes, preferences.theme)
        self._zoom = Segmented(_("Size"), [(zoom, f"{zoom} %") for zoom in ZOOMS], preferences.zoom)
        self._printers = {key: Dropdown(_(text), [("", _("PDF file"))]) for key, text in _PRINTERS}
        self.stands_in = StandsIn(desk, host)
        self._folder = TextInput(_("no fiscal printer at this PC"))
        self._folder.setText(preferences.fiscal_folder)
        grid = QGridLayout()
        grid.setSpacing(12)
        for place, (key, text) in enumerate(_PRINTERS):
            box = self._printers[key]
            if chosen := getattr(preferences, key):
                box.addItem(chosen, chosen)
                box.choose(chosen)
            box.activated.connect(self._changed)
            grid.addWidget(Field(_(text), box), 0, place)
            grid.setColumnStretch(place, 1)
        grid.addWidget(Field(_("Folder of the fiscal printer's driver"), self._folder), 1, 0, 1, 2)
        grid.addWidget(self.stands_in, 1, 2)
        self._folder.editingFinished.connect(self._changed)
        self._language.changed.connect(self._changed)
        self._theme.changed.connect(self._changed)
        self._zoom.changed.connect(self._changed)
        host.preferred.connect(self._follow)
        self.body.addLayout(row(self._language, self._theme, self._zoom, None, spacing=16))
        self.body.addLayout(grid)
        self.body.addWidget(label(_("Another language is spoken after the next start."), "small", tone="muted"))

    def look_again(self) -> None:
        """Ask where this PC stands, and for the printers there are: a print server may take its time to answer."""
        self.stands_in.look_again()
        self._desk.with_printer(self, self._offer, QPrinterInfo.availablePrinterNames)

    def _offer(self, names: list[str]) -> None:
        for box in self._printers.values():
            for name in names:
                if box.findData(name) < 0:
                    box.addItem(name, name)

    def _follow(self, preferences: Preferences) -> None:
        """Show what keys and the palette changed."""
        self._theme.choose(preferences.theme)
        self._zoom.choose(preferences.zoom)

    def _changed(self, _what: object = None) -> None:
        chosen = {key: str(box.currentData()) for key, box in self._printers.items()}
        made = replace(
            self._host.preferences,
            language=self._language.value(),
            theme=self._theme.value(),
            zoom=self._zoom.value(),
            fiscal_folder=self._folder.text().strip(),
            **chosen,
        )
        if made != self._host.preferences:
            self._host.prefer(made)
