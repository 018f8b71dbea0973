"""For whom somebody stands in who leaves: told to those who let people go."""

from tracker.accounts import services
from tracker.accounts.roles import ROLES
from tracker.accounts.waiting_work import Held
from tracker.languages.marking import N_

HELD = (
    Held(
        "stand_ins",
        frozenset(ROLES),
        N_("Colleagues for whom this person stands in"),
        N_("Nobody stands in for them any more; they are told."),
        services.stand_ins,
        services.pass_on_stand_ins,
    ),
)
