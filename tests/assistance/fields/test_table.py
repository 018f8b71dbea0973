"""Every row of the table of fields holds: there is a column for it, a step that asks it, a way to read and show it."""

from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import MultiDict

from tests.assistance.test_index import finds, imported
from tests.factories import assistance as make
from tracker.assistance import queries
from tracker.assistance.fields import completeness, editing, facts, steps, table
from tracker.assistance.fields.parts import PARTS
from tracker.assistance.fields.shape import Shape
from tracker.assistance.imported.published import COLUMNS
from tracker.assistance.lifecycle import CONSENT_FIELDS, Kind
from tracker.assistance.models import AssistanceRequest
from tracker.web.components import sent_label

pytestmark = pytest.mark.usefixtures("app")
KEPT = AssistanceRequest.__table__.columns


def holds(column: str, characters: int) -> bool:
    """Whether the request's row has room for so much text."""
    kind = KEPT[column].type
    return isinstance(kind, sa.Text) or (kind.length or 0) >= characters


def test_every_text_has_room_in_a_column_of_its_name():
    assert [one.name for one in table.texts() if not holds(one.name, one.limit)] == []
    assert [name for name, most in table.text_columns().items() if not holds(name, most)] == []


def test_every_field_is_asked_by_a_step_that_is_there():
    for kind in Kind:
        for one in table.of_kind(kind):
            if one.steps[kind]:
                step = steps.step_answering(kind, one.name)
                assert step.slug == one.steps[kind], one.name
                assert step.endpoint or one.name in step.parts
                assert step.endpoint or set(PARTS[one.name].names) <= set(dir(PARTS[one.name].mixin))


def test_every_field_has_words_and_a_value_that_a_question_can_keep():
    request = SimpleNamespace(id=0)
    for one in table.every():
        assert one.label
        assert one.name in editing._fields
        assert sent_label(one.name, form="") == str(one.label)
    assert editing.value_of(request, "delegates") == []


def test_every_text_is_asked_with_a_hint_and_is_either_needed_or_optional():
    for one in table.texts():
        assert one.hint
        assert bool(one.needed) != one.optional


def test_what_is_found_or_shown_outside_is_known():
    assert {name for name in table.found_by() if name not in KEPT} == {"beneficiaries"}
    assert {one.consent for one in table.every()} - {""} == set(CONSENT_FIELDS)
    assert table.shown_with(["summary"]) == {"problem", "objectives"}
    assert table.shown_with([""]) == set()


def test_every_column_of_a_table_stands_once():
    named = [column.name for column in table.columns()]
    assert len(named) == len(set(named))
    assert set(named) < set(COLUMNS)


def test_delegates_and_needs_stand_behind_the_session_they_are_for():
    named = [one.name for one in table.of_kind(Kind.PARTICIPATION)]
    assert named == ["title", "session", "delegates", "needs", "own_contribution", "attachments"]
    assert table.any_weighty(["own_contribution", "needs"])
    assert not table.any_weighty(["own_contribution", "title"])


def test_a_draft_lacks_every_needed_field_that_its_form_asks():
    for kind in Kind:
        case = make.draft(kind=kind)
        found = queries.load_whole(case.public_id, case.drafter)
        asked = {one.name for one in table.of_kind(kind) if one.needed and one.steps[kind]}
        assert set(getattr(completeness, kind.value)(found)) == asked


def test_what_a_request_says_is_shown_in_the_order_of_the_table():
    case = make.complete()
    found = queries.load_whole(case.public_id, case.drafter)
    shown = [fact.field for fact in facts.facts_of(found, queries.parts_of(found))]
    elsewhere = ("title", "attachments")
    assert shown == [one.name for one in table.of_kind(found.kind) if one.name not in elsewhere]


def test_an_input_of_the_form_holds_what_its_field_takes(app):
    for one in table.texts():
        with app.test_request_context():
            too_long = steps.form_class((one.name,))(MultiDict({one.name: "x" * (one.limit + 1)}))[one.name]
            fits = steps.form_class((one.name,))(MultiDict({one.name: "x" * one.limit}))[one.name]
            assert (too_long.validate(None), fits.validate(None)) == (False, True), one.name
        assert bool(fits.flags.optional) == one.optional
        assert (fits.type == "StringField") == (one.shape is Shape.LINE)


def said_in_every_text(kind: Kind) -> dict[str, str]:
    """A word of its own for each text of a kind of request."""
    return {one.name: f"wombat{one.name.replace('_', '')}" for one in table.texts() if kind in one.steps}


def test_every_text_is_shown_wherever_the_request_is(client_of):
    said = said_in_every_text(Kind.TECHNICAL)
    case = make.submitted(**said)
    state, office = client_of(case.people.authority), client_of(case.people.officer)
    for page in (state.get(case.url), state.get(f"{case.url}/annex"), office.get(f"/triage/requests/{case.public_id}")):
        assert [name for name, word in said.items() if word not in page.text] == []


def test_every_text_of_a_table_is_taken_and_found(tmp_path):
    said = {name: f"wombat{name.replace('_', '')}" for name in table.text_columns()}
    case = imported(make.People(), tmp_path, **said)
    assert {name: getattr(case.now, name) for name in said} == said
    assert [name for name, word in said.items() if not finds(word, case)] == []
