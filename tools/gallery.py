"""Paint every control, in both themes, to pictures: ``python tools/gallery.py --help`` says how."""

import argparse
import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QDateTime, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
    QGridLayout,
    QLayout,
    QProgressBar,
    QRadioButton,
    QSlider,
    QSplitter,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ticketdesk import texts
from ticketdesk.desktop.look import theme
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets import basics, choices, fields, overlay, panels, split, toasts
from ticketdesk.desktop.widgets.condition import Condition
from ticketdesk.desktop.widgets.pattern import Pattern
from ticketdesk.domain.orders import STATUS


def caption(text: str, widget: QWidget | QLayout) -> QVBoxLayout:
    """Put a caption over something."""
    column = QVBoxLayout()
    column.setSpacing(px(4))
    column.addWidget(basics.label(text, "small", 500, "second"))
    if isinstance(widget, QWidget):
        column.addWidget(widget)
    else:
        column.addLayout(widget)
    column.addStretch(1)
    return column


def buttons() -> QLayout:
    """Give every kind and size of button."""
    grid = QGridLayout()
    grid.setSpacing(px(10))
    for row, size in enumerate(("xs", "sm", "default", "md", "lg")):
        for place, kind in enumerate(("primary", "secondary", "quiet", "link", "danger")):
            grid.addWidget(basics.Button("Tipărește", "F8", kind, "printer", size), row, place)
    off = basics.Button("Salvează", "Ctrl+S", "primary", "check")
    off.setEnabled(False)
    grid.addWidget(off, 0, 5)
    plain_off = basics.Button("Tipărește", "", "secondary")
    plain_off.setEnabled(False)
    grid.addWidget(plain_off, 1, 5)
    next_step = split.SplitButton("Marchează gata", "F8", "primary", "check", "md")

    grid.addWidget(next_step, 2, 5)
    grid.addWidget(basics.IconButton("bell", "Noutăți"), 3, 5)
    grid.setColumnStretch(6, 1)
    return grid


