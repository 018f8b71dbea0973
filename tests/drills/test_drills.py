"""A small part of each drill, so that nothing breaks a promise unnoticed between two full drills."""

import pytest

from tests.conftest import ENGINE
from tests.drills.frame import DrillSite, drills, hold


@pytest.mark.fault
@pytest.mark.xdist_group("drills")
@pytest.mark.parametrize("drill", drills(), ids=lambda drill: "+".join(drill.promises))
def test_a_small_part_holds(drill, app, broker, tmp_path):
    lines = hold(drill, DrillSite(app, broker, tmp_path, drill.small), ENGINE)
    assert lines
    assert all(line.outcome.held or line.outcome.late for line in lines), "\n".join(map(str, lines))
