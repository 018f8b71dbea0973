"""The tables of accounts: who there is (people), how they sign in (signing_in), roles that wait (proposals)."""

from tracker.accounts.models.absences import Absence
from tracker.accounts.models.people import (
    AUTHORITY_KINDS,
    OFFICE_KINDS,
    Membership,
    MembershipRole,
    Office,
    Organisation,
    Person,
)
from tracker.accounts.models.proposals import RoleProposal
from tracker.accounts.models.signing_in import (
    AccountRequest,
    AccountRequestPerson,
    Invitation,
    PasswordReset,
    SignInAttempt,
    SignInCode,
    WebSession,
)

__all__ = [
    "AUTHORITY_KINDS",
    "OFFICE_KINDS",
    "Absence",
    "AccountRequest",
    "AccountRequestPerson",
    "Invitation",
    "Membership",
    "MembershipRole",
    "Office",
    "Organisation",
    "PasswordReset",
    "Person",
    "RoleProposal",
    "SignInAttempt",
    "SignInCode",
    "WebSession",
]
