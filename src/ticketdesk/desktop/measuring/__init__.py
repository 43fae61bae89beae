"""Measuring the real window: for ``ticketdesk bench --window`` and for tests."""
