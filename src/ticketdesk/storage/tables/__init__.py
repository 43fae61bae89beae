"""The mapped classes."""

from ticketdesk.storage.tables.base import Base
from ticketdesk.storage.tables.money import Item, Payment
from ticketdesk.storage.tables.orders import (
    Attachment,
    AttachmentBytes,
    Comment,
    Device,
    Line,
    Order,
    Task,
)
from ticketdesk.storage.tables.people import Customer, Staff
from ticketdesk.storage.tables.shop import Counter, Entry, EpochKey, ShopRow

__all__ = [
    "Attachment",
    "AttachmentBytes",
    "Base",
    "Comment",
    "Counter",
    "Customer",
    "Device",
    "Entry",
    "EpochKey",
    "Item",
    "Line",
    "Order",
    "Payment",
    "ShopRow",
    "Staff",
    "Task",
]
