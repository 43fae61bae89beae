"""Kinds of devices, what is checked on them at intake, and their serial numbers."""

import re
from dataclasses import dataclass

from ticketdesk.domain.codes import luhn_valid
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.search import tidy
from ticketdesk.texts import N_, _


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of device: its icon, its condition checklist, what usually comes with it and what ails it."""

    key: str
    label: str
    icon: str
    checklist: tuple[str, ...]
    accessories: tuple[str, ...]
    complaints: tuple[str, ...]


POWERS_ON = N_("Powers on")
CASE = N_("Case")
CHARGER = N_("Charger")
BOX = N_("Box")
DEAD = N_("Does not power on")

_HANDHELD = (
    POWERS_ON, N_("Screen"), N_("Touch"), N_("Body"), N_("Cameras"),
    N_("Buttons"), N_("Speaker, microphone"), N_("Charging"), N_("Fingerprint, Face ID"), N_("Liquid traces"),
)  # fmt: skip
_POWERED = (
    POWERS_ON,
    N_("Body"),
    N_("Cable, plug"),
    N_("Buttons"),
    N_("Noises"),
    N_("Liquid traces"),
)

KINDS: tuple[Kind, ...] = (
    Kind("phone", N_("Phone"), "phone", _HANDHELD, (CASE, BOX, CHARGER, N_("Cable"), N_("SIM")),
         (N_("Broken screen"), N_("Touch"), N_("Battery"), DEAD, N_("Liquid"), N_("Does not charge"))),
    Kind("tablet", N_("Tablet"), "tablet", _HANDHELD, (CASE, BOX, CHARGER, N_("Cable"), N_("Pen")),
         (N_("Broken screen"), N_("Touch"), N_("Battery"), DEAD, N_("Does not charge"))),
    Kind("laptop", N_("Laptop"), "laptop",
         (POWERS_ON, N_("Screen"), N_("Hinges"), N_("Keyboard"), N_("Touchpad"), N_("Ports"), N_("Charging"),
          N_("Camera, microphone"), N_("Body"), N_("Liquid traces")),
         (CHARGER, N_("Bag"), N_("Mouse"), BOX),
         (DEAD, N_("Overheats"), N_("Broken screen"), N_("Slow"), N_("Liquid"), N_("Battery"))),
    Kind("computer", N_("Computer"), "monitor",
         (POWERS_ON, N_("Shows an image"), N_("Ports"), N_("Fans"), N_("Body"), N_("Seals")),
         (N_("Power cable"), N_("Keyboard"), N_("Mouse"), BOX),
         (DEAD, N_("No image"), N_("Slow"), N_("Restarts"), N_("Noisy"))),
    Kind("tv", N_("TV, monitor"), "tv",
         (POWERS_ON, N_("Image"), N_("Sound"), N_("Panel"), N_("Ports"), N_("Body")),
         (N_("Remote control"), N_("Stand"), N_("Power cable"), BOX),
         (N_("No image"), N_("No sound"), DEAD, N_("Lines on the image"))),
    Kind("console", N_("Console"), "console",
         (POWERS_ON, N_("Shows an image"), N_("Disc drive"), N_("Ports"), N_("Controller"), N_("Body")),
         (N_("Controller"), N_("Power cable"), N_("HDMI cable"), BOX),
         (N_("Switches off"), N_("Overheats"), N_("No image"), N_("Does not read discs"))),
    Kind("watch", N_("Watch"), "watch",
         (N_("Runs"), N_("Glass"), N_("Crown, buttons"), N_("Strap"), N_("Body"), N_("Liquid traces")),
         (N_("Strap"), BOX, CHARGER, N_("Warranty card")),
         (N_("Stopped"), N_("Runs late"), N_("Scratched glass"), N_("Battery"))),
    Kind("bike", N_("Bike"), "bike",
         (N_("Brakes"), N_("Gears"), N_("Wheels"), N_("Tyres"), N_("Frame"), N_("Lights")),
         (N_("Lock"), N_("Helmet"), N_("Lights"), N_("Bag")),
         (N_("Brakes"), N_("Gears"), N_("Puncture"), N_("Full service"))),
    Kind("scooter", N_("Scooter"), "scooter",
         (POWERS_ON, N_("Brakes"), N_("Tyres"), N_("Lights"), N_("Charging"), N_("Frame")),
         (CHARGER, N_("Lock")),
         (DEAD, N_("Does not charge"), N_("Brakes"), N_("Puncture"))),
    Kind("washer", N_("Washing machine"), "washer", (*_POWERED, N_("Door"), N_("Drum")),
         (N_("Hoses"),), (N_("Does not drain"), N_("Does not spin"), N_("Leaks"), DEAD)),
    Kind("coffee", N_("Coffee machine"), "coffee", (*_POWERED, N_("Water tank"), N_("Grinder")),
         (N_("Water tank"), N_("Milk jug"), N_("Cable")), (N_("Leaks"), N_("Does not heat"), N_("Does not grind"))),
    Kind("printer", N_("Printer"), "printer",
         (POWERS_ON, N_("Feeds paper"), N_("Print quality"), N_("Scanner"), N_("Body")),
         (N_("Power cable"), N_("USB cable"), N_("Cartridges")),
         (N_("Paper jam"), N_("Does not print"), N_("Stripes"))),
    Kind("appliance", N_("Small appliance"), "power", _POWERED, (N_("Cable"), N_("Attachments"), BOX),
         (DEAD, N_("Noisy"), N_("Does not heat"), N_("Leaks"))),
    Kind("other", N_("Other"), "stock", (POWERS_ON, N_("Body"), N_("Liquid traces")), (N_("Cable"), BOX, CHARGER),
         (DEAD, N_("Noisy"))),
)  # fmt: skip

_BY_KEY = {kind.key: kind for kind in KINDS}

GOOD, DEFECT, UNTESTED = "good", "defect", "untested"
CONDITIONS = (GOOD, DEFECT, UNTESTED)


def kind_of(key: str) -> Kind:
    """Give the kind of this key; an unknown one is ``other``, so that old data always shows."""
    return _BY_KEY.get(key, _BY_KEY["other"])


def is_imei(serial: str) -> bool:
    """Say whether a serial number has the shape of an IMEI: fifteen digits."""
    return len(serial) == 15 and serial.isascii() and serial.isdecimal()


def imei_valid(typed: str) -> bool:
    """Say whether what was typed is an IMEI whose check digit matches, however its digits are grouped."""
    bare = re.sub(r"[\s/.-]", "", typed)
    return is_imei(bare) and luhn_valid(bare)


def normal_serial(typed: str) -> str:
    """Clean a serial number or IMEI: upper case, no spaces; empty if none was typed.

    Raises:
        Refusal: if it is an IMEI whose Luhn digit (3GPP TS 23.003, annex B) does not match.
    """
    serial = re.sub(r"\s+", "", tidy(typed)).upper()
    bare = re.sub(r"[-/.]", "", serial)
    if is_imei(bare):
        if not luhn_valid(bare):
            raise Refusal(_("The check digit does not match. Scan again."), "serial")
        return bare
    return serial[:60]


def shown_serial(serial: str) -> str:
    """Show an IMEI in its groups (``35 000000 071946 4``), any other serial as it is."""
    if not is_imei(serial):
        return serial
    return f"{serial[:2]} {serial[2:8]} {serial[8:14]} {serial[14]}"


_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def checked_year(value: object) -> int | None:
    """Give the year a device was made in; nothing where none is known.

    Raises:
        Refusal: if it is no year of four digits, from 1900 to 2100.
    """
    if value is None or value == "":
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not _FIRST_YEAR <= value <= _LAST_YEAR:
        raise Refusal(_("Write the year with four digits."), "made_in")
    return value


def device_title(brand: str, model: str, kind: str = "") -> str:
    """Name a device in one line: brand before model unless the model says it already."""
    if brand and not model.casefold().startswith(brand.casefold()):
        return f"{brand} {model}".strip()
    return model or brand or _(kind_of(kind).label)
