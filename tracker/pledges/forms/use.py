"""What a pledge is for, as a form asks it: in an offer, and where an earmark is to be changed."""

from collections.abc import Iterable, Iterator
from typing import Any

from wtforms import SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional

from tracker.languages.choosing import current_language
from tracker.languages.marking import lazy
from tracker.pledges.earmarks import EARMARKS, Rule, ticks
from tracker.pledges.forms import choices
from tracker.pledges.forms.choices import CODES, Several
from tracker.web.forms import DayField, KeyedForm, WholeNumberField, is_a_share

# In the order in which the terms of a pledge name them.
OFFERED = tuple(name for name in EARMARKS if name in ticks("tick"))


class UseForm(KeyedForm):
    """Restrictions, limits and the share of women."""

    until = DayField(lazy("To be allocated by"))
    share_kind = SelectField(
        lazy("A limit for one kind of request"),
        validators=[Optional()],
    )
    share = WholeNumberField(
        lazy("At most, in per cent of the pledge"),
        [Optional(), is_a_share],
    )
    women = WholeNumberField(
        lazy("Women among the seats that it pays, at least, in per cent"),
        [Optional(), is_a_share],
        description=lazy(
            "Of the people who say whether they are a woman or a man; of a few seats the whole part: 50 per cent of 3 "
            "is 1. You read women and men as totals of three seats or more."
        ),
    )

    def offer_uses(self, needs: list[Any], *, kept: Iterable[Rule] = ()) -> None:
        """Give every list its choices: what can be chosen now, and what the earmark names already (`kept`)."""
        choices.tick(self, "tick")
        self["requests"].choices = list(needs)
        for rule in kept:
            if rule.rule in OFFERED and rule.share_bp is None:
                self._also_offer(rule)
        none = SelectChoice(value="", label=lazy("No limit"))
        self.share_kind.choices = [none, *choices.kinds()]

    def _also_offer(self, rule: Rule) -> None:
        field = self[rule.rule]
        known = {choice.value for choice in field.choices}
        names = CODES[rule.rule].names(rule.codes, current_language())
        field.choices += [
            SelectChoice(value=code, label=names.get(code, code)) for code in rule.codes if code not in known
        ]

    def ticks(self, *, rare: bool) -> list[Any]:
        """The lists of ticks that have something to tick: what money is often for, or what it is `rare`ly for."""
        shown = [self[name] for name in ticks("tick") if EARMARKS[name].rare is rare]
        return [ticked for ticked in shown if ticked.choices]

    def rules(self) -> Iterator[Rule]:
        """What was entered, as earmarks."""
        for name in OFFERED:
            if self[name].data:
                yield Rule(name, tuple(self[name].data))
        if self.until.data:
            yield Rule("until", (self.until.data.isoformat(),))
        if self.share_kind.data and self.share.data:
            yield Rule("kinds", (self.share_kind.data,), self.share.data * 100)
        if self.women.data:
            yield Rule("women", ("woman",), self.women.data * 100)

    def check_limit(self) -> None:
        """A limit has two halves; one without the other would be lost without a word."""
        if self.share.data and not self.share_kind.data:
            self.share_kind.errors = [lazy("Choose the kind of request that the limit is for.")]
        elif self.share_kind.data and self.share.data is None and not self.share.errors:
            self.share.errors = [lazy("Enter a whole number from 1 to 99.")]
        elif self["kinds"].data and self.share_kind.data and self.share_kind.data not in self["kinds"].data:
            self.share_kind.errors = [lazy("This kind is not among those that you chose above.")]


for _name in OFFERED:
    setattr(UseForm, _name, Several(lazy(str(EARMARKS[_name].tick))))


def asked_by_form(rule: Rule) -> bool:
    """Whether the form can say this rule; what it cannot say stays as it is."""
    if rule.share_bp is None:
        return rule.rule in OFFERED or rule.rule == "until"
    return rule.share_bp % 100 == 0 and (rule.rule == "women" or (rule.rule == "kinds" and len(rule.codes) == 1))
