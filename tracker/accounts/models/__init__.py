"""The tables of accounts: who there is (people), and how they sign in (signing_in)."""

from tracker.accounts.models.people import (
    AUTHORITY_KINDS,
    OFFICE_KINDS,
    Membership,
    MembershipRole,
    Office,
    Organisation,
    Person,
)
from tracker.accounts.models.signing_in import (
    AccountRequest,
    AccountRequestPerson,
    Invitation,
    PasswordReset,
    SignInAttempt,
    WebSession,
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
