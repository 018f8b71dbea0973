"""The page before an account is disabled asks the rule first, as every page does that asks once more."""

from tests.factories import accounts as make


def test_no_administrator_is_shown_how_to_disable_oneself(as_person):
    root = make.person("administrator")
    assert as_person(root).get(f"/settings/people/{root.public_id}/disable").status_code == 403
