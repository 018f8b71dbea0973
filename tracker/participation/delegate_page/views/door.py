"""The door of a delegate's page, and the page behind it."""

from typing import Any

from flask import flash, make_response, redirect, render_template, url_for

from tracker.errors import Conflict
from tracker.languages.marking import lazy
from tracker.participation.blueprint import bp
from tracker.participation.delegate_page import cards, cookies, kept, presenting, queries, services
from tracker.participation.delegate_page.behind import who_is_here
from tracker.participation.delegate_page.doorway import door
from tracker.participation.delegate_page.forms import DoorForm
from tracker.participation.disclosing.lifecycle import RECIPIENT_LABELS
from tracker.participation.disclosing.presenting import choices
from tracker.participation.papers.lifecycle import OPENED_LABELS, By
from tracker.rights.actor import Actor
from tracker.web.access import access
from tracker.web.forms import KeyedForm
from tracker.web.kept_forms import Kept


@bp.get(f"{queries.PATH}<token>")
@access("public")
def delegate_page(token: str) -> Any:
    """The journey of whoever opened this page with a code; else the door."""
    here = who_is_here(token)
    link = queries.link_behind(token)
    if here is None:
        return door(token, link, DoorForm(formdata=None))
    found, session = queries.journey_of(link)
    drawn, things = cards.drawn(here, found)
    return render_template(
        "participation/delegate_page/page.html",
        page=presenting.page_of(link, found, session, things),
        cards=drawn,
        helping=here.by.who is By.HELPER,
        token=token,
        paper_labels=OPENED_LABELS,
        recipients=RECIPIENT_LABELS,
        field_labels=dict(choices()),
    )


@bp.post(f"{queries.PATH}<token>/door")
@access("public")
def show_door(token: str) -> Any:
    """The door in another language, with what was typed and waits there."""
    return door(token, queries.link_behind(token), DoorForm(formdata=None), _waits(token))


@bp.post(f"{queries.PATH}<token>/code")
@access("public")
def ask_page_code(token: str) -> Any:
    """Send a code to the delegate's mailbox."""
    queries.link_behind(token)
    try:
        services.ask_code(token, key=KeyedForm().key.data, actor=Actor.anonymous)
    except Conflict as refused:
        form = DoorForm(formdata=None)
        form.form_errors.append(refused.message)
        return door(token, queries.link_behind(token), form, _waits(token)), 409
    flash(lazy("A code is on its way to your mailbox. It works for 15 minutes."), "ok")
    waits = _waits(token)
    if waits is not None:
        return door(token, queries.link_behind(token), DoorForm(formdata=None), waits)
    return redirect(url_for(".delegate_page", token=token))


@bp.post(f"{queries.PATH}<token>/open")
@access("public")
def open_page(token: str) -> Any:
    """Open the page in this browser with the code."""
    link = queries.link_behind(token)
    form = DoorForm()
    if not form.validate():
        return door(token, link, form, _waits(token)), 422
    opened = services.open_page(token, typed=form.page_code.data)
    if opened is None and cookies.opening_here(queries.link_behind(token)):
        # Pressed twice on a slow line: the first press used the code and opened the page in this browser.
        return _opened(token)
    if opened is None:
        form.add_errors(
            {"page_code": lazy("This code does not open the page. Ask for another one, and type the last.")}
        )
        return door(token, queries.link_behind(token), form, _waits(token)), 422
    return cookies.keep(_opened(token), token, opened)


@bp.post(f"{queries.PATH}<token>/close")
@access("public")
def close_page(token: str) -> Any:
    """Close the page in this browser."""
    opening = cookies.opening_here(queries.link_behind(token))
    if opening is not None:
        services.close_page(opening.id)
    flash(lazy("The page is closed. Opening it again needs a new code."), "ok")
    return cookies.forget(redirect(url_for(".delegate_page", token=token)), token)


def _waits(token: str) -> Kept | None:
    return kept.of_door(url_for(".delegate_page", token=token))


def _opened(token: str) -> Any:
    """Where the code leads: to the page, or first to what was typed into it when it had ended, or to
    the page on which that is read again."""
    page = url_for(".delegate_page", token=token)
    waits = kept.of_door(page)
    if waits is None:
        return redirect(page)
    if not waits.fields:
        return redirect(waits.address)
    return make_response(render_template("participation/delegate_page/typed.html", waits=waits, token=token))
