"""What goes by mail alone, to one mailbox: whom it tells, its headline, what its link is called, and why it came."""

from tracker.accounts.lifecycle import INVITATION_HOLDS
from tracker.languages.marking import N_, lazy

_OPEN = N_("Open the page")
LETTERS: dict[str, tuple[str, str, str]] = {
    "accounts.account_approved": ("asking", N_("Your State's account is open"), _OPEN),
    "accounts.account_refused": ("asking", N_("Your request for an account was not accepted"), _OPEN),
    "participation.link_made": ("delegate", N_("A page for you about your journey"), N_("Open your page")),
    "participation.helper_named": ("delegate", N_("Somebody named you as their helper"), _OPEN),
    "participation.helper_named_by_office": ("delegate", N_("Somebody named you as their helper"), _OPEN),
    "participation.page_code_asked": ("at_the_door", N_("Your code to open the page"), N_("Open your page")),
    "participation.papers_reminded": (
        "delegate",
        N_("Your State asks you to complete your papers"),
        N_("Open your page"),
    ),
    "participation.papers_reminded_by_office": (
        "delegate",
        N_("Please complete the papers for your journey"),
        N_("Open your page"),
    ),
    "participation.office_wrote": ("delegate", N_("A message about your journey waits for you"), N_("Open your page")),
    "participation.claim_opens": (
        "delegate",
        N_("Your journey is over: something for you to read"),
        N_("Open your page"),
    ),
    "participation.claim_replied": ("delegate", N_("An answer stands on your page"), N_("Open your page")),
    "participation.claim_asked": ("delegate", N_("Something is asked of you on your page"), N_("Open your page")),
}
"""To people who have no account."""

_PAPERS_ARE_MISSING = lazy(
    "You get this because papers for your journey are missing. Your page says which; it asks for a code that comes "
    "to this address. Papers never go by mail."
)

_BY_YOUR_STATE = lazy(
    "You get this because your State gave this address when it nominated you. The link is for you alone: each time it "
    "asks for a code that comes to this address."
)
_YOU_HELP = lazy(
    "You get this because somebody who travels to a session of the United Nations named you to help with their "
    "papers. The link is for you alone: each time it asks for a code that comes to this address. If you expected "
    "nothing of the kind, you need not do anything."
)
# Notes of accounts go to an address that may know nothing of us yet: they say why they came and what their link does.
WHY_TO_YOU = {
    "accounts.invited": lazy(
        "You get this because an administrator offers you a place under this address. The link works once, for "
        "%(days)d days. If you expected nothing of the kind, you need not do anything.",
        days=INVITATION_HOLDS.days,
    ),
    "accounts.reset_asked": lazy(
        "You get this because a new password was asked for your account. The link works once, for one hour. If it was "
        "not you, you need not do anything: your password stays."
    ),
    "accounts.code_asked": lazy(
        "You get this because your password was typed to sign in, after many wrong ones. The code works for 15 "
        "minutes, on the page that asks for it; never tell it to anybody. If it was not you, choose a new password now."
    ),
    "accounts.account_approved": lazy(
        "You get this because this address was given when your State asked for its first account."
    ),
    "accounts.account_refused": lazy(
        "You get this because this address was given when your State asked for its first account."
    ),
    "participation.link_made": lazy(
        "You get this because your State gave this address when it nominated you. The link is for you alone: each time "
        "it asks for a code that comes to this address. If you expected nothing of the kind, you need not do anything."
    ),
    "participation.claim_opens": lazy(
        "You get this because your State gave this address when it nominated you. The link is for you alone: each time "
        "it asks for a code that comes to this address. You need not do anything if you have nothing to claim."
    ),
    "participation.claim_replied": _BY_YOUR_STATE,
    "participation.claim_asked": _BY_YOUR_STATE,
    "participation.helper_named": _YOU_HELP,
    "participation.helper_named_by_office": _YOU_HELP,
    "participation.page_code_asked": lazy(
        "You get this because a code was asked on the page of your journey. The code works for 15 minutes, on the page "
        "that asks for it; never tell it to anybody. If it was not you, you need not do anything."
    ),
    "participation.papers_reminded": _PAPERS_ARE_MISSING,
    "participation.papers_reminded_by_office": _PAPERS_ARE_MISSING,
    "participation.office_wrote": lazy(
        "You get this because the office wrote to you about your journey. The message stands on your page and not in "
        "this mail; the page asks for a code that comes to this address."
    ),
}
