"""TicketDesk: point of service for repair shops."""

__version__ = "0.1.0"
