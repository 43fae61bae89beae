"""What makes each paper."""

from collections.abc import Callable, Mapping
from typing import Any

from ticketdesk.documents.estimate import estimate
from ticketdesk.documents.intake import intake_80
from ticketdesk.documents.intake_a4 import intake_a4
from ticketdesk.documents.label import label, labels
from ticketdesk.documents.orders_list import orders_list
from ticketdesk.documents.receipt import receipt
from ticketdesk.documents.warranty import warranty

MAKE: Mapping[str, Callable[[Any], bytes]] = {
    "intake": intake_80,
    "intake_a4": intake_a4,
    "estimate": estimate,
    "receipt": receipt,
    "warranty": warranty,
    "label": label,
    "labels": labels,
    "orders": orders_list,
}
"""By the key of the document: a function of its facts that gives a PDF."""
