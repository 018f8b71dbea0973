"""The claim on the delegate's own page: prepared piece by piece, sent once, taken back, corrected."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker.costs.rule_sets import PROVIDED
from tracker.costs.sentences import PROVIDED as PROVIDED_LABELS
from tracker.errors import Conflict, Invalid, NotFound
from tracker.files.sending import send
from tracker.participation.blueprint import bp
from tracker.participation.claims import forms, presenting, queries, services
from tracker.participation.claims.lifecycle import CLAIM_LABELS, RECEIPT_LABELS, receipt_lines
from tracker.participation.claims.policies import RULES, ClaimAction
from tracker.participation.claims.queries import ClaimOf
from tracker.participation.delegate_page.behind import Here, behind_the_door
from tracker.participation.delegate_page.queries import PATH
from tracker.participation.papers.lifecycle import By
from tracker.participation.travel.by_day import as_ticks
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize, can
from tracker.web.access import access
from tracker.web.confirmation import carried_out
from tracker.web.forms import KeyedForm

AT_FORM = (Invalid, Conflict)


@bp.get(f"{PATH}<token>/claim")
@access("public")
@behind_the_door
def own_claim(here: Here) -> Any:
    """What is claimed so far, what was answered, and what comes back; of whoever claimed nothing what is due."""
    found = queries.get_own(here.seat_id, here.by)
    settled = presenting.settled_of(found) if here.by.who is By.DELEGATE else None
    if not found.is_over and found.sent is None:
        if settled is None:
            raise NotFound
        return _page("own_due", here, found, settled=settled)
    return _page("own", here, found, settled=settled, openings=queries.openings_of(here.delegate_id))


@bp.route(f"{PATH}<token>/claim/days", methods=["GET", "POST"])
@access("public")
@behind_the_door
def own_claim_days(here: Here) -> Any:
    """The days really spent, and what others provided on each."""
    found = _to_prepare(here)
    form = forms.DaysForm(version=str(found.version), **_days_of(found))
    return _kept(
        here,
        form,
        lambda **by: services.save_days(here.seat_id, version=form.version_number, days=form.days(), **by),
        page=lambda: _page("own_days", here, found, form=form, what=_provided()),
        done=_("Saved."),
    )


def _provided() -> list[tuple[str, str]]:
    return [(name, _(PROVIDED_LABELS[name])) for name in PROVIDED]


def _days_of(found: ClaimOf) -> dict[str, Any]:
    """What stands in the form at first: what was said before, else the days of the nomination."""
    kept = found.draft or found.sent
    if kept is not None and kept.row.first_day is not None:
        row = kept.row
        days = {"first_day": row.first_day, "last_day": row.last_day}
        return {**days, "provided": as_ticks(row.provided), "remark": row.remark}
    person, session = found.journey.person, found.session
    return {"first_day": person.arrives_on or session.starts_on, "last_day": found.last_day}


@bp.route(f"{PATH}<token>/claim/boarding", methods=["GET", "POST"])
@access("public")
@behind_the_door
def own_claim_boarding(here: Here) -> Any:
    """A photograph of a boarding pass is added; the page asks for the next one."""
    found, form = _to_prepare(here), forms.BoardingForm()
    return _kept(
        here,
        form,
        lambda **by: services.add_boarding_pass(here.seat_id, file=form.file.data, **by),
        page=lambda: _page("own_boarding", here, found, form=form),
        done=_("Added."),
    )


@bp.route(f"{PATH}<token>/claim/receipts/<line>", methods=["GET", "POST"])
@access("public")
@behind_the_door
def own_claim_receipt(here: Here, line: str) -> Any:
    """A receipt for a line is added."""
    found, form = _to_prepare(here), forms.ReceiptForm()
    if line not in receipt_lines(found.journey.money.pays()):
        raise NotFound
    return _kept(
        here,
        form,
        lambda **by: services.add_receipt(here.seat_id, receipt=form.receipt(line), file=form.file.data, **by),
        page=lambda: _page("own_receipt", here, found, form=form, label=RECEIPT_LABELS[line]),
        done=_("Added."),
    )


@bp.get(f"{PATH}<token>/claim/papers/<uuid:paper_id>")
@access("public")
@behind_the_door
def own_claim_paper(here: Here, paper_id: uuid.UUID) -> Any:
    """What the delegate handed in, as they gave it."""
    found = queries.get_own(here.seat_id, here.by)
    for claim in (found.draft, found.sent):
        if claim and any(paper.row.public_id == paper_id for paper in claim.papers):
            return send(queries.paper_of(claim, paper_id).file)
    raise NotFound


@bp.post(f"{PATH}<token>/claim/papers/<uuid:paper_id>/remove")
@access("public")
@behind_the_door
def remove_own_claim_paper(here: Here, paper_id: uuid.UUID) -> Any:
    """Take a paper out of what is prepared."""
    return _pressed(here, lambda **by: services.remove_paper(here.seat_id, paper_id, **by), _("Taken out."))


@bp.route(f"{PATH}<token>/claim/send", methods=["GET", "POST"])
@access("public")
@behind_the_door
def send_own_claim(here: Here) -> Any:
    """What is claimed, before it is sent."""
    found = queries.get_own(here.seat_id, here.by)
    form = forms.PressForm(version=str(found.version))
    if request.method == "GET" and can(RULES, ClaimAction.SEND, Actor.anonymous, queries.facts_of(found, here.by)):
        return redirect(url_for(".own_claim", token=here.token))
    return _kept(
        here,
        form,
        lambda **by: services.send_claim(here.seat_id, version=form.version_number, **by),
        page=lambda: _page("own_send", here, found, form=form),
        done=_("Sent. The office looks at it; you read here what it answers."),
    )


@bp.post(f"{PATH}<token>/claim/back")
@access("public")
@behind_the_door
def take_back_own_claim(here: Here) -> Any:
    """Take back what was sent, to change it."""
    take_back = services.take_back_claim
    return _pressed(here, lambda **by: take_back(here.seat_id, version=None, **by), _("Taken back. Send it again."))


@bp.post(f"{PATH}<token>/claim/correct")
@access("public")
@behind_the_door
def correct_own_claim(here: Here) -> Any:
    """Begin a later version."""
    words = _("Change what is wrong, then send it again. Until then what you sent counts.")
    return _pressed(here, lambda **by: services.correct_claim(here.seat_id, **by), words)


def _to_prepare(here: Here) -> ClaimOf:
    """The claim, where it may be prepared now."""
    found = queries.get_own(here.seat_id, here.by)
    authorize(RULES, ClaimAction.PREPARE, Actor.anonymous, queries.facts_of(found, here.by))
    return found


def _pressed(here: Here, act: Callable[..., Any], done: str) -> Any:
    """A button without a page of its own: done, or said why not."""
    try:
        act(key=KeyedForm().key.data, actor=Actor.anonymous, by=here.by)
        flash(done, "ok")
    except Conflict as refused:
        flash(refused.message)
    return redirect(url_for(".own_claim", token=here.token))


def _kept(here: Here, form: KeyedForm, act: Callable[..., Any], *, page: Callable[[], str], done: str) -> Any:
    """Do what the form says and lead to the claim; else its page. Whoever is signed in in this browser beside it does
    not act here."""
    if form.validate_on_submit() and carried_out(
        form, lambda key, actor: act(key=key, actor=Actor.anonymous, by=here.by), at_form=AT_FORM, beside="file"
    ):
        flash(done, "ok")
        return redirect(url_for(".own_claim", token=here.token))
    return page(), 422 if form.errors else 200


def _page(name: str, here: Here, found: ClaimOf, **more: Any) -> str:
    facts = queries.facts_of(found, here.by)
    return render_template(
        f"participation/claims/{name}.html",
        token=here.token,
        one=found,
        claim=found.draft or found.sent,
        may={action for action in ClaimAction if can(RULES, action, Actor.anonymous, facts) is None},
        helps=here.by.who is By.HELPER,
        lines=[(line, RECEIPT_LABELS[line]) for line in receipt_lines(found.journey.money.pays())],
        labels=CLAIM_LABELS,
        line_labels=RECEIPT_LABELS,
        provided_labels=PROVIDED_LABELS,
        **more,
    )
