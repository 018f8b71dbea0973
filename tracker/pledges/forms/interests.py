"""What a donor wants to be shown first."""

from typing import Any

from tracker.languages.marking import lazy
from tracker.pledges.earmarks import EARMARKS, ticks
from tracker.pledges.forms import choices
from tracker.pledges.forms.choices import Several
from tracker.web.forms import KeyedForm


class InterestsForm(KeyedForm):
    """One list of ticks for each kind of earmark that a donor is asked for; nothing ticked means anything."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choices.tick(self, "wanted")

    @property
    def asked(self) -> list[Any]:
        """The lists, in the order of the page."""
        return [self[name] for name in ticks("wanted")]

    def rules(self) -> dict[str, list[str]]:
        """What was ticked, by kind of earmark."""
        return {name: self[name].data or [] for name in ticks("wanted")}


for _name in ticks("wanted"):
    setattr(InterestsForm, _name, Several(lazy(str(EARMARKS[_name].wanted))))
