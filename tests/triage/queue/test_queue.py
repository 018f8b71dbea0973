"""The queue: what it finds, how it pages, what it costs, what leaves it."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.benchmarks.filling import fill
from tests.factories import accounts
from tests.factories import assistance as make
from tests.services.statements import statements
from tests.triage.cases import REFERENCES, references, set_columns
from tracker.assistance.clarification import services as clarification
from tracker.assistance.decision import services as decision
from tracker.assistance.handling import services as handling
from tracker.assistance.lifecycle import Outcome
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now, shifted
from tracker.database.one_statement import read_in_one_statement
from tracker.extensions import db
from tracker.triage.queue import queries, window
from tracker.triage.queue.filters import Filters
from tracker.triage.queue.sorts import SORTS

R = AssistanceRequest


class TestFilters:
    def test_shows_open_requests_with_the_most_urgent_first(self, officer, people):
        with shifted(now() - timedelta(days=3)):
            urgent = make.submitted(people)
        calm, closed = make.in_review(people), make.declined(people)
        assert references(officer.get("/triage/queue")) == [urgent.now.reference, calm.now.reference]
        assert references(officer.get("/triage/queue?status=closed")) == [closed.now.reference]
        assert len(references(officer.get("/triage/queue?status=all"))) == 3

    def test_never_shows_what_has_not_been_submitted(self, officer, people):
        make.complete(people)
        make.awaiting_authorisation(people)
        assert references(officer.get("/triage/queue?status=all")) == []

    def test_narrows_by_state_group_officer_and_day(self, officer, people):
        ours = make.in_review(people)
        theirs = make.submitted(make.People(of="BTN"))
        named = {"ours": ours.now.reference, "theirs": theirs.now.reference}
        assert references(officer.get("/triage/queue?group=APG")) == [named["theirs"]]
        assert references(officer.get("/triage/queue?state=KEN")) == [named["ours"]]
        assert references(officer.get("/triage/queue?officer=nobody")) == [named["theirs"]]
        assert references(officer.get("/triage/queue?officer=me")) == [named["ours"]]
        assert references(officer.get(f"/triage/queue?officer={people.officer.public_id}")) == [named["ours"]]
        assert references(officer.get("/triage/queue?since=2199-01-01")) == []

    def test_overdue_and_unsigned(self, officer, people):
        with shifted(now() - timedelta(days=60)):
            late = make.submitted(people)
        prepared = make.in_review(people)
        proposal = decision.Proposal(outcome=Outcome.DECLINED, reasons="Outside the mandate.")
        decision.prepare_decision(
            prepared.public_id, actor=prepared.officer, version=prepared.version, proposal=proposal
        )
        assert references(officer.get("/triage/queue?overdue=1")) == [late.now.reference]
        assert references(officer.get("/triage/queue?unsigned=1")) == [prepared.now.reference]

    @pytest.mark.parametrize(
        "address",
        [
            "?status=nonsense&kind=%00&group=../..",
            "?since=32-13-9999&officer=not-a-uuid&after=%%%",
            "?after=eyJhIjoxfQ&sort=-nothing",
            "?after=W251bGwsIngiXQ&before=W10",
            "?q=%00%27%22&session=%00&state=%27",
            "?q=" + "(" * 300,
        ],
    )
    def test_understands_strange_addresses_as_no_filter(self, officer, address):
        assert officer.get("/triage/queue" + address).status_code == 200

    def test_a_token_takes_one_filter_away(self, officer, people):
        make.in_review(people)
        page = officer.get("/triage/queue?kind=technical&group=AFR").get_data(as_text=True)
        assert 'href="/triage/queue?group=AFR"' in page
        assert 'href="/triage/queue?kind=technical"' in page

    def test_a_returned_note_stays_in_sight_among_what_waits_for_a_state(self, officer, people):
        asked, returned, mine = make.in_review(people), make.submitted(people), make.in_review(people)
        question = [("problem", "How many?")]
        clarification.ask_clarification(asked.public_id, actor=asked.officer, version=asked.version, questions=question)
        handling.return_note(returned.public_id, actor=asked.officer, version=returned.version, reason="No seal.")
        answer = officer.get("/triage/queue?status=state")
        assert set(references(answer)) == {asked.now.reference, returned.now.reference}
        assert re.search(r'aria-current="[a-z]+"[^>]*>Waiting for a State\s*<[^>]*>2<', answer.text)
        assert mine.now.reference not in answer.text
        assert re.search(r"Clarifications\s*<[^>]*>1<", answer.text)

    def test_says_what_to_do_when_nothing_matches(self, officer):
        assert "The queue is empty." in officer.get("/triage/queue").get_data(as_text=True)
        assert "Nothing matches these filters." in officer.get("/triage/queue?q=x").get_data(as_text=True)


class TestVisibility:
    def test_strictly_confidential_is_for_its_officer_and_managers(self, officer, manager, people):
        case = make.submitted(people, marking="strictly_confidential")
        assert references(officer.get("/triage/queue")) == []
        assert references(manager.get("/triage/queue")) == [case.now.reference]
        set_columns(case, assigned_to_id=people.officer.person_id)
        assert references(officer.get("/triage/queue")) == [case.now.reference]

    @pytest.mark.parametrize("role", ["administrator", "focal_point", "authorising_officer", "donor_officer"])
    def test_others_do_not_enter(self, desk, role):
        assert desk(accounts.person(role)).get("/triage/queue").status_code == 403


TITLES = {
    "en": ("Wiretapping statutes, reviewed", "wiretap"),
    "fr": ("Procédure pénale à l'ère numérique", "procedure penale"),
    "es": ("Investigación de delitos informáticos", "investigacion"),
    "ru": ("Подготовка следователей и судей", "подготовка"),
    "ar": ("تدريب المدّعين العامّين على الأدلة", "الادلة"),
    "zh": ("打击网络犯罪国家战略", "网络犯罪"),
}


class TestSearch:
    @pytest.mark.parametrize("language", TITLES)
    def test_finds_titles_in_six_languages(self, officer, people, language):
        title, words = TITLES[language]
        found = make.submitted(people, title=title)
        make.submitted(people, title="Something else entirely")
        assert references(officer.get(f"/triage/queue?q={words}")) == [found.now.reference]

    def test_finds_texts_references_and_states(self, officer, people):
        found = make.submitted(people, title="A", problem="Seized telephones wait for years.")
        make.submitted(make.People(of="BTN"), title="B", problem="Nothing.")
        for words in ("telephones", found.now.reference, "kenya", "Кения", "肯尼亚"):
            assert references(officer.get(f"/triage/queue?q={words}")) == [found.now.reference], words


WORDS = ["", "forensic", "train pol", "ken", "extradition prison judges", "nothing", "%"]


class TestPages:
    @pytest.fixture
    def many(self, app):
        return fill(60)

    def walk(self, actor, sort, size, filters):
        """Every reference, page by page, forwards."""
        seen, after, pages = [], "", 0
        while True:
            page = queries.rows(filters, actor=actor, sort=sort, holidays=frozenset(), after=after, size=size)
            seen += [row.reference for row in page.rows]
            pages += 1
            if page.after is None or pages > 200:
                return seen, page
            after = page.after

    def walk_back(self, actor, sort, size, filters, page):
        """The same from the last page on, backwards."""
        seen = [row.reference for row in page.rows]
        while page.before is not None:
            page = queries.rows(filters, actor=actor, sort=sort, holidays=frozenset(), before=page.before, size=size)
            seen = [row.reference for row in page.rows] + seen
        return seen

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        sort=st.builds(queries.Sort, st.sampled_from(SORTS), st.booleans()),
        size=st.integers(1, 30),
        filters=st.builds(Filters, q=st.sampled_from(WORDS), status=st.sampled_from(["", "closed", "all"])),
        front=st.sampled_from([1, 7, 500]),
    )
    def test_every_row_exactly_once_whatever_the_order(self, many, sort, size, filters, front):
        actor = many.officer.actor
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(window, "FRONT", front)
            seen, last = self.walk(actor, sort, size, filters)
            back = self.walk_back(actor, sort, size, filters, last)
        expected = set(db.session.scalars(sa.select(R.reference).where(*filters.conditions(actor)).select_from(R)))
        assert len(seen) == len(set(seen))
        assert set(seen) == expected
        assert back == seen

    @pytest.mark.parametrize("front", [1, 500])
    @pytest.mark.parametrize("words", ["", "forensic", "extradition prison judges"])
    @pytest.mark.parametrize("sort", [queries.Sort(), queries.Sort("state", descending=True)])
    def test_neighbours_are_those_of_the_walk(self, many, monkeypatch, front, words, sort):
        monkeypatch.setattr(window, "FRONT", front)
        actor, filters = many.officer.actor, Filters(q=words, status="all")
        shown = queries.rows(filters, actor=actor, sort=sort, holidays=frozenset(), size=100).rows
        assert len(shown) > 2
        for place, row in enumerate(shown):
            beside = read_in_one_statement(
                **queries.previous_and_next_selects(filters, actor=actor, sort=sort, position=row.cursor)
            )
            earlier, later = shown[max(0, place - 1) : place], shown[place + 1 : place + 2]
            assert [one.public_id for one in beside["earlier"]] == [one.public_id for one in earlier]
            assert [one.public_id for one in beside["later"]] == [one.public_id for one in later]

    def test_references_are_ordered_as_numbers(self, officer, people):
        first, second = make.submitted(people), make.submitted(people)
        set_columns(first, reference="TA-2026-KEN-1000", reference_number=1000)
        set_columns(second, reference="TA-2026-KEN-999", reference_number=999)
        shown = references(officer.get("/triage/queue?sort=reference"))
        assert shown == ["TA-2026-KEN-999", "TA-2026-KEN-1000"]

    def test_next_and_previous_lead_along_the_queue(self, desk, many):
        someone = desk(many.officer)
        first = someone.get("/triage/queue?status=all&sort=received").get_data(as_text=True)
        following = re.search(r'href="([^"]+)" rel="next"', first)[1].replace("&amp;", "&")
        second = someone.get(following).get_data(as_text=True)
        assert not set(REFERENCES.findall(first)) & set(REFERENCES.findall(second))
        previous = re.search(r'href="([^"]+)" rel="prev"', second)[1].replace("&amp;", "&")
        assert REFERENCES.findall(someone.get(previous).get_data(as_text=True)) == REFERENCES.findall(first)


class TestBudget:
    @pytest.mark.parametrize("rows", [10, 100])
    def test_costs_six_statements_whatever_the_number_of_rows(self, desk, app, rows):
        someone = desk(fill(rows).officer)
        someone.get("/triage/queue")
        with statements() as seen:
            shown = references(someone.get("/triage/queue?status=all&size=100"))
        assert len(shown) == rows
        assert len(seen) <= 6, seen

    def test_costs_six_statements_with_every_filter(self, desk, app):
        someone = desk(fill(30).officer)
        with statements() as seen:
            someone.get("/triage/queue?q=training&officer=me&group=AFR&kind=technical&since=2020-01-01&overdue=1")
        assert len(seen) <= 6, seen

    def test_counts_stop_at_their_bound(self, desk, app, monkeypatch):
        monkeypatch.setattr(queries, "MOST", 5)
        someone = desk(fill(30).officer)
        assert "over 5" in someone.get("/triage/queue?status=all").get_data(as_text=True)

    def test_a_page_weighs_at_most_25_kb(self, desk, app):
        someone = desk(fill(40).officer)
        answer = someone.client.get("/triage/queue?status=all", headers={"Accept-Encoding": "gzip"})
        assert answer.headers["Content-Encoding"] == "gzip"
        assert len(answer.data) < 25_000


def test_a_link_leads_to_the_request_at_its_place(officer, people):
    cases = [make.submitted(people) for _ in range(3)]
    page = officer.get("/triage/queue?sort=reference").get_data(as_text=True)
    link = re.findall(r'href="(/triage/requests/[^"]+)"', page)[1].replace("&amp;", "&")
    shown = officer.get(link).get_data(as_text=True)
    before = re.search(r'href="/triage/requests/([0-9a-f-]+)[^"]*" rel="prev"', shown)[1]
    after = re.search(r'href="/triage/requests/([0-9a-f-]+)[^"]*" rel="next"', shown)[1]
    assert [UUID(before), UUID(after)] == [cases[0].public_id, cases[2].public_id]
