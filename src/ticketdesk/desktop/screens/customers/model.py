"""The customers behind the table."""

from PySide6.QtCore import QObject

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.listing.model import ListModel
from ticketdesk.desktop.screens.customers import cells
from ticketdesk.desktop.screens.customers.cells import COLUMNS, Scene
from ticketdesk.domain.typed import plain_words
from ticketdesk.services.customer_lists import SOURCE, Question
from ticketdesk.services.customers import CustomerRow
from ticketdesk.texts import _


class CustomersModel(ListModel[Question, CustomerRow]):
    """The customers of one question; ``words`` are marked where they are found."""

    columns = COLUMNS
    scene: Scene
    words: tuple[str, ...] = ()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, SOURCE, Question(), parent)

    def heading(self, column: int) -> str:
        return cells.title(column, self._desk.shop.currency)

    def say(self, row: CustomerRow, column: int) -> str:
        return cells.text(row, column, self.scene)

    def spoken(self, row: CustomerRow, column: int) -> str:
        if column == cells.NAME and row.company:
            return _("Company: {name}").format(name=row.name)
        return super().spoken(row, column)

    def see(self, question: Question) -> None:
        super().see(question)
        shop = self._desk.shop
        self.words = tuple(word for group in plain_words(question.typed) for word in group)
        self.scene = Scene(self._desk.now(), shop.zone, shop.currency, shop.region)
