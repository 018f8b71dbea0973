"""What was typed into a page that had ended meanwhile: it waits in the door, signed and without what is sealed, and is
sent once the page is open again. The server keeps nothing of it."""

from flask import request

from tracker.web import kept_forms, sent_forms
from tracker.web.kept_forms import Kept

READ_FIRST = ("participation.own_conditions",)
"""Pages on which nothing is sent without what stands on them: whoever is back reads them again."""
MOST = 20_000
"""So many characters are carried; what is longer is lost, and the door says so."""


def of_this_press() -> Kept | None:
    """What was sent just now (of a page that is read first its address alone); None where nothing is left of it, or
    where it is too long. `complete` says that nothing sealed and no file came with it."""
    typed = sent_forms.typed()
    if typed and request.endpoint in READ_FIRST:
        return Kept(request.path, [], complete=True)
    fields = [*sent_forms.hidden(), *typed]
    if not typed or sum(len(name) + len(text) for name, text in fields) > MOST:
        return None
    whole = len(typed) == len(sent_forms.everything()) and not sent_forms.brought_files()
    return Kept(request.path, fields, complete=whole)


def pack(kept: Kept) -> str:
    """What the door carries of it."""
    return kept_forms.pack(kept)


def of_door(page: str) -> Kept | None:
    """What the door that is being answered carries for the page at this address; None where it carries nothing."""
    kept = kept_forms.unpack(request.form.get("kept"))
    return kept if kept is not None and kept.address.startswith(f"{page}/") else None
