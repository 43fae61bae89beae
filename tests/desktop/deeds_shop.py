"""What people do at the counter, in the other rooms and with the window, as small functions of a hand; and others."""

import threading
from datetime import UTC, datetime

from sqlalchemy import text

from desktop.deeds_orders import SAID, WORDS
from desktop.hand import Hand
from ticketdesk.desktop.dialogs.cash_move import CashMoveDialog
from ticketdesk.desktop.dialogs.customer import CustomerDialog
from ticketdesk.desktop.dialogs.payment import PaymentDialog
from ticketdesk.desktop.dialogs.sale import SaleDialog
from ticketdesk.desktop.frame import ROOMS
from ticketdesk.domain.by import By
from ticketdesk.domain.codes import luhn_digit, order_code
from ticketdesk.domain.keys import new_key
from ticketdesk.domain.rights import Right
from ticketdesk.services import notes, orders
from ticketdesk.services.doors import perform
from ticketdesk.services.merging import Edit
from ticketdesk.services.notes import AddComment
from ticketdesk.storage.tables import Customer, Device, Item, Order

PEOPLE = ("Alina", "Vlad", "Raluca", "Mircea", "Ioana", "Denisa")
SIZES = ((1440, 868), (1366, 696), (1280, 720), (1600, 950))


# the counter


def take_in(hand: Hand) -> None:
    """Take a device in, known or new; sometimes leave it half written, sometimes throw it away."""
    hand.press("F2")
    hand.settle()
    page = hand.page("intake") if hand.session.pages.shown() == "intake" else hand.go("intake")
    if page.begun:
        page.empty()
        hand.settle()
    if hand.chance.random() < 0.4:
        known = hand.some(Customer, Customer.phone != "")
        hand.fill(page.customer.phone, known.phone.replace("+40", "0"))
    else:
        hand.fill(page.customer.phone, f"07{hand.chance.randint(20_000_000, 59_999_999)}")
        hand.fill(page.customer.name, hand.chance.choice(("Ilinca Bârsănescu", "Ștefan Ungureanu", "Ana Țăndărei")))
    hand.settle()
    hand.tidy()
    hand.scan(_imei(hand))
    if not page.device.model.text():
        hand.fill(page.device.brand, "Samsung")
        hand.fill(page.device.model, "Galaxy A54 5G")
    hand.fill(page.problem.text, hand.chance.choice(SAID))
    hand.fill(page.price.estimate, str(hand.chance.randint(5, 90) * 10))
    hand.settle()
    hand.tidy()
    hand.press(hand.chance.choice(("Ctrl+S", "Ctrl+S", "Ctrl+Return", "Esc")))
    hand.settle()
    if hand.session.pages.shown() == "intake" and page.begun:
        page.empty()


