"""Seats of sessions before this product: looked at first, each fault said, counted by the rules, undone as if they
never came."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.costs.test_importing import look, run
from tests.factories import rounds as make
from tests.factories import seats as seating
from tests.imports.test_pages import public_id, send, work
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tracker.calendar.now import today
from tracker.events.models import Event
from tracker.extensions import db
from tracker.participation.support.terms import Rule
from tracker.reference.models import Session
from tracker.rounds import inputs, queries
from tracker.rounds.earlier.columns import COLUMNS
from tracker.rounds.earlier.models import EarlierSeats

HEAD = ",".join(COLUMNS)
GOOD = (
    "AHC 4,2021-05-28,KEN,2,Y,Mission list 2021",
    "AHC 5,2022-05-27,Kenya,1,N,Mission list 2022",
    "AHC 5,2022-05-27,NPL,1,oui,Mission list 2022",
)
WHAT = "earlier_seats"


def table(*rows: str) -> bytes:
    return "\n".join((HEAD, *rows)).encode()


def count() -> int:
    found = db.session.scalar(sa.select(sa.func.count(EarlierSeats.id))) or 0
    db.session.rollback()
    return found


def facts_of(asked) -> dict[str, tuple[int, bool]]:
    session = db.session.scalars(sa.select(Session).where(Session.code == make.CODE)).one()
    found = {one.iso3: (one.funded_before, one.owes_accounts) for one in queries.asking(session)}
    db.session.rollback()
    return found


@pytest.fixture
def manager(app, people):
    return sign_in(app.test_client(), people.manager)


def test_from_the_preview_to_the_rules_and_back(people, asked, manager):
    assert facts_of(asked) == {"KEN": (0, False), "NPL": (0, False)}
    preview, page = look(manager, table(*GOOD), WHAT)
    assert "AHC-5" in page, "a session that is known here goes by its code"
    assert count() == 0
    carried_out = public_id(manager.post(f"/imports/{preview}/carry-out"))
    work()
    assert count() == 3
    assert facts_of(asked) == {"KEN": (3, True), "NPL": (1, False)}
    (event,) = db.session.scalars(sa.select(Event).where(Event.name == "rounds.earlier_imported"))
    assert (event.data["rows"], event.data["imported"]) == (3, 3)
    db.session.rollback()
    run(manager, table(*GOOD), WHAT)
    assert count() == 3, "the same again changes nothing"
    manager.post(f"/imports/{carried_out}/undo")
    work()
    assert count() == 0
    assert facts_of(asked)["KEN"] == (0, False)


FAULTS = {
    "day": ("AHC 4,,KEN,2,Y,List", "The row has no date."),
    "later": (f"AHC 4,{today() + timedelta(days=9)},KEN,2,Y,List", "The session is not over"),
    "state": ("AHC 4,2021-05-28,Atlantis,2,Y,List", "No State has this code or name: Atlantis."),
    "seats": ("AHC 4,2021-05-28,KEN,0,Y,List", "Give a whole number of seats, from 1 to 99."),
    "settled": ("AHC 4,2021-05-28,KEN,2,perhaps,List", "Write Y or N."),
    "source": ("AHC 4,2021-05-28,KEN,2,Y,", "This cell is empty."),
    "cells": ("AHC 4,2021-05-28,KEN,2,Y,List,more", "The row has text beside the named columns: more."),
}


@pytest.mark.parametrize("which", FAULTS)
def test_each_fault_is_said_with_its_row(people, asked, manager, which):
    row, sentence = FAULTS[which]
    _preview, page = look(manager, table(row, GOOD[2]), WHAT)
    assert sentence in " ".join(page.split())
    run(manager, table(row, GOOD[2]), WHAT)
    assert count() == 1


def test_what_stands_twice_or_says_other_figures_is_not_taken(people, asked, manager):
    again, other = GOOD[0], GOOD[0].replace(",2,Y", ",5,Y")
    _preview, page = look(manager, table(GOOD[0], again, other), WHAT)
    assert "The same row stands at 2." in page
    assert "stand at 2 with other figures" in page
    run(manager, table(GOOD[0]), WHAT)
    _preview, page = look(manager, table(other), WHAT)
    assert "undo the import it came by" in page
    run(manager, table(other), WHAT)
    assert [row.seats for row in db.session.scalars(sa.select(EarlierSeats))] == [2]
    db.session.rollback()


def test_a_session_whose_seats_are_kept_here_is_not_imported(people, asked, manager):
    seating.given(people, [seating.seat(asked.nepal, seating.person_of(asked.nepal), (asked.pledge, 10_00))])
    _preview, page = look(manager, table(f"{make.CODE},2021-05-28,NPL,1,Y,List"), WHAT)
    assert "The seats of this session are kept here" in page


def test_a_round_that_is_signed_says_that_the_facts_have_changed(people, manager):
    make.session(seats=4, rules=(Rule("accounts_settled", "A/AC.291/7"),))
    kenya, nepal = make.asks("KEN"), make.asks("NPL")
    pledge = make.pledge_of(people, 4 * make.seat())
    round_ = make.prepared(people, (kenya, pledge), (nepal, pledge))
    run(manager, table(*GOOD), WHAT)
    said = list(map(str, inputs.moved_since(make.row(round_))))
    db.session.rollback()
    assert said == ["Kenya: what the rules found has changed."]


def test_only_a_manager_imports_them_and_other_columns_are_refused(app, people, asked, manager):
    finance = sign_in(app.test_client(), people.finance)
    assert send(finance, "x.csv", what=WHAT, data=table(*GOOD)).status_code in (403, 422)
    job = public_id(send(manager, "x.csv", what=WHAT, data=b"session,state\nAHC 4,KEN\n"))
    work()
    assert "The file needs the columns ended_on, seats, settled, source." in words_of(manager.get(f"/jobs/{job}"))
    assert count() == 0
    assert "settled" in manager.get("/imports/").text


def test_a_session_is_the_same_however_its_name_is_written(people, asked, manager):
    """A session that is known here goes by its code; another by what is written, without regard to case and accents."""
    seating.given(people, [seating.seat(asked.nepal, seating.person_of(asked.nepal), (asked.pledge, 10_00))])
    title = db.session.scalars(sa.select(Session.title_fr).where(Session.code == make.CODE)).one()
    db.session.rollback()
    for name in (make.CODE.lower(), title.upper()):
        _preview, page = look(manager, table(f"{name},2021-05-28,NPL,1,Y,List"), WHAT)
        assert f"they count already ({make.CODE})" in page, name
    other = db.session.scalars(sa.select(Session.title_en).where(Session.code == "AHC-1")).one()
    db.session.rollback()
    rows = [
        f"{name},2022-03-11,KEN,2,Y,List"
        for name in ("ahc-1", f'"{other}"', "Réunion préparatoire", "reunion preparatoire")
    ]
    _preview, page = look(manager, table(*rows), WHAT)
    assert "Taken as session AHC-1." in page
    assert "The same row stands at 2." in page
    run(manager, table(*rows), WHAT)
    assert count() == 2
    run(manager, table(rows[1], rows[3]), WHAT)
    assert count() == 2, "the same again under another name changes nothing"
