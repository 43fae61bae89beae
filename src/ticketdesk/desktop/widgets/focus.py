"""Where the keyboard's focus is, and where Tab takes it.

WORKAROUND: PySide (6.11) makes the widget that ``nextInFocusChain`` or ``focusWidget`` gives a Python child of the
one asked. When that one went, everything below, up to the window itself, counted as deleted while it lived.
``setParent`` with the parent a widget has anyway does nothing in Qt and puts that right. Ask here instead.
"""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def focused(widget: QWidget) -> QWidget | None:
    """Give what has the focus in a widget's window, or gets it when the window is active again."""
    found = widget.window().focusWidget()
    if found is not None:
        _belong(found)
    return found


def following(widget: QWidget) -> list[QWidget]:
    """Give all that Tab may reach, in its order, once round the window, beginning after a widget."""
    return [one for one in _ring(widget)[1:] if _stops_tab(one)]


def stops(widget: QWidget) -> list[QWidget]:
    """Give what Tab reaches inside a widget, in its order."""
    return _inside(widget, _ring(widget))


def put_in_order(*parts: QWidget) -> None:
    """Let Tab go through these one after the other: for pages that make some of their parts anew."""
    ring = _ring(parts[0])  # hundreds of widgets: walked once for all parts
    chain = [one for part in parts for one in ([part] if _stops_tab(part) else _inside(part, ring))]
    for one, other in pairwise(chain):
        QWidget.setTabOrder(one, other)


def put_inside(holder: QWidget, parts: Sequence[QWidget]) -> None:
    """Let Tab come to parts that were made anew where their holder stands, not after everything else."""
    policy = holder.focusPolicy()
    holder.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Qt puts things in order only behind what Tab may reach
    for one, other in pairwise((holder, *parts)):
        QWidget.setTabOrder(one, other)
    holder.setFocusPolicy(policy)


def focus_named(holder: QWidget, name: str) -> None:
    """Give the focus to what is called by a name inside a widget that made its parts anew."""
    for one in holder.findChildren(QWidget):
        if one.accessibleName() == name and _stops_tab(one):
            one.setFocus()
            return


def go_on(widget: QWidget) -> None:
    """Move the focus to what Tab would reach from here."""
    for one in following(widget)[:1]:
        one.setFocus(Qt.FocusReason.TabFocusReason)


def _inside(widget: QWidget, ring: list[QWidget]) -> list[QWidget]:
    place = ring.index(widget)
    return [one for one in ring[place + 1 :] + ring[:place] if widget.isAncestorOf(one) and _stops_tab(one)]


def _ring(widget: QWidget) -> list[QWidget]:
    """Give all of a window in the order of Tab, beginning with a widget."""
    ring = [widget]
    walker = widget.nextInFocusChain()
    while walker is not None and walker is not widget:
        ring.append(walker)
        walker = walker.nextInFocusChain()
    for one in ring:
        _belong(one)
    return ring


def _stops_tab(widget: QWidget) -> bool:
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.focusProxy() is None
        and widget.isVisible()
        and widget.isEnabled()
    )


def _belong(widget: QWidget) -> None:
    widget.setParent(widget.parentWidget())
