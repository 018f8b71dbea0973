"""The queue says how many people a request for participation names."""

import csv
import io
import re

from tests.factories import assistance as make
from tests.services.statements import statements
from tracker.assistance.models import AssistanceRequest as R
from tracker.calendar.now import now
from tracker.database.transactions import transaction, update_where
from tracker.participation import queries
from tracker.participation import services as participation
from tracker.participation.models import Delegate


def delegation(people, *names: str, alternates: tuple[str, ...] = ()):
    """A request for participation that names so many people, with the office."""
    case = make.draft(people, kind="participation")
    for name in (*names, *alternates):
        nomination = participation.Nomination(name=name, alternate=name in alternates)
        participation.nominate(case.public_id, actor=case.drafter, nomination=nomination)
    reference = f"PS-2026-KEN-{case.now.id:03}"
    with transaction():
        update_where(
            R,
            R.public_id == case.public_id,
            status="submitted",
            origin="imported",
            reference=reference,
            reference_number=case.now.id,
            submitted_at=now(),
        )
    return case


def test_says_how_many_delegates_are_asked_for(officer, people):
    case = delegation(people, "Awa Konan", "Zuri Otieno", "Juma Mwangi", alternates=("Amina Noor",))
    gone = next(d for d in queries.delegates_of(case.now.id) if d.name == "Juma Mwangi").public_id
    with transaction():
        update_where(Delegate, Delegate.public_id == gone, removed_at=now())
    make.submitted(people)
    page = officer.get("/triage/queue").get_data(as_text=True)
    assert re.findall(r"\d+ delegates?, \d+ alternates?", page) == ["2 delegates, 1 alternate"]
    assert "Awa Konan" not in page
    sent = {"key": "k1", **officer.hidden("/triage/queue/export")}
    rows = list(
        csv.DictReader(io.StringIO(officer.client.post("/triage/queue/export", data=sent).text.lstrip("\ufeff")))
    )
    assert sorted((row["Delegates"], row["Alternates"]) for row in rows) == [("", ""), ("2", "1")]


def test_the_queue_costs_six_statements_with_delegations(desk, people):
    for name in ("Awa Konan", "Zuri Otieno"):
        delegation(people, name)
    someone = desk(people.officer)
    someone.get("/triage/queue")
    with statements() as seen:
        assert someone.get("/triage/queue").text.count("1 delegate<") == 2
    assert len(seen) <= 6, seen
