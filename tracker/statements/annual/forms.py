"""What is asked about annual reports."""

from wtforms import TextAreaField

from tracker.languages.marking import lazy
from tracker.statements.annual.services import MOST
from tracker.web.forms import AtMost, KeyedForm


class CountForm(KeyedForm):
    """Nothing but that it is wanted."""


class ExplainForm(KeyedForm):
    """What differs from the plan, and why."""

    explanation = TextAreaField(
        lazy("What differs from the plan, and why"),
        [AtMost(MOST)],
        description=lazy("The donor reads it. Name nobody, and no request that is strictly confidential."),
    )
