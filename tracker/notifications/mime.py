"""One mail as bytes: HTML beside its plain twin, with the address in the form that mail servers read."""

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime

from tracker.calendar.now import now
from tracker.languages.addresses import mailed
from tracker.languages.seen_text import one_line


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail, ready to leave: its bytes with CRLF, made before anything is fenced; `to` as the server reads it."""

    to: str
    message_id: str
    content: bytes
    language: str = "en"

    @property
    def needs_smtputf8(self) -> bool:
        """Whether letters outside ASCII stand before the @: then a server has to offer more than mail of old."""
        return not self.to.isascii()


def build(
    *, sender: str, reply_to: str, to: str, message_id: str, language: str, subject: str, text: str, html: str
) -> Mail:
    """HTML beside its plain twin, marked as written by a program and with the address for answers; `language` is that
    of its words. A line break in a header cannot smuggle another one in. Raise Unmailable for an address to which no
    mail can go."""
    to, reply_to = mailed(to), mailed(reply_to)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(display_name="Assistance Tracker", addr_spec=sender)
    mail["Reply-To"] = Address(addr_spec=reply_to)
    mail["To"] = Address(username=to.rpartition("@")[0], domain=to.rpartition("@")[2])
    mail["Subject"] = one_line(subject)
    mail["Date"] = format_datetime(now())
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    mail["Content-Language"] = language  # last: what is set before goes to the first part
    # Folding a plain subject would begin it with an empty line; encoded words must be folded.
    policy = SMTP if to.isascii() else SMTPUTF8
    policy = policy.clone(max_line_length=998) if subject.isascii() else policy
    return Mail(to, message_id, mail.as_bytes(policy=policy), language)
