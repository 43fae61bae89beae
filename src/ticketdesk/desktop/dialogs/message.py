"""What is to be written to the customers of several orders; it goes out from whatever writes e-mails here."""

from collections.abc import Callable

from ticketdesk.desktop.host import Host
from ticketdesk.desktop.widgets.basics import label
from ticketdesk.desktop.widgets.fields import Field, TextArea, TextInput
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.texts import _, ngettext


class MessageDialog(Overlay):
    """A subject and a text, the same for all; ``done`` hears both."""

    def __init__(self, host: Host, count: int, done: Callable[[str, str], None]) -> None:
        many = ngettext("for {count} order", "for {count} orders", count).format(count=count)
        super().__init__(host.window, _("Write to the customers"), many, width=560)
        self._done = done
        self.subject, self.text = TextInput(), TextArea(_("Text"), "", 120)
        self._subject = Field(_("&Subject"), self.subject, required=True)
        self._text = Field(_("&Text"), self.text, required=True)
        said = _("Your e-mail program opens with it; nobody sees the other addresses. Who did not agree is left out.")
        note = label(said, "small", tone="second")
        note.setWordWrap(True)
        for part in (self._subject, self._text, note):
            self.body.addWidget(part)
        go = go_button(_("Open the e-mail"), self.finish, icon="mail")
        self.footer.addStretch(1)
        self.footer.addWidget(leave_button(self))
        self.footer.addWidget(go)

    def finish(self) -> None:
        """Go on, if both are written."""
        subject, text = self.subject.text().strip(), self.text.toPlainText().strip()
        for field, typed in ((self._text, text), (self._subject, subject)):
            field.hint("")
            if not typed:
                field.error(_("Write this first."))
                field.control.setFocus()
        if subject and text:
            self.dismiss()
            self._done(subject, text)
