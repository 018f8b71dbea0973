"""The bell, the list, the preferences, the demonstration's mailbox, and the office's page of deliveries."""

import uuid
from typing import Any

from flask import Flask, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.routing import BuildError

from tracker.database.seen import version_of
from tracker.database.writers import unless_busy
from tracker.errors import NotFound
from tracker.notifications import inbox, mailer, policies, queries, services, spool
from tracker.notifications.blueprint import bp
from tracker.notifications.catalogue import KINDS
from tracker.notifications.forms import PreferencesForm
from tracker.notifications.lifecycle import STATUS_LABELS, Cadence
from tracker.rights.rules import can
from tracker.web.access import access, current_actor
from tracker.web.application import settings
from tracker.web.forms import KeyedForm
from tracker.web.reading import read_row


@bp.get("/notifications")
@access("signed_in")
def index() -> Any:
    """What the person was told, newest first."""
    before = read_row(request.args.get("before"))
    return render_template("notifications/index.html", page=inbox.page(current_actor(), before=before), before=before)


@bp.get("/notifications/count")
@access("signed_in")
def count() -> Any:
    """The bell's figure, for polling."""
    return jsonify(unread=inbox.unread_count(current_actor()))


@bp.get("/notifications/<uuid:public_id>")
@access("signed_in")
def open_entry(public_id: uuid.UUID) -> Any:
    """Mark one notification as read and go to what it is about."""
    entry = inbox.one(current_actor(), public_id)
    if entry is None:
        raise NotFound
    unless_busy(lambda: services.mark_read(public_id, actor=current_actor()))
    try:
        return redirect(url_for(entry.view.endpoint, **entry.view.values))
    except BuildError:
        return redirect(url_for(".index"))


@bp.post("/notifications/read")
@access("signed_in")
def read_all() -> Any:
    """Mark what the page showed, and everything older, as read."""
    number = services.mark_all_read(
        key=KeyedForm().key.data, actor=current_actor(), up_to=read_row(request.form.get("up_to"))
    )
    flash(ngettext("%(num)d notification marked as read.", "%(num)d notifications marked as read.", number))
    return redirect(url_for(".index"))


@bp.route("/notifications/preferences", methods=["GET", "POST"])
@access("signed_in")
def preferences() -> Any:
    """How often the person wants mail about each kind of event."""
    chosen = queries.preferences_of(current_actor())
    asked = {kind: chosen.get(kind, Cadence.AT_ONCE) for kind in KINDS}
    form = PreferencesForm(data={**asked, "version": version_of(chosen)})
    if not form.validate_on_submit():
        return render_template("notifications/preferences.html", form=form), 422 if form.is_submitted() else 200
    services.set_preferences(form.cadences(), key=form.key.data, actor=current_actor(), version=form.version_number)
    flash(_("Preferences saved."))
    return redirect(url_for(".preferences"))


@bp.get("/triage/deliveries")
@access("staff")
def deliveries() -> Any:
    """Deliveries that failed or are uncertain, and how sending goes."""
    before = read_row(request.args.get("before"))
    lines, further = queries.failed_deliveries(current_actor(), before=before)
    return render_template(
        "notifications/deliveries.html",
        lines=lines,
        further=further,
        before=before,
        figures=queries.figures(),
        labels=STATUS_LABELS,
        may_send_again=can(policies.RULES, "send_again", current_actor(), None) is None,
    )


@bp.post("/triage/deliveries/<uuid:public_id>/again")
@access("staff")
def send_again(public_id: uuid.UUID) -> Any:
    """Have one delivery tried again."""
    services.send_again(public_id, key=KeyedForm().key.data, actor=current_actor())
    flash(_("The message will be sent again."))
    return redirect(url_for(".deliveries"))


@access("public")
def mailbox() -> Any:
    """The outbox of the demonstration, by recipient."""
    folder, to = mailer.outbox(settings()), request.args.get("to", "")
    everybody = sorted({letter.to for letter in spool.letters(folder)})
    recipients = [(address, address) for address in everybody]
    return render_template(
        "notifications/mailbox.html",
        letters=spool.letters(folder, to),
        recipients=recipients,
        to=to,
        cut=spool.is_cut(folder),
        most=spool.NEWEST,
    )


@access("public")
def letter(name: str) -> Any:
    """One letter of the outbox."""
    return render_template("notifications/letter.html", letter=spool.letter(mailer.outbox(settings()), name))


def register(app: Flask) -> None:
    """Bind the pages; the mailbox exists in a demonstration only."""
    app.register_blueprint(bp)
    if settings_of(app).is_demo:
        app.add_url_rule("/demo/mailbox", "notifications.mailbox", mailbox)
        app.add_url_rule("/demo/mailbox/<name>", "notifications.letter", letter)


def settings_of(app: Flask) -> Any:
    """The settings while the application is still being made."""
    return app.extensions["tracker_settings"]
