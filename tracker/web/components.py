"""What the macros of templates/components ask of Python: names, the errors of a form, the numbers of a plot."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from babel import Locale
from flask import Flask, g
from flask_babel import gettext

from tracker.database.seen import version_of
from tracker.languages.choosing import words_locale
from tracker.languages.marking import N_
from tracker.web import charts, form_classes, sent_forms


def slug(text: Any) -> str:
    """A heading's words as an id; letters of every script are kept."""
    return "-".join(re.findall(r"\w+", str(text).lower())) or "part"


def language_name(code: str) -> str:
    """The name of a language in the reader's language ("French", "français"); other text as it is."""
    return str(Locale.parse(words_locale()).languages.get(code, code))


def labelled(label: Any, words: Any) -> str:
    """A label with what it says, parted as the reader's language does; a question keeps its own mark."""
    name = str(label)
    if name.endswith(("?", "؟", "？")):
        return f"{name} {words}"
    return gettext("%(label)s: %(words)s", label=name, words=words)


def listed(items: Iterable[Any]) -> str:
    """Several things in one line, parted by semicolons as the reader's language writes them."""
    return gettext("; ").join(map(str, items))


def form_errors(form: Any, within: str = "") -> list[tuple[str, str]]:
    """Every error of a form as (id of the input to jump to, sentence), nested forms included; beside an error also
    the files that have to be chosen again."""
    found = [("", str(words)) for words in getattr(form, "form_errors", ())]
    for field in form:
        found += _field_errors(field)
    if found:
        lost = ((field, choose_again(field)) for field in form)
        found += [(_anchor(field), labelled(field.label.text, words)) for field, words in lost if words]
    return [(anchor, labelled(within, words)) for anchor, words in found] if within else found


def choose_again(field: Any) -> str:
    """What to say at a file that was in order and was sent with a form that comes back: no browser keeps it."""
    sent = field.type == "FileField" and not field.errors and getattr(field.data, "filename", "")
    if getattr(field, "came_before", None):
        return ""
    return gettext("Choose the file “%(name)s” again: it was not kept.", name=sent) if sent else ""


def still_there(field: Any) -> str:
    """What to say at a file that came in pieces with a form that comes back: it need not be chosen again."""
    kept = getattr(field, "came_before", None) and not field.errors and getattr(field.data, "filename", "")
    return gettext("“%(name)s” has arrived and is sent with the form.", name=kept) if kept else ""


def _field_errors(field: Any) -> list[tuple[str, str]]:
    if field.type == "FormField":
        return form_errors(field.form, field.label.text)
    if field.type == "FieldList":
        entries = enumerate(field.entries)
        inner = [row for index, entry in entries for row in _entry_errors(entry, entry_label(field, index))]
        own = [words for words in field.errors if not isinstance(words, list | dict)]
        return [(_anchor(field), str(words)) for words in own] + inner
    return [(_anchor(field), labelled(field.label.text, words)) for words in field.errors]


def _entry_errors(entry: Any, within: str) -> list[tuple[str, str]]:
    if entry.type == "FormField":
        return form_errors(entry.form, within)
    return [(_anchor(entry), labelled(within, words)) for words in entry.errors]


def entry_label(field_list: Any, index: int) -> str:
    """What one entry of a FieldList is called: its own label, or the list's, with its number."""
    unbound = field_list.unbound_field
    own = unbound.kwargs.get("label")
    return gettext("%(name)s %(number)s", name=own or field_list.label.text, number=index + 1)


_known_labels: dict[str, str] = {"status": N_("Status"), "reason": N_("Reason"), "reasons": N_("Reasons")}


def know_labels(labels: Mapping[str, str]) -> None:
    """Let pages that know only a field's name call it by its label (a message id), whether or not a form was made."""
    _known_labels.update(labels)


def field_label(name: str) -> str:
    """The label of a field of the form that was sent, for pages that know only its name."""
    label = g.get("form_labels", {}).get(name)
    return str(label) if label else sent_label(name, sent_forms.name_of_form())


def sent_label(name: str, form: str) -> str:
    """The label of a field of the form that is known by the name `form`, with those of what it stands in."""
    path = form_classes.path_to(name, form_classes.named(form))
    labels = [_numbered(form_classes.label_of(field), number) for field, number in path]
    known = _known_labels.get(name) or _known_labels.get(form_classes.last_part(name))
    if any(labels):
        return ", ".join(filter(None, labels))
    if known:
        return gettext(known)
    field = form_classes.everywhere(form_classes.last_part(name))
    said = form_classes.label_of(field) if field is not None else ""
    return said or name.replace("_", " ").replace("-", " ")


def _numbered(label: str, number: int | None) -> str:
    return gettext("%(name)s %(number)s", name=label, number=number) if label and number else label


def told(fields: Iterable[tuple[str, str]], form: str = "") -> list[tuple[str, str]]:
    """What was typed into the form of this name (the one that was sent), each with its label; a day in one line."""
    lines: list[tuple[str, str]] = []
    days = ""
    for name, text in fields:
        if _is_hidden(name, form):
            continue
        label = sent_label(name, form) if form else field_label(name)
        day, _, part = name.rpartition("-")
        if part in ("month", "year") and day == days:
            lines[-1] = (label, f"{lines[-1][1]} {text}")
        else:
            lines.append((label, sent_words(name, text, form)))
        days = day if part in ("day", "month") else ""
    return lines


def _is_hidden(name: str, form: str) -> bool:
    """Whether nobody typed this: the page carried it."""
    path = form_classes.path_to(name, form_classes.named(form or sent_forms.name_of_form()))
    return bool(path) and form_classes.is_hidden(path[-1][0])


def sent_words(name: str, text: str, form: str = "") -> str:
    """What was typed or chosen in a field, as its form says it."""
    path = form_classes.path_to(name, form_classes.named(form or sent_forms.name_of_form()))
    return form_classes.words_of(path[-1][0], text) if path else text


def _anchor(field: Any) -> str:
    """The id of the first input of a field, or nothing for a field that cannot be seen."""
    if getattr(field.widget, "input_type", "") == "hidden":
        return ""
    suffix = {"RadioField": "-0", "SelectMultipleField": "-0", "DayField": "-day"}.get(field.type, "")
    return f"{field.id}{suffix}"


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(
        slug=slug,
        language_name=language_name,
        choose_again=choose_again,
        still_there=still_there,
        form_errors=form_errors,
        entry_label=entry_label,
        labelled=labelled,
        field_label=field_label,
        told=told,
        version_of=version_of,
        share=charts.share,
        largest=charts.largest,
        stack_shares=charts.stack_shares,
        column_plot=charts.column_plot,
    )
