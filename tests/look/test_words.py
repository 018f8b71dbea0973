"""How the look puts words together: labels before what they say, spans of days."""

from datetime import UTC, date, datetime

import pytest

from tracker.languages.choosing import in_language, untranslated
from tracker.languages.formatting import (
    format_amount,
    format_day,
    format_days,
    format_moment,
    format_short_day,
    have_cents,
)
from tracker.web.components import labelled, language_name, listed


@pytest.mark.parametrize(
    ("language", "label", "said"),
    [
        ("en", "Name", "Name: Enter the name."),
        ("fr", "Name", "Name\N{NO-BREAK SPACE}: Enter the name."),
        ("en", "What do you ask for?", "What do you ask for? Enter the name."),
    ],
)
def test_a_label_is_parted_from_its_words_as_the_language_does(look_app, language, label, said):
    with look_app.test_request_context(), in_language(language):
        assert labelled(label, "Enter the name.") == said


@pytest.mark.parametrize(
    ("language", "first", "last", "said"),
    [
        ("en", date(2027, 2, 8), date(2027, 2, 19), "8–19 February 2027"),
        ("fr", date(2027, 2, 8), date(2027, 2, 19), "8–19 février 2027"),
        ("en", date(2024, 1, 29), date(2024, 2, 9), "29 January – 9 February 2024"),
        ("fr", date(2026, 12, 25), date(2027, 3, 25), "25 décembre 2026 – 25 mars 2027"),
        ("en", date(2022, 2, 24), date(2022, 2, 24), "24 February 2022"),
    ],
)
def test_a_span_of_days_names_its_months_in_full(look_app, language, first, last, said):
    with look_app.test_request_context(), in_language(language):
        assert format_days(first, last) == said


def test_the_first_of_a_month_is_premier_in_french(look_app):
    first, second = date(2026, 11, 1), date(2026, 11, 2)
    with look_app.test_request_context(), in_language("fr"):
        assert format_day(first) == "1er novembre 2026"
        assert format_day(first, "full") == "dimanche 1er novembre 2026"
        assert format_day(second) == "2 novembre 2026"
        assert format_short_day(first) == "1er nov."
        assert format_days(first, second) == "1er–2 novembre 2026"
        assert format_days(first, date(2026, 12, 1)) == "1er novembre – 1er décembre 2026"
        assert format_moment(datetime(2026, 11, 1, 11, 1, tzinfo=UTC), "UTC") == "1er nov. 2026, 11:01"
    with look_app.test_request_context(), in_language("en"):
        assert format_day(first) == "1 November 2026"


@pytest.mark.parametrize("language", ["ar", "es", "ru", "zh"])
def test_dates_speak_the_language_of_the_sentences_around_them(look_app, language):
    with look_app.test_request_context(), in_language(language):
        assert untranslated(language)
        assert format_day(date(2026, 11, 19)) == "19 November 2026"
        assert language_name("fr") == "French"


def test_a_column_of_amounts_is_written_with_cents_when_one_has_some(look_app):
    with look_app.test_request_context(), in_language("en"):
        column = (1_250_050, 30_000)
        assert have_cents(column, "EUR")
        assert [format_amount(minor, "EUR", cents=True) for minor in column] == ["12,500.50", "300.00"]
        assert not have_cents((1_250_000, None), "EUR")
        assert not have_cents((1_250_050,), "XOF")
        assert format_amount(30_000, "EUR") == "300"


@pytest.mark.parametrize(("language", "said"), [("en", "Fare; Visa"), ("fr", "Fare\N{NO-BREAK SPACE}; Visa")])
def test_things_in_one_line_are_parted_as_the_language_does(look_app, language, said):
    with look_app.test_request_context(), in_language(language):
        assert listed(["Fare", "Visa"]) == said
