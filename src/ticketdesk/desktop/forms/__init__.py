"""Forms compiled from ``ui/*.ui`` by ``python -m ticketdesk.desktop.forms``; not edited by hand."""
