"""What people do with the list of orders and with one order, as small functions of a hand: each begins anywhere."""

from PySide6.QtCore import QPoint

from desktop.hand import Hand
from ticketdesk.desktop.dialogs.estimate import EstimatesDialog
from ticketdesk.desktop.dialogs.line import LineDialog
from ticketdesk.desktop.dialogs.reason import ReasonDialog
from ticketdesk.desktop.dialogs.task import TaskDialog
from ticketdesk.desktop.screens.orders import cells
from ticketdesk.domain.orders import Phase
from ticketdesk.domain.views import VIEWS
from ticketdesk.storage.tables import Item, Order

WORDS = (
    "iPhone",
    "ecran",
    "baterie",
    "Samsung",
    "țepeș",
    "popescu",
    "laptop",
    "nu pornește",
    "0722",
    "#gata",
    "!urgent",
)
SAID = ("Am sunat clientul.", "Piesa a sosit.", "Ecran spart în colțul din dreapta.", "Nu se aprinde; de verificat.")


# the list of orders


def look_at_views(hand: Hand) -> None:
    """Go through saved views, by key and by name."""
    hand.go("orders")
    for _again in range(hand.chance.randint(1, 4)):
        hand.press(hand.chance.choice(("Ctrl+PgDown", "Ctrl+PgUp")))
    hand.session.host.show_view(hand.chance.choice(VIEWS).key)
    hand.settle()


def search(hand: Hand) -> None:
    """Type into the search field until something is found, then go on or give up."""
    hand.go("orders")
    hand.frame.search.setFocus()
    hand.write(hand.chance.choice((*WORDS, str(hand.some(Order).number), hand.some(Order).customer_name[:9])))
    hand.settle()
    hand.press(hand.chance.choice(("Esc", "Down", "Return")))


