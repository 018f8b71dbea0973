"""Entries that nobody confirmed yet, with their confirmation; and what one person both approved and paid."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.errors import Conflict, Forbidden, NotFound
from tracker.pledges import services
from tracker.pledges.blueprint import finance_bp
from tracker.pledges.forms import ConfirmForm
from tracker.pledges.queries import checks
from tracker.rights.actor import MONEY_PLANNERS
from tracker.web.access import access, current_actor


@finance_bp.get("/unconfirmed")
@access(*MONEY_PLANNERS, "auditor")
def unconfirmed() -> Any:
    """Receipts, payments and recoveries that nobody confirmed yet."""
    return _page(ConfirmForm(), [])


@finance_bp.post("/unconfirmed")
@access("finance_officer")
def confirm_postings() -> Any:
    """Confirm one entry, or those that are ticked: each for itself, and what is refused is named."""
    form = ConfirmForm()
    chosen = _chosen()
    if not form.validate_on_submit():
        return _page(form, chosen), 422
    if not chosen:
        form.form_errors.append(_("Tick what you found at the bank."))
        return _page(form, chosen), 422
    done, refused = 0, dict[uuid.UUID, str]()
    for act_id in chosen:
        try:
            services.confirm_posting(act_id, actor=current_actor(), key=_key(form, act_id))
            done += 1
        except NotFound:
            refused[act_id] = _("An entry is not there any more.")
        except (Conflict, Forbidden) as why:
            refused[act_id] = str(why.message)
    if done:
        flash(ngettext("%(num)d entry is confirmed.", "%(num)d entries are confirmed.", done))
    if not refused:
        return redirect(url_for("finance.unconfirmed"))
    said = ConfirmForm(formdata=None)
    named = {row.act.public_id: _named(row) for row in checks.unconfirmed(current_actor())}
    said.form_errors.extend(dict.fromkeys(f"{named.get(one, '')} {why}".strip() for one, why in refused.items()))
    return _page(ConfirmForm(formdata=None), list(refused), said), 422


def _named(row: checks.Entry) -> str:
    """Which entry a sentence is about."""
    return _("Step %(number)d of %(pledge)s:", number=row.act.number, pledge=row.pledge)


def _chosen() -> list[uuid.UUID]:
    """The entry whose button was pressed, else the ticked ones."""
    found = []
    for text in request.form.getlist("only") or request.form.getlist("entry")[: checks.PAGE]:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found


def _key(form: ConfirmForm, act_id: uuid.UUID) -> str:
    """Each entry is confirmed once under the one key of the form."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{form.key.data} {act_id}"))


def _page(form: ConfirmForm, chosen: list[uuid.UUID], said: ConfirmForm | None = None) -> str:
    rows = checks.unconfirmed(current_actor())
    return render_template(
        "pledges/unconfirmed.html",
        rows=rows[: checks.PAGE],
        more=len(rows) > checks.PAGE,
        form=form,
        said=said or form,
        chosen=chosen,
        may=current_actor().has("finance_officer"),
    )


@finance_bp.get("/exceptions")
@access("programme_manager", "auditor")
def exceptions() -> Any:
    """Payments that whoever approved the allocation recorded, too."""
    rows = checks.approved_and_paid_by_one(current_actor())
    return render_template("pledges/exceptions.html", rows=rows[: checks.PAGE], more=len(rows) > checks.PAGE)
