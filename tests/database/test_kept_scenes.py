"""A scene that is put back is the one that was built, and only where nothing else was committed before it."""

import sqlalchemy as sa

from tests.factories import accounts, keeping, pledges
from tracker.accounts.models import Organisation
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.pledges.models import Pledge


def _rows() -> list[tuple[str, int]]:
    found = db.session.execute(sa.select(Pledge.title, Pledge.amount_minor).order_by(Pledge.id)).all()
    db.session.rollback()
    return [(row.title, row.amount_minor) for row in found]


def _builder():
    built = []

    @keeping.kept
    def scene(amount: int) -> dict[str, list[int]]:
        built.append(amount)
        pledges.signed(pledges.people(), pledges.terms(amount))
        return {"amounts": [amount]}

    return scene, built


def _again(app, database, settings) -> None:
    """As for the next test."""
    database.leave(app)
    database.reset()
    keeping.build_at(keeping.Place(database, app, settings.files_dir))


def test_it_is_put_back_once_it_is_wanted_often(app, database, settings):
    scene, built = _builder()
    for _time in range(4):
        _again(app, database, settings)
        given = scene(5_00)
        assert (given, _rows()) == ({"amounts": [5_00]}, [("Digital evidence", 5_00)])
        given["amounts"].append(0)
        pledges.signed(pledges.people("SIDA"), pledges.terms(7_00))
        assert len(_rows()) == 2, "the next id is free"
    assert built == [5_00, 5_00]


def test_other_arguments_or_something_before_it_build_it_anew(app, database, settings):
    scene, built = _builder()
    for amount in (5_00, 5_00, 5_00, 6_00):
        _again(app, database, settings)
        scene(amount)
    assert built == [5_00, 5_00, 6_00]
    _again(app, database, settings)
    accounts.organisation("KEN")
    scene(5_00)
    assert built == [5_00, 5_00, 6_00, 5_00]
    assert db.session.scalar(sa.select(sa.func.count()).where(Organisation.code == "KEN")) == 1
    db.session.rollback()


def test_what_stands_outside_a_transaction_is_not_lost(app, database, settings):
    scene, _built = _builder()
    for _time in range(3):
        _again(app, database, settings)
        scene(5_00)
    with transaction():
        db.session.execute(sa.update(Pledge).values(title="Changed"))
    assert _rows() == [("Changed", 5_00)]
