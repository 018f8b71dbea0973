"""Where mail goes to recipients who hold no membership: an official address, an invited one, a person as such."""

from tracker.accounts import queries as accounts


def mailbox_of(key: str, about_id: int) -> accounts.Recipient | None:
    """Address and language now of the recipient with this key, None when it is gone. `about_id` is the row that the
    event is about."""
    kind, _colon, number = key.partition(":")
    match kind:
        case "address" if "@" in number:
            return accounts.recipient_of_account_request(about_id)
        case "address":
            return accounts.recipient_of_organisation(int(number))
        case "invite":
            return accounts.recipient_of_invitation(int(number))
        case "person":
            return accounts.recipient_of_person(int(number))
    return None


def without_account(name: str, about_id: int) -> accounts.Recipient | None:
    """Who is invited, or who asked for a first account: somebody who has none."""
    if name == "invited":
        return accounts.recipient_of_invitation(about_id)
    return accounts.recipient_of_account_request(about_id)
