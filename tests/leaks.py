"""Looks for secrets in every byte that was written: plain, in other encodings, inside packed files and papers."""

import base64
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2


def forms(secret: str) -> dict[str, bytes]:
    """Give how a secret could lie in a file."""
    plain = secret.encode()
    return {
        "plain": plain,
        "UTF-16, little end first": secret.encode("utf-16-le"),
        "UTF-16, big end first": secret.encode("utf-16-be"),
        "hexadecimal": plain.hex().encode(),
        "base64": base64.b64encode(plain).rstrip(b"="),
        "backwards": secret[::-1].encode(),
    }


def contents(path: Path) -> Iterator[bytes]:
    """Give the bytes of a file, and of what is packed in it."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return  # a server at work lets go of files: nothing lies in this one any more
    yield data
    if data.startswith(b"PK\3\4"):
        with zipfile.ZipFile(path) as packed:
            yield from (packed.read(name) for name in packed.namelist())
    if data.startswith(b"%PDF-"):
        paper = pypdfium2.PdfDocument(data)
        yield "\n".join(page.get_textpage().get_text_bounded() for page in paper).encode()
        paper.close()


def leaks(secrets: list[str], folders: list[Path]) -> list[str]:
    """Name each file that holds a secret, and how."""
    wanted = {(secret, how): form for secret in secrets for how, form in forms(secret).items()}
    found = []
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        for data in contents(path):
            found += [f"{path}: {secret}, {how}" for (secret, how), form in wanted.items() if form in data]
    return found


if __name__ == "__main__":  # in a process of its own, because reading a live SQLite file lets go of its locks
    asked = json.load(sys.stdin)
    json.dump(leaks(asked["secrets"], [Path(folder) for folder in asked["folders"]]), sys.stdout)
