"""Which language a text is marked with."""

import pytest
from flask import render_template_string

from tracker.languages.choosing import in_language
from tracker.languages.formatting import format_amount
from tracker.languages.marking import lazy
from tracker.languages.typed_text import marked, text_language
from tracker.reference.names import read_csv


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("First session", "ar", "en"),
        ("تدريب المدعين العامين", "ar", "ar"),
        ("دعم CERT", "ar", "ar"),
        ("第一届会议", "zh", "zh"),
        ("First session", "ru", "en"),
        ("Première session", "fr", "fr"),
        ("Sesión de clausura", "es", "es"),
        ("Laboratorio forense", "es", "es"),
        ("Formación «train the trainers» para fiscales", "es", "es"),
        ("", "ar", ""),
    ],
)
def test_a_text_is_marked_with_the_language_of_its_letters(text, language, shown):
    assert text_language(text, language) == shown


@pytest.mark.parametrize("language", ["ar", "es", "ru", "zh"])
def test_every_title_of_a_session_is_marked_as_the_english_it_is(language):
    titles = [row["title_en"] for row in read_csv("sessions.csv")]
    assert {text_language(title, language) for title in titles} == {"en"}


def test_marks_say_the_direction_too():
    assert marked("First session", "ar") == 'lang="en" dir="ltr"'
    assert marked("تدريب", "ar") == 'lang="ar" dir="rtl"'
    assert marked("", "ar") == ""


def test_lists_round_amounts_to_whole_units():
    with in_language("en"):
        assert format_amount(9_179_232, "USD") == "91,792.32"
        assert format_amount(9_179_232, "USD", whole=True) == "91,792"


def test_a_message_that_waits_for_its_reader_is_text_and_no_markup(app):
    with app.test_request_context():
        shown = render_template_string("{{ said }} {{ 'x' ~ said }}", said=lazy("%(name)s is nominated.", name="<b>A"))
    assert shown == "&lt;b&gt;A is nominated. x&lt;b&gt;A is nominated."
