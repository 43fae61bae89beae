"""Made from ui/line.ui: do not edit."""

# ruff: noqa
from ticketdesk.texts import _
from PySide6.QtCore import (QCoreApplication, QDate, QDateTime, QLocale,
    QMetaObject, QObject, QPoint, QRect,
    QSize, QTime, QUrl, Qt)
from PySide6.QtGui import (QBrush, QColor, QConicalGradient, QCursor,
    QFont, QFontDatabase, QGradient, QIcon,
    QImage, QKeySequence, QLinearGradient, QPainter,
    QPalette, QPixmap, QRadialGradient, QTransform)
from PySide6.QtWidgets import (QApplication, QComboBox, QGridLayout, QLabel,
    QLineEdit, QSizePolicy, QWidget)
class LineForm:
    def setupUi(self, LineForm: QWidget) -> None:
        if not LineForm.objectName():
            LineForm.setObjectName(u"LineForm")
        self.grid = QGridLayout(LineForm)
        self.grid.setObjectName(u"grid")
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(6)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.nameLabel = QLabel(LineForm)
        self.nameLabel.setObjectName(u"nameLabel")

        self.grid.addWidget(self.nameLabel, 0, 0, 1, 3)

        self.name = QLineEdit(LineForm)
        self.name.setObjectName(u"name")

        self.grid.addWidget(self.name, 1, 0, 1, 3)

        self.kindLabel = QLabel(LineForm)
        self.kindLabel.setObjectName(u"kindLabel")

        self.grid.addWidget(self.kindLabel, 2, 0, 1, 1)

        self.quantityLabel = QLabel(LineForm)
        self.quantityLabel.setObjectName(u"quantityLabel")

        self.grid.addWidget(self.quantityLabel, 2, 1, 1, 1)

        self.priceLabel = QLabel(LineForm)
        self.priceLabel.setObjectName(u"priceLabel")

        self.grid.addWidget(self.priceLabel, 2, 2, 1, 1)

        self.kind = QComboBox(LineForm)
        self.kind.setObjectName(u"kind")

        self.grid.addWidget(self.kind, 3, 0, 1, 1)

        self.quantity = QLineEdit(LineForm)
        self.quantity.setObjectName(u"quantity")
        self.quantity.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid.addWidget(self.quantity, 3, 1, 1, 1)

        self.price = QLineEdit(LineForm)
        self.price.setObjectName(u"price")
        self.price.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid.addWidget(self.price, 3, 2, 1, 1)

        self.discountLabel = QLabel(LineForm)
        self.discountLabel.setObjectName(u"discountLabel")

        self.grid.addWidget(self.discountLabel, 4, 0, 1, 1)

        self.warrantyLabel = QLabel(LineForm)
        self.warrantyLabel.setObjectName(u"warrantyLabel")

        self.grid.addWidget(self.warrantyLabel, 4, 1, 1, 1)

        self.costLabel = QLabel(LineForm)
        self.costLabel.setObjectName(u"costLabel")

        self.grid.addWidget(self.costLabel, 4, 2, 1, 1)

        self.discount = QLineEdit(LineForm)
        self.discount.setObjectName(u"discount")
        self.discount.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid.addWidget(self.discount, 5, 0, 1, 1)

        self.warranty = QLineEdit(LineForm)
        self.warranty.setObjectName(u"warranty")
        self.warranty.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid.addWidget(self.warranty, 5, 1, 1, 1)

        self.cost = QLineEdit(LineForm)
        self.cost.setObjectName(u"cost")
        self.cost.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid.addWidget(self.cost, 5, 2, 1, 1)

        self.discountAmountLabel = QLabel(LineForm)
        self.discountAmountLabel.setObjectName(u"discountAmountLabel")

        self.grid.addWidget(self.discountAmountLabel, 8, 0, 1, 1)

        self.reasonLabel = QLabel(LineForm)
        self.reasonLabel.setObjectName(u"reasonLabel")

        self.grid.addWidget(self.reasonLabel, 8, 1, 1, 2)

        self.discountAmount = QLineEdit(LineForm)
        self.discountAmount.setObjectName(u"discountAmount")
        self.discountAmount.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid.addWidget(self.discountAmount, 9, 0, 1, 1)

        self.reason = QLineEdit(LineForm)
        self.reason.setObjectName(u"reason")

        self.grid.addWidget(self.reason, 9, 1, 1, 2)

        self.vatLabel = QLabel(LineForm)
        self.vatLabel.setObjectName(u"vatLabel")

        self.grid.addWidget(self.vatLabel, 6, 0, 1, 1)

        self.unitLabel = QLabel(LineForm)
        self.unitLabel.setObjectName(u"unitLabel")

        self.grid.addWidget(self.unitLabel, 6, 1, 1, 1)

        self.unit = QLineEdit(LineForm)
        self.unit.setObjectName(u"unit")
        self.unit.setMaxLength(12)

        self.grid.addWidget(self.unit, 7, 1, 1, 1)

        self.serialLabel = QLabel(LineForm)
        self.serialLabel.setObjectName(u"serialLabel")

        self.grid.addWidget(self.serialLabel, 6, 2, 1, 1)

        self.vat = QLineEdit(LineForm)
        self.vat.setObjectName(u"vat")
        self.vat.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.grid.addWidget(self.vat, 7, 0, 1, 1)

        self.serial = QLineEdit(LineForm)
        self.serial.setObjectName(u"serial")

        self.grid.addWidget(self.serial, 7, 2, 1, 1)

