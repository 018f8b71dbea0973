"""The systems whose files are read, and how."""

import uuid
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.reconciling import queries, services
from tracker.reconciling.blueprint import bp
from tracker.reconciling.forms import SourceForm
from tracker.reconciling.policies import RECONCILERS, RULES, ReconcilingAction
from tracker.web.access import access, allow
from tracker.web.confirmation import confirmed


@bp.route("/sources", methods=["GET", "POST"])
@access(*RECONCILERS)
def add_source() -> Any:
    """Every system, and one more."""
    return _page(None, SourceForm())


@bp.route("/sources/<uuid:public_id>", methods=["GET", "POST"])
@access(*RECONCILERS)
def change_source(public_id: uuid.UUID) -> Any:
    """How the files of one system are read from now on."""
    found = queries.get_source(public_id)
    said = {"name": found.name, "sign": found.sign, "only_currency": found.currency or "", **found.columns}
    return _page(public_id, SourceForm(data={**said, "version": str(found.version)}))


def _page(public_id: uuid.UUID | None, form: SourceForm) -> Any:
    version = None if public_id is None else form.version_number
    return confirmed(
        form,
        lambda **by: services.save_source(public_id, version=version, said=form.said(), **by),
        allow=lambda: allow(RULES, ReconcilingAction.SAVE_SOURCE, None),
        page=lambda: render_template(
            "reconciling/sources.html", form=form, sources=queries.sources(), changed=public_id
        ),
        done=_("Saved. Files of this system are read in this way from now on."),
        lead=lambda _source: url_for(".index"),
    )
