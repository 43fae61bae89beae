"""Made from ui/reason.ui: do not edit."""

# ruff: noqa
from ticketdesk.texts import _
from PySide6.QtCore import (QCoreApplication, QDate, QDateTime, QLocale,
    QMetaObject, QObject, QPoint, QRect,
    QSize, QTime, QUrl, Qt)
from PySide6.QtGui import (QBrush, QColor, QConicalGradient, QCursor,
    QFont, QFontDatabase, QGradient, QIcon,
    QImage, QKeySequence, QLinearGradient, QPainter,
    QPalette, QPixmap, QRadialGradient, QTransform)
from PySide6.QtWidgets import (QApplication, QLabel, QLineEdit, QSizePolicy,
    QVBoxLayout, QWidget)
class ReasonForm:
    def setupUi(self, ReasonForm: QWidget) -> None:
        if not ReasonForm.objectName():
            ReasonForm.setObjectName(u"ReasonForm")
        self.column = QVBoxLayout(ReasonForm)
        self.column.setSpacing(6)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(0, 0, 0, 0)
        self.reasonLabel = QLabel(ReasonForm)
        self.reasonLabel.setObjectName(u"reasonLabel")

        self.column.addWidget(self.reasonLabel)

        self.reason = QLineEdit(ReasonForm)
        self.reason.setObjectName(u"reason")
        self.reason.setMaxLength(200)

        self.column.addWidget(self.reason)

#if QT_CONFIG(shortcut)
        self.reasonLabel.setBuddy(self.reason)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(ReasonForm)

        QMetaObject.connectSlotsByName(ReasonForm)
    # setupUi

    def retranslateUi(self, ReasonForm: QWidget) -> None:
        self.reasonLabel.setText(_(u"&Reason *", None))
        pass
    # retranslateUi
