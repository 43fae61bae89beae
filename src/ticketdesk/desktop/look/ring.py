"""The focus ring: two pixels, two pixels away, and only for people who use the keyboard."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFocusFrame,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QTabBar,
    QWidget,
)

RADIUS = "ringRadius"
"""Property of a widget that wants the ring: the radius of its corners. Buttons of any kind have it anyway."""

_AWAY = 4


class _Margins(QProxyStyle):
    """Fusion, but the frame stands further off. Asked by the frame alone, so it may be in Python."""

    def __init__(self, px: Callable[[float], int]) -> None:
        super().__init__("fusion")
        self._px = px

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        if metric in (QStyle.PixelMetric.PM_FocusFrameHMargin, QStyle.PixelMetric.PM_FocusFrameVMargin):
            return self._px(_AWAY)
        return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,
    ) -> int:
        if hint is QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        return super().styleHint(hint, option, widget, returnData)


class _Frame(QFocusFrame):
    def __init__(self, focus: Callable[[], QColor], px: Callable[[float], int]) -> None:
        super().__init__()
        self._focus, self._px = focus, px
        self._margins = _Margins(px)
        self.setStyle(self._margins)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        radius = self.widget().property(RADIUS)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._focus(), 2))
        corner = self._px(6 if radius is None else float(radius)) + self._px(_AWAY) - 1
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), corner, corner)


class Rings(QObject):
    """Puts the ring around what has the keyboard's focus, if the keyboard brought it there."""

    def __init__(self, app: QApplication, focus: Callable[[], QColor], px: Callable[[float], int]) -> None:
        super().__init__(app)
        self._focus, self._px = focus, px
        self._frame: _Frame | None = None
        app.focusChanged.connect(self._moved)

    def _moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        # Qt marks the window while focus moves by keyboard, and takes the mark away at a click
        wanted = (
            now is not None
            and (isinstance(now, QAbstractButton | QTabBar) or now.property(RADIUS) is not None)
            and now.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        )
        if self._frame is None:
            if not wanted:
                return
            # it becomes a child of the window it is in, and dies with it
            self._frame = _Frame(self._focus, self._px)
            self._frame.destroyed.connect(self._gone)
        self._frame.setWidget(now if wanted and now is not None else None)  # type: ignore[arg-type]

    def _gone(self) -> None:
        self._frame = None
