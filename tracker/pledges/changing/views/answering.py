"""The page of a change of a promise, and those on which both sides answer it."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.errors import NotFound
from tracker.events import opened
from tracker.files import queries as files
from tracker.files import sending
from tracker.notifications.queries import audience_in_words
from tracker.pledges import queries
from tracker.pledges.actions import Action
from tracker.pledges.blueprint import SEES_PLEDGES, pledges_bp
from tracker.pledges.changing.forms import AmendmentForm, LetterForm
from tracker.pledges.changing.showing import what_changes
from tracker.pledges.forms import ConfirmForm, ReasonForm
from tracker.pledges.models import Pledge
from tracker.pledges.proposed_acts import kinds, services
from tracker.pledges.proposed_acts import policies as acts
from tracker.pledges.proposed_acts import queries as proposed_acts
from tracker.pledges.proposed_acts.lifecycle import STATUS_LABELS, Side, Step
from tracker.pledges.proposed_acts.queries import Listed
from tracker.pledges.proposed_acts.views import obstacle
from tracker.pledges.views.confirmation import AT_FORM, BESIDE, Confirmation, Will
from tracker.rights.rules import can
from tracker.web import confirmation as web_confirmation
from tracker.web.access import access, allow, current_actor
from tracker.web.forms import KeyedForm

PROPOSERS = ("donor_officer", "programme_manager")
SPEAKERS = ("donor_signatory", "programme_manager")


@pledges_bp.get("/changes/<uuid:act_id>")
@access(*SEES_PLEDGES)
def change(act_id: uuid.UUID) -> Any:
    """One change: what it does, why, who has said yes and for whom it waits."""
    actor = current_actor()
    found, pledge = _found(act_id)
    if opened(found.act, actor=actor, part_of=(Pledge, pledge.id)):
        found, pledge = _found(act_id)
    facts = acts.facts_of(found)
    waits = found.act.status == "waiting"
    return render_template(
        "pledges/change.html",
        found=found,
        pledge=pledge,
        shown=what_changes(found.act, pledge, actor),
        does=[(sentence, True) for sentence in kinds.named(found.act.kind).does],
        may={step for step in Step if can(acts.RULES, step, actor, facts) is None},
        obstacle=obstacle(found) if waits else "",
        ACT_STATUS=STATUS_LABELS,
        Side=Side,
    )


def _found(act_id: uuid.UUID) -> tuple[Listed, Pledge]:
    """A change of a promise with its pledge. Raises NotFound, also for an act of another kind."""
    found = proposed_acts.get(act_id, current_actor())
    if not kinds.named(found.act.kind).of_both or found.act.pledge_id is None:
        raise NotFound
    return found, queries.get_visible_by_id(found.act.pledge_id, current_actor())


@pledges_bp.route("/changes/<uuid:act_id>/agree", methods=["GET", "POST"])
@access(*SPEAKERS)
def agree_to_change(act_id: uuid.UUID) -> Any:
    """Say yes for one's side: the office with the amendment."""
    found, pledge = _found(act_id)
    office = acts.side_of(current_actor()) is Side.OFFICE
    form: Any = AmendmentForm(version=found.act.version) if office else ConfirmForm(version=found.act.version)
    title = _("Say yes for UNODC?") if office else _("Say yes for your organisation?")
    page = _answer_page(found, pledge, title, _("Say yes"), _after_a_yes(found), last=bool(found.yeses))

    def carry_out(**by: Any) -> None:
        services.agree(act_id, version=form.version_number, amendment=form.paper() if office else None, **by)

    return _answered(found, page, Step.AGREE, form, carry_out)


@pledges_bp.route("/changes/<uuid:act_id>/letter", methods=["GET", "POST"])
@access("programme_manager")
def letter_of_change(act_id: uuid.UUID) -> Any:
    """File the dated letter by which the donor says yes on paper."""
    found, pledge = _found(act_id)
    form = LetterForm(version=found.act.version)
    will: Will = [
        (_("The letter counts as the yes of the donor; its people read it here."), True),
        (_("Another programme manager says yes for UNODC."), True),
    ]
    title = _("File the donor’s letter")
    page = _answer_page(found, pledge, title, _("File the letter"), will, last=bool(found.yeses))

    def carry_out(**by: Any) -> None:
        services.file_letter(act_id, version=form.version_number, letter=form.paper(), **by)

    return _answered(found, page, Step.FILE_LETTER, form, carry_out)


