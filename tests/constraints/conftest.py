"""One empty database for each module, and a connection in which every test undoes what it did."""

import pytest
import sqlalchemy as sa

from tracker.database.engines import engine_options, install_engine_events


@pytest.fixture(scope="module")
def opened(database, base_settings):
    """A connection as the application opens it, on a freshly migrated database."""
    database.reset()
    url = base_settings.database_url
    engine = sa.create_engine(url, poolclass=sa.NullPool, **_kept(engine_options(url)))
    install_engine_events(engine)
    with engine.connect() as connection:
        yield connection.execution_options(write=True)


def _kept(options):
    """What the pool would be told stays out: this connection has none."""
    return {name: value for name, value in options.items() if name != "pool_pre_ping"}


@pytest.fixture
def connection(opened):
    """The same, in a transaction that is rolled back."""
    with opened.begin() as transaction:
        yield opened
        transaction.rollback()
