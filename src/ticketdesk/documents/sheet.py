"""Paper: fonts, a pen that writes downwards, and sheets whose height follows what is on them."""

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from babel.dates import format_datetime
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from ticketdesk import paths
from ticketdesk.documents import wording
from ticketdesk.domain.papers import Reprint
from ticketdesk.domain.search import tidy
from ticketdesk.texts import _, spoken

REGULAR, MEDIUM, BOLD, HEAVY = "Inter", "Inter-Medium", "Inter-SemiBold", "Inter-Bold"
_FILES = {REGULAR: "Regular", MEDIUM: "Medium", BOLD: "SemiBold", HEAVY: "Bold"}
Draw = Callable[["Pen"], None]


@cache
def register_fonts() -> None:
    """Make the bundled fonts known to the PDF writer, once in a process."""
    for name, style in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(paths.resources() / "fonts" / f"Inter-{style}.ttf")))


@lru_cache(maxsize=4096)  # each copy is laid out twice: once to know how long the paper is
def width_of(text: str, font: str, size: float) -> float:
    """Give the width of a text in points."""
    return pdfmetrics.stringWidth(text, font, size)


def broken(text: str, font: str, size: float, room: float) -> list[str]:
    """Break a text into lines that fit; a word longer than a line is cut into pieces."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for word in tidy(paragraph).split(" "):
            tried = f"{line} {word}".strip()
            if width_of(tried, font, size) <= room:
                line = tried
                continue
            if line:
                lines.append(line)
            line = word
            while width_of(line, font, size) > room:
                cut = max(n for n in range(1, len(line)) if n == 1 or width_of(line[:n], font, size) <= room)
                lines.append(line[:cut])
                line = line[cut:]
        lines.append(line)
    return lines


def cut(text: str, font: str, size: float, room: float) -> str:
    """Cut a text to one line that fits, with an ellipsis where something is left out."""
    if width_of(text, font, size) <= room:
        return text
    while text and width_of(f"{text}…", font, size) > room:
        text = text[:-1]
    return f"{text.rstrip(' ,;·')}…"


class Pen:
    """Writes from the top of a sheet downwards; ``y`` is the lower edge of what is written so far, in points."""

    def __init__(self, canvas: Canvas | None, left: float, right: float, top: float) -> None:
        self.canvas, self.left, self.right, self.y = canvas, left, right, top

    @property
    def room(self) -> float:
        """Give the width to write on."""
        return self.right - self.left

    def gap(self, points: float) -> None:
        """Leave room."""
        self.y -= points

    def text(self, text: str, font: str = REGULAR, size: float = 9, leading: float = 1.32, align: str = "left") -> None:
        """Write a text, breaking its lines."""
        for line in broken(text, font, size, self.room):
            self.y -= size * leading
            if self.canvas is None:
                continue
            self.canvas.setFont(font, size)
            baseline = self.y + size * (leading - 1) * 0.9
            if align == "centre":
                self.canvas.drawCentredString((self.left + self.right) / 2, baseline, line)
            elif align == "right":
                self.canvas.drawRightString(self.right, baseline, line)
            else:
                self.canvas.drawString(self.left, baseline, line)

    def pair(self, name: str, value: str, size: float = 9, fonts: tuple[str, str] = (REGULAR, MEDIUM)) -> None:
        """Write a name at the left and its value at the right; below each other where they do not fit."""
        name, value = tidy(name), tidy(value)
        if width_of(name, fonts[0], size) + width_of(value, fonts[1], size) + 6 > self.room:
            self.text(name, fonts[0], size)
            self.text(value, fonts[1], size, align="right")
            return
        self.y -= size * 1.42
        if self.canvas is not None:
            baseline = self.y + size * 0.36
            self.canvas.setFont(fonts[0], size)
            self.canvas.drawString(self.left, baseline, name)
            self.canvas.setFont(fonts[1], size)
            self.canvas.drawRightString(self.right, baseline, value)

    def labelled(self, name: str, value: str, size: float = 9) -> None:
        """Write ``name: value``, the value stronger, breaking its lines."""
        if not value:
            return
        lead = f"{name}: "
        indent = width_of(lead, REGULAR, size)
        words = broken(value, MEDIUM, size, self.room)
        first = broken(value, MEDIUM, size, self.room - indent)[:1]
        rest = tidy(value)[len(first[0]) :].strip() if first else ""
        self.y -= size * 1.36
        if self.canvas is not None:
            baseline = self.y + size * 0.32
            self.canvas.setFont(REGULAR, size)
            self.canvas.drawString(self.left, baseline, lead)
            self.canvas.setFont(MEDIUM, size)
            self.canvas.drawString(self.left + indent, baseline, first[0] if first else words[0])
        if rest:
            self.text(rest, MEDIUM, size, 1.36)

    def box(self, text: str, size: float = 9) -> None:
        """Draw a box to be ticked with a pen, and write what that means beside it."""
        if self.canvas is not None:
            self.canvas.setLineWidth(0.7)
            self.canvas.rect(self.left, self.y - size * 1.2, size, size)
        beside = Pen(self.canvas, self.left + size * 1.7, self.right, self.y)
        beside.text(text, REGULAR, size)
        self.y = beside.y - 2.5

    def rule(self, thickness: float = 1.2, *, dashed: bool = False) -> None:
        """Draw a line across."""
        self.y -= 6
        if self.canvas is not None:
            self.canvas.setLineWidth(thickness)
            self.canvas.setDash(*((2.4, 1.8) if dashed else ()))
            self.canvas.line(self.left, self.y, self.right, self.y)
            self.canvas.setDash()
        self.y -= 5


def duplicate(pen: Pen, reprint: Reprint | None, size: float = 8.5, align: str = "left") -> None:
    """Write that this is no original, if it is none."""
    if reprint is None:
        return
    pen.gap(3)
    text = _(wording.DUPLICATE_BY) if reprint.by else _(wording.DUPLICATE)
    when = f"{day(reprint.at)}, {reprint.at:%H:%M}"
    pen.text(text.format(number=reprint.number, moment=when, name=reprint.by), BOLD, size, align=align)


def _canvas(buffer: io.BytesIO, size: tuple[float, float]) -> Canvas:
    # our own font from the beginning: else every file names Helvetica without embedding it
    options: dict[str, Any] = {"initialFontName": REGULAR}
    return Canvas(buffer, pagesize=size, invariant=True, **options)


def roll(draws: Sequence[Draw], title: str, width: float = 80 * mm, margin: float = 4 * mm) -> bytes:
    """Make a PDF of roll paper: a page for each copy, as long as what is on it."""
    register_fonts()
    buffer = io.BytesIO()
    canvas = _canvas(buffer, A4)
    canvas.setTitle(title)
    for draw in draws:
        trial = Pen(None, margin, width - margin, 0)
        draw(trial)
        height = -trial.y + 2 * margin
        canvas.setPageSize((width, height))
        draw(Pen(canvas, margin, width - margin, height - margin))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def sheets(draws: Sequence[Draw], title: str, size: tuple[float, float], margin: float) -> bytes:
    """Make a PDF of sheets of a fixed size, each drawn by its own; one that is long may show further pages itself."""
    register_fonts()
    buffer = io.BytesIO()
    canvas = _canvas(buffer, size)
    canvas.setTitle(title)
    for draw in draws:
        draw(Pen(canvas, margin, size[0] - margin, size[1] - margin))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def day(moment: datetime) -> str:
    """Write a day in digits: ``23.11.2026``."""
    return format_datetime(moment, "dd.MM.yyyy" if spoken() == "ro" else "dd/MM/yyyy", locale=spoken())


def long_day(moment: datetime) -> str:
    """Write a day in words: ``23 noiembrie 2026``."""
    return format_datetime(moment, "d MMMM yyyy", locale=spoken())


def moment(value: datetime) -> str:
    """Write day and time: ``luni 23.11.2026, 10:42``."""
    weekday = format_datetime(value, "EEEE", locale=spoken())
    return f"{weekday} {day(value)}, {value:%H:%M}"


def short_moment(value: datetime) -> str:
    """Write day and time shortly: ``mar. 24.11, 12:00``."""
    weekday = format_datetime(value, "EEE", locale=spoken()).rstrip(".")
    return f"{weekday}. {value:%d.%m}, {value:%H:%M}"


def months(count: int) -> str:
    """Write a number of months: ``6 luni``."""
    return _("{count} months").format(count=count) if count != 1 else _("1 month")
