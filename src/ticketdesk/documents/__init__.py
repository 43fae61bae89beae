"""Papers: facts in, PDF out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ticketdesk.documents.intake import intake_80, intake_a4
from ticketdesk.documents.label import label
from ticketdesk.documents.receipt import receipt
from ticketdesk.documents.warranty import warranty
from ticketdesk.texts import N_, language


@dataclass(frozen=True, slots=True)
class Document:
    """A kind of paper: its key, its name, and what makes it from its facts."""

    key: str
    label: str
    make: Callable[[Any], bytes]


DOCUMENTS: tuple[Document, ...] = (
    Document("intake", N_("Intake receipt, 80 mm"), intake_80),
    Document("intake_a4", N_("Intake receipt, A4"), intake_a4),
    Document("receipt", N_("Payment receipt"), receipt),
    Document("warranty", N_("Warranty certificate"), warranty),
    Document("label", N_("Device label"), label),
)
_BY_KEY = {document.key: document for document in DOCUMENTS}


def render(key: str, facts: Any, code: str) -> bytes:
    """Make a paper in a language; the same facts always give the same bytes."""
    with language(code):
        return _BY_KEY[key].make(facts)
