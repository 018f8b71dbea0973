"""The sentences of a request's history. An event that is not listed is internal and never shown to the State."""

from flask_babel import gettext

from tracker.i18n import N_

_sentences: dict[str, str] = {
    "assistance.drafted": N_("Draft begun"),
    "assistance.co_drafter_invited": N_("A colleague was invited to the draft"),
    "assistance.authorisation_asked": N_("Authorisation asked"),
    "assistance.returned_to_draft": N_("Returned to the drafter"),
    "assistance.submitted": N_("Submitted with a note verbale"),
    "assistance.note_returned": N_("Note verbale returned"),
    "assistance.taken_up": N_("Note verbale verified, review begun"),
    "assistance.clarification_asked": N_("Questions asked"),
    "assistance.answered": N_("Questions answered"),
    "assistance.accepted": N_("Accepted"),
    "assistance.declined": N_("Declined"),
    "assistance.referred": N_("Referred"),
    "assistance.merged": N_("Joined with another request"),
    "assistance.reopened": N_("Second look asked for"),
    "assistance.delivery_started": N_("Delivery begun"),
    "assistance.activity_planned": N_("An activity was planned"),
    "assistance.activity_delivered": N_("A delivery was recorded"),
    "assistance.delivery_confirmed": N_("A delivery was confirmed"),
    "assistance.completed": N_("Completed"),
    "assistance.withdrawn": N_("Withdrawn"),
    "assistance.consent_changed": N_("Consent changed"),
}


def tell(name: str, sentence: str) -> None:
    """Let the State see events called `name` in the history, as `sentence` (a message id without values)."""
    _sentences[name] = sentence


def names() -> list[str]:
    """The events that the State sees."""
    return sorted(_sentences)


def sentence(name: str) -> str:
    """What happened, in the reader's language."""
    return gettext(_sentences[name])
