"""Each guard is taken away once, and the matrix turns red: it would notice."""

import sqlalchemy as sa

from tests.rights import matrix
from tracker.web import access


def test_without_the_guard_strangers_get_in(matrix_app, built_world, monkeypatch):
    hooks = matrix_app.before_request_funcs[None]
    monkeypatch.setitem(matrix_app.before_request_funcs, None, [hook for hook in hooks if hook is not access.guard])
    found = matrix.walk(matrix_app, built_world, ["triage.queue", "finance.desk", "settings.rates"])
    assert any("anonymous got" in line for line in matrix.against_the_table(found))
    wrong = matrix.whatever_the_table_says(found)
    assert any("got in without signing in" in line for line in wrong)
    assert any("has no role for this" in line for line in wrong)


def test_without_the_view_on_requests_foreign_ones_are_seen(matrix_app, built_world, monkeypatch):
    from tracker.assistance.queries import visible

    monkeypatch.setattr(visible, "visible_to", lambda actor: sa.true())
    found = matrix.walk(matrix_app, built_world, ["assistance.show", "triage.request"])
    assert any("assistance.show GET kenya: foreign_state got 200" in line for line in matrix.against_the_table(found))
    wrong = matrix.whatever_the_table_says(found)
    assert any("assistance.show GET kenya: foreign_state is a stranger" in line for line in wrong)
    assert any("assistance.show GET draft: foreign_state is a stranger" in line for line in wrong)
    assert any("triage.request GET strict: triage_officer is a stranger" in line for line in wrong)


def test_without_the_view_on_pledges_foreign_ones_are_seen(matrix_app, built_world, monkeypatch):
    from tracker.pledges.queries import visible

    monkeypatch.setattr(visible, "visible_to", lambda actor: sa.true())
    found = matrix.walk(matrix_app, built_world, ["pledges.show", "pledges.ledger_csv"])
    assert any("pledges.show GET norad: foreign_donor got 200" in line for line in matrix.against_the_table(found))
    assert any(
        "pledges.show GET norad: foreign_donor is a stranger" in w for w in matrix.whatever_the_table_says(found)
    )


def test_a_word_in_the_wrong_hands_is_noticed(matrix_app, built_world, monkeypatch):
    from tests.rights import people

    monkeypatch.setitem(people.CANARIES, "quokkastate", frozenset())
    found = matrix.walk(matrix_app, built_world, ["assistance.show"])
    assert any("drafter read quokkastate" in line for line in matrix.whatever_the_table_says(found))
