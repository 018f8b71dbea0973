"""The forms of pages on which somebody loses roles: who takes over what waits for them."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tracker.accounts.services import GROUP
from tracker.languages.marking import lazy as _l
from tracker.web.forms import SureForm


class LeavingForm(SureForm):
    """Who takes over. Left out where nothing stands in the person's name."""

    successor = SelectField(_l("Who takes over"), choices=[], validate_choice=False)

    def offer_successors(self, colleagues: Iterable[Any], *, needed: bool) -> Any:
        """Set who can be chosen: rows of (public_id, name); none is chosen beforehand."""
        if not needed:
            del self.successor
            return self
        people = [SelectChoice(str(row.public_id), row.name) for row in colleagues]
        group = SelectChoice(GROUP, _("Nobody in particular: all who have the same role"))
        self.successor.choices = [SelectChoice("", _("Choose")), *people, group]
        return self

    @property
    def chosen_successor(self) -> str | None:
        """Who was chosen: a membership's public id, the group, or None."""
        return (self.successor.data or None) if self.successor is not None else None
