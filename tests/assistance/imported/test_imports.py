"""Requests from files: real ones, and ones that somebody made wrong."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.assistance.fields import table
from tracker.assistance.fields.shape import text
from tracker.assistance.imported.checking import ReferenceData, check
from tracker.assistance.imported.imports import read
from tracker.assistance.imported.incoming import Incoming
from tracker.assistance.imported.services import examine, import_requests
from tracker.assistance.lifecycle import Kind
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import today
from tracker.events import Event
from tracker.extensions import db
from tracker.imports.reading import open_source
from tracker.reference import loader
from tracker.rights.actor import Actor

REAL = Path(__file__).parents[2] / "data" / "real"


@pytest.fixture
def with_reference(app):
    with app.app_context():
        loader.load()
        yield app


def take(name_or_path):
    path = REAL / name_or_path if isinstance(name_or_path, str) else name_or_path
    source = open_source(path)
    return import_requests(read(source), actor=Actor.system, file_name=source.name, sha256="0" * 64)


def count():
    return db.session.scalar(sa.select(sa.func.count()).select_from(AssistanceRequest))


class TestRealFiles:
    @pytest.mark.parametrize(
        ("name", "imported", "skipped"),
        [
            ("un1540_assistance_requests.csv", 11, 2),  # two lines name no State
            ("undp_projects.json", 69, 23),  # 23 budgets are zero
        ],
    )
    def test_are_taken_whole_and_only_once(self, with_reference, name, imported, skipped):
        report = take(name)
        assert report["counts"] == {"imported": imported, "skipped": skipped}
        assert len(report["findings"]) == skipped
        assert count() == imported
        assert take(name)["counts"] == {"unchanged": imported, "skipped": skipped}
        assert count() == imported

    def test_keep_the_text_of_all_six_languages(self, with_reference):
        take("iati_unhcr_2023_excerpt.xml")
        original = (REAL / "iati_unhcr_2023_excerpt.xml").read_text(encoding="utf-8")
        kept = db.session.scalars(sa.select(AssistanceRequest.source_texts)).all()
        texts = [(language, text) for row in kept if row for _field, language, text in row]
        assert {"ar", "es", "fr"} <= {language for language, _text in texts}
        assert all(text.split("&")[0].strip()[:60] in original for _language, text in texts)

    def test_leave_one_event_and_give_gapless_references(self, with_reference):
        take("un1540_assistance_requests.csv")
        assert db.session.scalars(sa.select(Event.name)).all() == ["assistance.imported"]
        references = db.session.scalars(
            sa.select(AssistanceRequest.reference).where(AssistanceRequest.reference.like("TA-2015-ARM-%"))
        ).all()
        assert sorted(references) == [f"TA-2015-ARM-{n:03d}" for n in range(1, 6)]

    def test_a_dry_run_changes_nothing(self, with_reference):
        report = examine(read(open_source(REAL / "undp_projects.json")))
        assert report.counts["imported"] == 69
        assert count() == 0


def test_projects_as_the_portals_own_interface_answers(with_reference, tmp_path):
    path = tmp_path / "x.json"
    unit = '"operating_unit": {"iso3": "KEN", "name": "Kenya"}'
    path.write_text(f'{{"data": {{"data": [{{"project_id": "1", "title": "x", {unit}, "budget": 5000.4}}]}}}}')
    assert take(path)["counts"] == {"imported": 1}
    kept = db.session.scalars(sa.select(AssistanceRequest)).one()
    assert (kept.reference.split("-")[2], kept.amount_minor, kept.currency) == ("KEN", 500040, "USD")


class TestTables:
    def file(self, tmp_path, *rows):
        path = tmp_path / "table.csv"
        path.write_text("id,state,title,amount,currency,kind,areas\n" + "\n".join(rows) + "\n", encoding="utf-8")
        return path

    @pytest.mark.parametrize(
        ("row", "field"),
        [
            ("1,Atlantis,x,,,,", "state"),
            ("1,,x,,,,", "state"),
            ("1,KEN,,,,,", "title"),
            (",KEN,x,,,,", "id"),
            ("1,KEN,x,100,,,", "currency"),
            ("1,KEN,x,100,ABC,,", "currency"),
            ("1,KEN,x,-5,USD,,", "amount"),
            ("1,KEN,x,0,USD,,", "amount"),
            ("1,KEN,x,=1+1,USD,,", "amount"),
            ("1,KEN,x,NaN,USD,,", "amount"),
            ("1,KEN,x,1e30,USD,,", "amount"),
            ("1,KEN,x,,,loan,", "kind"),
        ],
    )
    def test_a_row_that_breaks_a_rule_is_reported_and_the_others_are_taken(self, with_reference, tmp_path, row, field):
        report = take(self.file(tmp_path, row, "2,Côte d'Ivoire,Formation,1000,XOF,,TA.LEG"))
        assert report["counts"] == {"skipped": 1, "imported": 1}
        assert [(f[0], f[2]) for f in report["findings"]] == [(2, field)]

    def test_a_row_tells_all_its_faults(self, with_reference, tmp_path):
        report = take(self.file(tmp_path, ",Atlantis,,-5,ABC,loan,"))
        assert sorted(f[2] for f in report["findings"]) == ["amount", "currency", "id", "kind", "state", "title"]

    def test_a_row_that_slipped_is_reported(self, with_reference, tmp_path):
        report = take(self.file(tmp_path, "1,KEN,training, legal,100,USD,,,"))
        assert report["counts"] == {"skipped": 1}

    def test_a_column_that_is_not_known_is_said_once(self, with_reference, tmp_path):
        path = tmp_path / "table.csv"
        path.write_text("id,state,title,amout\n1,KEN,x,5\n2,KEN,y,5\n")
        assert [(f[0], f[2]) for f in take(path)["findings"]] == [(2, "amout")]

    def test_what_is_said_of_the_whole_table_is_said_although_its_first_row_is_not_taken(
        self, with_reference, tmp_path
    ):
        path = tmp_path / "table.csv"
        path.write_text("id,state,title,amout,starts_on\n1,Atlantis,x,5,31/12/2026\n2,KEN,y,5,01/02/2027\n")
        report = take(path)
        assert report["counts"] == {"skipped": 1, "imported": 1}
        assert [(f[0], f[2]) for f in report["findings"]] == [(2, "amout"), (2, "starts_on"), (2, "state")]
        assert db.session.scalars(sa.select(AssistanceRequest.starts_on)).one().isoformat() == "2027-02-01"

    def test_an_id_is_never_cut(self, with_reference, tmp_path):
        report = take(self.file(tmp_path, f"{'i' * 121},KEN,x,,,,", f"{'i' * 121}j,KEN,y,,,,"))
        assert report["counts"] == {"skipped": 2}

    def test_what_no_database_holds_is_taken_out_and_said(self, with_reference, tmp_path):
        path = tmp_path / "x.json"
        path.write_text(
            r'[{"project_id": "a\u0000", "country": {"short_name": "KE"}, "title": "b\ud800c", "total_budget": 5}]'
        )
        report = take(path)
        assert report["counts"] == {"imported": 1}
        assert {f[2] for f in report["findings"]} == {"id", "title"}
        assert take(path)["counts"] == {"unchanged": 1}

    def test_all_findings_of_a_run_reach_the_report(self, with_reference, tmp_path):
        report = take(self.file(tmp_path, *(f"{n},Atlantis,x,,,," for n in range(2_100))))
        assert len(report["findings"]) == 2_100

    def test_equal_double_ids_are_duplicates_and_differing_ones_conflicts(self, with_reference, tmp_path):
        rows = ("1,KEN,x,,,,", "1,KEN,x,,,,", "1,KEN,other,,,,")
        assert take(self.file(tmp_path, *rows))["counts"] == {"imported": 1, "duplicate": 1, "conflict": 1}
        again = take(self.file(tmp_path, "1,KEN,changed,,,,"))
        assert again["counts"] == {"conflict": 1}
        assert again["findings"][0][-1] == {"source": "table"}  # whose ids are meant: another table names its own
        assert db.session.scalars(sa.select(AssistanceRequest.title)).all() == ["x"]

    def test_a_row_stays_what_it_was_when_requests_are_given_one_field_more(
        self, with_reference, tmp_path, monkeypatch
    ):
        path = self.file(tmp_path, "1,KEN,x,1000,USD,,TA.LEG")
        assert take(path)["counts"] == {"imported": 1}
        monkeypatch.setattr(table, "_fields", dict(table._fields))
        younger = text("coordination", "Coordination", {Kind.TECHNICAL: "why"}, hint="With whom.")
        table.register(younger, after="earlier_assistance")
        assert take(path)["counts"] == {"unchanged": 1}

    def test_markup_and_formulas_stay_text(self, with_reference, tmp_path):
        take(self.file(tmp_path, "1,KEN,<script>alert(1)</script>,,,,", "2,肯尼亚,=cmd|' /C calc'!A0,,,,"))
        titles = db.session.scalars(sa.select(AssistanceRequest.title).order_by(AssistanceRequest.id)).all()
        assert titles == ["<script>alert(1)</script>", "=cmd|' /C calc'!A0"]


def test_progress_never_goes_back(with_reference, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("id,state,title\n" + "".join(f"{n},KEN,x\n" for n in range(1_600)))
    seen = []
    facts = {"actor": Actor.system, "file_name": "x", "sha256": "0" * 64}
    import_requests(read(open_source(path)), **facts, progress=lambda done, total: seen.append(done / total))
    assert seen == sorted(seen)
    assert seen[-1] > 0.9


def test_two_runs_of_a_file_at_the_same_moment_are_as_one(with_reference):
    start = Barrier(2)

    def run(_number):
        with with_reference.app_context():
            start.wait()
            try:
                return take("un1540_assistance_requests.csv")["counts"]
            finally:
                db.session.remove()

    db.session.remove()
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(run, range(2)))
    answers.sort(key=lambda counts: "unchanged" in counts)
    assert answers == [{"skipped": 2, "imported": 11}, {"skipped": 2, "unchanged": 11}]
    assert count() == 11


awkward = st.text(max_size=40) | st.sampled_from(
    ["", "=1", "\x00", "\u202e", "KEN", "USD", "-1", "1e999", "2020-02-30", "999999999999999999"]
)
FACTS = ReferenceData(frozenset({"TA.LEG"}), {}, {}, today())


NAMES = [
    "source_id",
    "state",
    "title",
    "kind",
    "amount",
    "currency",
    "starts_on",
    "submitted_on",
    "language",
    "marking",
    "session",
    "problem",
]


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(values=st.fixed_dictionaries(dict.fromkeys(NAMES, awkward)))
def test_no_row_can_crash_the_check(values):
    words = {"problem": values.pop("problem")}
    taken, findings = check(Incoming(row=1, source="s", words=words, **values), FACTS)
    assert taken is not None or findings
