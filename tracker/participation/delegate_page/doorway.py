"""The door of a delegate's page, as it is shown to whoever has the link alone."""

from typing import Any

from flask import render_template, request

from tracker.participation.delegate_page import kept, queries
from tracker.participation.delegate_page.forms import DoorForm
from tracker.participation.delegate_page.lifecycle import LinkKind
from tracker.participation.delegate_page.models import DelegateLink
from tracker.web.kept_forms import Kept


def door(token: str, link: DelegateLink, form: DoorForm, waits: Kept | None = None, *, lost: bool = False) -> Any:
    """The door says nothing of the journey: whoever found the link alone reads no name here. `waits` is sent once the
    page is open again; `lost`: something was sent and is not kept."""
    form.page_code.data = ""
    form.kept.data = kept.pack(waits) if waits else ""
    return render_template(
        "participation/delegate_page/door.html",
        form=form,
        token=token,
        under_way=queries.code_is_under_way(link.id) or bool(request.form.get("page_code")),
        phone=queries.phone_of(link),
        waits=waits,
        lost=lost,
        helping=link.kind == LinkKind.HELPER,
    )
