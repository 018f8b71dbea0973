"""Each person once in a delegation, and in no two seats on overlapping days."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories import assistance
from tests.factories.assistance import People
from tests.factories.participation import person, seen, standing, typed
from tests.participation.test_delegation import nominate
from tests.participation.test_once import another_session, arrived, asked
from tests.services.people import sign_in
from tracker.assistance import lifecycle
from tracker.assistance.authorisation.services import ask_authorisation, withdraw
from tracker.assistance.queries import get_visible
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict, Invalid
from tracker.participation import queries, services
from tracker.participation.lifecycle import same_person
from tracker.participation.models import Delegate
from tracker.participation.services import Nomination


class TestOnePersonInADelegation:
    @pytest.mark.parametrize(
        ("name", "email", "field"),
        [
            ("KONAN, Awá", "", "family_name"),
            ("Serge Koffi", "AWA-KONAN@example.org", "email"),
            ("Serge Koffi", " awa-konan＠example.org\u00a0", "email"),
        ],
    )
    def test_is_refused_at_the_field_and_what_was_typed_stays(self, client, case, name, email, field):
        nominate(case)
        sign_in(client, case.people.drafter)
        (awa,) = standing(case.now.id)
        given, _space, family = name.rpartition(" ")
        judge = replace(awa.nomination, given_name=given, family_name=family, email=email, function="Judge")
        sent = typed(awa.nomination, judge) | {"people-0-person": str(awa.delegate)}
        sent["version"] = seen(case.now.id)
        answered = client.post(f"{case.url}/delegates", data=sent)
        assert answered.status_code == 422
        assert "Awa Konan is nominated already." in answered.text
        assert f'id="people-1-{field}-error"' in answered.text
        assert 'value="Judge"' in answered.text
        assert len(queries.delegates_of(case.now.id)) == 1

    def test_an_address_keeps_one_form_or_is_refused(self, client, case):
        sign_in(client, case.people.drafter)
        sent = typed(person(email=" Awa@XN--MNCHEN-3YA.example.de "), version=seen(case.now.id))
        assert client.post(f"{case.url}/delegates", data=sent).status_code == 302
        assert [delegate.email for delegate in queries.delegates_of(case.now.id)] == ["awa@münchen.example.de"]
        answered = client.post(f"{case.url}/delegates", data=typed(person("Serge", email="serge@☃.org")))
        assert answered.status_code == 422
        assert "Enter one e-mail address, for example name@ministry.example." in answered.text
        assert "serge@☃.org" in answered.text

    def test_a_change_makes_nobody_the_same_either(self, case):
        nominate(case)
        nominate(case, name="Serge Koffi")
        awa, serge = standing(case.now.id)
        same = replace(serge, nomination=person("Konan Awa", email=""))
        with pytest.raises(Invalid) as refused:
            services.save_delegation(case.public_id, actor=case.drafter, version=None, people=[awa, same])
        assert set(refused.value.fields) == {"1.family_name"}

    def test_is_in_no_two_seats_on_overlapping_days(self, case, meeting):
        other = arrived(another_session(), case.people)
        with pytest.raises(Invalid) as refused:
            nominate(case)
        assert "Awa Konan is nominated for" in str(refused.value.fields["0.family_name"])
        apart = {"arrives_on": today() + timedelta(100), "leaves_on": today() + timedelta(101)}
        nominate(case, **apart)
        with transaction():
            update_where(Delegate, Delegate.request_id == other.now.id, leaves_on=today() + timedelta(100))
        found = lifecycle.missing("participation", "ask_authorisation", get_visible(case.public_id, case.drafter))
        assert "for another session on overlapping days" in str(found["delegates"])

    def test_two_without_an_address_are_two(self, case):
        nominate(case, email="")
        nominate(case, name="Serge Koffi", email="")

    def test_somebody_taken_off_may_be_nominated_again(self, case):
        nominate(case)
        services.save_delegation(case.public_id, actor=case.drafter, version=None, people=[])
        nominate(case)

    def test_a_draft_from_before_says_who_stands_twice(self, case):
        nominate(case)
        second = nominate(case, name="Serge Koffi")
        with transaction():
            update_where(Delegate, Delegate.public_id == second, name="Awa Konan")
        with pytest.raises(Invalid) as refused:
            ask_authorisation(case.public_id, actor=case.drafter, version=case.version)
        assert "Awa Konan is nominated twice" in str(refused.value.fields["delegates"])

    def test_copying_takes_nobody_who_is_there_under_another_spelling(self, meeting):
        people = People("KEN")
        first = asked(meeting, people)
        withdraw(first.public_id, actor=first.authority, version=first.version, reason="x")
        assert same_person(Nomination(name="Konan Awa"), Nomination(name="AWA KONAN")) == ["name"]
        again = assistance.draft(people, kind="participation")
        nominate(again, name="Konan Awa")
        with pytest.raises(Conflict):
            services.copy_last_delegation(again.public_id, actor=again.drafter)
