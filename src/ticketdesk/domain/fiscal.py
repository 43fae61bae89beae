"""Fiscal receipts as text files for the driver of a fiscal printer: one file a receipt, one answer file back.

The commands are those of the Datecs FPrint and FiscalNet drivers: a line each, fields between semicolons; ``S``
sells, ``T`` takes a payment, ``K`` prints the buyer's tax number. A device knows VAT groups and payment types by
numbers of its own, so both are settings of the shop. The whole interface is described in docs/fiscal.md.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from ticketdesk.domain.errors import Refusal
from ticketdesk.texts import N_, _

_HEAD = "1,______,_,__"
"""Logical number and the empty fields that follow each command's letter."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """A family of drivers, and how many letters of a name its devices print."""

    key: str
    label: str
    longest_name: int


DIALECTS: tuple[Dialect, ...] = (
    Dialect("datecs22", N_("Datecs, names of 22 letters"), 22),
    Dialect("datecs18", N_("Datecs, names of 18 letters"), 18),
    Dialect("datecs72", N_("Datecs, names of 72 letters"), 72),
)
DIALECT: Mapping[str, Dialect] = {dialect.key: dialect for dialect in DIALECTS}


@dataclass(frozen=True, slots=True)
class FiscalLine:
    """Something sold: quantity in thousandths, gross price of one in minor units, VAT rate in basis points."""

    name: str
    quantity: int
    price: int
    rate: int


@dataclass(frozen=True, slots=True)
class FiscalTender:
    """How much of a receipt is paid by a method, in minor units."""

    method: str
    amount: int


@dataclass(frozen=True, slots=True)
class FiscalSheet:
    """What one fiscal receipt says: what is sold, how it is paid, and the tax number of a buyer who wants it there."""

    lines: tuple[FiscalLine, ...]
    tenders: tuple[FiscalTender, ...]
    tax_id: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the driver wrote back: the number of the fiscal receipt, or why there is none."""

    number: str = ""
    refusal: str = ""


def compose(sheet: FiscalSheet, dialect: Dialect, groups: Mapping[int, str], types: Mapping[str, str]) -> str:
    """Write the command file of a receipt, with CRLF line ends and nothing but ASCII.

    Raises:
        Refusal: if the device has no group for a VAT rate or no type for a method.
    """
    rows = [f"K,{_HEAD};{clean(sheet.tax_id, 14)};;;;"] if sheet.tax_id else []
    for line in sheet.lines:
        if line.rate not in groups:
            rate = f"{line.rate / 100:g}"
            raise Refusal(_("The fiscal printer has no group for {rate} % VAT. Add it in Settings.").format(rate=rate))
        name = clean(line.name, dialect.longest_name) or "-"
        quantity = f"{line.quantity // 1000}.{line.quantity % 1000:03d}"
        rows.append(f"S,{_HEAD};{name};{_amount(line.price)};{quantity};1;1;{groups[line.rate]};0;0;buc")
    for tender in sheet.tenders:
        if tender.method not in types:
            raise Refusal(_("The fiscal printer has no payment type for this method. Add it in Settings."), "method")
        rows.append(f"T,{_HEAD};{types[tender.method]};{_amount(tender.amount)};;;;")
    return "\r\n".join(rows) + "\r\n"


def clean(text: str, longest: int) -> str:
    """Make a text harmless inside a command: bare ASCII letters, no separators, no control characters.

    A name must never be able to end its field or its line: it could sell something else.
    """
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    ascii_only = bare.translate(_SPELT).encode("ascii", "replace").decode()
    safe = re.sub(r"[^ -~]|;", " ", ascii_only)
    return " ".join(safe.split())[:longest].strip()


def read_map(text: str, field: str) -> dict[str, str]:
    """Read a setting like ``21=1 11=2``: what the shop says → what the device says.

    Raises:
        Refusal: if it is written otherwise; ``field`` names the setting.
    """
    pairs = dict(re.findall(r"([a-z0-9.,]+)=(\d{1,2})", text))
    if re.sub(r"[a-z0-9.,]+=\d{1,2}", "", text).strip():
        raise Refusal(_("Write pairs like 21=1 11=2, with spaces between them."), field)
    return pairs


def read_groups(text: str) -> dict[int, str]:
    """Read VAT groups: ``21=1 11=2`` → ``{2100: "1", 1100: "2"}``.

    Raises:
        Refusal: as ``read_map``, or if a rate is no number.
    """
    try:
        return {
            round(float(rate.replace(",", ".")) * 100): group for rate, group in read_map(text, "fiscal_groups").items()
        }
    except ValueError as error:
        raise Refusal(_("Write pairs like 21=1 11=2, with spaces between them."), "fiscal_groups") from error


def read_answer(text: str) -> Answer | None:
    """Read an answer file: ``OK;<receipt number>`` or ``ERR;<reason>``; nothing while it is half written."""
    found = re.match(r"\s*(OK|ERR)\s*;([^\r\n]*)\r?\n", text, re.IGNORECASE)
    if found is None:
        return None
    said = " ".join(found[2].replace(";", " ").translate(_COMMAS).split())[:200]
    if found[1].upper() == "OK":
        return Answer(number=said) if said else None
    return Answer(refusal=said or "?")


def _amount(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02d}"


_COMMAS = str.maketrans("ŞşŢţ", "ȘșȚț")
"""Windows-1250 knows these letters only with cedillas."""
_SPELT = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "đ": "d",
                        "’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "×": "x", "…": "..."})  # fmt: skip
