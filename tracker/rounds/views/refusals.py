"""What stands against an act on a round, said at its form, one sentence after the other."""

from typing import Any

from tracker.errors import Conflict, Invalid
from tracker.web.confirmation import CarryOut

AT_FORM = (Invalid, Conflict)


def in_lines(carry_out: CarryOut) -> CarryOut:
    """The act, whose several reasons for a refusal are shown one by one at the form."""

    def act(**by: Any) -> Any:
        try:
            return carry_out(**by)
        except Conflict as refused:
            reasons = getattr(refused, "reasons", ())
            if not reasons:
                raise
            raise Invalid(fields={f"reason {n}": sentence for n, sentence in enumerate(reasons)}) from refused

    return act
