"""Sentences about deliveries that failed or are uncertain: what they are about, why they were not sent, what is
next."""

import re
from typing import Any

from flask_babel import gettext as _

from tracker.languages.formatting import format_moment
from tracker.languages.marking import N_
from tracker.notifications.catalogue import CATALOGUE, DIGEST, KIND_LABELS
from tracker.notifications.lifecycle import Side, Status

_REFERENCE = re.compile(r"^\W*%\(reference\)s\s*[:：]?\s*")
# What a mail server says, by its extended code (RFC 3463) or its plain one; the first that fits.
_ANSWERS = (
    (
        r"SMTPUTF8|\b[45]\.6\.(?:7|8|9|10)\b",
        N_("A mail server on the way takes no letters such as those before the @. Ask the person for another address."),
    ),
    (r"^53\d", N_("The mail server did not accept our user name or password.")),
    (r"\b[45]\.1\.[0-8]\b", N_("The recipient's server knows no such mailbox.")),
    (r"\b[45]\.2\.2\b|^452|^552", N_("The recipient's mailbox is full.")),
    (r"\b[45]\.3\.4\b", N_("The message is larger than the server takes.")),
    (r"^5\d\d.*\b5\.7\.\d+\b|^554", N_("The server refuses mail from here: spam filters or rules stand in the way.")),
    (r"^55[0135]", N_("The recipient's server knows no such mailbox.")),
    (r"^4\d\d", N_("The server asked to try later, again and again.")),
    (r"^5\d\d", N_("The server refused the message for good.")),
    (r"^no answer in time", N_("The mail server did not answer in time.")),
    (
        r"^the worker went away before",
        N_("The program ended each time before it sent: tell whoever runs this service."),
    ),
    (r"^the worker went away", N_("The program was stopped while it sent; the message may have gone out.")),
    (r"^the address ", N_("No mail can go to this address: correct it.")),
    (r"while the mail was made$", N_("The message could not be written: tell whoever runs this service.")),
    (r"^outbox folder", N_("The folder for outgoing mail cannot be written: tell whoever runs this service.")),
    (r"^SMTPServerDisconnected|^Connection", N_("The connection to the mail server broke off.")),
    (r".", N_("The mail server could not be used.")),
)


def about(event_name: str, kind: str, side: str) -> str:
    """What a delivery tells, without the reference: not everybody on the page may know of the subject."""
    notice = CATALOGUE.get(event_name)
    if notice is None:
        return _(KIND_LABELS.get(kind, DIGEST))
    words = _REFERENCE.sub("", _(notice.headline_for(Side(side))))
    return words[:1].upper() + words[1:]


def reason(last_error: str | None) -> str:
    """Why it was not sent, in a sentence; empty when nothing is known."""
    said = next((words for pattern, words in _ANSWERS if re.search(pattern, last_error or "")), "")
    return _(said) if said else ""


def next_step(delivery: Any) -> str:
    """What happens to it if nobody does anything."""
    if delivery.status == Status.UNCERTAIN:
        return _("Sent once more by itself at %(moment)s.", moment=format_moment(delivery.due_at))
    return _("Not tried again by itself.")
