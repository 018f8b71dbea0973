"""A form that another site made its reader send does nothing: every act needs the token of our own page."""

import pytest

from tests.rights import probing, subjects

PERSONAS = ("anonymous", "authority", "donor_signatory", "programme_manager", "finance_officer", "administrator")


@pytest.fixture
def with_tokens(matrix_app):
    probing.without_tokens(matrix_app, needed=True)
    yield
    probing.without_tokens(matrix_app)


def test_every_act_needs_the_token(matrix_app, built_world, with_tokens):
    tried, wrong = 0, []
    with matrix_app.app_context(), probing.nothing_kept() as written:
        for endpoint in subjects.endpoints(matrix_app):
            acts = {k: v for k, v in subjects.addresses(matrix_app, built_world, endpoint).items() if k[0] != "GET"}
            for (method, _subject), address in list(acts.items())[:1]:
                answers = {who: probing.ask(matrix_app, built_world, who, method, address) for who in PERSONAS}
                tried += len(answers)
                wrong += [f"{endpoint} as {who}: {a.status} {a.error}" for who, a in answers.items() if a.status != 422]
    assert tried > 400
    assert not wrong
    assert not written
