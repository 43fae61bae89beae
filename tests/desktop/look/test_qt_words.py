"""What Qt says by itself is in the language of the window."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from ticketdesk import texts
from ticketdesk.desktop.look import qt_words


@pytest.fixture
def _romanian(qapp: QApplication) -> Iterator[None]:
    before = texts.spoken()
    texts.speak("ro")
    qt_words.speak(qapp)
    yield
    texts.speak(before)
    qt_words.speak(qapp)


@pytest.mark.usefixtures("_romanian")
def test_the_file_dialog_says_no_word_of_english(qtbot: QtBot) -> None:
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    said = {label.objectName(): label.text().replace("&", "") for label in dialog.findChildren(QLabel)}
    assert said == {
        "lookInLabel": "Caută în:", "fileNameLabel": "Numele fișierului:", "fileTypeLabel": "Tip de fișiere:",
    }  # fmt: skip
