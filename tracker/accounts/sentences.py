"""What happens to an account, in words for the office."""

from tracker.events.sentences import Sentence
from tracker.languages.marking import N_

SENTENCES = {
    "accounts.invited": Sentence(N_("Invited")),
    "accounts.invitation_prepared": Sentence(N_("Invitation prepared, not sent yet")),
    "accounts.role_asked": Sentence(N_("Roles asked for")),
    "accounts.role_given": Sentence(N_("Roles given by a second person")),
    "accounts.role_refused": Sentence(N_("Roles refused")),
    "accounts.invitation_accepted": Sentence(N_("Took up the place")),
    "accounts.invitation_revoked": Sentence(N_("Invitation taken back")),
    "accounts.person_disabled": Sentence(N_("Account disabled")),
    "accounts.absence_begun": Sentence(N_("Away, with a stand-in")),
    "accounts.absence_ended": Sentence(N_("Back after an absence")),
    "accounts.stand_in_changed": Sentence(N_("Somebody else stands in")),
    "accounts.reset_asked": Sentence(N_("A new password was asked for")),
    "accounts.code_asked": Sentence(N_("A code to sign in was asked for")),
    "accounts.account_asked": Sentence(N_("A first account was asked for")),
    "accounts.account_approved": Sentence(N_("First account opened")),
    "accounts.account_refused": Sentence(N_("First account refused")),
    "accounts.account_unanswered": Sentence(N_("First account still unanswered")),
    "accounts.account_lapsed": Sentence(N_("First account never answered, its request removed")),
    **dict.fromkeys(
        ("accounts.account_note_erasure_proposed", "accounts.role_note_erasure_proposed"),
        Sentence(N_("The removal of a document's content was proposed")),
    ),
    **dict.fromkeys(
        ("accounts.account_note_erasure_dropped", "accounts.role_note_erasure_dropped"),
        Sentence(N_("The proposed removal of a document's content was dropped")),
    ),
    **dict.fromkeys(
        ("accounts.account_note_erased", "accounts.role_note_erased"),
        Sentence(N_("The content of a document was removed")),
    ),
    "accounts.role_changed": Sentence(N_("Roles changed")),
    "accounts.organisation_merged": Sentence(N_("Merged into another organisation")),
    "accounts.membership_ended": Sentence(N_("Membership ended")),
    "accounts.person_enabled": Sentence(N_("Account opened again")),
    "accounts.password_changed": Sentence(N_("Password changed")),
}
