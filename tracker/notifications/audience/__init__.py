"""Who is told, decided when the act happens: the act itself and the page before it ask the same function."""

from tracker.notifications.audience.asking import Recipient, members, recipients
from tracker.notifications.audience.mailboxes import mailbox_of
from tracker.notifications.audience.rules import RULES, living, standing_for

__all__ = ["RULES", "Recipient", "living", "mailbox_of", "members", "recipients", "standing_for"]
