"""After the decision, on paper, by the clock, and in figures."""

import io
import re
from datetime import timedelta

import sqlalchemy as sa

from tests.factories import accounts
from tests.factories import assistance as make
from tests.files.samples import LARGE
from tests.triage.cases import clocks, page
from tracker.assistance.models import Activity
from tracker.calendar.now import now, shifted, today
from tracker.extensions import db
from tracker.reference.models import ClockRule


class TestDelivery:
    def test_from_plan_to_completion(self, officer, manager, people):
        case = make.accepted(people)
        officer.client.post(page(case, "activities"), data={"title": "Course in Nairobi", "place": "Nairobi"})
        assert manager.post(page(case, "start-implementation")).status_code == 302
        assert case.now.status == "in_implementation"
        assert "</button>" not in manager.get(page(case, "complete")).text.partition("stands in the way")[2]
        assert manager.post(page(case, "complete"), version=case.version).status_code == 422
        activity = make.activities(case)[0]
        address = page(case, f"activities/{activity.public_id}")
        day = today()
        parts = {"delivered_on-day": day.day, "delivered_on-month": day.month, "delivered_on-year": day.year}
        wrong = officer.post(address, women="-1", place="Nairobi", result="Done", **parts)
        assert wrong.status_code == 422
        early = {**parts, "delivered_on-year": day.year - 1}
        refused = officer.post(address, women="31", men="0", not_stated="0", place="Nairobi", result="Done", **early)
        assert "This day is before the State asked, on" in refused.text
        done = officer.post(
            address, women="31", men="28", not_stated="1", place="Nairobi", result="60 trained", **parts
        )
        assert done.status_code == 302
        row = db.session.scalars(sa.select(Activity).where(Activity.public_id == activity.public_id)).one()
        assert (row.women, row.men, row.not_stated, row.recorded_by_id) == (31, 28, 1, people.officer.person_id)
        assert officer.get(address).status_code == 409
        assert manager.post(page(case, "complete")).status_code == 302
        assert case.now.status == "completed"

    def test_an_officer_neither_starts_nor_completes(self, officer, people):
        assert officer.get(page(make.accepted(people), "start-implementation")).status_code == 403
        assert officer.get(page(make.delivered(people), "complete")).status_code == 403

    def test_another_requests_activity_is_not_found(self, officer, people):
        mine, other = make.in_implementation(people), make.in_implementation(people)
        foreign = make.activities(other)[0]
        assert officer.get(page(mine, f"activities/{foreign.public_id}")).status_code == 404


class TestPaper:
    def test_files_a_request_in_the_states_name(self, officer, people):
        make.reference_data()
        accounts.organisation("KEN")
        day = today()
        parts = {"dated-day": day.day, "dated-month": day.month, "dated-year": day.year}
        values = {"state": "KEN", "kind": "technical", "language": "fr", "title": "Atelier", "areas": "TA.INV"}
        done = officer.post("/triage/paper", issuer="Mission", reference="12/2026", problem="…", **values, **parts)
        assert done.status_code == 302
        text = officer.get(done.location).get_data(as_text=True)
        assert "Atelier" in text
        assert "on paper" in text

    def test_says_that_the_scan_is_too_large_and_keeps_the_rest(self, officer, people, small_files):
        make.reference_data()
        accounts.organisation("KEN")
        day = today()
        parts = {"dated-day": day.day, "dated-month": day.month, "dated-year": day.year}
        values = {"state": "KEN", "kind": "technical", "language": "fr", "title": "Atelier", "areas": "TA.INV"}
        scan = io.BytesIO(LARGE), "scan.pdf"
        answer = officer.post("/triage/paper", issuer="Mission", reference="12/2026", file=scan, **values, **parts)
        assert answer.status_code == 422
        assert "The file is larger than" in answer.text
        assert 'value="Atelier"' in answer.text

    def test_says_what_is_missing(self, officer, people):
        accounts.organisation("KEN")
        answer = officer.post("/triage/paper", title="Atelier", state="KEN")
        assert answer.status_code == 422
        assert "Atelier" in answer.get_data(as_text=True)


class TestClocks:
    def test_the_pause_is_shown_with_who_caused_it(self, officer, people):
        text = officer.get(page(make.in_clarification(people))).get_data(as_text=True)
        assert "stands still since" in text

    def test_the_days_are_those_of_the_rule(self, officer, people):
        with shifted(now() - timedelta(days=1)):
            case = make.submitted(people)
        rule = db.session.scalars(sa.select(ClockRule.working_days).where(ClockRule.clock == "decide")).one()
        assert clocks(case)["decide"].working_days == rule


def test_figures_have_a_row_for_every_group_and_totals_of_the_queue(officer, people):
    make.in_review(people)
    make.submitted(make.People(of="BTN"))
    make.in_clarification(make.People(of="FJI"))
    make.declined(people)
    text = officer.get("/triage/figures").get_data(as_text=True)
    assert "No regional group" in text
    for group in ("African States", "Western European and other States"):
        assert group in text
    totals = re.findall(r'<tfoot><tr><th scope="row">All</th><td class="num">(\d+)</td>', text)
    assert len(totals) == 3
    assert set(totals) == {"3"}


def test_work_by_officer_tells_what_is_overdue_with_nobody_too(officer, people):
    with shifted(now() - timedelta(days=10)):
        make.submitted(people)
    text = officer.get("/triage/figures").get_data(as_text=True)
    by_officer = text[text.index("Open requests by officer") :]
    assert re.search(
        r"officer=nobody\">nobody yet</a></th><td class=\"num\">1</td><td class=\"num\">1</td>", by_officer
    )
    assert re.search(r">All</th><td class=\"num\">1</td><td class=\"num\">1</td>", by_officer)
