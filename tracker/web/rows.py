"""Rows that a person adds and removes without a script: a button that sends the form and says what to do."""

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
