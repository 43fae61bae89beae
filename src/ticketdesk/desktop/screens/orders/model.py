"""The orders behind the table, seen at a moment, with sections by the day they are promised for."""

from dataclasses import replace

from PySide6.QtCore import QObject

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.listing.model import ListModel
from ticketdesk.desktop.screens.orders import cells
from ticketdesk.desktop.screens.orders.cells import COLUMNS, Scene
from ticketdesk.domain.rights import Right
from ticketdesk.domain.typed import marked
from ticketdesk.services.lists import SOURCE, OrderRow, Question


class OrdersModel(ListModel[Question, OrderRow]):
    """The orders of one question; ``scene`` is the moment against which all cells are seen."""

    columns = COLUMNS
    scene: Scene
    words: tuple[str, ...] = ()
    """What is looked for, to be marked where it is found."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, SOURCE, Question(at=desk.now()), parent)

    def heading(self, column: int) -> str:
        return cells.title(column, self._desk.shop.currency)

    def heading_spoken(self, column: int) -> str:
        return cells.flags_title() if column == cells.FLAGS else self.heading(column)

    def say(self, row: OrderRow, column: int) -> str:
        return cells.text(row, column, self.scene)

    def spoken(self, row: OrderRow, column: int) -> str:
        return cells.spoken(row, column, self.scene)

    def section(self, mark: int) -> str:
        return cells.section_title(mark, self.scene)

    def fresh(self, question: Question) -> Question:
        return replace(question, at=self._desk.now())

    def see(self, question: Question) -> None:
        super().see(question)
        shop = self._desk.shop
        moment = question.at or self._desk.now()
        self.words = marked(question.filters)
        self.scene = Scene(moment, shop.zone, shop.currency, self._desk.may(Right.CLAIM), shop.region)
