"""A State's next person is given a seat, from one pledge or two; a seat is taken off again."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tracker.errors import Invalid, NotFound
from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.rounds import presenting, queries, services
from tracker.rounds.blueprint import bp
from tracker.rounds.forms import ConfirmForm, GiveForm
from tracker.rounds.giving import turn
from tracker.rounds.lifecycle import RoundAction
from tracker.rounds.policies import RULES
from tracker.rounds.reading import Table, table_of
from tracker.rounds.rule_facts import rule_facts_of
from tracker.rounds.views.refusals import AT_FORM, in_lines
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import confirmed


@bp.route("/<uuid:public_id>/give/<uuid:request_id>", methods=["GET", "POST"])
@access("programme_manager")
def give(public_id: uuid.UUID, request_id: uuid.UUID) -> Any:
    """Give a State's next person a seat."""
    round_ = queries.get_round(public_id, current_actor())
    allow(RULES, RoundAction.GIVE, rule_facts_of(round_))
    table = table_of(round_)
    one = next((each for each in table.asking.values() if each.public_id == request_id), None)
    if one is None:
        raise NotFound
    rows = [(purse, table.means.of_part(table.sitting, purse.id, one.id)) for purse in table.purses.values()]
    able = [(purse, table.means.most(table.sitting, purse.id, one.id)) for purse, verdict in rows if verdict.suits]
    form = GiveForm.offering([(purse.id, purse_label(purse, most)) for purse, most in able if most], round_.version)

    def act(**by: Any) -> Any:
        said = {"request_id": one.id, "pledges": form.pledges(), "reason": form.reason.data or ""}
        return services.give_seat(public_id, version=form.version_number, **said, **by)

    return confirmed(
        form,
        in_lines(act),
        page=lambda: _give_page(table, one, form, rows),
        done=_("The seat is given in this round. Nothing is held before the round is approved."),
        lead=lambda _outcome: url_for(".show", public_id=public_id),
        at_form=AT_FORM,
    )


def purse_label(purse: Any, most: int) -> str:
    """A pledge among those to choose from, with what it can still give."""
    left = format_money(most, FUND_CURRENCY)
    return _("%(reference)s, %(donor)s: %(left)s left", reference=purse.reference, donor=purse.donor, left=left)


def _give_page(table: Table, one: Any, form: GiveForm, rows: Any) -> str:
    person = table.sitting.next_person(one.id)
    payable = table.means.payable(table.sitting)
    following = turn(table.sitting, payable)
    estimate = table.estimates[person.delegate_id] if person else None
    return render_template(
        "rounds/give.html",
        round=table.round,
        session=table.session,
        one=one,
        form=form,
        person=person,
        name=table.people[person.delegate_id].name if person else "",
        estimate=estimate,
        missing=presenting.missing_of(table, person.delegate_id) if person else [],
        next_state=table.asking[following].iso3 if following not in (None, one.id) else "",
        needs_two=table.means.needs_two(table.sitting, one.id),
        refused=[(purse, verdict.reasons) for purse, verdict in rows if not verdict.suits],
    )


@bp.post("/<uuid:public_id>/take-off/<uuid:delegate_id>")
@access("programme_manager")
def take_off(public_id: uuid.UUID, delegate_id: uuid.UUID) -> Any:
    """Take the seat that somebody was given in the round off again."""
    form = ConfirmForm()
    if not form.validate_on_submit():
        raise Invalid(lazy("The form was not complete. Open the page again."))
    by = {"key": form.key.data, "actor": current_actor()}
    services.take_seat_off(public_id, version=form.version_number, delegate=delegate_id, **by)
    flash(_("The seat is taken off."))
    return redirect(url_for(".show", public_id=public_id))
