"""Pressing twice does it once and says the same; an old page saves nothing over a newer one."""

import uuid

import pytest
import sqlalchemy as sa

from tests.factories import assistance
from tests.factories.money_acts import MONEY_ACTS
from tests.rights import lawful, probing
from tests.rights.world import cast_of, donors_of
from tracker.assistance.drafting import services
from tracker.database.verbs import IdempotencyKey
from tracker.errors import KeyReused
from tracker.events import Event
from tracker.extensions import db
from tracker.participation import services as participation
from tracker.participation.services import Nomination
from tracker.pledges import services as money

BY_TWO = {"apply_surplus", "refund", "return_surplus", "reverse", "raise", "reduce", "extend", "earmark"}
"""Proposed here; confirming them, or saying yes, is one verb for all."""
REQUEST_ACTS = sorted(set(lawful.REQUEST_LAWS) - set(lawful.SIGNED))


@pytest.fixture(scope="module")
def scene(matrix_app, built_world):
    """Requests and pledges of this module's own in every status: here they really move."""
    with matrix_app.app_context():
        return lawful.build(built_world)


def press(act, actor):
    """Once, and again with the same key."""
    key = str(uuid.uuid4())
    before = lawful.last_event()
    db.session.rollback()
    first = act(actor=actor, key=key)
    second = act(actor=actor, key=key)
    assert first == second
    assert db.session.scalar(sa.select(sa.func.count()).where(Event.id > before)) == 1
    assert db.session.get(IdempotencyKey, key) is not None
    db.session.rollback()


@pytest.mark.parametrize("action", [*REQUEST_ACTS, *lawful.SIGNED])
def test_an_act_on_a_request_happens_once(matrix_app, built_world, scene, action):
    law = lawful.REQUEST_LAWS[action]
    persona = sorted(law.who)[0]
    with matrix_app.app_context():
        if action in lawful.READY:
            case = scene.prepared[action]
        else:
            status = sorted(law.sources)[0]
            builder = assistance.delivered if status == "in_implementation" else assistance.IN_EVERY_STATUS[status]
            case = builder(cast_of(built_world, "KEN"))
            if action in lawful.AMENDING:
                lawful.prepare_amendment(scene, case)
        press(lawful.request_act(scene, action, case), scene.actors[persona])


@pytest.mark.parametrize("action", MONEY_ACTS)
def test_an_act_on_money_happens_once(matrix_app, built_world, action):
    with matrix_app.app_context():
        ready = MONEY_ACTS[action](donors_of(built_world, "NORAD"))
        press(ready.by_service, ready.who.actor)


def test_no_act_on_money_is_left_out():
    verbs = {name for name in money.__all__ if getattr(getattr(money, name), "is_verb", False)}
    assert verbs - {"set_interests"} == set(MONEY_ACTS) - BY_TWO


def test_a_key_with_another_body_is_refused(matrix_app, built_world, scene):
    with matrix_app.app_context():
        key, actor = str(uuid.uuid4()), scene.actors["drafter"]
        services.start_draft(actor=actor, kind="technical", language="en", key=key)
        with pytest.raises(KeyReused):
            services.start_draft(actor=actor, kind="technical", language="fr", key=key)
        with pytest.raises(KeyReused):
            services.start_draft(actor=scene.actors["colleague"], kind="technical", language="en", key=key)
        db.session.rollback()


class TestAnOldPage:
    """Somebody else saved meanwhile: 409, with what was typed and what stands there now."""

    def stale(self, matrix_app, built_world, persona, address, body):
        probing.without_tokens(matrix_app)
        answer = probing.ask(matrix_app, built_world, persona, "POST", address, body)
        assert answer.status == 409, answer.error or answer.status
        return answer.body

    def test_of_a_draft_shows_both_texts(self, matrix_app, built_world):
        with matrix_app.app_context():
            case = assistance.draft(cast_of(built_world, "KEN"), title="As it was")
            address = f"{case.url}/steps/where"
            opened = probing.ask(matrix_app, built_world, "drafter", "GET", address).body
            version = opened.split('name="version"')[1].split('value="')[1].split('"')[0]
            saved = {"title": "What the authority wrote"}
            services.edit(case.public_id, actor=case.authority, version=case.version, step="where", values=saved)
            body = {"title": "What the drafter wrote", "language": "en", "version": version, "key": str(uuid.uuid4())}
            page = self.stale(matrix_app, built_world, "drafter", address, body)
            assert "What the drafter wrote" in page
            assert "What the authority wrote" in page
            assert case.now.title == "What the authority wrote"

    def test_of_a_delegate_shows_both_texts(self, matrix_app, built_world):
        with matrix_app.app_context():
            case = assistance.draft(cast_of(built_world, "KEN"), kind="participation")
            participation.nominate(case.public_id, actor=case.drafter, nomination=Nomination(name="Awa Konan"))
            body = {"people-0-family_name": "Awa K.", "people-0-language": "en", "people-0-gender": "woman"}
            body |= {"version": "1", "key": str(uuid.uuid4())}
            page = self.stale(matrix_app, built_world, "drafter", f"{case.url}/delegates", body)
            assert "Awa K." in page
            assert "Awa Konan" in page

    @pytest.mark.parametrize(
        "act",
        [
            ("submitted", "triage_officer", "/triage/requests/{}/return-note", "reason"),
            ("in_review", "triage_officer", "/triage/requests/{}/decision/declined", "reasons"),
            ("accepted", "triage_officer", "/triage/requests/{}/amendment", "reasons"),
            ("in_review", "authority", "/requests/{}/withdraw", "reason"),
            ("awaiting_authorisation", "authority", "/requests/{}/return", "reason"),
        ],
    )
    def test_of_an_act_keeps_what_was_typed(self, matrix_app, built_world, scene, act):
        status, persona, path, typed = act
        with matrix_app.app_context():
            case = scene.requests[status]
            terms = {"amount": "5", "human_rights": "As before."}
            body = {typed: "A long and careful reason", **terms, "version": "1", "key": str(uuid.uuid4())}
            before = case.now.status
            assert "A long and careful reason" in self.stale(
                matrix_app, built_world, persona, path.format(case.public_id), body
            )
            assert case.now.status == before

    @pytest.mark.parametrize("version", [None, "", "x", "-1", "99999999999"])
    def test_that_does_not_say_how_old_it_is_counts_as_old(self, matrix_app, built_world, scene, version):
        with matrix_app.app_context():
            case = scene.requests["in_review"]
            body = {"reason": "A long and careful reason", "key": str(uuid.uuid4())}
            body |= {} if version is None else {"version": version}
            page = self.stale(matrix_app, built_world, "authority", f"/requests/{case.public_id}/withdraw", body)
            assert "A long and careful reason" in page
            assert case.now.status == "in_review"
