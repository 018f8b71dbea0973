"""The delegation as one form: rows added, moved, removed and saved together, with the estimate beside each person."""

import gzip
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from tests.factories.participation import person, seen, standing, typed, with_support
from tests.participation.test_delegation import nominate
from tests.services.people import sign_in
from tests.services.statements import statements
from tracker.errors import Stale
from tracker.extensions import db
from tracker.participation import queries, services
from tracker.participation.models import Delegate


def sent(client, case, *people, **facts):
    sign_in(client, case.people.drafter)
    return client.post(f"{case.url}/delegates", data=typed(*people, **{"version": seen(case.now.id), **facts}))


def people_of(case):
    return [(one.name, one.alternate) for one in queries.delegates_of(case.now.id)]


def test_saves_everybody_in_order_in_one_form(client, case):
    answer = sent(client, case, person("Awa Konan", alternate=True), person("Serge Koffi", head=True))
    assert answer.location == f"{case.url}/delegates"
    first, second = queries.delegates_of(case.now.id)
    assert [(first.name, first.family_name, first.head), second.name] == [
        ("Serge Koffi", "Koffi", True),
        "Awa Konan",
    ]
    assert (first.departure_iata, first.payer_fare, first.payer_visa) == ("NBO", "fund", "nobody")
    assert first.leaves_on > first.arrives_on
    shown = client.get(f"{case.url}/delegates").text
    assert shown.count('list="known-airports"') == 2
    assert shown.count('<option value="NBO"') == 1, "one list of airports for all rows"


def test_keeps_what_was_typed_and_says_at_whose_field_what_is_wrong(client, case):
    late = person("Serge Koffi", leaves_on=date(2020, 1, 1), nationality_iso3="Narnia")
    answer = sent(client, case, person(), late, person("", function="Judge"))
    assert answer.status_code == 422
    for words in ("This day is before the day of arrival.", "No State of this name is known.", "Enter the name."):
        assert words in answer.text
    assert 'href="#people-1-nationality"' in answer.text
    assert 'value="Judge"' in answer.text
    assert people_of(case) == []


def test_has_one_head(client, case):
    answer = sent(client, case, person(head=True), person("Serge Koffi", head=True))
    assert "A delegation has one head." in answer.text


def test_rows_are_added_moved_and_removed_without_a_script_and_nothing_typed_is_lost(client, case):
    rows = (person(), person("Serge Koffi"), person("Zuri Otieno"))
    added = sent(client, case, *rows, rows="add:people").text
    assert added.count('name="people-3-family_name"') == 1
    assert 'value="Zuri"' in added
    moved = sent(client, case, *rows, rows="up:people:2").text
    assert moved.index('value="Zuri"') < moved.index('value="Serge"')
    removed = sent(client, case, *rows, rows="remove:people:0").text
    assert "Konan" not in removed.partition("<form")[2]
    assert 'value="Serge"' in removed
    assert people_of(case) == []


def test_who_pays_a_line_that_is_not_asked_now_stays_with_the_person(client, case, meeting):
    with_support(meeting)
    rows = [person("Awa Konan", payer_insurance="host"), person("Serge Koffi", payer_insurance="state")]
    for one in rows:
        services.nominate(case.public_id, actor=case.drafter, nomination=one)
    awa, serge = standing(case.now.id)
    said = typed(person("Zuri Otieno"), serge.nomination, awa.nomination)
    data = {name: value for name, value in said.items() if "payer_insurance" not in name}
    data |= {"people-1-person": str(serge.delegate), "people-2-person": str(awa.delegate)}
    sign_in(client, case.people.drafter)
    saved = client.post(f"{case.url}/delegates", data=data | {"version": seen(case.now.id)})
    assert saved.status_code == 302
    payers = {one.name: one.payer_insurance for one in queries.delegates_of(case.now.id)}
    assert payers == {"Zuri Otieno": None, "Serge Koffi": "state", "Awa Konan": "host"}


def test_changes_moves_and_takes_off_and_says_so_once_each(case):
    for name in ("Awa Konan", "Serge Koffi", "Zuri Otieno"):
        nominate(case, name)
    awa, serge, zuri = standing(case.now.id)
    changed = replace(zuri, nomination=replace(zuri.nomination, office="Court"))
    services.save_delegation(case.public_id, actor=case.drafter, version=None, people=[changed, awa])
    assert people_of(case) == [("Zuri Otieno", False), ("Awa Konan", False)]
    assert queries.delegates_of(case.now.id)[0].office == "Court"
    assert serge.delegate not in [one.delegate for one in standing(case.now.id)]


def test_two_people_at_once_do_not_overwrite_each_other(client, case):
    nominate(case)
    sign_in(client, case.people.drafter)
    version = seen(case.now.id)
    nominate(case, "Serge Koffi")
    answer = client.post(f"{case.url}/delegates", data=typed(person("Zuri Otieno"), version=version))
    assert answer.status_code == 409
    assert "Otieno" in answer.text
    assert "Serge Koffi" in answer.text
    with pytest.raises(Stale):
        services.save_delegation(case.public_id, actor=case.drafter, version=int(version), people=[])


def test_a_name_stays_text_in_every_sentence(client, case):
    assert sent(client, case, person("<b>Amina</b>", email="")).status_code == 302
    for page in ("delegates", "review"):
        shown = client.get(f"{case.url}/{page}").text
        assert "&lt;b&gt;Amina&lt;/b&gt;" in shown
        assert "<b>Amina" not in shown


def test_asks_for_nothing_of_a_passport_but_the_names(client, case):
    sign_in(client, case.people.drafter)
    page = client.get(f"{case.url}/delegates").text.lower()
    assert page.count("passport") == 1
    assert "names as they stand in the passport" in page


def test_pressing_twice_nominates_once(client, case):
    version = seen(case.now.id)
    for _press in range(2):
        answer = sent(client, case, person(), version=version, key="6f1a3a2e-8a55-4a38-9a5e-2f6f8e0d9f10")
        assert answer.status_code == 302
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Delegate)) == 1


def test_stays_light_with_many_people(client, case):
    for number in range(8):
        nominate(case, f"Delegate {number}")
    sign_in(client, case.people.drafter)
    client.get(f"{case.url}/delegates")
    with statements() as said:
        page = client.get(f"{case.url}/delegates").data
    assert len(said) <= 16, said
    assert len(gzip.compress(page)) < 30_000


def test_shows_the_estimate_beside_each_person(client, case, meeting):
    with_support(meeting)
    nominate(case)
    nominate(case, "Serge Koffi", arrives_on=None)
    sign_in(client, case.people.drafter)
    page = client.get(f"{case.url}/delegates").text
    assert "The estimate is incomplete" in page
    assert "The travel days are not known" in page
    assert "half of 1,400, tariff of" in page
