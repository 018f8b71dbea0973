"""Giving out sealed papers: written down with a reason, then taken once, as an encrypted ZIP or on the screen."""

import uuid
from typing import Any

from flask import current_app, render_template
from itsdangerous import BadData, URLSafeTimedSerializer

from tracker.calendar.now import now
from tracker.calendar.working_days import day_of
from tracker.documents.spreadsheets import as_xlsx
from tracker.errors import Invalid
from tracker.files.sending import send_packed
from tracker.languages.marking import lazy
from tracker.participation.blueprint import bp
from tracker.participation.disclosing import presenting, queries, services
from tracker.participation.disclosing.forms import DiscloseForm, TakeForm
from tracker.participation.disclosing.lifecycle import How
from tracker.participation.disclosing.policies import RULES, DisclosingAction
from tracker.participation.disclosing.services import TAKEN_WITHIN
from tracker.reference import queries as reference
from tracker.reference.models import Session
from tracker.rights.actor import TRAVEL_OFFICERS
from tracker.rights.rules import can
from tracker.sealing import archives
from tracker.web.access import access, current_actor
from tracker.web.confirmation import carried_out


@bp.route("/sessions/<code>/travel/give-out", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS, "finance_officer")
def disclose(code: str) -> Any:
    """Give out fields of sealed papers; the answer shows the password of the ZIP, or what is read on the screen."""
    session, form = reference.get_session(code), _form(code)
    made: list[str] = []
    if form.validate_on_submit() and carried_out(
        form, lambda **by: made.append(services.disclose(code, form.chosen, asked=form.asked(), **by))
    ):
        public_id = uuid.UUID(made[0])
        return _read(session, public_id) if form.how.data == How.SCREEN else _packed(session, public_id)
    rights = presenting.table_of_rights()
    page = render_template("participation/disclosing/disclose.html", session=session, form=form, rights=rights)
    return page, 422 if form.errors else 200


def _form(code: str) -> DiscloseForm:
    actor, session = current_actor(), reference.get_session(code)
    found = queries.people(session, actor)
    mine = [one for one in found if can(RULES, DisclosingAction.DISCLOSE, actor, queries.facts_of(one, None)) is None]
    form = DiscloseForm()
    form.people.choices = [(str(one.person.public_id), one.name) for one in mine]
    form.what.choices = presenting.choices()
    return form


def _read(session: Session, public_id: uuid.UUID) -> str:
    taken = services.take(public_id, actor=current_actor(), how=How.SCREEN)
    return render_template("participation/disclosing/read.html", session=session, people=presenting.people_in(taken))


def _packed(session: Session, public_id: uuid.UUID) -> str:
    """The page with the password: it goes to the browser and back, and stands nowhere else."""
    password = archives.new_password()
    return render_template(
        "participation/disclosing/password.html",
        session=session,
        password=password,
        form=TakeForm(formdata=None),
        made_with=_signer().dumps([str(public_id), password]),
        public_id=public_id,
    )


@bp.post("/disclosures/<uuid:public_id>/zip")
@access(*TRAVEL_OFFICERS, "finance_officer")
def take_disclosure(public_id: uuid.UUID) -> Any:
    """The ZIP, once, under the password that the page before showed."""
    queries.must_be_own(public_id, current_actor())
    form = TakeForm()
    if not form.validate_on_submit():
        raise Invalid(lazy("The form was not complete. Open the page again."))
    password = _password_of(public_id, form.made_with.data or "")
    taken = services.take(public_id, actor=current_actor(), how=How.ZIP)
    at = now()
    table = as_xlsx(presenting.document_of(taken, day_of(at)))
    return send_packed(archives.pack({"papers.xlsx": table}, password, at), f"papers-{at:%Y-%m-%d-%H%M}.zip")


def _password_of(public_id: uuid.UUID, text: str) -> str:
    """The password that was made for this giving out, and no other."""
    try:
        whose, password = _signer().loads(text, max_age=int(TAKEN_WITHIN.total_seconds()))
    except (BadData, ValueError):
        whose, password = "", ""
    if whose != str(public_id):
        raise Invalid(lazy("The form was not complete. Open the page again."))
    return str(password)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="password of a disclosure")
