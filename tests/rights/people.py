"""The personas of the matrix: one person for each part that somebody can play, and nobody at all."""

from tests.factories import accounts
from tests.factories.accounts import Someone

ANONYMOUS = "anonymous"

# Strangers hold every role that their kind of organisation knows: what is refused to them is not theirs to see,
# and never only a matter of the role.
ROLES: dict[str, tuple[str, tuple[str, ...]]] = {
    "drafter": ("KEN", ("focal_point",)),
    "colleague": ("KEN", ("focal_point",)),
    "authority": ("KEN", ("authorising_officer",)),
    "state_administrator": ("KEN", ("state_administrator",)),
    "foreign_state": ("GHA", ("focal_point", "authorising_officer", "state_administrator")),
    "donor_officer": ("NORAD", ("donor_officer",)),
    "donor_signatory": ("NORAD", ("donor_signatory",)),
    "donor_administrator": ("NORAD", ("donor_administrator",)),
    "foreign_donor": ("SIDA", ("donor_officer", "donor_signatory", "donor_administrator")),
    "triage_officer": ("UNODC", ("triage_officer",)),
    "programme_manager": ("UNODC", ("programme_manager",)),
    "finance_officer": ("UNODC", ("finance_officer",)),
    "travel_officer": ("UNODC", ("travel_officer",)),
    "administrator": ("UNODC", ("administrator",)),
    "auditor": ("UNODC", ("auditor",)),
}
PERSONAS = (ANONYMOUS, *ROLES)
SECONDS = {"other_finance": ("UNODC", ("finance_officer",))}
"""Who is there as the second of two persons; the matrix does not ask what they may."""
OF_STATE = frozenset({"drafter", "colleague", "authority", "state_administrator"})
OF_DONOR = frozenset({"donor_officer", "donor_signatory", "donor_administrator"})
OF_OFFICE = frozenset(
    {"triage_officer", "programme_manager", "finance_officer", "travel_officer", "administrator", "auditor"}
)
READERS = OF_OFFICE - {"administrator"}
"""Who reads requests and pledges in the office; the administrator sees no content (product.md)."""

# A word in every field of somebody's matter, and the personas who may ever read it.
CANARIES: dict[str, frozenset[str]] = {
    "quokkastate": OF_STATE | READERS,
    "quokkadraft": frozenset({"drafter", "authority"}),
    "quokkastrict": OF_STATE | {"programme_manager", "auditor"},
    "quokkanote": READERS,
    "quokkaletter": frozenset({"travel_officer", "programme_manager"}),
    "quokkapledge": OF_DONOR | READERS,
    "quokkakenyan": OF_STATE | OF_OFFICE,
    "quokkanorwegian": OF_DONOR | OF_OFFICE,
}


def make() -> dict[str, Someone]:
    """Everybody, by persona; `colleague` sits in another ministry than the drafter."""
    words = {"KEN": "quokkakenyan", "NORAD": "quokkanorwegian"}
    made = {}
    for persona, (code, roles) in (ROLES | SECONDS).items():
        word = words.get(code, code.lower())
        elsewhere = accounts.office("KEN", "Ministry of Health") if persona == "colleague" else None
        made[persona] = accounts.person(
            *roles,
            of=code,
            name=f"{persona.replace('_', ' ').title()} {word.title()}",
            email=f"{persona}@{word}.example",
            in_office=elsewhere,
        )
    return made


# Whose matter the subjects of the matrix are; a subject that is not named here is nobody's in particular.
MATTERS: dict[str, frozenset[str]] = {
    "kenya": OF_STATE | READERS,
    "draft": frozenset({"drafter", "authority"}),
    "strict": OF_STATE | {"programme_manager", "auditor"},
    "ghana": frozenset({"foreign_state"}) | READERS,
    "norad": OF_DONOR | READERS,
    "sida": frozenset({"foreign_donor"}) | READERS,
}
