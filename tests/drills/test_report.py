"""The parts of a drill add up, and a part that is run again takes the place of what it said before."""

import json

from tests.drills.frame import DrillSite, Line, Outcome
from tests.drills.report import Report


def line(*, kills: int, held: bool = True, engine: str = "sqlite", promise: str = "G1", drill: str = "g1") -> Line:
    return Line(engine, Outcome(promise, "so many", "all", held, counts={"kills": kills}), 1.5, drill)


def kept(file, part, *lines, scale: float = 1.0) -> list[dict]:
    Report(file, scale, part).take(lines)
    return json.loads(file.read_text())["sums"]


def test_parts_add_up(tmp_path):
    file = tmp_path / "var" / "drill.json"
    kept(file, (1, 2), line(kills=3))
    (row,) = kept(file, (2, 2), line(kills=4))
    assert row == {
        "promise": "G1",
        "engine": "sqlite",
        "parts": "2 of 2",
        "held": True,
        "minutes": 3.0,
        "counts": {"kills": 7},
    }


def test_a_part_that_is_run_again_takes_its_own_place(tmp_path):
    file = tmp_path / "drill.json"
    kept(file, (1, 2), line(kills=3, held=False))
    kept(file, (2, 2), line(kills=4))
    (row,) = kept(file, (1, 2), line(kills=5))
    assert (row["counts"], row["held"]) == ({"kills": 9}, True)


def test_one_part_that_fell_short_lets_the_whole_fall_short(tmp_path):
    file = tmp_path / "drill.json"
    kept(file, (1, 2), line(kills=3, held=False))
    assert not kept(file, (2, 2), line(kills=4))[0]["held"]


def test_engines_and_drills_of_one_promise_stand_side_by_side(tmp_path):
    file = tmp_path / "drill.json"
    other = line(kills=1, drill="crash points")
    rows = kept(file, (1, 2), line(kills=3), other, line(kills=9, engine="postgresql"))
    assert [(row["engine"], row["counts"]["kills"]) for row in rows] == [("postgresql", 9), ("sqlite", 4)]
    other = line(kills=2, drill="crash points")  # run again, each takes its own place and no other's
    assert [row["counts"]["kills"] for row in kept(file, (1, 2), other)] == [9, 5]
    assert [row["counts"]["kills"] for row in kept(file, (1, 2), line(kills=10, engine="postgresql"))] == [10, 5]


def test_a_whole_run_and_another_scale_forget_what_was(tmp_path):
    file = tmp_path / "drill.json"
    kept(file, (1, 2), line(kills=3))
    assert kept(file, (2, 2), line(kills=4), scale=0.1)[0]["parts"] == "1 of 2"
    assert kept(file, (1, 1), line(kills=8))[0]["counts"] == {"kills": 8}
    rows = kept(file, (1, 1), line(kills=9, promise="G2", drill="g2"))
    assert [row["promise"] for row in rows] == ["G2"]


def test_the_parts_of_a_drill_try_everything_once(app, tmp_path):
    parts = [DrillSite(app, None, tmp_path, 1.0, part=(number, 3)) for number in (1, 2, 3)]
    assert sorted(one for site in parts for one in site.mine(range(10))) == list(range(10))
    assert sum(site.some_of(300) for site in parts) == 300
