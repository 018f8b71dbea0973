"""The office's pages on which a session's support is set up, after an earlier session if need be, and changed."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker.calendar.now import today
from tracker.database.seen import version_of
from tracker.errors import NotFound
from tracker.participation.blueprint import bp
from tracker.participation.support import queries, services
from tracker.participation.support.forms import SupportForm
from tracker.participation.support.terms import Support
from tracker.reference import queries as reference
from tracker.reference.models import Session
from tracker.web.access import access
from tracker.web.confirmation import CarryOut, confirmed


@bp.route("/settings/sessions/<code>/support/new", methods=["GET", "POST"])
@access("programme_manager")
def set_up_support(code: str) -> Any:
    """Say what a session pays for the first time; ?from= names an earlier session whose terms fill the form."""
    session = reference.get_session(code)
    if request.method == "GET" and queries.support_of(session.id) is not None:
        return redirect(url_for(".change_support", code=code))
    earlier = queries.set_up_sessions(but=session.id)
    copied = next((one for one in earlier if one.code == request.args.get("from")), None)
    form = SupportForm.showing(queries.terms_to_copy(copied.id) if copied else queries.usual_terms(session))
    source = copied.code if copied else None

    def act(**by: Any) -> str:
        return services.set_up_support(code, terms=form.terms(), copied_from=source, **by)

    return _confirmed(form, session, act, earlier=earlier, copied=copied)


@bp.route("/settings/sessions/<code>/support", methods=["GET", "POST"])
@access("programme_manager")
def change_support(code: str) -> Any:
    """Change what a session pays, by which rules seats are given, and when each step is."""
    session = reference.get_session(code)
    found = queries.support_of(session.id)
    if found is None:
        raise NotFound
    form = SupportForm.showing(found.terms, version_of(found.terms))

    def act(**by: Any) -> str:
        return services.change_support(code, version=form.version_number, terms=form.terms(), **by)

    return _confirmed(form, session, act, support=found)


def _confirmed(
    form: SupportForm, session: Session, act: CarryOut, *, support: Support | None = None, **shown: Any
) -> Any:
    """Show the form with the day of each step beside it, or save it and lead to the session's page."""
    steps = {step.name: step for step in support.steps(today())} if support else {}
    return confirmed(
        form,
        act,
        page=lambda: render_template(
            "participation/support/form.html", form=form, session=session, support=support, steps=steps, **shown
        ),
        done=_("What the session pays was saved. Everybody reads it on the session's page."),
        lead=lambda _outcome: url_for("sessions.show", code=session.code),
    )
