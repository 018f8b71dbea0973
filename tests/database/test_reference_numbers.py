"""References are gapless for each kind, organisation and year, and sort as numbers."""

from datetime import UTC, datetime

import pytest

from tracker.calendar.now import shifted
from tracker.database.reference_numbers import next_reference, next_references, sort_key
from tracker.database.transactions import transaction


def take(*arguments, **options):
    with transaction():
        return next_reference(*arguments, **options)


class TestNextReference:
    def test_counts_for_each_kind_organisation_and_year(self, app):
        assert take("PL", "NOR", 2026) == "PL-2026-NOR-001"
        assert take("PL", "NOR", 2026) == "PL-2026-NOR-002"
        assert take("PL", "KEN", 2026) == "PL-2026-KEN-001"
        assert take("TA", "NOR", 2026) == "TA-2026-NOR-001"
        assert take("PL", "NOR", 2027) == "PL-2027-NOR-001"

    def test_leaves_no_gap_when_the_act_fails(self, app):
        with pytest.raises(ZeroDivisionError), transaction():
            next_reference("PL", "NOR", 2026) and 1 / 0
        assert take("PL", "NOR", 2026) == "PL-2026-NOR-001"

    def test_takes_the_year_from_the_calendar_in_vienna(self, app):
        with shifted(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)):
            assert take("PL", "NOR") == "PL-2027-NOR-001"

    def test_is_refused_outside_a_transaction(self, app):
        with pytest.raises(RuntimeError):
            next_reference("PL", "NOR", 2026)

    def test_gives_many_in_a_row(self, app):
        take("PL", "NOR", 2026)
        with transaction():
            assert next_references("PL", "NOR", year=2026, count=2) == ["PL-2026-NOR-002", "PL-2026-NOR-003"]
        assert take("PL", "NOR", 2026) == "PL-2026-NOR-004"


def test_references_sort_as_numbers():
    shuffled = ["TA-2026-KEN-1000", "TA-2026-KEN-999", "TA-2025-KEN-002"]
    assert sorted(shuffled, key=sort_key) == ["TA-2025-KEN-002", "TA-2026-KEN-999", "TA-2026-KEN-1000"]