def sort(hand: Hand) -> None:
    """Click on the head of a column."""
    header = hand.go("orders").table.header
    shown = [place for place, column in enumerate(cells.COLUMNS) if column.sort and not header.isSectionHidden(place)]
    at = header.sectionViewportPosition(hand.chance.choice(shown)) + 8
    hand.click(header.viewport(), QPoint(at, header.height() // 2))
    hand.settle()


def scroll(hand: Hand) -> None:
    """Go up and down a long list with the wheel, keys and the bar."""
    hand.session.host.show_view("all")
    hand.settle()
    table = hand.page("orders").table
    for _again in range(hand.chance.randint(3, 12)):
        hand.wheel(table.viewport(), hand.chance.choice((-1, -3, -12, 2)))
        hand.rest(16)
    for key in hand.chance.sample(("PgDown", "End", "PgUp", "Down", "Home", "Up"), 3):
        table.setFocus()
        hand.press(key)
    table.verticalScrollBar().setValue(hand.chance.randint(0, table.verticalScrollBar().maximum()))


def menus(hand: Hand) -> None:
    """Open the menus of a row, of sorting, and of everything; choose nothing."""
    page = hand.go("orders")
    page._menu(page.table.under_row())
    hand.settle()
    hand.tidy()
    for key in hand.chance.sample(("F10", "Ctrl+Up", "Ctrl+R", "F1", "Ctrl+F"), 2):
        hand.press(key)
        hand.settle()
        hand.tidy()


def bulk(hand: Hand) -> None:
    """Pick some orders, do the same to all of them, and take it back while that is offered."""
    hand.session.host.show_view(hand.chance.choice(("active", "to_take", "ready")))
    hand.settle()
    table = hand.page("orders").table
    table.setFocus()
    for _again in range(hand.chance.randint(1, 4)):
        hand.press("Shift+Down")
    hand.press("Ctrl+R") if hand.chance.random() < 0.6 else hand.run("orders.bulk_move")
    hand.settle()
    hand.choose_of_menu()
    if isinstance(dialog := hand.dialog(), ReasonDialog):
        hand.fill(dialog.reason, "Clientul a renunțat")
        hand.press("Return")
    hand.settle()
    hand.tidy()
    if hand.chance.random() < 0.7:
        hand.press("Ctrl+Z")
    hand.settle()
    if table.picks:
        table.pick_none()


def quick_deeds(hand: Hand) -> None:
    """Turn urgent, mark, promise another time, from the row."""
    hand.session.host.show_view("active")
    hand.settle()
    hand.page("orders").table.setFocus()
    hand.press("Down")
    for key in hand.chance.sample(("Ctrl+U", "Ctrl+D", "Ctrl+T", "Alt+Return", "F8"), 2):
        hand.press(key)
        hand.settle()
        hand.tidy()


# one order


def read_order(hand: Hand) -> None:
    """Open an order, look around, go back and forth."""
    hand.open_order(hand.some(Order).id)
    for key in hand.chance.sample(("Tab", "Tab", "Shift+Tab", "PgDown", "F6"), 3):
        hand.press(key)
    for key in hand.chance.sample(("Alt+Left", "Alt+Right", "Esc"), 2):
        hand.press(key)
        hand.settle()


def comment(hand: Hand) -> None:
    """Write a comment on an order; sometimes a diagnosis first."""
    hand.open_order(hand.some(Order, Order.open).id)
    hand.press("Ctrl+M")
    hand.write(hand.chance.choice(SAID))
    hand.press("Ctrl+Return")


def add_task(hand: Hand) -> None:
    """Write down what is to be done."""
    hand.open_order(hand.some(Order, Order.open).id)
    hand.press("Ctrl+J")
    if (dialog := hand.wait_for(TaskDialog)) is not None:
        hand.fill(dialog.text, "De sunat după ora 14")
        hand.press("Return" if hand.chance.random() < 0.8 else "Esc")


def add_line(hand: Hand) -> None:
    """Put a work or part on an order, from the catalogue or by hand; sometimes with a price that is none."""
    hand.open_order(hand.some(Order, Order.phase.in_((Phase.NEW, Phase.WORKING, Phase.WAITING))).id)
    hand.press("Ctrl+L")
    dialog = hand.wait_for(LineDialog)
    if dialog is None:
        return
    if hand.chance.random() < 0.5:
        hand.fill(dialog.form.name, hand.some(Item, Item.price > 0).code)
        hand.press("Return")
        hand.settle()
    else:
        hand.fill(dialog.form.name, "Curățare după lichid")
        hand.fill(dialog.form.price, hand.chance.choice(("120", "99,90", "1.250,00", "o sută")))
    hand.press("Ctrl+Return")
    hand.agree()


def next_step(hand: Hand) -> None:
    """Take an order a step further, with whatever is asked on the way."""
    hand.open_order(hand.some(Order, Order.open).id)
    hand.press("F8")
    hand.settle()
    if isinstance(dialog := hand.dialog(), ReasonDialog):
        hand.fill(dialog.reason, "Fără răspuns")
        hand.press("Return")
    hand.choose_of_menu()


def look_at_papers(hand: Hand) -> None:
    """Look at the papers of an order, and keep one as a file."""
    hand.open_order(hand.some(Order).id)
    hand.press("Ctrl+P")
    hand.settle()
    for key in hand.chance.sample(("Down", "Down", "End", "Home"), 2):
        hand.press(key)
        hand.settle()
    hand.rest(120)
    hand.press(hand.chance.choice(("Return", "Esc")))


def estimate(hand: Hand) -> None:
    """Make an estimate of the lines there are, or look at those made before."""
    hand.open_order(hand.some(Order, Order.open, Order.total > 0).id)
    hand.run("order.estimate")
    if hand.wait_for(EstimatesDialog) is not None:
        hand.press(hand.chance.choice(("Ctrl+Return", "Esc")))


def any_command(hand: Hand) -> None:
    """Choose anything that is offered here, and leave whatever it opens."""
    offered = [one for one in hand.session.keys.offered if one.enabled() and one.id not in ("lock", "window.full")]
    hand.run(hand.chance.choice(offered).id)
    hand.choose_of_menu() if hand.chance.random() < 0.1 else None
