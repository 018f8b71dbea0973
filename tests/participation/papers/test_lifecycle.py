"""What is doubted of a passport, and which numbers can be those of an account."""

from datetime import date, timedelta

import pytest

from tracker.participation.papers.lifecycle import Doubt, doubts, is_bic, is_iban, months_after, passport_serves_until

DAY = timedelta(days=1)


def test_doubts_worked_out_by_hand():
    long = date(2027, 8, 31)
    assert passport_serves_until(date(2027, 5, 31), 3) == long
    assert passport_serves_until(date(2027, 5, 31), 0) == date(2027, 5, 31)
    assert passport_serves_until(None, 3) is None
    agrees = {"names": ("DUPONT Élise-Anne", "Elise Anne Dupont"), "nationalities": ("FRA", "FRA")}
    assert doubts(**agrees, valid_until=long, least=long) == ()
    assert doubts(**agrees, valid_until=long - DAY, least=long) == (Doubt.VALIDITY,)
    assert doubts(**agrees, valid_until=long, least=None) == (Doubt.VALIDITY,)
    assert doubts(**{**agrees, "nationalities": ("FRA", None)}, valid_until=long, least=long) == (Doubt.NATIONALITY,)
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("number", "lawful"),
    [
        ("DE89 3704 0044 0532 0130 00", True),
        ("GB82-WEST-1234-5698-7654-32", True),
        ("DE88370400440532013000", False),
        ("KE12345", False),
        ("", False),
    ],
)
def test_the_check_digits_of_an_account(number, lawful):
    assert is_iban(number) is lawful
    assert is_bic("COBADEFF")
    assert not is_bic("COBA")
