"""Writes of accounts, one function per verb."""

from tracker.accounts.services.absences import begin_absence, end_absence, pass_on_stand_ins, stand_ins
from tracker.accounts.services.account_requests import NamedPerson, approve, ask, refuse
from tracker.accounts.services.attempts import TooOften, forget_old_attempts
from tracker.accounts.services.codes import forget_old_codes, tell_codes
from tracker.accounts.services.invitations import (
    accept_invitation,
    invite,
    renew_invitation,
    revoke_invitation,
)
from tracker.accounts.services.leaving import GROUP, last_holder_sentence, still_waiting
from tracker.accounts.services.notes import NoteVerbale
from tracker.accounts.services.organisations import (
    add_office,
    add_organisation,
    change_office,
    change_organisation,
    merge_organisation,
)
from tracker.accounts.services.passwords import ask_reset, change_password, prove, reset_password
from tracker.accounts.services.people import (
    change_membership,
    change_profile,
    disable_person,
    enable_person,
    end_membership,
)
from tracker.accounts.services.proposals import give_roles, proposal_facts, refuse_roles
from tracker.accounts.services.sessions import (
    CodeNeeded,
    begin,
    end_other_sessions,
    end_session,
    forget_old_sessions,
    sign_in,
    sign_in_with_code,
    sign_out,
    switch_membership,
    touch,
)
from tracker.accounts.services.unanswered import forget_unanswered, remind_of_unanswered

__all__ = [
    "GROUP",
    "CodeNeeded",
    "NamedPerson",
    "NoteVerbale",
    "TooOften",
    "accept_invitation",
    "add_office",
    "add_organisation",
    "approve",
    "ask",
    "ask_reset",
    "begin",
    "begin_absence",
    "change_membership",
    "change_office",
    "change_organisation",
    "change_password",
    "change_profile",
    "disable_person",
    "enable_person",
    "end_absence",
    "end_membership",
    "end_other_sessions",
    "end_session",
    "forget_old_attempts",
    "forget_old_codes",
    "forget_old_sessions",
    "forget_unanswered",
    "give_roles",
    "invite",
    "last_holder_sentence",
    "merge_organisation",
    "pass_on_stand_ins",
    "proposal_facts",
    "prove",
    "refuse",
    "refuse_roles",
    "remind_of_unanswered",
    "renew_invitation",
    "reset_password",
    "revoke_invitation",
    "sign_in",
    "sign_in_with_code",
    "sign_out",
    "stand_ins",
    "still_waiting",
    "switch_membership",
    "tell_codes",
    "touch",
]
