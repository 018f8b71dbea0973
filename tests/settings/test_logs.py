"""What the operator reads of a fault never repeats what somebody typed, nor a link that can still be used."""

import traceback
from dataclasses import replace

import pytest
import sqlalchemy as sa

from tests.factories.accounts import person
from tests.services.client import SendsWholeForms
from tests.services.databases import close
from tracker import create_app
from tracker.accounts.models import Organisation
from tracker.database.transactions import transaction
from tracker.extensions import db

TYPED = "quokka-of-kenya"


@pytest.mark.parametrize("wrong", [{"code": "TWICE"}, {"kind": "quokka"}], ids=["unique", "check"])
def test_a_refused_statement_is_told_without_its_values(app, wrong):
    """PostgreSQL would quote the row, SQLAlchemy the parameters."""
    row = {"kind": "donor", "code": "TWICE", "name": TYPED, "official_language": "en", "active": True}
    with transaction():
        db.session.execute(sa.insert(Organisation).values(row))
    with pytest.raises(sa.exc.IntegrityError) as broken, transaction():
        db.session.execute(sa.insert(Organisation).values({**row, "code": "OTHER", **wrong}))
    told = "".join(traceback.format_exception(broken.value))
    assert "organisations" in told
    assert "quokka" not in told


@pytest.fixture
def without_database(base_settings, tmp_path):
    """A browser at a site whose database is away."""
    made = create_app(replace(base_settings, database_url=f"sqlite:///{tmp_path}/away/tracker.sqlite3"))
    made.config["WTF_CSRF_ENABLED"] = False
    made.test_client_class = SendsWholeForms
    yield made.test_client()
    close(made)


def test_without_its_database_the_site_says_so_and_gives_back_what_was_typed(without_database, capsys):
    answer = without_database.post(
        "/sign-in", data={"csrf_token": "", "email": f"{TYPED}@kenya.example", "password": "a long secret of mine"}
    )
    assert answer.status_code == 503
    assert f"{TYPED}@kenya.example" in answer.text
    told = answer.text + capsys.readouterr().err
    assert "a long secret of mine" not in told
    assert "database unavailable" in told


@pytest.mark.parametrize("path", ["/reset/{}", "/invitation/{}", "/ask-for-an-account/answer/{}"])
def test_a_link_from_a_letter_is_not_written_down(without_database, capsys, path):
    assert without_database.get(path.format("LINK-THAT-STILL-WORKS")).status_code == 503
    told = capsys.readouterr().err
    assert path.format("") in told
    assert "LINK-THAT-STILL-WORKS" not in told


def test_who_was_signed_in_reads_that_the_database_is_gone(app, client, sign_in, monkeypatch):
    """The first statement of a request asks who it is: the page about it must not ask again."""
    sign_in(client, person("focal_point"))

    def gone(_connection, _cursor, statement, *_rest):
        raise sa.exc.OperationalError(statement, {}, Exception("the server is gone"))

    sa.event.listen(db.engine, "before_cursor_execute", gone)
    try:
        answer = client.get("/requests")
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", gone)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
