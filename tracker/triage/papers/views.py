"""Removing the content of a paper outside requests that should never have been filed: one of its keepers proposes it,
another confirms it."""

import uuid
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from tracker.assistance.erasures import ENDED
from tracker.assistance.lifecycle import ERASURE_GROUNDS
from tracker.errors import Conflict
from tracker.notifications.queries import audience_in_words
from tracker.triage.blueprint import bp
from tracker.triage.forms import ErasureForm, WaitingErasureForm
from tracker.triage.papers import services
from tracker.triage.papers.kinds import KEEPERS, KINDS
from tracker.triage.papers.policies import RULES, Action
from tracker.triage.papers.queries import Paper, get_paper
from tracker.web.access import access, allow, current_actor, sent_before
from tracker.web.confirmation import confirmed
from tracker.web.forms import KeyedForm, read_version


@dataclass(frozen=True, slots=True)
class Asking:
    """What a page says that asks once more; `event` decides who will be told, nobody without one."""

    title: Any
    submit: Any
    will: list[tuple[Any, bool]]
    event: str = ""
    risk: bool = False


@bp.route("/papers/<uuid:public_id>/erase", methods=["GET", "POST"])
@access(*KEEPERS)
def propose_removal(public_id: uuid.UUID) -> Any:
    """Propose that the content of a paper goes."""
    paper, form = get_paper(public_id, current_actor()), ErasureForm()
    asking = Asking(
        _("Remove the content of this document?"),
        _("Propose the removal"),
        [
            (_("Nothing is removed yet: another person of the office has to confirm it."), True),
            (_("Name and hash of the document stay, and your reason, on every page that names it."), True),
        ],
        "erasure_proposed",
    )
    return confirmed(
        form,
        lambda **by: services.propose_removal(public_id, ground=form.ground.data, reason=form.reason.data, **by),
        allow=lambda: allow(RULES, Action.PROPOSE, paper.facts),
        page=lambda: _page(paper, form, asking),
        done=_("Proposed. Another person of the office confirms it."),
        lead=lambda _outcome: _page_of(paper),
    )


@bp.route("/papers/<uuid:public_id>/erasure", methods=["GET", "POST"])
@access(*KEEPERS)
def confirm_removal(public_id: uuid.UUID) -> Any:
    """Confirm what a colleague proposed: the content goes for good."""
    asking = Asking(
        _("Confirm the removal of this document's content?"),
        _("Remove the content for good"),
        [
            (_("The content is removed for good; nobody can read it here any more."), False),
            (_("Name and hash of the document stay, and the reason, on every page that names it."), True),
            (_("Backups made before keep it until they expire."), False),
        ],
        "erased",
        risk=True,
    )
    return _answered(public_id, Action.CONFIRM, services.confirm_removal, asking, _("The content was removed."))


@bp.route("/papers/<uuid:public_id>/erasure/drop", methods=["GET", "POST"])
@access(*KEEPERS)
def drop_removal(public_id: uuid.UUID) -> Any:
    """Take the proposal back."""
    asking = Asking(
        _("Drop the proposed removal?"),
        _("Drop it"),
        [(_("The document stays as it is, and can be read as before."), True)],
    )
    done = _("Dropped. The document stays as it is.")
    return _answered(public_id, Action.DROP, services.drop_removal, asking, done)


def _answered(public_id: uuid.UUID, action: Action, act: Any, asking: Asking, done: Any) -> Any:
    """Ask about the removal that waits; what is sent names the one that was read. Raises Conflict when none waits."""
    paper, form = get_paper(public_id, current_actor()), WaitingErasureForm()
    if paper.erasure is None and not sent_before():
        raise Conflict(ENDED)
    if request.method == "GET" and paper.erasure is not None:
        form.erasure.data = str(paper.erasure.id)
    return confirmed(
        form,
        lambda **by: act(public_id, erasure=read_version(form.erasure.data), **by),
        allow=lambda: allow(RULES, action, paper.facts),
        page=lambda: _page(paper, form, asking),
        done=done,
        lead=lambda _outcome: _page_of(paper),
    )


def _page_of(paper: Paper) -> str:
    endpoint, values = paper.page
    return url_for(endpoint, **values)


def _page(paper: Paper, form: KeyedForm, asking: Asking) -> str:
    kind = KINDS[paper.file.subject_type or ""]
    event = f"{kind.event}_{asking.event}"
    return render_template(
        "triage/papers/removal.html",
        paper=paper,
        form=form,
        asking=asking,
        stays=_(kind.stays) if kind.stays else "",
        back=_page_of(paper),
        ground=_(ERASURE_GROUNDS[paper.erasure.ground]) if paper.erasure is not None else "",
        told=audience_in_words(event, paper.owner, current_actor()) if asking.event else None,
    )
