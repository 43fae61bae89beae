"""Papers: facts in, PDF out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ticketdesk.documents.intake import intake_80
from ticketdesk.documents.intake_a4 import intake_a4
from ticketdesk.documents.label import label
from ticketdesk.documents.receipt import receipt
from ticketdesk.documents.warranty import warranty
from ticketdesk.texts import N_, language


@dataclass(frozen=True, slots=True)
class Document:
    """A kind of paper: its key, its names, and what makes it from its facts.

    ``short`` names it in a sentence. ``copies_differ`` says that each copy is a page of its own.
    """

    key: str
    label: str
    short: str
    make: Callable[[Any], bytes]
    copies_differ: bool = False


DOCUMENTS: tuple[Document, ...] = (
    Document("intake", N_("Intake receipt, 80 mm"), N_("intake receipt"), intake_80, copies_differ=True),
    Document("intake_a4", N_("Intake receipt, A4"), N_("intake receipt on A4"), intake_a4, copies_differ=True),
    Document("receipt", N_("Payment receipt"), N_("payment receipt"), receipt),
    Document("warranty", N_("Warranty certificate"), N_("warranty certificate"), warranty),
    Document("label", N_("Device label"), N_("label"), label),
)
BY_KEY = {document.key: document for document in DOCUMENTS}


def render(key: str, facts: Any, code: str) -> bytes:
    """Make a paper in a language; the same facts always give the same bytes."""
    with language(code):
        return BY_KEY[key].make(facts)
