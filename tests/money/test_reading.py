"""Which mark of an amount is the decimal one: decided by the marks themselves, then by the language, never guessed."""

import pytest

from tracker import money
from tracker.money import AmountError

REFUSED = None


class TestTheDecimalMark:
    @pytest.mark.parametrize(
        ("text", "currency", "language", "minor"),
        [
            # Two kinds of mark, or gaps beside one: the last is the decimal mark, and stands there once.
            ("1.234,5", "EUR", "en", 1_234_50),
            ("1,234.5", "EUR", "fr", 1_234_50),
            ("1 234.5", "EUR", "fr", 1_234_50),
            ("1 234,5", "EUR", "en", 1_234_50),
            ("1,234,567.8", "EUR", "es", 1_234_567_80),
            ("1,234.5.6", "EUR", "en", REFUSED),
            ("1.234,5,6", "EUR", "fr", REFUSED),
            ("1 234,56,78", "EUR", "fr", REFUSED),
            ("1 234.567", "KWD", "en", 1_234_567),
            ("1 234,567", "USD", "fr", REFUSED),
            # One kind of mark several times: groups.
            ("1.234.567", "EUR", "fr", 1_234_567_00),
            ("1,234,567", "EUR", "en", 1_234_567_00),
            ("12,34,567", "EUR", "en", 12_34_567_00),
            # One mark that cannot group: not three digits after it, or not one to three before it, or a nought.
            ("1.5", "EUR", "fr", 1_50),
            ("1,50", "EUR", "en", 1_50),
            ("1,5000", "EUR", "en", 1_50),
            ("1234,500", "EUR", "en", 1_234_50),
            ("1234.500", "EUR", "fr", 1_234_50),
            (",500", "EUR", "en", 50),
            (".500", "EUR", "fr", 50),
            ("0,500", "EUR", "en", 50),
            ("0.500", "EUR", "es", 50),
            ("012,500", "EUR", "en", 12_50),
            # One mark and three digits: the language decides.
            ("1,500", "EUR", "en", 1_500_00),
            ("999,500", "EUR", "en", 999_500_00),
            ("1,500", "EUR", "fr", 1_50),
            ("1,500", "EUR", "ru", 1_50),
            ("1.500", "EUR", "fr", 1_500_00),
            ("1.500", "EUR", "es", 1_500_00),
            ("1.500", "EUR", "zh", 1_50),
            ("1,500", "EUR", "ar", 1_500_00),
            ("1.500", "EUR", "xx", 1_50),
            ("1,500", "EUR", "xx", 1_500_00),
            # Noughts after the language's own mark could be thousands of somebody else's.
            ("5.000", "EUR", "en", REFUSED),
            ("5,000", "EUR", "fr", REFUSED),
            ("5.000", "JPY", "en", REFUSED),
            ("5.000", "KWD", "en", 5_000),
            ("5,000", "KWD", "fr", 5_000),
            # Of a currency with three decimals the mark groups only where the language groups with it.
            ("1,500", "KWD", "en", 1_500_000),
            ("1.500", "KWD", "es", 1_500_000),
            ("1,500", "KWD", "ar", REFUSED),
            ("1.500", "KWD", "fr", REFUSED),
            ("1.500", "KWD", "en", 1_500),
            ("1,500", "KWD", "fr", 1_500),
            # What stands after the decimal mark is digits.
            ("1.5 0", "EUR", "en", REFUSED),
            ("1.234,", "EUR", "fr", REFUSED),
        ],
    )
    def test_is_found_or_the_amount_is_refused(self, text, currency, language, minor):
        if minor is REFUSED:
            with pytest.raises(AmountError):
                money.parse_amount(text, currency, language)
        else:
            assert money.parse_amount(text, currency, language) == minor

    @pytest.mark.parametrize(
        ("text", "currency", "sentence"),
        [("5.000", "EUR", "with its decimals"), ("5.000", "JPY", "in figures"), ("1,500", "KWD", "with its decimals")],
    )
    def test_a_doubt_is_said_where_more_decimals_would_settle_it(self, text, currency, sentence):
        with pytest.raises(AmountError) as refused:
            money.parse_amount(text, currency, "ar")
        assert sentence in str(refused.value.message)
