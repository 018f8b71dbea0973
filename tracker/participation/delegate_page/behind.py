"""What stands behind the door: each view below a personal link gets the journey of whoever opened the page here."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import sqlalchemy as sa
from flask import redirect, request, url_for

from tracker.database.writers import unless_busy
from tracker.extensions import db
from tracker.participation.delegate_page import cookies, kept, policies, queries, services
from tracker.participation.delegate_page.doorway import door
from tracker.participation.delegate_page.forms import DoorForm
from tracker.participation.delegate_page.lifecycle import LinkKind
from tracker.participation.delegate_page.models import DelegateLink
from tracker.participation.papers import contents
from tracker.participation.papers.contents import HandedBy
from tracker.participation.seats.models import Seat


@dataclass(frozen=True, slots=True)
class Here:
    """Whoever opened the page in this browser: by which link, of which seat, and as whom they hand something in."""

    token: str
    link_id: int
    delegate_id: int
    seat_id: uuid.UUID
    by: HandedBy


def who_is_here(token: str) -> Here | None:
    """Whoever opened the page of this link in this browser; None in front of the door. Raises NotFound for a link that
    leads nowhere."""
    link = queries.link_behind(token)
    opening = cookies.opening_here(link)
    if opening is None:
        return None
    here, opening_id = _of(token, link), opening.id
    unless_busy(lambda: services.press(opening_id))
    return here


def behind_the_door(view: Callable[..., Any]) -> Callable[..., Any]:
    """Give a view below a personal link its `Here` in place of the token, where the person may (`policies`). In front
    of the door they are led to it; what they typed waits there, and is sent after the code."""

    @wraps(view)
    def guarded(token: str, **rest: Any) -> Any:
        here = who_is_here(token)
        if here is not None:
            policies.must_be_allowed(here.by.who, str(request.endpoint))
            return view(here, **rest)
        if request.method == "POST":
            waits = kept.of_this_press()
            return door(token, queries.link_behind(token), DoorForm(formdata=None), waits, lost=waits is None), 401
        return redirect(url_for("participation.delegate_page", token=token))

    return guarded


def _of(token: str, link: DelegateLink) -> Here:
    seat_id = db.session.scalars(sa.select(Seat.public_id).where(Seat.id == link.seat_id)).one()
    by = contents.helper if link.kind == LinkKind.HELPER else contents.delegate
    return Here(token, link.id, link.delegate_id, seat_id, by(link.delegate_id))