def inputs() -> QLayout:
    """Give every kind of input, in every state."""
    grid = QGridLayout()
    grid.setSpacing(px(12))
    plain = fields.Field("&Gol", fields.TextInput("07…", "phone-call"), required=True)
    hint = fields.Field("&Focalizat", fields.TextInput())
    hint.hint("Încă 3 cifre")
    good = fields.Field("&Valid", fields.TextInput())
    good.hint("IMEI valid", "ok")
    bad = fields.Field("&Eroare", fields.TextInput())
    bad.control.setText("35 000000 071946 1")  # type: ignore[attr-defined]
    bad.error("Cifra de control nu se potrivește")
    off = fields.Field("&Inactiv", fields.TextInput("Se completează singur"))
    off.control.setEnabled(False)
    money = fields.MoneyInput()
    money.show_amount(123450)
    combo = QComboBox()
    combo.addItems(["Telefon", "Tabletă"])
    when = QDateTimeEdit(QDateTime.currentDateTime())
    when.setCalendarPopup(True)
    spin = fields.NumberInput("Copii", 1, 9)
    small = fields.TextInput("mic")
    small.setProperty("scale", "sm")
    everything = (
        plain, hint, good, bad, off, fields.Field("&Avans, lei", money), fields.Field("&Tip", combo),
        fields.Field("Ter&men", when), fields.Field("&Copii", spin), fields.Field("Mi&c", small),
    )  # fmt: skip
    for place, field in enumerate(everything):
        grid.addWidget(field, place // 5, place % 5, Qt.AlignmentFlag.AlignTop)
    return grid


def controls() -> QLayout:
    """Give what is chosen and switched."""
    one, two = QCheckBox("Liber"), QCheckBox("Bifat")
    two.setChecked(True)
    three, four = QRadioButton("Alt"), QRadioButton("Ales")
    four.setChecked(True)
    five = QCheckBox("Inactiv")
    five.setChecked(True)
    five.setEnabled(False)
    on = choices.Switch("Urgent")
    on.setChecked(True)
    chips = choices.Chips("Accesorii", (("a", "Husă"), ("b", "Cablu"), ("c", "Încărcător")))
    chips.choose(["a"])
    chips.setFixedWidth(px(250))
    parts: tuple[QWidget, ...] = (
        one, two, three, four, five, choices.Switch("Urgent"), on,
        choices.Segmented("Plată", (("cash", "Numerar"), ("card", "Card"), ("none", "Fără avans"))), chips,
    )  # fmt: skip
    return basics.row(*parts, None, spacing=px(16))


def shapes() -> QLayout:
    """Give the painted ones: conditions, pattern, chips of status, tags, avatars, keys."""
    screen, case = Condition("Screen"), Condition("Fingerprint, Face ID")
    screen.choose("defect")
    case.choose("good")
    pattern = Pattern()
    pattern.choose("1-2-5-8-9")
    slider = QSlider(Qt.Orientation.Horizontal)
    left = basics.row(basics.column(screen, case), pattern, slider, QProgressBar(), None)
    chips = basics.row(*(basics.StatusChip(status) for status in STATUS), None)
    tags = basics.row(
        basics.tag("Urgent 24 h", "warn", "bolt"), basics.tag("Întârziată 2 zile", "danger", "alarm"),
        basics.tag("Achitată", "ok", "check"), basics.tag("Garanție", "", "shield"),
        basics.Avatar("Vlad Ionescu"), basics.Avatar("Ștefan Țurcanu", 32),
        basics.key_cap("F8"), basics.key_cap("Ctrl+Enter"), None,
    )  # fmt: skip
    hints = panels.KeyHints()
    hints.show_hints((("Enter", "deschide"), ("F8", "pasul următor"), ("Ctrl+R", "responsabil")))
    return basics.column(left, chips, tags, hints)


def frames() -> QLayout:
    """Give cards, banners, empty and failed lists, tables and tabs."""
    table = QTableView()
    model = QStandardItemModel(30, 5)
    model.setHorizontalHeaderLabels(["Nr.", "Dispozitiv", "Client", "Stare", "Rest, lei"])
    for row in range(30):
        for place, text in enumerate((str(10449 + row), "iPhone 13", "Ștefan", "În lucru", "436,00")):
            model.setItem(row, place, QStandardItem(text))
    table.setModel(model)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.verticalHeader().setDefaultSectionSize(px(36))
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.selectRow(2)
    tabs = QTabWidget()
    tabs.addTab(QWidget(), "Tot")
    tabs.addTab(QWidget(), "Comentarii")
    panes = QSplitter()
    panes.addWidget(table)
    panes.addWidget(tabs)
    panes.setFixedHeight(px(200))
    strip = toasts.Banner("cloud-off", basics.Button("Reîncearcă", "F5", size="sm"))
    strip.say("Fără legătură cu serverul din 10:36.", "Lucrezi mai departe; 3 modificări așteaptă.")
    card = panels.Card("Lucrări și piese")
    card.head.addWidget(basics.Button("Adaugă linie", "Ctrl+L", icon="plus", size="sm"))
    card.body.addWidget(panels.TextBlock("A căzut pe asfalt. Ecran spart, tactilul merge doar jos."))
    empty = panels.Notice(
        "filter", "Nicio comandă întârziată", "Filtrul „Întârziate” nu găsește nimic.",
        basics.Button("Șterge filtrul", size="sm"),
    )  # fmt: skip
    failed = panels.Notice(
        "warning", "Lista nu s-a încărcat", "Serverul a răspuns prea târziu. Datele sunt de la 10:36.",
        basics.Button("Reîncearcă", "F5", size="sm"), tone="danger",
    )  # fmt: skip
    return basics.column(strip, basics.row(card, empty, failed), panes)


def page() -> QWidget:
    """Give the whole gallery."""
    made = QWidget()
    made.setObjectName("page")
    layout = QVBoxLayout(made)
    layout.setContentsMargins(px(24), px(16), px(24), px(16))
    layout.setSpacing(px(14))
    parts = (("Butoane", buttons()), ("Câmpuri", inputs()), ("Controale", controls()), ("Stări", shapes()),
             ("Suprafețe", frames()))  # fmt: skip
    for name, part in parts:
        layout.addLayout(caption(name, part))
    layout.addStretch(1)
    return made


def main() -> None:
    """Paint the gallery into a folder."""
    asked = argparse.ArgumentParser(description="Paint every control, in both themes, to pictures.")
    asked.add_argument("folder", type=Path)
    asked.add_argument("--zoom", type=float, default=1.0)
    given = asked.parse_args()
    folder, zoom = given.folder, given.zoom
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    texts.speak("ro")
    for name in ("light", "dark"):
        theme.apply(app, name, zoom)
        window = page()
        window.resize(px(1360), px(980))
        window.show()
        says = toasts.Toasts(window, px(24), px(20))
        says.say("10482 este Gata. SMS trimis.", "check", "Anulează", lambda: None, "Ctrl+Z")
        app.processEvents()
        window.grab().save(str(folder / f"gallery-{name}.png"))
        dialog = overlay.Overlay(window, "Încasare", "10482 · iPhone 13 · Ștefan Ungureanu")
        dialog.body.addWidget(fields.Field("&Numerar", fields.MoneyInput()))
        dialog.footer.addStretch(1)
        dialog.footer.addWidget(basics.Button("Renunță", "Esc", "quiet", size="lg"))
        dialog.footer.addWidget(basics.Button("Încasează 436,00 lei", "Ctrl+Enter", "primary", "check", "lg"))
        dialog.present()
        app.processEvents()
        window.grab().save(str(folder / f"dialog-{name}.png"))
        window.hide()


if __name__ == "__main__":
    main()
