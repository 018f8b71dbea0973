"""Forms that keep themselves while they are typed, and are put back for whoever opens them again."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from tracker.database.seen import version_of
from tracker.typed import unsent
from tracker.typed.models import UnsentForm
from tracker.web.access import current_actor
from tracker.web.form_classes import every_form, name_of
from tracker.web.forms import KeyedForm

_OF_THE_FORM = ("csrf_token", "key", "version", "sure")


class KeptForm(KeyedForm):
    """A form whose answers are kept for their writer while they are typed. A view that shows it calls `put_back`."""

    unsent: Sequence[UnsentForm] = ()
    restored: UnsentForm | None = None
    """What was typed before: put back into the form, and shown beside it because what is saved has changed since."""
    offered = False
    """Whether the page that is being made puts back what is kept: only then is more kept."""
    _opened_on: int | None = None

    def put_back(self) -> None:
        """Fill the form that is opened with what its reader typed into it before and has not sent, when it says the
        same as it said then."""
        self.offered, person_id = True, current_actor().person_id
        if request.method != "GET" or person_id is None:
            return
        kept = unsent.kept_for(person_id, request.path, name_of(self))
        self.restored = next((one for one in kept if one.opened_on == self.opened_on), None)
        self.unsent = [one for one in kept if one is not self.restored]
        if self.restored is not None:
            self._opened_on = self.opened_on
            self._fill(self.restored)

    def _fill(self, kept: UnsentForm) -> None:
        hidden = {field.name: field._value() for field in self if getattr(field.widget, "input_type", "") == "hidden"}
        typed = [(name, text) for name, text in kept.fields if name not in hidden]
        self.process(MultiDict([*typed, *{**hidden, "key": kept.key}.items()]))

    @property
    def opened_on(self) -> int:
        """A number for what the form said before anything was typed into it."""
        if self._opened_on is not None:
            return self._opened_on
        return version_of([(field.name, str(field.object_data)) for field in self if field.name not in _OF_THE_FORM])


def kept_forms() -> frozenset[str]:
    """The names of all forms that keep themselves."""
    return frozenset(f"{form.__module__.removeprefix('tracker.')}.{form.__qualname__}" for form in every_form(KeptForm))


def thrown_away_address(kept: UnsentForm) -> str:
    """Where the button is sent that throws away what was kept."""
    return f"{url_for('typed.throw_away')}?{urlencode({'of': kept.address})}"


def unsent_address(form: Any) -> str:
    """Where the browser sends what is being typed into a form; nothing where the form is not kept."""
    if not getattr(form, "offered", False) or current_actor().person_id is None:
        return ""
    return f"{url_for('typed.keep')}?{urlencode({'of': request.path, 'opened': form.opened_on})}"
