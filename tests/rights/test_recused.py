"""Whoever declared a conflict of interest reads nothing more of the case: on no page, list, search, figure or file."""

import sqlalchemy as sa

from tests.rights import probing, subjects, table
from tracker.assistance.models import AssistanceRequest, Recusal
from tracker.database.transactions import delete_where, transaction
from tracker.extensions import db

OF_THE_CASE = ("quokkastate", "quokkanote", "quokkastrict")
"""Words that stand in Kenya's requests and in what the office wrote about them."""
EVERYBODYS = ("/demo/mailbox",)
"""The post of everybody in a demonstration, which whoever tries it out reads under every name."""
IN_ROUNDS = ("open_round_request", "approved_round_request", "prepared_round_request")
"""Requests that rounds give seats to: a round compares all requests of its session, so one conflict closes it."""
TELLING = (
    "assistance.annex",
    "finance.allocation",
    "pledges.show",
    "triage.clarifications",
    "triage.letter",
    "triage.letters",
    "triage.messages",
    "triage.queue",
    "triage.request",
)
"""Where each of these people reads of the cases: a page that tells nothing before proves nothing afterwards."""
SEARCHES = ("/triage/queue?q=objectives", "/triage/queue?status=all", "/triage/queue?view=mine")


def addresses(app, world, who, only=None):
    """Every page that somebody may open, or those of some endpoints, and searches for the cases."""
    expected = table.read()
    for endpoint in only or subjects.endpoints(app):
        for (method, subject), address in subjects.addresses(app, world, endpoint).items():
            if method == "GET" and address not in EVERYBODYS and expected[endpoint, method, subject][who] == 200:
                yield address
    yield from SEARCHES


def told(answer, cases):
    """What of the cases stands in an answer."""
    body = answer.body.lower()
    seen = [word for word in OF_THE_CASE if word in body]
    return seen + [case.reference for case in cases if case.reference.lower() in body]


def wrong_with(app, world, who, cases):
    """The pages that tell something of the cases, and those of a case itself, its files too, that are there at all."""
    for address in addresses(app, world, who):
        answer = probing.ask(app, world, who, "GET", address)
        seen = told(answer, cases)
        if answer.status == 200 and any(str(case.public_id) in address for case in cases):
            seen.append("is there")
        if seen:
            yield f"{who} {address}: {seen}"


def silent_endpoints(app, world, who, cases):
    """Which of the endpoints that tell of the cases tell nothing, although nobody has declared anything."""
    silent = set()
    for endpoint in TELLING:
        pages = addresses(app, world, who, only=[endpoint])
        answers = [probing.ask(app, world, who, "GET", address) for address in pages if address not in SEARCHES]
        if not any(told(answer, cases) for answer in answers):
            silent.add(endpoint)
    searched = [probing.ask(app, world, who, "GET", address) for address in SEARCHES]
    return silent | {search for search, answer in zip(SEARCHES, searched, strict=True) if not told(answer, cases)}


def test_reads_nothing_of_the_case_on_any_page(matrix_app, built_world):
    wrong, columns = [], (AssistanceRequest.id, AssistanceRequest.reference, AssistanceRequest.public_id)
    with matrix_app.app_context():
        own = AssistanceRequest.reference.in_(sorted(built_world.references))
        in_rounds = AssistanceRequest.public_id.in_([built_world.ids[name] for name in IN_ROUNDS])
        cases = db.session.execute(sa.select(*columns).where(sa.or_(own, in_rounds))).all()
        for who in ("triage_officer", "programme_manager", "finance_officer"):
            person_id = built_world.people[who].person_id
            with probing.nothing_kept():
                assert silent_endpoints(matrix_app, built_world, who, cases) == set(), who
            with transaction() as session:
                facts = {"person_id": person_id, "reason": "We are related."}
                session.add_all(Recusal(request_id=case.id, **facts) for case in cases)
            try:
                with probing.nothing_kept():
                    wrong += wrong_with(matrix_app, built_world, who, cases)
            finally:
                with transaction():
                    delete_where(Recusal, Recusal.person_id == person_id)
    assert not wrong, "\n".join(wrong)
