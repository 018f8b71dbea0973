"""The steps of the request form: saved by a button or by themselves, never lost, never saved over somebody else."""

import uuid
from typing import Any

from flask import flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _

from tracker.assistance import queries
from tracker.assistance.blueprint import bp
from tracker.assistance.drafting import services
from tracker.assistance.fields import steps, table
from tracker.assistance.fields.parts import PARTS
from tracker.assistance.fields.value_words import value_words
from tracker.assistance.lifecycle import Action
from tracker.assistance.page.form_frame import draft_page, next_address
from tracker.assistance.policies import RULES
from tracker.assistance.rule_facts import rule_facts_of
from tracker.calendar.now import now
from tracker.errors import KeyReused, NotFound, Stale
from tracker.languages.formatting import format_moment
from tracker.rights.actor import REQUEST_WRITERS
from tracker.rights.rules import authorize
from tracker.web import rows
from tracker.web.access import access, current_actor


@bp.route("/<uuid:public_id>/steps/<slug>", methods=["GET", "POST"])
@access(*REQUEST_WRITERS)
def step(public_id: uuid.UUID, slug: str) -> Any:
    """One step of a draft."""
    found, here = _load_draft(public_id, slug)
    if request.method == "GET":
        return _page(found, here, steps.filled(here, found))
    formdata = rows.without_removed(request.form)
    form = steps.received(here, found, formdata)
    saved = steps.read(here, form)
    try:
        if rows.changes_rows(request.form):
            services.autosave(public_id, **_what(found, here, form, saved, formdata))
        else:
            _save_once(public_id, form.key.data, _what(found, here, form, saved, formdata))
    except Stale:
        return _stale(public_id, here, form)
    if rows.changes_rows(request.form):
        rows.add_row(form, formdata)
        return _page(_renewed(found, here, form), here, form)
    if saved.failed and request.form.get("then") != "leave":
        return _page(_renewed(found, here, form), here, form), 422
    return _go_on(found, here, saved)


def _save_once(public_id: uuid.UUID, key: str, what: dict[str, Any]) -> None:
    """Save under the form's key; a page that was left, came back by the browser's button and says something else
    by now is another act."""
    try:
        services.edit(public_id, key=key, **what)
    except KeyReused:
        services.edit(public_id, **what)


def _load_draft(public_id: uuid.UUID, slug: str) -> tuple[Any, steps.Step]:
    actor = current_actor()
    found = queries.load_whole(public_id, actor)
    here = next((s for s in steps.steps_of(found.kind) if s.slug == slug and not s.endpoint), None)
    if here is None:
        raise NotFound
    authorize(RULES, Action.EDIT, actor, rule_facts_of(found.id))
    return found, here


def _what(found: Any, here: steps.Step, form: Any, saved: steps.Saved, formdata: Any) -> dict[str, Any]:
    """What the services are told to save."""
    return {
        "actor": current_actor(),
        "version": steps.version_seen(here, form, found),
        "step": here.slug,
        "values": saved.values,
        "columns": saved.columns,
        "unread": steps.typed(formdata) if saved.failed else None,
        "page": form.key.data,
    }


def _page(found: Any, here: steps.Step, form: Any, **values: Any) -> str:
    template = here.template or f"assistance/drafting/steps/{here.slug}.html"
    rate = queries.rate_used(found) if "budget" in here.parts else None
    return draft_page(template, found, here.slug, form=form, rate=rate, **values)


def _renewed(found: Any, here: steps.Step, form: Any) -> Any:
    """The page is shown again after it was saved: sending it once more is another act on what stands there now."""
    present = queries.load_whole(found.public_id, current_actor())
    form.key.data, form.version.data = str(uuid.uuid4()), steps.token(here, present)
    return present


def _go_on(found: Any, here: steps.Step, saved: steps.Saved) -> Any:
    if request.form.get("then") != "leave":
        return redirect(next_address(found, here.slug))
    time = format_moment(now())
    if saved.failed:
        flash(_("Draft saved, %(time)s. Some answers need a correction later.", time=time), "warning")
    else:
        flash(_("Draft saved, %(time)s. You can go on with it on another device.", time=time))
    return redirect(url_for(".show", public_id=found.public_id))


def _stale(public_id: uuid.UUID, here: steps.Step, form: Any) -> Any:
    """Show what stands there now beside what was typed; sending again saves the typed text over it."""
    present = queries.load_whole(public_id, current_actor())
    theirs = steps.filled(here, present)
    form.key.data, form.version.data = str(uuid.uuid4()), steps.token(here, present)
    typed = steps.read(here, form)
    mine = {**typed.values, **typed.columns}
    differences = [
        (_(table.label(name)), value_words(name, mine.get(name)), value_words(name, steps.present(present, name)))
        for name in here.parts
        if any(form[i].data != theirs[i].data for i in PARTS[name].names)
    ]
    return _page(present, here, form, stale=True, differences=differences), 409


@bp.post("/<uuid:public_id>/autosave/<slug>")
@access(*REQUEST_WRITERS)
def autosave(public_id: uuid.UUID, slug: str) -> Any:
    """Save a step while it is typed; answers with the version, the time, and what could not be read."""
    found, here = _load_draft(public_id, slug)
    formdata = rows.without_removed(request.form)
    form = steps.received(here, found, formdata)
    saved = steps.read(here, form)
    services.autosave(public_id, **_what(found, here, form, saved, formdata))
    version = steps.token(here, queries.load_whole(public_id, current_actor()))
    done = {*saved.values, *saved.columns}
    not_saved = [name for name in here.parts if name not in done]
    return jsonify(version=version, saved_at=now().isoformat(timespec="seconds"), not_saved=not_saved)
