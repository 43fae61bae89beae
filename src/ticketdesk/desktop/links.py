"""Reaching a customer with what this PC has for it: telephone, SMS, WhatsApp, e-mail. Nothing is sent by us."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QUrl, QUrlQuery
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu

from ticketdesk.desktop.host import Host
from ticketdesk.domain.contacts import contact_parts, is_email, shown_contact
from ticketdesk.domain.people import shown_phone
from ticketdesk.texts import _

_LONGEST_BCC = 800
"""Windows hands on links of two thousand letters at most, the text of the e-mail among them."""


def call(phone: str) -> None:
    """Hand a phone number (E.164) to whatever telephones here (RFC 3966)."""
    QDesktopServices.openUrl(QUrl(f"tel:{phone}"))


def sms(phone: str) -> None:
    """Begin a text message to a phone number (E.164) in whatever writes them here (RFC 5724)."""
    QDesktopServices.openUrl(QUrl(f"sms:{phone}"))


def whatsapp(phone: str) -> None:
    """Open a conversation with a phone number (E.164) in WhatsApp (faq.whatsapp.com, “click to chat”)."""
    QDesktopServices.openUrl(QUrl(f"https://wa.me/{phone.lstrip('+')}"))


def write_to(email: str) -> None:
    """Begin an e-mail in whatever writes them here (RFC 6068)."""
    url = QUrl()
    url.setScheme("mailto")
    url.setPath(email)
    QDesktopServices.openUrl(url)


def write_to_all(host: Host, emails: Sequence[str], subject: str, text: str) -> None:
    """Begin one e-mail to many, none of whom sees the others; more addresses than fit wait on the clipboard."""
    known = ",".join(emails)
    query = QUrlQuery()
    query.addQueryItem("subject", _encoded(subject))
    query.addQueryItem("body", _encoded(text))
    if len(known) <= _LONGEST_BCC:
        query.addQueryItem("bcc", _encoded(known))
    else:
        QGuiApplication.clipboard().setText(known)
        host.toast(_("Paste the addresses into Bcc: they are on the clipboard."), "mail")
    url = QUrl()
    url.setScheme("mailto")
    url.setQuery(query)
    QDesktopServices.openUrl(url)


def _encoded(text: str) -> str:
    return bytes(QUrl.toPercentEncoding(text).data()).decode()


def copy(host: Host, text: str) -> None:
    """Put a text on the clipboard, and say so."""
    QGuiApplication.clipboard().setText(text)
    host.toast(_("Copied: {text}").format(text=text), "check")


def offer(menu: QMenu, host: Host, contacts: Sequence[str], region: str) -> None:
    """Offer every way to reach somebody by these phones and e-mails, the notes of each beside it."""
    for contact in contacts:
        value, _note = contact_parts(contact)
        menu.addSection(shown_contact(contact, region))
        if is_email(value):
            menu.addAction(_("Write an e-mail"), partial(write_to, value))
            menu.addAction(_("Copy the address"), partial(copy, host, value))
        else:
            menu.addAction(_("Call"), partial(call, value))
            menu.addAction(_("Send an SMS"), partial(sms, value))
            menu.addAction(_("Open in WhatsApp"), partial(whatsapp, value))
            menu.addAction(_("Copy the number"), partial(copy, host, shown_phone(value, region)))
    if not contacts:
        menu.addAction(_("There is no phone and no e-mail.")).setEnabled(False)


def reachable(phone: str, email: str, contacts: Sequence[str]) -> list[str]:
    """Give all phones and e-mails of somebody, the first ones first."""
    return [contact for contact in (phone, email, *contacts) if contact]
