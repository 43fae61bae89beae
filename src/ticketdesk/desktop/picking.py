"""Files that people choose: the one way in, and never by way of the folder where the shop's file lives.

Opening and closing that file a second time in this process would let go of SQLite's locks (fcntl, POSIX.1),
and a file dialog opens whatever it shows to guess its type: so ours is told all types by name alone.
"""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QDir, QFileInfo, QStandardPaths
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import QFileDialog, QToolButton, QWidget

from ticketdesk import paths as app_paths
from ticketdesk.desktop.look.icons import icon
from ticketdesk.desktop.look.theme import colour, px
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.pictures import LARGEST
from ticketdesk.storage.database import Database
from ticketdesk.texts import _

PHOTOS = "*.jpg *.jpeg *.png *.webp"
PHOTOS_AND_PAPERS = f"{PHOTOS} *.pdf"
_ICONS = {
    "backButton": "arr-l", "forwardButton": "arr-r", "toParentButton": "chev-u", "newFolderButton": "plus",
    "listModeButton": "board", "detailModeButton": "orders",
}  # fmt: skip


class _ByName(QAbstractFileIconProvider):
    """Gives icons and types without opening a file."""

    def icon(self, info: QFileInfo | QAbstractFileIconProvider.IconType) -> QIcon:
        if isinstance(info, QFileInfo):
            info = (
                QAbstractFileIconProvider.IconType.Folder if info.isDir() else QAbstractFileIconProvider.IconType.File
            )
        return super().icon(info)

    def type(self, info: QFileInfo) -> str:
        return _("folder") if info.isDir() else info.suffix()


def choose_photos(parent: QWidget, database: Database, patterns: str = PHOTOS) -> list[Path]:
    """Let somebody choose photos, or files of other patterns; none if they change their mind.

    Raises:
        Refusal: if one lies beside the shop's own file.
    """
    dialog = QFileDialog(parent, _("Choose photos"))
    provider = _ByName()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setIconProvider(provider)
    _dress(dialog)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    photos = _("Photos")
    dialog.setNameFilter(f"{photos} ({patterns})")
    dialog.setDirectory(_pictures(database))
    chosen = [Path(name) for name in dialog.selectedFiles()] if dialog.exec() else []
    dialog.deleteLater()
    return outside(chosen, database)


def choose_target(parent: QWidget, database: Database, name: str) -> Path | None:
    """Let somebody say where a list is written, as a workbook or as CSV; nothing if they change their mind.

    Raises:
        Refusal: if it would lie beside the shop's own file.
    """
    dialog = QFileDialog(parent, _("Export the list"))
    provider = _ByName()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setIconProvider(provider)
    _dress(dialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setNameFilters([_("Workbook (*.xlsx)"), _("CSV (*.csv)")])
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix("csv" if "csv" in chosen else "xlsx"))
    dialog.setDefaultSuffix("xlsx")
    dialog.setDirectory(str(app_paths.documents()))
    dialog.selectFile(name)
    chosen = [Path(found) for found in dialog.selectedFiles()] if dialog.exec() else []
    dialog.deleteLater()
    return outside(chosen, database)[0] if chosen else None


def _dress(dialog: QFileDialog) -> None:
    """Give the dialog our icons: Qt's own are black, also where the window is dark."""
    dialog.resize(px(760), px(480))
    for name, icon_name in _ICONS.items():
        button = dialog.findChild(QToolButton, name)
        if button is not None:
            button.setIcon(icon(icon_name, colour("text")))


def outside(paths: Iterable[Path], database: Database) -> list[Path]:
    """Give files that may be read: none from the folders of the shop's own file and of this PC's memory.

    Raises:
        Refusal: if one lies there.
    """
    chosen = list(paths)
    own = {_shop_folder(database), app_paths.state().resolve()}
    if any(path.resolve().parent in own for path in chosen):
        raise Refusal(_("This folder belongs to the shop's own data. Copy the file elsewhere first."), "file")
    return [database.refuse_live(path) for path in chosen]


def read(path: Path) -> bytes:
    """Give the bytes of a file that was chosen; of one that is too large as many as show that.

    Raises:
        Refusal: if it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise Refusal(_("The file “{name}” cannot be read.").format(name=path.name), "file") from error


def _shop_folder(database: Database) -> Path | None:
    if database.dialect == "postgresql" or not database.url.database:
        return None
    return Path(database.url.database).resolve().parent


def _pictures(database: Database) -> str:
    places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.PicturesLocation)
    usable = [place for place in places if Path(place).is_dir()]
    start = Path(usable[0]) if usable else Path(QDir.homePath())
    return str(start if start.resolve() != _shop_folder(database) else start.parent)
