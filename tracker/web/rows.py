"""Rows that a person adds and removes without a script: a button that sends the form and says what to do."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict


def without_removed(formdata: Any) -> Any:
    """What was sent, less the row that a button "remove:LIST:INDEX" takes away.

    Names that no form of ours has (digits of other scripts would be taken for row numbers) are left out, too.
    """
    words = formdata.get("rows", "").split(":")
    prefix = f"{words[1]}-{words[2]}" if len(words) == 3 and words[0] == "remove" else None
    return MultiDict(
        [
            (name, text)
            for name, text in formdata.items(multi=True)
            if name.isascii() and name != prefix and not (prefix and name.startswith(f"{prefix}-"))
        ]
    )


def moved_up(formdata: Any) -> Any:
    """What was sent, with the row of a button "up:LIST:INDEX" and the one above it in each other's place."""
    words = formdata.get("rows", "").split(":")
    if len(words) != 3 or words[0] != "up" or not words[2].isdecimal():
        return formdata
    name, place = words[1], int(words[2])
    places = {int(part[1]) for one in formdata if (part := one.split("-"))[0] == name and _is_place(part)}
    above = max((one for one in places if one < place), default=None)
    if above is None or place not in places:
        return formdata
    swapped = {f"{name}-{place}": f"{name}-{above}", f"{name}-{above}": f"{name}-{place}"}
    return MultiDict([(_renamed(one, swapped), text) for one, text in formdata.items(multi=True)])


def _is_place(part: list[str]) -> bool:
    return len(part) > 1 and part[1].isascii() and part[1].isdecimal() and len(part[1]) < 5


def _renamed(name: str, swapped: Mapping[str, str]) -> str:
    row, dash, inner = "-".join(name.split("-")[:2]), "-", "-".join(name.split("-")[2:])
    return f"{swapped[row]}{dash}{inner}" if row in swapped and inner else swapped.get(name, name)


def add_row(form: Any, formdata: Any) -> None:
    """One empty row more for a button "add:LIST"."""
    words = formdata.get("rows", "").split(":")
    rows = _list_named(form, words[1]) if len(words) == 2 and words[0] == "add" else None
    if rows is not None and len(rows.entries) < (rows.max_entries or 100):
        rows.append_entry()


def changes_rows(formdata: Any) -> bool:
    """Whether the form was sent by such a button."""
    return bool(formdata.get("rows"))


def _list_named(form: Any, name: str) -> Any:
    """The list of this name in the form or in a part of it."""
    for field in form:
        if field.name == name and hasattr(field, "append_entry"):
            return field
        if field.type == "FormField":
            found = _list_named(field.form, name)
            if found is not None:
                return found
    return None
