"""What a donor wants to be shown first."""

from tracker.forms import KeyedForm
from tracker.i18n import lazy
from tracker.pledges.forms import choices
from tracker.pledges.forms.choices import Several

RULES = ("kinds", "areas", "regions", "lists")


class InterestsForm(KeyedForm):
    """One list of ticks for each rule; nothing ticked means anything."""

    kinds = Several(lazy("Kinds of request"))
    areas = Several(lazy("Areas of assistance"))
    regions = Several(lazy("Regional groups"))
    lists = Several(lazy("Standing of the State"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in RULES:
            self[name].choices = getattr(choices, name)()

    def rules(self) -> dict[str, list[str]]:
        """What was ticked, by rule."""
        return {name: self[name].data or [] for name in RULES}
