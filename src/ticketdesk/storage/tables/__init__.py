"""The mapped classes."""

from ticketdesk.storage.tables.base import Base
from ticketdesk.storage.tables.fiscal import FiscalReceipt
from ticketdesk.storage.tables.locations import Location, LocationStation
from ticketdesk.storage.tables.money import Item, ItemPrice, Payment, PriceList, Sale
from ticketdesk.storage.tables.orders import (
    Attachment,
    AttachmentBytes,
    Comment,
    Device,
    Estimate,
    Line,
    Order,
    Task,
)
from ticketdesk.storage.tables.people import Approval, Customer, CustomerApart, CustomerKey, Staff
from ticketdesk.storage.tables.shop import Counter, Entry, EpochKey, Seal, ShopRow
from ticketdesk.storage.tables.tills import CashMove, Shift, ShiftCount, Till, TillStation
from ticketdesk.storage.tables.timers import TimerMark
from ticketdesk.storage.tables.views import Bookmark, SavedView

__all__ = [
    "Approval",
    "Attachment",
    "AttachmentBytes",
    "Base",
    "Bookmark",
    "CashMove",
    "Comment",
    "Counter",
    "Customer",
    "CustomerApart",
    "CustomerKey",
    "Device",
    "Entry",
    "EpochKey",
    "Estimate",
    "FiscalReceipt",
    "Item",
    "ItemPrice",
    "Line",
    "Location",
    "LocationStation",
    "Order",
    "Payment",
    "PriceList",
    "Sale",
    "SavedView",
    "Seal",
    "Shift",
    "ShiftCount",
    "ShopRow",
    "Staff",
    "Task",
    "Till",
    "TillStation",
    "TimerMark",
]
