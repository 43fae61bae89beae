"""Made from ui/refund.ui: do not edit."""

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
class RefundForm:
    def setupUi(self, RefundForm: QWidget) -> None:
        if not RefundForm.objectName():
            RefundForm.setObjectName(u"RefundForm")
        self.column = QVBoxLayout(RefundForm)
        self.column.setSpacing(6)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(0, 0, 0, 0)
        self.amountLabel = QLabel(RefundForm)
        self.amountLabel.setObjectName(u"amountLabel")

        self.column.addWidget(self.amountLabel)

        self.amount = QLineEdit(RefundForm)
        self.amount.setObjectName(u"amount")
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.column.addWidget(self.amount)

        self.reasonLabel = QLabel(RefundForm)
        self.reasonLabel.setObjectName(u"reasonLabel")

        self.column.addWidget(self.reasonLabel)

        self.reason = QLineEdit(RefundForm)
        self.reason.setObjectName(u"reason")
        self.reason.setMaxLength(200)

        self.column.addWidget(self.reason)

#if QT_CONFIG(shortcut)
        self.amountLabel.setBuddy(self.amount)
        self.reasonLabel.setBuddy(self.reason)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(RefundForm)

        QMetaObject.connectSlotsByName(RefundForm)
    # setupUi

    def retranslateUi(self, RefundForm: QWidget) -> None:
        self.amountLabel.setText(_(u"&Amount to give back *", None))
        self.reasonLabel.setText(_(u"&Reason *", None))
        pass
    # retranslateUi
