"""Earmarks are rules that a machine checks; a refusal says which one stood in the way."""

from datetime import date

import pytest

from tracker.pledges.earmarks import EARMARKS, Facts, Rule, interest, judge, level
from tracker.pledges.forms.choices import CODES
from tracker.pledges.queries.shares import named_by

RWANDA = Facts(1, "number-1", "technical", "RWA", "AFR", frozenset({"TA", "TA.INV"}), None, frozenset({"ldc", "lldc"}))
PERU = Facts(2, "number-2", "participation", "PER", "GRULAC", frozenset(), "AHC-1", frozenset({"oda_eligible"}))
DAY = date(2026, 5, 1)


def judged(facts, *rules, received=1_000, used=None):
    return judge(rules, facts, on=DAY, received_minor=received, used=used or {})


class TestRestrictions:
    @pytest.mark.parametrize(
        ("rule", "codes"),
        [
            ("kinds", ("technical",)),
            ("areas", ("TA",)),
            ("areas", ("TA.PRO", "TA.INV")),
            ("regions", ("APG", "AFR")),
            ("lists", ("sids", "ldc")),
            ("states", ("RWA",)),
            ("requests", ("number-1",)),
        ],
    )
    def test_let_pass_what_they_name(self, rule, codes):
        assert judged(RWANDA, Rule(rule, codes)).suits
        assert not judged(PERU, Rule(rule, codes)).suits

    def test_of_sessions_let_pass_only_those(self):
        assert judged(PERU, Rule("sessions", ("AHC-1",))).suits
        assert not judged(RWANDA, Rule("sessions", ("AHC-1",))).suits

    def test_must_all_hold_and_every_one_that_does_not_is_named(self):
        verdict = judged(PERU, Rule("kinds", ("technical",)), Rule("regions", ("AFR",)), Rule("states", ("PER",)))
        assert len(verdict.reasons) == 2

    def test_no_rule_lets_everything_pass(self):
        assert judged(PERU).suits
        assert judged(PERU).most_minor is None


class TestLimits:
    HALF = Rule("kinds", ("technical",), 5_000)

    def test_a_share_caps_what_it_names_and_nothing_else(self):
        assert judged(RWANDA, self.HALF).most_minor == 500
        assert judged(PERU, self.HALF).most_minor is None

    @pytest.mark.parametrize(("share_bp", "received", "most"), [(5_000, 999, 499), (3_333, 10, 3), (9_999, 1, 0)])
    def test_a_share_is_rounded_down_to_a_cent(self, share_bp, received, most):
        verdict = judged(RWANDA, Rule("kinds", ("technical",), share_bp), received=received)
        assert verdict.most_minor == most
        assert verdict.suits == (most > 0)

    def test_what_was_used_counts(self):
        assert judged(RWANDA, self.HALF, used={self.HALF: 300}).most_minor == 200

    def test_a_used_up_share_is_a_reason(self):
        verdict = judged(RWANDA, self.HALF, used={self.HALF: 500})
        assert "used up" in str(verdict.reasons[0])

    def test_the_tightest_share_counts(self):
        assert judged(RWANDA, self.HALF, Rule("regions", ("AFR",), 1_000)).most_minor == 100

    def test_a_date_that_has_passed_refuses(self):
        assert judged(RWANDA, Rule("until", ("2026-05-01",))).suits
        assert not judged(RWANDA, Rule("until", ("2026-04-30",))).suits


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ((), 1),
        ((Rule("until", ("2027-01-01",)), Rule("kinds", ("technical",), 5_000)), 1),
        ((Rule("regions", ("AFR",)),), 2),
        ((Rule("regions", ("AFR",)), Rule("sessions", ("AHC-1",))), 3),
        ((Rule("requests", ("number-1",)), Rule("regions", ("AFR",))), 4),
    ],
)
def test_the_level_is_that_of_the_tightest_restriction(rules, expected):
    assert level(rules) == expected


def test_interests_count_what_fits_against_what_does_not():
    wanted = {"regions": ["AFR"], "kinds": ["technical"], "lists": []}
    assert interest(wanted, RWANDA)[0] == 2
    assert interest(wanted, PERU)[0] == -2
    assert [rule.codes for rule in interest(wanted, RWANDA)[1]] == [("AFR",), ("technical",)]


@pytest.mark.parametrize("name", [name for name, kind in EARMARKS.items() if kind.codes is not None])
def test_every_kind_has_its_condition_and_the_words_of_its_codes(name):
    assert named_by(Rule(name, ("one",)), date(2026, 11, 1)) is not None
    assert name in CODES
    assert (CODES[name].choices is None) == (name in ("states", "requests"))
