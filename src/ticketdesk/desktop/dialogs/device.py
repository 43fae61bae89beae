"""Mend what is written of a device: its orders show it at once."""

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.merge import About, save_edit
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.look import icons
from ticketdesk.desktop.look.theme import colour
from ticketdesk.desktop.widgets.basics import row
from ticketdesk.desktop.widgets.fields import Dropdown, Field, TextInput, point_out
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.domain.devices import KINDS, kind_of, shown_serial
from ticketdesk.domain.errors import Refusal, Value
from ticketdesk.services import devices
from ticketdesk.services.devices import DeviceRow
from ticketdesk.services.doors import Done
from ticketdesk.services.merging import Edit
from ticketdesk.texts import _


class DeviceDialog(Overlay):
    """Kind, brand, model, serial number, colour and year; only what was changed here is saved."""

    def __init__(self, desk: Desk, host: Host, device: DeviceRow) -> None:
        super().__init__(host.window, _("Change the device"), device.title, width=600)
        self._desk, self._host, self._device = desk, host, device
        self.kind = Dropdown()
        for kind in KINDS:
            self.kind.addItem(icons.icon(kind.icon, colour("text2")), _(kind.label), kind.key)
        self.brand, self.model, self.colour = TextInput(), TextInput(), TextInput()
        self.serial, self.made_in = TextInput(icon="scan"), TextInput("2021")
        self.made_in.setMaxLength(4)
        self.fields = {
            "kind": Field(_("&Kind"), self.kind),
            "serial": Field(_("&IMEI or serial"), self.serial),
            "brand": Field(_("&Brand"), self.brand),
            "model": Field(_("&Model"), self.model, required=True),
            "colour": Field(_("Co&lour"), self.colour),
            "made_in": Field(_("&Year"), self.made_in),
        }
        for pair in (("kind", "serial"), ("brand", "model"), ("colour", "made_in")):
            both = row(spacing=16)
            for name in pair:
                both.addWidget(self.fields[name], 1)
            self.body.addLayout(both)
        self.kind.choose(kind_of(device.kind).key)
        self.serial.setText(shown_serial(device.serial))
        self.brand.setText(device.brand)
        self.model.setText(device.model)
        self.colour.setText(device.colour)
        self.made_in.setText(str(device.made_in or ""))
        self._base = self.values()
        go = go_button(_("Save"), self.save)
        self.footer.addStretch(1)
        self.footer.addWidget(leave_button(self))
        self.footer.addWidget(go)

    def values(self) -> dict[str, Value]:
        """Give what is typed, in its plain form."""
        year = self.made_in.text().strip()
        return {
            "kind": str(self.kind.currentData()),
            "serial": self.serial.text(),
            "brand": self.brand.text(),
            "model": self.model.text(),
            "colour": self.colour.text(),
            "made_in": int(year) if year.isdecimal() else year or None,
        }

    def scan(self, code: str) -> bool:
        """Take a scanned serial number."""
        self.serial.setText(code)
        return True

    def save(self) -> None:
        """Save what was changed."""
        for field in self.fields.values():
            field.hint("")
        changed = {name: value for name, value in self.values().items() if value != self._base[name]}
        if not changed:
            self.dismiss()
            return
        device = self._device
        base: dict[str, Value] = {name: getattr(device, name) for name in changed}
        about = About("device", device.title, device.id, device.version)
        save_edit(
            self._desk, self._host, self, devices.edit, Edit(device.id, base, changed), about=about,
            done=self._saved, refused=self._refused,
        )  # fmt: skip

    def _saved(self, _done: Done) -> None:
        self._host.toast(_("Saved. Its orders show it."))
        self.dismiss()

    def _refused(self, refusal: Refusal) -> None:
        if not point_out(refusal, self.fields):
            self._host.toast(refusal.sentence, "warning")
