"""Where mail goes to recipients who hold no membership: an official address, an invited one, a person as such."""

from tracker.accounts import queries as accounts
from tracker.participation.delegate_page import queries as delegates


def mailbox_of(key: str, about_id: int) -> accounts.Recipient | None:
    """Address and language now of the recipient with this key, None when it is gone. `about_id` is the row that the
    event is about."""
    kind, _colon, number = key.partition(":")
    match kind:
        case "address" if "@" in number:
            return accounts.recipient_of_account_request(about_id)
        case "address":
            return accounts.recipient_of_organisation(int(number))
        case "delegate":
            return delegates.mailbox_of(int(number))
        case "invite":
            return accounts.recipient_of_invitation(int(number))
        case "person":
            return accounts.recipient_of_person(int(number))
    return None


def without_account(name: str, about_id: int) -> accounts.Recipient | None:
    """Who is invited, who asked for a first account, who has a personal link or asks for a code: somebody who has no
    account."""
    if name == "delegate":
        return delegates.mailbox_of(about_id)
    if name == "at_the_door":
        return delegates.mailbox_of(delegates.link_of_code(about_id) or 0)
    if name == "invited":
        return accounts.recipient_of_invitation(about_id)
    return accounts.recipient_of_account_request(about_id)