def pay(hand: Hand) -> None:
    """Take what is owed, in cash, by card or both; or change one's mind."""
    owing = hand.some(Order, Order.status.in_(("ready", "awaiting_payment")), Order.balance > 0)
    if owing is None:
        return
    hand.open_order(owing.id)
    hand.press("F4")
    dialog = hand.wait_for(PaymentDialog)
    if dialog is None:
        return
    how = hand.chance.random()
    if how < 0.3:
        hand.fill(dialog.inputs["card"], str(max(dialog.due // 200, 1)))
    elif how < 0.4:
        hand.fill(dialog.inputs["cash"], "1000")
    hand.press("Ctrl+Return" if how < 0.85 else "Esc")
    hand.settle()


def sell(hand: Hand) -> None:
    """Sell things over the counter, by code, by scanner, by name."""
    hand.press("Shift+F2")
    dialog = hand.wait_for(SaleDialog)
    if dialog is None:
        return
    for _again in range(hand.chance.randint(1, 3)):
        item = hand.some(Item, Item.price > 0)
        if hand.chance.random() < 0.5:
            hand.scan(item.ean or item.code)
        else:
            hand.fill(dialog.field, item.code)
            hand.press("Return")
    hand.settle()
    hand.press("Ctrl+Return" if hand.chance.random() < 0.8 else "Esc")
    hand.agree()


def claim(hand: Hand) -> None:
    """Take the next order of the pool."""
    hand.press("F9")
    hand.settle()


def scan(hand: Hand) -> None:
    """Hold all kinds of codes before the scanner, wherever the focus is, two of them in one breath."""
    hand.go(hand.chance.choice(("orders", "board", "customers", "catalogue")))
    code = hand.chance.choice(
        (
            order_code(hand.some(Order).number),
            hand.some(Item, Item.price > 0).ean,
            hand.some(Device, Device.serial != "").serial,
            "5941234567899",
            "https://x.example",
        )
    )
    if code:
        hand.scan(code)
    if hand.chance.random() < 0.3:
        hand.keyboard.scan(f"{order_code(hand.some(Order).number)}\r")
        hand.keyboard.scan(f"{order_code(hand.some(Order).number)}\r")
    hand.settle()


def palette(hand: Hand) -> None:
    """Search everything, and go where it leads, or nowhere."""
    hand.press("F3")
    hand.settle()
    words = ("bon nou", "tur", "set", "tablă", *WORDS, str(hand.some(Order).number))
    hand.write(hand.chance.choice(words))
    hand.settle()
    for key in hand.chance.sample(("Down", "Down", "Up", "Tab"), 2):
        hand.press(key)
    hand.press("Return" if hand.chance.random() < 0.6 else "Esc")
    hand.settle()


# rooms


def board(hand: Hand) -> None:
    """Move a card, there and back."""
    hand.go("board")
    for key in hand.chance.sample(("Down", "Right", "Left", "Ctrl+Right", "Ctrl+Left", "Return", "F8"), 4):
        hand.press(key)
        hand.settle()
        hand.tidy()


def bench(hand: Hand) -> None:
    """Claim, run through the queue, turn the timer, write a note, move on or give back; sometimes lock meanwhile."""
    page = hand.go("bench")
    for key in hand.chance.sample(("F9", "Down", "Down", "Up", "Ctrl+B", "Ctrl+B", "F8", "F6"), 5):
        hand.press(key)
        hand.settle()
        hand.tidy()
    if page.work is not None:
        hand.press("Ctrl+M")
        hand.write(hand.chance.choice(SAID))
        hand.press(hand.chance.choice(("Ctrl+Return", "Ctrl+1")))
        hand.settle()
    if hand.chance.random() < 0.3 and hand.session.pages.shown() == "bench":
        hand.run("bench.release")


def customers(hand: Hand) -> None:
    """Look somebody up, read their page, begin to change it; write a new one down."""
    page = hand.go("customers")
    hand.press("Ctrl+F")
    hand.write(hand.chance.choice(("pop", "ionescu", "srl", "0722", "tepes", "ana")))
    hand.settle()
    if hand.desk.may(Right.EDIT_CUSTOMER) and hand.chance.random() < 0.4:
        hand.run("customers.new")
        if (dialog := hand.wait_for(CustomerDialog)) is not None:
            hand.fill(dialog.name, f"Client {hand.chance.randint(1, 10**6)}")
            hand.fill(dialog.phone, f"07{hand.chance.randint(20_000_000, 59_999_999)}")
            hand.settle()
            hand.press(hand.chance.choice(("Ctrl+Return", "Esc")))
        hand.settle()
        hand.tidy()
        return
    if page.model.keys:
        page.table.setFocus()
        hand.press("Return")
        hand.settle()
        for key in hand.chance.sample(("Ctrl+PgDown", "Ctrl+E", "Ctrl+M", "F2"), 2):
            hand.press(key)
            hand.settle()
            hand.tidy()


def device(hand: Hand) -> None:
    """Read what was done to a device so far."""
    found = hand.some(Device)
    hand.session.host.open_device(found.id)
    hand.settle()
    hand.press("Ctrl+E")
    hand.settle()


def catalogue(hand: Hand) -> None:
    """Search works and parts, and look at one."""
    page = hand.go("catalogue")
    hand.fill(page.search, hand.chance.choice(("ecran", "bat", "folie", "xyz", "")))
    hand.rest(160)
    hand.settle()
    if page.rows:
        page.table.setFocus()
        hand.press("Down")
        hand.press("Return")
        hand.settle()


def cash(hand: Hand) -> None:
    """Look at the till and its receipts, print the X report, put money in or take it out."""
    hand.go("cash")
    hand.run(hand.chance.choice(("cash.receipts", "cash.print", "cash.numbers", "cash.next", "cash.tills")))
    hand.tidy()
    hand.run("cash.move")
    if isinstance(dialog := hand.dialog(), CashMoveDialog):
        dialog.way.choose(hand.chance.choice(("in", "out")))
        hand.fill(dialog.amount, str(hand.chance.randint(1, 5)))
        hand.fill(dialog.reason, "Mărunțiș")
        hand.press(hand.chance.choice(("Ctrl+Return", "Esc")))
        hand.agree()


def reports(hand: Hand) -> None:
    """Look at the days before."""
    hand.go("day")
    for key in hand.chance.sample(("Ctrl+Left", "Ctrl+Left", "Ctrl+Right", "Ctrl+T", "Ctrl+P"), 3):
        hand.press(key)
        hand.settle()
        hand.tidy()


def settings(hand: Hand) -> None:
    """Look through the settings, and change nothing."""
    hand.go("settings")
    for one in hand.chance.sample([one.id for one in hand.session.keys.offered if one.id.startswith("settings.")], 3):
        if one != "settings.save":
            hand.run(one)
    hand.press("Esc")


def rooms(hand: Hand) -> None:
    """Go through rooms by their keys."""
    for room in hand.chance.sample(ROOMS, 3):
        hand.press(room.shortcut)
        hand.settle()


# the window


def change_person(hand: Hand) -> None:
    """Lock, and let somebody else in, or the same again; a page or dialog may be open meanwhile."""
    if hand.chance.random() < 0.5:
        hand.press(hand.chance.choice(("F2", "F3", "Shift+F2", "Ctrl+L")))
        hand.settle()
    hand.session.signing.lock()
    hand.sign_in(hand.chance.choice(PEOPLE))


def zoom(hand: Hand) -> None:
    """Make everything larger, and as it was."""
    hand.press(hand.chance.choice(("Ctrl+=", "Ctrl+-")))
    hand.settle()
    hand.press("Ctrl+0")


def theme(hand: Hand) -> None:
    """Change the colours."""
    hand.run(hand.chance.choice(("look.dark", "look.light")))


def resize(hand: Hand) -> None:
    """Make the window larger or smaller."""
    hand.frame.resize(*hand.chance.choice(SIZES))
    hand.settle()


# others


def colleague(hand: Hand) -> None:
    """Let a colleague at another PC write, change and move something meanwhile, perhaps what is shown here."""
    row = hand.some(Order, Order.open)
    by = By(row.received_by, "Casa 2", datetime.now(UTC), new_key())
    after = f"{row.complaint.removesuffix(' ·')}{'' if row.complaint.endswith(' ·') else ' ·'}"
    edit = Edit(row.id, {"complaint": row.complaint}, {"complaint": after})
    perform(hand.elsewhere, by, orders.edit, edit)
    hand.rest(300)
    hand.settle()


def held_up(hand: Hand) -> None:
    """Write while another PC holds the database up for a second, and go on reading meanwhile."""
    order, release, held = hand.some(Order, Order.open), threading.Event(), threading.Event()

    def hold() -> None:
        with hand.elsewhere.begin() as session:
            session.execute(text("UPDATE shop SET version = version"))
            held.set()
            release.wait(10)

    holding = threading.Thread(target=hold)
    holding.start()
    hand.wait(held.is_set, "the other PC")
    page = hand.page("orders") if hand.session.pages.shown() == "orders" else None
    hand.desk.write(hand.session, lambda _done: None, notes.comment, AddComment(order.id, "Scris între timp."))
    hand.rest(1200)
    if page is not None:
        hand.frame.search.setFocus()
        hand.write("ip")
        hand.press("Esc")
    release.set()
    holding.join()
    hand.settle()


def _imei(hand: Hand) -> str:
    digits = f"35{hand.chance.randrange(10**12):012}"
    return f"{digits}{luhn_digit(digits)}"
