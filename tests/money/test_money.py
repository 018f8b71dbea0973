"""Amounts: every way people write them, and sums that always come out."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import money
from tracker.languages import choosing
from tracker.money import AmountError, CurrencyMismatch, Money

LANGUAGES = list(choosing.LANGUAGES)
amounts = st.integers(min_value=0, max_value=money.LARGEST)
codes = st.sampled_from(money.currencies())
FOREIGN = {(",", "en"), (",", "zh"), (".", "es")}
styles = st.sampled_from([(",", "."), (" ", ","), ("\u202f", ","), (".", ","), ("’", "."), ("", ".")])
rates = st.decimals(min_value="0.0001", max_value="100000", places=8)


class TestDigits:
    def test_are_those_of_iso_4217_where_cldr_shows_none(self):
        assert [money.digits(code) for code in ("AFN", "IQD", "LBP", "JPY", "KWD", "USD")] == [2, 3, 2, 0, 3, 2]

    def test_metals_and_unknown_codes_are_no_currencies(self):
        # XXX is what ISO 4217 writes where there is no currency.
        for code in ("XAU", "XXX", "usd", "ZZZ", ""):
            assert not money.is_currency(code)
            with pytest.raises(AmountError):
                money.digits(code)


class TestParseAmount:
    @pytest.mark.parametrize(
        ("text", "currency", "language", "minor"),
        [
            ("1,234.50", "USD", "en", 123450),
            ("1 234,50", "EUR", "fr", 123450),
            ("1\u202f234,50", "EUR", "fr", 123450),
            ("1\u00a0234\u00a0567,5", "EUR", "ru", 123456750),
            ("1.234,50", "EUR", "es", 123450),
            ("1'234.50", "CHF", "fr", 123450),
            ("1’234’567.50", "CHF", "fr", 123456750),
            ("١٢٣٤٫٥٠", "USD", "ar", 123450),
            ("١٬٢٣٤٫٥٠", "USD", "ar", 123450),
            ("۱۲۳۴", "USD", "ar", 123400),
            ("１２３４．５", "USD", "zh", 123450),
            ("USD 1,234.50", "USD", "en", 123450),
            ("1 234,50 EUR", "EUR", "fr", 123450),
            ("\u200f1234\u200e", "USD", "ar", 123400),
            ("12,34,567.00", "INR", "en", 123456700),
            ("1.234.567", "EUR", "es", 123456700),
            ("1,234", "USD", "en", 123400),
            ("1.234", "EUR", "es", 123400),
            ("1.234", "EUR", "fr", 123400),
            ("1.234", "KWD", "en", 1234),
            ("1,234", "KWD", "fr", 1234),
            ("12,5", "USD", "en", 1250),
            (".5", "USD", "en", 50),
            ("1.500,000", "KWD", "es", 1500000),
            ("100.000", "JPY", "es", 100000),
            ("12.340", "USD", "en", 1234),
            ("0", "USD", "en", 0),
        ],
    )
    def test_reads_what_people_write(self, text, currency, language, minor):
        assert money.parse_amount(text, currency, language) == minor

    @pytest.mark.parametrize(
        ("text", "currency", "language"),
        [
            ("", "USD", "en"),
            ("   ", "USD", "en"),
            ("-5", "USD", "en"),
            ("(5)", "USD", "en"),
            ("1e5", "USD", "en"),
            ("NaN", "USD", "en"),
            ("12 34", "USD", "en"),
            ("1,23,4", "USD", "en"),
            ("1.2.3,4", "USD", "en"),
            ("1.234", "USD", "en"),
            ("5.000", "USD", "en"),
            ("5,000", "USD", "fr"),
            ("5.000", "XAF", "ar"),
            ("1,234", "EUR", "fr"),
            ("1.234", "KWD", "fr"),
            ("1.005", "USD", "en"),
            ("0.5", "JPY", "en"),
            ("12..5", "USD", "en"),
            ("5 EUR", "USD", "en"),
            ("five", "USD", "en"),
            ("9" * 40, "USD", "en"),
            ("9" * 4000, "USD", "en"),
            ("5", "XYZ", "en"),
            ("½", "USD", "en"),
        ],
    )
    def test_refuses_what_could_be_misread(self, text, currency, language):
        with pytest.raises(AmountError) as refusal:
            money.parse_amount(text, currency, language)
        assert str(refusal.value) == refusal.value.message % refusal.value.params

    @given(amounts, codes, styles, st.sampled_from(LANGUAGES))
    def test_gives_back_what_was_written_in_any_style(self, minor, currency, style, language):
        grouping, mark = style
        written = f"{money.to_major(minor, currency):,f}"
        written = written.replace(",", "\0").replace(".", mark).replace("\0", grouping)
        if (mark, language) in FOREIGN and money.digits(currency) == 3 and (not grouping or grouping not in written):
            return  # "1,000" of a Kuwaiti dinar, written in French by a reader of English, is one thousand to us
        try:
            assert money.parse_amount(written, currency, language) == minor
        except AmountError:
            marks = written.count(mark) + (written.count(grouping) if grouping else 0)
            assert marks == 1, "only a single mark may be in doubt"

    @given(st.text(max_size=40), codes, st.sampled_from(LANGUAGES))
    def test_any_text_is_an_amount_or_a_sentence(self, text, currency, language):
        try:
            minor = money.parse_amount(text, currency, language)
        except AmountError:
            return
        assert 0 <= minor <= money.LARGEST


def test_the_refusal_says_how_many_decimals_a_currency_has():
    for text, currency, said in (("5.5", "JPY", "JPY has no decimals"), ("5.555", "USD", "USD has 2 decimals at most")):
        with pytest.raises(AmountError, match=said):
            money.to_minor(Decimal(text), currency)


class TestParseNumber:
    @pytest.mark.parametrize(
        ("text", "language", "number"),
        [
            ("0,8612", "fr", "0.8612"),
            ("129.5", "en", "129.5"),
            ("1 234,5678901", "ru", "1234.5678901"),
            ("13", "ar", "13"),
        ],
    )
    def test_reads_rates_as_people_write_them(self, text, language, number):
        assert money.parse_number(text, 10, language) == Decimal(number)

    @pytest.mark.parametrize("text", ["1.234", "0.12345678901", "-1", "", "one"])
    def test_refuses_what_is_in_doubt(self, text):
        with pytest.raises(AmountError):
            money.parse_number(text, 10, "fr")


class TestConversion:
    def test_rounds_half_even_once(self):
        assert money.convert(1, "USD", "EUR", Decimal("0.5")) == 0
        assert money.convert(3, "USD", "EUR", Decimal("0.5")) == 2

    def test_knows_that_currencies_have_different_decimals(self):
        assert money.to_usd(15_000, "JPY", Decimal(150)) == 10_000
        assert money.from_usd(10_000, "KWD", Decimal("0.3")) == 30_000

    @given(amounts, codes, rates)
    def test_there_and_back_is_off_by_the_rounding_only(self, minor, currency, rate):
        cents = money.to_usd(minor, currency, rate)
        back = money.from_usd(cents, currency, rate)
        step = rate * 10 ** money.digits(currency) / 100
        assert abs(back - minor) <= step / 2 + 1

    @pytest.mark.parametrize("rate", [Decimal(0), Decimal(-1), Decimal("NaN")])
    def test_needs_a_rate_above_zero(self, rate):
        for act in (money.to_usd, money.from_usd):
            with pytest.raises(ValueError):
                act(1, "EUR", rate)


class TestSupportCost:
    def test_is_taken_as_100_to_13(self):
        assert money.split_support(6000, Decimal(13)) == (5310, 690)
        assert money.support_on(4000, Decimal(13)) == 520

    def test_may_be_nothing_and_not_less(self):
        assert money.split_support(6000, Decimal(0)) == (6000, 0)
        assert money.support_on(4000, Decimal(0)) == 0
        for act in (money.split_support, money.support_on):
            with pytest.raises(ValueError, match="not below zero"):
                act(6000, Decimal("-0.01"))

    def test_may_be_below_one_per_cent(self):
        assert money.split_support(20100, Decimal("0.5")) == (20000, 100)
        assert money.support_on(4000, Decimal("0.5")) == 20

    def test_is_not_split_into_no_part(self):
        with pytest.raises(ValueError, match="at least one part"):
            money.split_evenly(100, 0)

    @given(amounts, st.decimals(min_value=0, max_value=50, places=2))
    def test_the_parts_always_add_up(self, minor, rate):
        programme, support = money.split_support(minor, rate)
        assert programme + support == minor
        assert min(programme, support) >= 0
        assert abs(support * (100 + rate) - minor * rate) * 2 <= 100 + rate

    @given(amounts, st.integers(min_value=1, max_value=500))
    def test_even_parts_add_up_too(self, minor, parts):
        shares = money.split_evenly(minor, parts)
        assert sum(shares) == minor
        assert max(shares) - min(shares) <= 1


class TestMoney:
    def test_adds_and_compares_one_currency(self):
        assert Money(150, "USD") + Money(50, "USD") == Money(200, "USD")
        assert Money(1, "USD") < Money(2, "USD")
        assert -Money(1, "USD") - Money(1, "USD") == Money(-2, "USD")
        assert str(Money(123450, "USD")) == "USD 1234.50"

    def test_smaller_is_not_equal_and_at_most_is(self):
        one, two = Money(1, "USD"), Money(2, "USD")
        assert (one < two, one < one, two < one) == (True, False, False)
        assert (one <= two, one <= one, two <= one) == (True, True, False)

    def test_never_mixes_two(self):
        for act in (Money.__add__, Money.__sub__, Money.__lt__, Money.__le__):
            with pytest.raises(CurrencyMismatch):
                act(Money(1, "USD"), Money(1, "EUR"))
        with pytest.raises(CurrencyMismatch):
            money.total([Money(1, "EUR")], "USD")

    @given(st.lists(amounts, max_size=20), codes)
    def test_totals_are_sums(self, minors, currency):
        assert money.total((Money(minor, currency) for minor in minors), currency).minor == sum(minors)

    @given(amounts, codes)
    def test_written_and_stored_amounts_are_the_same(self, minor, currency):
        assert money.to_minor(money.to_major(minor, currency), currency) == minor