#if QT_CONFIG(shortcut)
        self.nameLabel.setBuddy(self.name)
        self.kindLabel.setBuddy(self.kind)
        self.quantityLabel.setBuddy(self.quantity)
        self.priceLabel.setBuddy(self.price)
        self.discountLabel.setBuddy(self.discount)
        self.warrantyLabel.setBuddy(self.warranty)
        self.costLabel.setBuddy(self.cost)
        self.discountAmountLabel.setBuddy(self.discountAmount)
        self.reasonLabel.setBuddy(self.reason)
        self.vatLabel.setBuddy(self.vat)
        self.unitLabel.setBuddy(self.unit)
        self.serialLabel.setBuddy(self.serial)
#endif // QT_CONFIG(shortcut)
        QWidget.setTabOrder(self.name, self.kind)
        QWidget.setTabOrder(self.kind, self.quantity)
        QWidget.setTabOrder(self.quantity, self.price)
        QWidget.setTabOrder(self.price, self.discount)
        QWidget.setTabOrder(self.discount, self.warranty)
        QWidget.setTabOrder(self.warranty, self.cost)
        QWidget.setTabOrder(self.cost, self.vat)
        QWidget.setTabOrder(self.vat, self.unit)
        QWidget.setTabOrder(self.unit, self.serial)
        QWidget.setTabOrder(self.serial, self.discountAmount)
        QWidget.setTabOrder(self.discountAmount, self.reason)

        self.retranslateUi(LineForm)

        QMetaObject.connectSlotsByName(LineForm)
    # setupUi

    def retranslateUi(self, LineForm: QWidget) -> None:
        self.nameLabel.setText(_(u"&Work or part, name or code *", None))
        self.kindLabel.setText(_(u"&Kind", None))
        self.quantityLabel.setText(_(u"&Quantity", None))
        self.priceLabel.setText(_(u"&Price of one, VAT included", None))
        self.discountLabel.setText(_(u"&Discount, %", None))
        self.warrantyLabel.setText(_(u"Warranty, &months", None))
        self.costLabel.setText(_(u"&Cost of one", None))
        self.discountAmountLabel.setText(_(u"Discount, &amount", None))
        self.reasonLabel.setText(_(u"&Reason of the discount", None))
        self.vatLabel.setText(_(u"&VAT, %", None))
        self.unitLabel.setText(_(u"U&nit", None))
        self.serialLabel.setText(_(u"&Serial number of the part", None))
        pass
    # retranslateUi
