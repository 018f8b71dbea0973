"""A request is found by the same words whether it was typed into the form, came on paper or from a file."""

import csv
import uuid

import pytest
import sqlalchemy as sa

from tests.factories import assistance as make
from tracker import search
from tracker.assistance.authorisation import services as authorisation
from tracker.assistance.clarification import services as clarification
from tracker.assistance.handling import services as handling
from tracker.assistance.imported.imports import read
from tracker.assistance.imported.services import import_requests
from tracker.assistance.models import AssistanceRequest, Question
from tracker.extensions import db
from tracker.imports.reading import open_source
from tracker.rights.actor import Actor

pytestmark = pytest.mark.usefixtures("app")

SAYS = {
    "title": "wombat title",
    "beneficiaries": ["quokka authority", "numbat court"],
    "problem": "bilby problem",
    "objectives": "potoroo objectives",
    "expected_results": "bettong results",
    "human_rights": "dunnart rights",
    "earlier_assistance": "kowari earlier",
    "dates": {"starts_on": None, "ends_on": None, "place": "cuscus town"},
}
WORDS = ("wombat", "quokka", "numbat", "bilby", "potoroo", "bettong", "dunnart", "kowari", "cuscus", "Кения", "肯尼亚")


@pytest.fixture
def people():
    return make.People()


def imported(people, tmp_path, *, marking="unclassified", **changes):
    """A request of a table."""
    make.reference_data()
    _account = people.authority  # the State is there already, as for the request that is typed
    path = tmp_path / "table.csv"
    row = {"id": "potato-17", "state": "KEN", "marking": marking, **SAYS, "place": SAYS["dates"]["place"], **changes}
    row["beneficiaries"] = "|".join(row["beneficiaries"])
    del row["dates"]
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, row)
        table.writeheader()
        table.writerow(row)
    report = import_requests(read(open_source(path)), actor=Actor.system, file_name=path.name, sha256="0" * 64)
    assert report["counts"] == {"imported": 1}
    newest = sa.select(AssistanceRequest.public_id).order_by(AssistanceRequest.id.desc()).limit(1)
    return make.Case(db.session.scalar(newest), people)


def on_paper(people):
    """The same request, filed by staff."""
    make.reference_data()
    _account = people.authority
    filed = authorisation.file_paper_request(
        actor=people.officer.actor, state_code="KEN", kind="technical", language="en", values=SAYS, note=make.note()
    )
    return make.Case(uuid.UUID(filed), people)


def typed(people, **marking):
    """The same request in the form, authorised and submitted."""
    days = {**make.COMPLETE["dates"], "place": SAYS["dates"]["place"]}
    return make.submitted(people, **marking, **{**SAYS, "dates": days})


def indexed(case, *own):
    """The tokens that a request is found by, less those of its own reference and of `own`."""
    wanted = search.SearchEntry.subject_type == "request", search.SearchEntry.subject_id == case.now.id
    folded = db.session.scalar(sa.select(search.SearchEntry.folded).where(*wanted))
    return set(folded.split()) - set(search.fold(" ".join((case.now.reference, *own))).split())


def finds(word, case):
    return case.now.id in set(db.session.scalars(search.matching("request", word)))


def test_an_imported_request_is_found_by_what_the_typed_one_is_found_by(people, tmp_path):
    case = imported(people, tmp_path)
    assert indexed(case, "potato-17") == indexed(typed(people))
    assert [word for word in WORDS if not finds(word, case)] == []
    assert finds("potato-17", case)


def test_so_is_one_that_came_on_paper(people):
    assert indexed(on_paper(people)) == indexed(typed(people))


def test_a_strictly_confidential_one_is_found_by_its_reference_only(people, tmp_path):
    for case in (
        imported(people, tmp_path, marking="strictly_confidential"),
        typed(people, marking="strictly_confidential"),
    ):
        assert [word for word in (*WORDS, "potato") if finds(word, case)] == []
        assert finds(case.now.reference, case)


def test_what_only_the_source_said_is_still_found_after_the_state_answered(people, tmp_path):
    case = imported(people, tmp_path)
    handling.take_up(case.public_id, actor=case.officer, version=case.version)
    asked = (("problem", "How many?"),)
    clarification.ask_clarification(case.public_id, actor=case.officer, version=case.version, questions=asked)
    question = db.session.scalar(sa.select(Question.id))
    db.session.rollback()
    said = {"replies": {question: "Forty."}, "values": {"problem": "pademelon problem"}}
    clarification.answer(case.public_id, actor=case.authority, version=case.version, **said)
    assert finds("pademelon", case)
    assert not finds("bilby", case)
    assert finds("potato-17", case)


def test_the_state_finds_a_request_however_much_it_says(people, tmp_path):
    long = "".join(chr(0x4E00 + number % 20_000) for number in range(19_999))
    case = imported(people, tmp_path, problem=long, objectives=long)
    assert [word for word in ("wombat", "quokka", "cuscus", "肯尼亚") if not finds(word, case)] == []
