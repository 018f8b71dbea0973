"""What a journey lacks and what of it is due first."""

from dataclasses import replace
from datetime import date

from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.travel.lifecycle import Journey, Lack, lacking

TODAY = date(2026, 11, 28)
BARE = Journey(
    SeatStatus.CONFIRMED,
    frozenset({"fare", "allowance", "terminals"}),
    frozenset(),
    visa_days=15,
    starts_on=date(2026, 12, 14),
    ends_on=date(2026, 12, 18),
    papers_by=date(2026, 10, 26),
    ticket_by=date(2026, 12, 1),
)


def said(journey: Journey, today: date = TODAY) -> list[tuple[str, date | None]]:
    return [(due.what.value, due.by) for due in lacking(journey, today)]


def test_what_is_due_first_stands_first():
    assert said(BARE) == [
        ("papers", date(2026, 10, 26)),
        ("visa", date(2026, 11, 29)),
        ("quotation", date(2026, 12, 1)),
        ("payee", date(2026, 12, 1)),
        ("authorisation", date(2026, 12, 1)),
        ("ticket", date(2026, 12, 1)),
        ("allowance", date(2026, 12, 14)),
        ("terminals", date(2026, 12, 14)),
    ]


def test_a_ticket_is_due_before_its_quotation_lapses_and_a_lapsed_one_is_asked_again():
    stands = replace(
        BARE, quoted_until=date(2026, 11, 29), papers_on=TODAY, authorised_on=TODAY, visa_days=0, payee_known=True
    )
    assert said(stands)[0] == ("ticket", date(2026, 11, 29))
    assert Lack.QUOTATION not in [due.what for due in lacking(stands, TODAY)]
    lapsed = replace(stands, quoted_until=date(2026, 11, 27))
    assert said(lapsed)[:2] == [("quotation", date(2026, 12, 1)), ("ticket", date(2026, 12, 1))]


def test_a_visa_that_was_asked_is_to_be_there_when_the_session_begins():
    asked = replace(BARE, visa_asked_on=date(2026, 11, 1))
    assert ("visa", date(2026, 12, 14)) in said(asked)
    assert "visa" not in dict(said(replace(asked, visa_on=TODAY)))


def test_what_somebody_else_pays_is_not_missing():
    elsewhere = replace(BARE, fund_pays=frozenset(), visa_days=0)
    assert said(elsewhere) == [
        ("papers", date(2026, 10, 26)),
        ("authorisation", date(2026, 12, 1)),
        ("ticket", date(2026, 12, 1)),
    ]


def test_after_the_session_it_is_asked_whether_they_travelled():
    ready = replace(
        BARE, status=SeatStatus.TICKETED, papers_on=TODAY, authorised_on=TODAY, visa_on=TODAY, payee_known=True
    )
    ready = replace(ready, begun=frozenset({"allowance", "terminals"}))
    assert said(ready, date(2026, 12, 18)) == []
    assert said(ready, date(2026, 12, 19)) == [("attendance", date(2026, 12, 18))]
    assert said(replace(ready, status=SeatStatus.TRAVELLED), date(2026, 12, 19)) == []


def test_days_that_are_not_known_stand_last():
    unknown = replace(BARE, starts_on=None, ticket_by=None, papers_by=None, ends_on=None, visa_days=10)
    assert [day for _what, day in said(unknown)] == [None] * 8
