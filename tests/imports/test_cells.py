"""Single cells: what a person or a program wrote is read, reported, and never misread."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.imports.cells import EARLIEST, LATEST, code, read_amount, read_currency, read_day, storable
from tracker.imports.report import Done, Remarks

LANGUAGES = st.sampled_from([None, "ar", "zh", "en", "fr", "ru", "es"])


def amount(text, currency="USD", language=None):
    remarks = Remarks(1, "x")
    return read_amount(text, currency, "amount", remarks, language=language), [f.done for f in remarks.findings]


@given(st.text(max_size=70), st.sampled_from(["USD", "JPY", "KWD"]), LANGUAGES)
def test_every_text_is_an_amount_or_a_fault(text, currency, language):
    minor, said = amount(text, currency, language)
    assert (minor is None) == (said == [Done.SKIPPED])
    assert minor is None or 1 <= minor <= 10**15


@given(st.integers(1, 10**15), st.sampled_from(["{:f}", "+{:f}", "\u200e{:f}", " {:f}\u00a0"]))
def test_what_a_program_wrote_is_read_exactly(minor, written):
    assert amount(written.format(Decimal(minor).scaleb(-2))) == (minor, [])


@pytest.mark.parametrize(
    ("text", "language", "minor"),
    [
        ("1,234.50", "en", 123450),
        ("1 234,50", "fr", 123450),
        ("1.234,50", "es", 123450),
        ("1\u202f234", "ru", 123400),
        ("١٢٣٤", "ar", 123400),
        ("1e3", "en", 100000),
        ("1e999999999", "en", None),
        ("1e-999999999", "en", None),
        ("9e999", "en", None),
        ("sNaN", "en", None),
        ("(5)", "en", None),
    ],
)
def test_amounts_as_people_write_them(text, language, minor):
    assert amount(text, language=language)[0] == minor


def test_what_may_be_a_thousand_or_a_thousandth_is_refused_where_a_person_wrote_it():
    assert amount("1.234", language="es") == (None, [Done.SKIPPED])
    assert amount("1.234") == (123, [Done.CHANGED])
    assert amount("1.234", "KWD", "en") == (1234, [])


@given(st.dates(EARLIEST, LATEST), st.sampled_from(["", "Z", " 00:00:00", "T23:30:00+02:00", "T10:00:00.5Z", "+01:00"]))
def test_a_day_is_read_as_it_stands_with_any_time_after_it(day, suffix):
    assert read_day(f"\u200f{day}{suffix} ", "day", Remarks(1, "x")) == day


@pytest.mark.parametrize(
    "text", ["2024-02-30", "20240105", "2024-W01-1", "05/01/2024", "44927", "2024-01-05x", "1899-12-31", "0001-01-01"]
)
def test_what_is_no_day_is_a_fault(text):
    remarks = Remarks(1, "x")
    assert read_day(text, "day", remarks) is None
    assert remarks.refused


@given(st.text())
def test_no_text_breaks_the_reading_of_days_codes_and_currencies(text):
    remarks = Remarks(1, "x")
    day = read_day(text, "day", remarks)
    assert day is None or isinstance(day, date)
    read_currency(text, "currency", remarks)
    assert code(code(text)) == code(text)
    storable(text).encode()


def test_what_no_database_holds_is_taken_out():
    assert storable("a\x00b\ud800\x1bc\n\u200f😀") == "abc\n\u200f😀"
    assert code("\ufeffUSD\u00a0\u200f") == "USD"


def test_a_row_tells_every_fault_once_for_each_field_and_changes_only_without_faults():
    remarks = Remarks(3, "x")
    remarks.change("title", "cut")
    assert [f.done for f in remarks.findings] == [Done.CHANGED]
    for reason in ("first", "second"):
        remarks.fault("amount", reason)
    remarks.fault("state", "unknown")
    assert [(f.field, f.reason) for f in remarks.findings] == [("amount", "first"), ("state", "unknown")]
