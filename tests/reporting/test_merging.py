"""No figure of fewer than three States follows from what is published, however it is added and subtracted."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.reporting.merging import Amounts, Published, columns, publishable

STATES = [f"S{number:02}" for number in range(14)]
NAMED = st.sets(st.sampled_from(STATES), max_size=3)
FIGURES = st.lists(st.sets(st.sampled_from(STATES)).map(frozenset), min_size=1, max_size=5)


def derivable(sets):
    """The vectors over States that adding and subtracting these figures can give, with up to twice each of them."""
    vectors = {tuple([0] * len(STATES))}
    for one in sets:
        mine = [int(state in one) for state in STATES]
        vectors |= {
            tuple(a + times * b for a, b in zip(vector, mine, strict=True))
            for vector in vectors
            for times in (-2, -1, 1, 2)
        }
    return vectors


def tells_of_few(sets, named=frozenset()):
    unnamed = [number for number, state in enumerate(STATES) if state not in named]
    return any(0 < sum(bool(vector[number]) for number in unnamed) < 3 for vector in derivable(sets))


@settings(max_examples=150, deadline=None)
@given(FIGURES, NAMED)
def test_nothing_published_tells_of_fewer_than_three(figures, named):
    shown = [one for one, yes in zip(figures, publishable(figures, named), strict=True) if yes]
    assert not tells_of_few([one - named for one in shown], named)


@settings(max_examples=100, deadline=None)
@given(FIGURES)
def test_what_alone_could_be_published_is_withheld_only_because_it_tells(figures):
    """Nothing is merged without need: the first that is refused would tell, together with what was published before."""
    published, before = Published(figures), []
    for number, one in enumerate(figures):
        if published.admits(number):
            before.append(one)
        else:
            assert within_few(before, one)
            return


def within_few(before, new):
    """The same as the rank of a matrix: leaving out the columns of one or two States lowers it."""
    rows = [[int(state in one) for state in STATES] for one in (*before, new)]
    whole = rank(rows)
    left_out = [*combinations(range(len(STATES)), 1), *combinations(range(len(STATES)), 2)]
    return any(rank([[c for n, c in enumerate(row) if n not in out] for row in rows]) < whole for out in left_out)


def rank(rows):
    rows, found = [[Fraction(cell) for cell in row] for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows[found:] if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(found, pivot)
        for row in rows[found + 1 :]:
            factor = row[column] / pivot[column]
            row[:] = [a - factor * b for a, b in zip(row, pivot, strict=True)]
        found += 1
    return found


def test_a_small_group_is_merged_with_another_so_that_subtraction_tells_nothing():
    five, four, one = STATES[:5], STATES[5:9], STATES[9:10]
    assert publishable([STATES[:10], five, four, one]) == [True, True, False, False]


def test_nothing_is_published_where_all_are_fewer_than_three():
    assert publishable([STATES[:2], STATES[:2], []]) == [False, False, False]


def test_lists_that_overlap_do_not_tell_of_the_two_in_both():
    ldc, lldc = STATES[:6], STATES[4:10]
    assert publishable([STATES[:10], ldc, lldc]) == [True, True, False]
    assert publishable([STATES[:14], STATES[:6], STATES[3:11]]) == [True, True, True]


def test_a_state_shown_by_name_stands_behind_nothing():
    assert publishable([STATES[:5], STATES[:2], STATES[2:5]]) == [True, False, False]
    assert publishable([STATES[:5], STATES[:2], STATES[2:5]], named=STATES[:2]) == [True, True, True]


def test_a_part_is_not_published_where_what_is_left_over_is_of_two_states():
    asked = Amounts(dict.fromkeys(STATES[:6], 2))
    but_two = Amounts({**asked.by_state, "S00": 1, "S01": 1})
    assert columns([STATES[:6]], [asked, but_two]) == [[12], [None]]
    assert columns([STATES[:6]], [asked, Amounts(dict.fromkeys(STATES[:6], 1))]) == [[12], [6]]
    assert columns([STATES[:6]], [asked, asked, but_two]) == [[12], [12], [None]]


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from(STATES), st.integers(1, 3), min_size=1),
    st.lists(st.integers(0, 3), min_size=14, max_size=14),
    st.lists(st.integers(0, 2), min_size=14, max_size=14),
)
def test_neither_whole_nor_part_nor_what_is_left_over_tells(asked, given_, places):
    """Groups that part the States among themselves: what is behind each figure shown, and behind each difference."""
    seats = {one: min(count, given_[STATES.index(one)]) for one, count in asked.items()}
    groups = [list(asked), *([one for one in asked if places[STATES.index(one)] == place] for place in range(3))]
    wholes, of_parts = columns(groups, [Amounts(asked), Amounts(seats)])
    rest = {one: asked[one] - seats[one] for one in asked}
    both = [group for group, a, b in zip(groups, wholes, of_parts, strict=True) if a is not None and b is not None]
    for counts, shown in (
        (asked, [group for group, one in zip(groups, wholes, strict=True) if one is not None]),
        (seats, [group for group, one in zip(groups, of_parts, strict=True) if one is not None]),
        (rest, both),
    ):
        assert not tells_of_few([frozenset(one for one in group if counts[one]) for group in shown])
