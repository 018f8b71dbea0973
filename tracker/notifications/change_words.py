"""Changes of a promise: whom each step is told, and in which words. Both sides hear of it, because both answer it."""

from tracker.languages.marking import N_

_BOTH = "signatories managers proposing_donor"

CHANGES = {
    "pledges.filed": ("tasks", "managers finance donor", N_("%(reference)s: a pledge on paper was filed")),
    "pledges.change_proposed": ("tasks", _BOTH, N_("%(reference)s: a change of the pledge was proposed")),
    "pledges.change_agreed": ("tasks", _BOTH, N_("%(reference)s: one side has said yes to a change of the pledge")),
    "pledges.change_confirmed": (
        "pledges",
        "act_proposer",
        N_("%(reference)s: the change of the pledge that you proposed is done"),
    ),
    "pledges.change_refused": ("pledges", _BOTH, N_("%(reference)s: a change of the pledge was refused")),
    "pledges.change_taken_back": ("pledges", _BOTH, N_("%(reference)s: a proposed change was taken back")),
    "pledges.extended": ("pledges", "donor finance managers", N_("%(reference)s: the agreement ends later")),
    "pledges.earmarked": ("pledges", "donor finance managers", N_("%(reference)s: the earmark was changed")),
}
