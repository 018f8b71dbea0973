"""The programme manager's pages: versions of the conditions, a new one, and changing one that does not hold yet."""

import uuid
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.calendar.now import today
from tracker.participation.blueprint import bp
from tracker.participation.conditions import queries, services
from tracker.participation.conditions.forms import WordingForm
from tracker.participation.conditions.lifecycle import in_force
from tracker.participation.conditions.policies import RULES, ConditionsAction
from tracker.rights.rules import can
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import confirmed


@bp.get("/conditions")
@access("staff")
def conditions() -> Any:
    """Every version with its texts, the latest first."""
    versions, actor = queries.all_versions(), current_actor()
    may_change = {one.id for one in versions if can(RULES, ConditionsAction.CHANGE, actor, one.facts) is None}
    return render_template(
        "participation/conditions/versions.html",
        versions=versions,
        holds=in_force(versions, today()),
        today=today(),
        may_write=can(RULES, ConditionsAction.WRITE, actor, None) is None,
        may_change=may_change,
    )


@bp.route("/conditions/new", methods=["GET", "POST"])
@access("programme_manager")
def write_conditions() -> Any:
    """A new version, which begins with the words of the last."""
    last = next(iter(queries.all_versions()), None)
    form = WordingForm(**_said(last))
    return _written(
        form, _("Write a new version"), lambda **by: services.write_conditions(wording=form.wording(), **by)
    )


@bp.route("/conditions/<uuid:public_id>/change", methods=["GET", "POST"])
@access("programme_manager")
def change_conditions(public_id: uuid.UUID) -> Any:
    """A version that does not hold yet."""
    found = queries.get(public_id)
    allow(RULES, ConditionsAction.CHANGE, found.facts)
    form = WordingForm(version=str(found.version), holds_from=found.holds_from, **_said(found))
    return _written(
        form,
        _("Change this version"),
        lambda **by: services.change_conditions(public_id, version=form.version_number, wording=form.wording(), **by),
    )


def _said(found: queries.Conditions | None) -> dict[str, Any]:
    return {f"text_{text.language}": text.body for text in found.texts.values()} if found else {}


def _written(form: WordingForm, title: str, carry_out: Any) -> Any:
    return confirmed(
        form,
        carry_out,
        page=lambda: render_template("participation/conditions/write.html", form=form, title=title),
        done=_("Saved. Who has accepted an earlier version is not asked again."),
        lead=lambda _public_id: url_for(".conditions"),
    )
