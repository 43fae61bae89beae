"""Panes of the window: the rail, the command bar, and what the page is made of. F6 goes round them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ticketdesk.desktop.frame import Frame
from ticketdesk.desktop.widgets.focus import focused, stops


def step(frame: Frame, page: QWidget, by: int) -> None:
    """Put the focus into the next pane, or the one before; a page may say what its ``panes`` are."""
    panes = [pane for pane in (frame.rail, frame.command_bar, *getattr(page, "panes", (page,))) if stops(pane)]
    if not panes:
        return
    now = focused(frame)
    here = next((at for at, pane in enumerate(panes) if now is not None and pane.isAncestorOf(now)), -by)
    stops(panes[(here + by) % len(panes)])[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
