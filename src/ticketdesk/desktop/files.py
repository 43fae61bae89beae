"""The one way to choose a file: never inside the folder of the live database, and nothing is opened to guess.

A file dialog of Qt reads the beginning of files to tell what they are; opening and closing the live
database that way would drop the engine's locks (see docs/architecture.md).
"""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QFileIconProvider, QWidget

from ticketdesk import paths
from ticketdesk.texts import _

PHOTOS = ("*.jpg", "*.jpeg", "*.png", "*.webp", "*.pdf")


def choose_files(parent: QWidget, title: str, patterns: tuple[str, ...], live: Path | None) -> list[Path]:
    """Let somebody choose files; those beside the live database are left out."""
    dialog = QFileDialog(parent, title, _beginning(live), f"{_('Files')} ({' '.join(patterns)})")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setOption(QFileDialog.Option.DontUseCustomDirectoryIcons)
    provider = QFileIconProvider()
    provider.setOptions(QFileIconProvider.Option.DontUseCustomDirectoryIcons)
    dialog.setIconProvider(provider)
    if not dialog.exec():
        return []
    return [path for name in dialog.selectedFiles() if allowed(path := Path(name), live)]


def allowed(path: Path, live: Path | None) -> bool:
    """Say whether a file may be opened: not the live database, nor anything in its folder or ours."""
    forbidden = {paths.data().resolve(), paths.state().resolve()}
    if live is not None:
        forbidden.add(live.resolve().parent)
    return not any(folder == path.resolve().parent for folder in forbidden)


def _beginning(live: Path | None) -> str:
    for place in (
        QStandardPaths.StandardLocation.PicturesLocation,
        QStandardPaths.StandardLocation.HomeLocation,
    ):
        folder = QStandardPaths.writableLocation(place)
        if folder and (live is None or Path(folder).resolve() != live.resolve().parent):
            return folder
    return ""
