"""Writes of accounts, one function per verb."""

from tracker.accounts.services.attempts import TooOften, forget_old_attempts
from tracker.accounts.services.sessions import begin, end_session, sign_in, sign_out, switch_membership, touch

__all__ = [
    "TooOften",
    "begin",
    "end_session",
    "forget_old_attempts",
    "sign_in",
    "sign_out",
    "switch_membership",
    "touch",
]