@pledges_bp.route("/changes/<uuid:act_id>/refuse", methods=["GET", "POST"])
@access(*SPEAKERS)
def refuse_change(act_id: uuid.UUID) -> Any:
    """One side says no, and why."""
    found, pledge = _found(act_id)
    form = ReasonForm(version=found.act.version)
    will: Will = [(_("The pledge stays as it is."), True), (_("The donor and UNODC read your reason."), True)]
    page = _answer_page(found, pledge, _("Refuse this change?"), _("Refuse"), will, event="refused", risk=True)

    def carry_out(**by: Any) -> None:
        services.refuse_act(act_id, version=form.version_number, reason=form.reason.data or "", **by)

    return _answered(found, page, Step.REFUSE, form, carry_out)


@pledges_bp.route("/changes/<uuid:act_id>/take-back", methods=["GET", "POST"])
@access(*PROPOSERS, "donor_signatory")
def take_back_change(act_id: uuid.UUID) -> Any:
    """Whoever proposed it takes it back, or somebody in the stead of who is gone."""
    found, pledge = _found(act_id)
    form = ConfirmForm(version=found.act.version)
    will: Will = [(_("The pledge stays as it is."), True)]
    page = _answer_page(found, pledge, _("Take this proposal back?"), _("Take it back"), will, event="taken_back")
    return _answered(
        found,
        page,
        Step.TAKE_BACK,
        form,
        lambda **by: services.take_back(act_id, version=form.version_number, **by),
    )


@pledges_bp.get("/changes/<uuid:act_id>/papers/<side>")
@access(*SEES_PLEDGES)
def paper_of_change(act_id: uuid.UUID, side: str) -> Any:
    """The amendment (of the office's yes), or the donor's letter."""
    found, pledge = _found(act_id)
    paper = next((yes.paper for yes in found.yeses if yes.side == side), None)
    stored = next((one for one in files.files_of(pledge) if paper is not None and one.id == paper.file_id), None)
    if stored is None:
        raise NotFound(_("There is no such file."))
    opened(stored, actor=current_actor(), part_of=(Pledge, pledge.id))
    return sending.send(stored)


def _after_a_yes(found: Listed) -> Will:
    """What a yes does: the change, where it is the second."""
    if not found.yeses:
        return [(_("Nothing changes before the other side has said yes, too."), True)]
    return [(str(sentence), True) for sentence in kinds.named(found.act.kind).does]


def _answer_page(
    found: Listed,
    pledge: Pledge,
    title: str,
    submit: str,
    will: Will,
    *,
    event: str = "",
    last: bool = False,
    **how: Any,
) -> Confirmation:
    done = _("Done: the pledge is changed.") if last else _("Your answer is kept. Whom it concerns is told.")
    return Confirmation(
        action=Action(found.act.kind),
        on=pledge,
        pledge=pledge,
        subject=f"{pledge.reference} · {found.sentence}",
        back=url_for("pledges.change", act_id=found.act.public_id),
        title=title,
        submit=submit,
        done=done,
        will=will,
        event=f"pledges.change_{event or ('confirmed' if last else 'agreed')}",
        facts={"proposed_by_id": found.act.proposed_by_id},
        **how,
    )


def _answered(found: Listed, page: Confirmation, step: Step, form: KeyedForm, carry_out: Callable[..., None]) -> Any:
    actor = current_actor()
    told = audience_in_words(page.event, page.pledge, actor, **page.facts)
    shown = what_changes(found.act, page.pledge, actor)
    return web_confirmation.confirmed(
        form,
        carry_out,
        allow=lambda: allow(acts.RULES, step, acts.facts_of(found)),
        page=lambda: render_template("pledges/confirm.html", confirmation=page, form=form, told=told, shown=shown),
        done=page.done,
        lead=lambda _outcome: page.back,
        beside=BESIDE,
        at_form=AT_FORM,
    )
