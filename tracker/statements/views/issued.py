"""Issued statements of a pledge, and issuing the next one."""

import uuid
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.calendar.now import today
from tracker.events import on_record
from tracker.files.sending import send_made
from tracker.languages.formatting import format_day
from tracker.notifications import queries as notifications
from tracker.pledges import queries as pledges
from tracker.pledges.blueprint import SEES_PLEDGES
from tracker.pledges.models import Pledge
from tracker.pledges.rule_facts import rule_facts_of
from tracker.reporting.files import notice, sent, wanted
from tracker.statements import queries
from tracker.statements.blueprint import bp
from tracker.statements.describing import document, not_the_paper
from tracker.statements.figures import hash_of
from tracker.statements.forms import IssueForm
from tracker.statements.policies import RULES, StatementAction
from tracker.statements.queries import Next
from tracker.statements.services import issue as issue_statement
from tracker.statements.telling import may_read_paper, told_as_issued
from tracker.statements.told import reference_of
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import confirmed


@bp.get("/pledges/<uuid:public_id>/statements/<int:statement_number>")
@access(*SEES_PLEDGES)
def issued(public_id: uuid.UUID, statement_number: int) -> Any:
    """A statement as it was issued: the kept paper, and the steps that it carries."""
    actor, form = current_actor(), wanted()
    pledge = on_record(lambda: pledges.get_visible(public_id, actor), actor=actor)
    statement = queries.get_issued(pledge, statement_number)
    name, kept = f"{pledge.reference}-S{statement.number}", may_read_paper(actor, pledge)
    if form == "pdf" and kept:
        return send_made(queries.pdf_of(statement), "pdf", f"{name}.pdf")
    told = told_as_issued(actor, pledge, statement)
    if form == "pdf":
        return sent(form, not_the_paper(document(told, notice=notice(), whole=True)), f"{name}-for-the-reader")
    if form:
        return sent(form, document(told, notice=notice(), whole=True), name)
    return render_template(
        "statements/issued.html",
        pledge=pledge,
        told=told,
        kept=kept,
        statement=statement,
        holds=hash_of(told.figures.lines) == statement.hash,
        later=pledge.acts_posted - statement.until,
        before=_address_before(pledge, statement.number),
    )


def _address_before(pledge: Pledge, number: int) -> str:
    """Where the statement is with whose closing this one opens."""
    if number == 1:
        return ""
    return url_for("statements.issued", public_id=pledge.public_id, statement_number=number - 1)


@bp.route("/pledges/<uuid:public_id>/statements/new", methods=["GET", "POST"])
@access("finance_officer")
def issue(public_id: uuid.UUID) -> Any:
    """Finance issues the next statement of a pledge, and its donor is told."""
    pledge = pledges.get_visible(public_id, current_actor())
    following = queries.next_of(pledge)
    form = IssueForm(number=following.number)
    return confirmed(
        form,
        lambda **by: issue_statement(
            public_id, number=form.seen, last_on=form.last_on.data, note=form.note.data or "", **by
        ),
        allow=lambda: allow(RULES, StatementAction.ISSUE, rule_facts_of(pledge)),
        page=lambda: _page(pledge, following, form),
        done=_("Issued. The donor is told."),
        lead=lambda number: url_for("statements.issued", public_id=public_id, statement_number=number),
    )


def _page(pledge: Pledge, following: Next, form: IssueForm) -> str:
    reference = reference_of(pledge.reference, following.number)
    first = format_day(following.first)
    return render_template(
        "statements/issue.html",
        pledge=pledge,
        form=form,
        reference=reference,
        too_early=following.first >= today(),
        will=[
            (_("%(reference)s begins on %(day)s.", reference=reference, day=first), True),
            (_("It carries every step from there to the last day, also what concerns earlier periods."), True),
            (
                _("Its paper and the hash of its steps are kept. It is never taken back: the next one corrects it."),
                True,
            ),
        ],
        told=notifications.audience_in_words("statements.issued", pledge, current_actor()),
    )
