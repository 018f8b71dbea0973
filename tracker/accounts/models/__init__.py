"""The tables of accounts: who there is (people), and how they come in (entrances)."""

from tracker.accounts.models.entrances import (
    AccountRequest,
    AccountRequestPerson,
    Invitation,
    PasswordReset,
    SignInAttempt,
    WebSession,
)
from tracker.accounts.models.people import (
    AUTHORITY_KINDS,
    OFFICE_KINDS,
    Membership,
    MembershipRole,
    Office,
    Organisation,
    Person,
)

__all__ = [
    "AUTHORITY_KINDS",
    "OFFICE_KINDS",
    "AccountRequest",
    "AccountRequestPerson",
    "Invitation",
    "Membership",
    "MembershipRole",
    "Office",
    "Organisation",
    "PasswordReset",
    "Person",
    "SignInAttempt",
    "WebSession",
]
