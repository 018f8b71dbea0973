"""Two confirmed seats, whose people read French."""

import pytest
import sqlalchemy as sa

from tests.factories import offers
from tracker.database.transactions import transaction, update_where
from tracker.participation.models import Delegate
from tracker.participation.offers import services as answers


@pytest.fixture
def scene(app):
    """Kenya and Bhutan have confirmed a seat each; their people read French."""
    made = offers.ready("KEN", "BTN", costs=(20_00, 5_00))
    with transaction():
        update_where(Delegate, sa.true(), language="fr", email="awa@mail.example")
    for state, offer in offers.offered(made).items():
        answers.confirm(offer, actor=made.cases[state].authority, version=None, nobody_else_pays=True)
    return made
