"""Paying what was ticked in the worklist: each row is a payment of its own, done whole or refused with its sentence."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.desks.blueprint import bp
from tracker.desks.forms import MOST, PayForm, PaymentRow
from tracker.desks.queries import paying, worklist
from tracker.errors import DomainError
from tracker.pledges import queries as pledges
from tracker.pledges import services
from tracker.web.access import access, current_actor


@bp.route("/finance/worklist/pay", methods=["GET", "POST"])
@access("finance_officer")
def pay_ticked() -> Any:
    """Record the payments that were ticked; what is refused stays on the page with its sentence."""
    _planned, held = pledges.waiting(current_actor(), limit=worklist.MOST)
    known = {one.name: one for one in paying.to_pay(held)}
    chosen = [known[name] for name in request.args.getlist("p")[:MOST] if name in known]
    form = PayForm(data={"rows": [_as_typed(one) for one in chosen]} if request.method == "GET" else None)
    if form.validate_on_submit():
        payments = form.payments()
        done, refused = _pay(form, payments)
        if done:
            flash(ngettext("%(num)d payment was recorded.", "%(num)d payments were recorded.", done), "ok")
        if payments and not refused:
            return redirect(url_for(".finance_worklist", task=worklist.Task.PAY))
        recorded = {row.name for row, _payment in payments} - refused
        form.rows.entries = [entry for entry in form.rows.entries if entry.form.name not in recorded]
        form.form_errors.append(_said(len(payments), done))
    _as_they_stand(form, known)
    total = sum(known[entry.form.name].amount_minor for entry in form.rows.entries if entry.form.name in known)
    page = render_template("desks/pay_ticked.html", form=form, known=known, total=total)
    return page, 422 if form.errors else 200


def _said(filled: int, done: int) -> str:
    if not filled:
        return _("Enter the reference of at least one payment.")
    return _("These were not recorded. The others were.") if done else _("Nothing was recorded.")


def _as_they_stand(form: PayForm, known: dict[str, paying.ToPay]) -> None:
    """The amount that the page shows is the one that the next press pays."""
    for entry in form.rows.entries:
        if entry.form.name in known:
            entry.form.amount.data = str(known[entry.form.name].amount_minor)


def _as_typed(one: paying.ToPay) -> dict[str, Any]:
    payee = {"": "supplier", "fare": "travel_agent", "insurance": "supplier"}.get(one.kind, "delegate")
    facts = {"allocation": str(one.allocation), "line": str(one.line_id), "part": one.part}
    return {**facts, "amount": str(one.amount_minor), "payee_kind": payee}


def _pay(form: PayForm, payments: list[tuple[PaymentRow, services.Payment]]) -> tuple[int, set[str]]:
    """How many were recorded, and the rows that were refused, each with its sentence at a field."""
    refused: set[str] = set()
    for row, payment in payments:
        key = str(uuid.uuid5(uuid.UUID(form.key.data), row.name))
        try:
            services.disburse(row.public_id, actor=current_actor(), key=key, payment=payment)
        except DomainError as problem:
            refused.add(row.name)
            said = getattr(problem, "fields", {}) or {"": problem.message or _("This cannot be paid any more.")}
            for name, message in said.items():
                at = getattr(row, name, None) if name in ("external_reference", "payee_kind") else None
                field = at if at is not None else row.external_reference
                field.errors = [*field.errors, message]
    return len(payments) - len(refused), refused
