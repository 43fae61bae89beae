"""What can be done to saved views: keep, rename, give to everybody, put in order, throw away."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.view_name import Failed, ViewNameDialog
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.listing.layouts import Layouts
from ticketdesk.desktop.menus import passing_menu
from ticketdesk.desktop.screens.orders.shown import Shown
from ticketdesk.domain.errors import Value
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right
from ticketdesk.domain.views import View
from ticketdesk.services import views
from ticketdesk.services.doors import Done
from ticketdesk.services.merging import Edit
from ticketdesk.services.views import Arrange, NewView
from ticketdesk.texts import _


@dataclass(frozen=True, slots=True)
class Bar:
    """What the deeds may ask of the page: its state, its layouts, its saved views, and to show one of them."""

    shown: Shown
    layouts: Layouts
    saved: Callable[[], tuple[View, ...]]
    chosen: Callable[[UUID], None]


class ViewDeeds(QObject):
    """Does things to saved views, and says how they went."""

    def __init__(self, desk: Desk, host: Host, bar: Bar, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._host, self._bar, self._widget = desk, host, bar, parent

    def may_change(self, view: View) -> bool:
        """Say whether whoever is signed in may change a view."""
        return view.id is not None and (not view.shared or self._desk.may(Right.SHARE_VIEWS))

    def keep(self) -> None:
        """Ask for a name, and keep what is shown under it; words typed become filters of the view."""
        shown, desk = self._bar.shown, self._desk
        filters = shown.all_filters(desk.now(), desk.shop.zone)

        def save(name: str, shared: bool, close: Callable[[], None], refused: Failed) -> None:  # noqa: FBT001 - of a box
            def done(made: Done) -> None:
                close()
                self._bar.chosen(made.id)

            new = NewView(name, filters, self._bar.layouts.to_keep(), shown.sort, shown.descending, shared)
            desk.write(self, done, views.add, new, refused=refused)

        ViewNameDialog(self._host, "", save, may_share=desk.may(Right.SHARE_VIEWS)).present()

    def renew(self) -> None:
        """Save the view chosen as it is shown now."""
        shown, view = self._bar.shown, self._bar.shown.view
        filters = shown.all_filters(self._desk.now(), self._desk.shop.zone)
        self._edit(
            view,
            {"filters": views.written(view.filters), "columns": list(view.columns), "sort": view.sort,
             "descending": view.descending},
            {"filters": views.written(filters), "columns": list(self._bar.layouts.to_keep()), "sort": shown.sort,
             "descending": shown.descending},
            lambda: self._renewed(view),
        )  # fmt: skip

    def _renewed(self, view: View) -> None:
        self._bar.layouts.kept_with(view.key)
        self._host.toast(_("The view “{name}” is saved.").format(name=view.title))

    def rename(self, view: View) -> None:
        """Ask for another name."""

        def save(name: str, _shared: bool, close: Callable[[], None], refused: Failed) -> None:  # noqa: FBT001 - as above
            self._edit(view, {"name": view.label}, {"name": name}, close, refused)

        ViewNameDialog(self._host, view.title, save, may_share=False).present()

    def share(self, view: View) -> None:
        """Give a view to everybody, or take it back."""
        self._edit(view, {"shared": view.shared}, {"shared": not view.shared})

    def throw_away(self, view: View) -> None:
        """Delete a view; it can be brought back."""

        def gone() -> None:
            sentence = _("The view “{name}” is deleted.").format(name=view.title)
            self._host.toast(sentence, "trash", _("Undo"), back)

        def back() -> None:
            self._edit(view, {"active": False}, {"active": True})

        self._edit(view, {"active": True}, {"active": False}, gone)

    def shift(self, view: View, step: int) -> None:
        """Move a view one place to the left or right among its like."""
        if view.id is None:
            return
        alike = [other.id for other in self._bar.saved() if other.id and other.shared == view.shared]
        at = alike.index(view.id)
        if 0 <= at + step < len(alike):
            alike[at], alike[at + step] = alike[at + step], alike[at]
            self._desk.write(self, lambda _done: None, views.arrange, Arrange(tuple(alike)))

    def menu(self, view: View, at: QPoint) -> None:
        """Offer what can be done to a view."""
        menu = passing_menu(self._widget)
        chosen = view.key == self._bar.shown.view.key
        if view.id is None or not self.may_change(view):
            menu.addAction(_("Save as view…"), self.keep).setEnabled(chosen)
            menu.popup(at)
            return
        menu.addAction(_("Rename…"), lambda: self.rename(view))
        menu.addAction(_("Save as it is shown now"), self.renew).setEnabled(chosen)
        if self._desk.may(Right.SHARE_VIEWS):
            share = menu.addAction(_("For everybody in the shop"), lambda: self.share(view))
            share.setCheckable(True)
            share.setChecked(view.shared)
        menu.addSeparator()
        alike = [other.key for other in self._bar.saved() if other.shared == view.shared]
        menu.addAction(_("Move left"), lambda: self.shift(view, -1)).setEnabled(view.key != alike[0])
        menu.addAction(_("Move right"), lambda: self.shift(view, 1)).setEnabled(view.key != alike[-1])
        menu.addSeparator()
        menu.addAction(_("Delete"), lambda: self.throw_away(view))
        menu.popup(at)

    def _edit(
        self,
        view: View,
        base: dict[str, Value],
        values: dict[str, Value],
        then: Callable[[], None] = lambda: None,
        refused: Failed | None = None,
    ) -> None:
        if view.id is not None:
            self._desk.write(self, lambda _done: then(), views.edit, Edit(view.id, base, values), refused=refused)
