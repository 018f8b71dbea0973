"""Only lawful changes of state: every status with every action and every persona."""

import pytest

from tests.rights import lawful


@pytest.fixture(scope="session")
def scene(matrix_app, built_world):
    """Requests and pledges in every status."""
    with matrix_app.app_context():
        return lawful.build(built_world)


def test_only_what_the_product_allows_is_done_and_leaves_one_event(matrix_app, scene):
    with matrix_app.app_context():
        tried, wrong = lawful.judge_all(scene)
    assert tried > 3_000
    assert not wrong, f"{len(wrong)} of {tried}:\n" + "\n".join(wrong[:40])
