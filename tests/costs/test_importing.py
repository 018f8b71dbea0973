"""The office's own rates and rules: looked at first, each fault said, taken whole, undone as if they never came."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tests.factories import participation as taking_part
from tests.factories import reference as reference_data
from tests.imports.test_pages import public_id, send, work
from tests.services.people import sign_in
from tracker.costs import queries
from tracker.costs.columns import RATE_COLUMNS, RULE_COLUMNS
from tracker.costs.models import CostRate, CostRule
from tracker.costs.rule_sets import PARAMETERS, PROVIDED
from tracker.database.transactions import transaction, update_where
from tracker.events.models import Event
from tracker.extensions import db
from tracker.participation.support.models import SessionSupport
from tracker.reference.models import Session

HEAD = ",".join(RATE_COLUMNS)
GOOD = (
    "daily,VIE,,,,,,412.50,USD,2026-06-01,Circular 7",
    "daily,JFK,,,,2026-09-01,2027-02-28,500,USD,2026-06-01,Circular 7",
    "fare,,economy,0,3000,,,650,EUR,2026-06-01,Contract 12",
    "fare,,economy,3000,20100,,,1900,EUR,2026-06-01,Contract 12",
    "terminal,VIE,,,,,,47,USD,2026-06-01,Circular 7",
)
RULES = "\n".join(
    [
        ",".join(RULE_COLUMNS),
        *(f"UN,2026-06-01,{name},20,ST/AI,Y" for name in (*PARAMETERS, *(f"provided_{what}" for what in PROVIDED))),
    ]
).replace("advance,20", "advance,80")


@pytest.fixture(autouse=True)
def with_reference(app):
    app.config["WTF_CSRF_ENABLED"] = False
    reference_data.loaded()


@pytest.fixture
def administrator(client):
    return sign_in(client, accounts.person("administrator"))


def rates(*rows: str) -> bytes:
    return "\n".join((HEAD, *rows)).encode()


def look(client, data: bytes, what: str = "cost_rates") -> tuple[str, str]:
    """Upload and look; gives the preview and its page."""
    preview = public_id(send(client, "costs.csv", what=what, data=data))
    work()
    return preview, client.get(f"/imports/{preview}").get_data(as_text=True)


def run(client, data: bytes, what: str = "cost_rates") -> str:
    preview, _ = look(client, data, what)
    carried_out = public_id(client.post(f"/imports/{preview}/carry-out"))
    work()
    return carried_out


def own() -> int:
    db.session.rollback()
    return sum(
        db.session.scalar(sa.select(sa.func.count()).where(model.import_run_id.is_not(None)))
        for model in (CostRate, CostRule)
    )


class TestRates:
    def test_are_looked_at_taken_over_and_undone(self, administrator):
        before = queries.open_book(None)
        preview, page = look(administrator, rates(*GOOD))
        assert "5 rows will be taken over" in page
        assert "Circular 7" in page
        assert "In force from:" in page
        assert own() == 0

        carried_out = public_id(administrator.post(f"/imports/{preview}/carry-out"))
        work()
        assert own() == 5
        book = queries.open_book(None)
        assert book.rates.daily_on("VIE", date(2026, 12, 1)).per_day == 412_50
        assert book.rates.daily_on("JFK", date(2028, 2, 29)).per_day == 500_00, "a season ends with February"
        assert [band.amount for band in book.rates.fares_on("economy", date(2026, 12, 1))] == [650_00, 1900_00]
        (event,) = db.session.scalars(sa.select(Event).where(Event.name == "costs.imported"))
        assert event.data["imported"] == 5

        administrator.post(f"/imports/{carried_out}/undo")
        work()
        assert own() == 0
        assert queries.open_book(None) == before

    def test_the_same_file_again_changes_nothing(self, administrator):
        run(administrator, rates(*GOOD))
        _, page = look(administrator, rates(*GOOD))
        assert "There is nothing new in this file." in page
        run(administrator, rates(*GOOD))
        assert own() == 5

    def test_a_row_that_stands_with_other_figures_is_left_alone(self, administrator):
        run(administrator, rates(*GOOD))
        _, page = look(administrator, rates(GOOD[0].replace("412.50", "99")))
        assert "Such a row is there already with other figures, and is never changed: give a later day." in page

    @pytest.mark.parametrize(
        ("row", "says"),
        [
            ("hotel,VIE,,,,,,1,USD,2026-06-01,x", "It is not known what the rate is for: hotel."),
            ("daily,,,,,,,1,USD,2026-06-01,x", "A daily rate is for a place: give the code of its airport."),
            ("daily,QQQ,,,,,,1,USD,2026-06-01,x", "There is no airport with the code QQQ here."),
            ("daily,VIE,,,,,,0,USD,2026-06-01,x", "The amount must be above zero; it is 0."),
            ("daily,VIE,,,,,,1,,2026-06-01,x", "The amount has no currency."),
            ("daily,VIE,,,,,,1,USD,,x", "Say from which day on the row is in force."),
            ("daily,VIE,,,,,,1,USD,01/02/2026,x", "can be two days"),
            ("daily,VIE,,,,,,1,USD,2026-06-01,", "Say where the row comes from."),
            ("daily,VIE,,,,2026-06-01,,1,USD,2026-06-01,x", "A season has a first and a last day."),
            ("daily,VIE,,,,2026-06-02,2026-06-01,1,USD,2026-06-01,x", "A season ends within a year"),
            ("daily,VIE,economy,,,,,1,USD,2026-06-01,x", "Only a fare has a class and distances."),
            ("terminal,VIE,,,,2026-06-01,2026-07-01,1,USD,2026-06-01,x", "Only a daily rate has a season."),
            ("fare,VIE,economy,0,9,,,1,USD,2026-06-01,x", "A fare is by distance and has no place."),
            ("fare,,first,0,9,,,1,USD,2026-06-01,x", "A fare is for economy or business class"),
            ("fare,,economy,9,9,,,1,USD,2026-06-01,x", "Give whole kilometres"),
            ("fare,,economy,0,20101,,,1,USD,2026-06-01,x", "at most 20100"),
            ("fare,,economy,2000,4000,,,1,EUR,2026-06-01,x", "The distances overlap"),
            (GOOD[0].replace("412.50", "1"), "The same row stands at 2 with other figures; the first was taken."),
            (GOOD[0], "The same row stands at 2."),
        ],
    )
    def test_a_faulty_row_is_told_and_the_others_are_taken(self, administrator, row, says):
        _, page = look(administrator, rates(*GOOD, row))
        assert says in page
        assert "5 rows will be taken over" in page

    def test_a_file_of_another_kind_is_refused_with_the_columns_that_it_lacks(self, administrator):
        job = public_id(send(administrator, "x.csv", what="cost_rates", data=b"place,amount\nVIE,1\n"))
        work()
        page = administrator.get(f"/jobs/{job}").get_data(as_text=True)
        assert "The file needs the columns what, currency, effective_from, source." in page


class TestRules:
    def test_a_rule_set_is_taken_over_whole_and_undone(self, administrator):
        carried_out = run(administrator, RULES.encode(), "cost_rules")
        assert queries.rule_set_codes() == ["A", "B", "UN"]
        found = queries.open_book(set()).rule_set("UN", date(2026, 12, 1))
        assert (found.last_day, found.advance, found.verified) == (20, 80, True)
        administrator.post(f"/imports/{carried_out}/undo")
        work()
        assert queries.rule_set_codes() == ["A", "B"]

    def test_neither_rules_nor_rates_are_undone_under_a_session_that_names_them(self, administrator):
        rules, money = run(administrator, RULES.encode(), "cost_rules"), run(administrator, rates(*GOOD))
        session_id = taking_part.meeting(code="AHC-T901")
        taking_part.with_support(session_id, rule_set="UN")
        for carried_out, says in ((rules, "counts by the rules UN"), (money, "takes place at VIE")):
            refused = administrator.post(f"/imports/{carried_out}/undo")
            assert refused.status_code == 409
            assert f"AHC-T901 {says}" in refused.get_data(as_text=True)
        with transaction():
            update_where(SessionSupport, SessionSupport.session_id == session_id, rule_set="A")
            update_where(Session, Session.id == session_id, airport_iata="JFK")
        administrator.post(f"/imports/{rules}/undo")
        work()
        assert queries.rule_set_codes() == ["A", "B"]
        assert "AHC-T901 takes place at JFK" in administrator.post(f"/imports/{money}/undo").get_data(as_text=True)

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            ("UN,2026-06-01,last_day,20,ST/AI,Y\n", "", "Rule set UN of 2026-06-01 lacks last_day."),
            ("last_day,20", "last_day,101", "A percentage is between 0 and 100; it is 101."),
            ("last_day,20", "last_day,x", "“x” is no percentage."),
            ("last_day,20", "last_night,20", "“last_night” is no parameter of a rule set."),
            ("advance,80", "advance,50", "What is paid in advance is 0, 75, 80 or 100 per cent."),
            ("same_day,20", "last_day,20", "A parameter of this rule set stands twice."),
            ("UN,", "A,", ""),
        ],
    )
    def test_half_a_rule_set_is_none(self, administrator, old, new, says):
        run(administrator, RULES.replace(old, new, 1).encode(), "cost_rules")
        assert own() == 0 or new == "A,", "nothing of a set that has a fault"
        _, page = look(administrator, RULES.replace(old, new, 1).encode(), "cost_rules")
        assert says in page

    def test_rows_of_a_set_that_stands_are_never_changed(self, administrator):
        run(administrator, RULES.encode(), "cost_rules")
        _, page = look(administrator, RULES.replace("last_day,20", "last_day,30").encode(), "cost_rules")
        assert "Such a row is there already with other figures" in page
        assert "There is nothing new in this file." in page


class TestPages:
    def test_only_an_administrator_imports_them(self, client):
        manager = sign_in(client, accounts.person("programme_manager"))
        assert send(manager, "x.csv", what="cost_rates", data=rates(*GOOD)).status_code == 422
        page = manager.get("/settings/travel-costs/").get_data(as_text=True)
        assert "Import rates or rules" not in page
        assert "not a UN rate" in page

    def test_what_is_in_force_is_read_by_place_with_source(self, administrator):
        run(administrator, rates(*GOOD))
        page = administrator.get("/settings/travel-costs/").get_data(as_text=True)
        for words in ("Import rates or rules", "412.50", "Circular 7", "imported by the office", "to be verified"):
            assert words in page
        place = administrator.get("/settings/travel-costs/VIE").get_data(as_text=True)
        assert "412.50" in place
        assert "507" in place, "the stand-in stands there, too"
        assert administrator.get("/settings/travel-costs/QQQ").status_code == 404
        assert "12 places have a daily rate" in administrator.get("/settings/").get_data(as_text=True)

    @pytest.mark.parametrize(("of", "columns"), [("cost_rates", RATE_COLUMNS), ("cost_rules", RULE_COLUMNS)])
    def test_an_empty_table_has_the_columns_that_are_read(self, administrator, of, columns):
        table = administrator.get(f"/imports/columns.csv?of={of}").get_data(as_text=True)
        assert table.strip().removeprefix("\ufeff").split(",") == list(columns)
        assert administrator.get("/imports/columns.csv?of=nothing").status_code == 404
