"""Which totals may be published, so that none tells of fewer than three States, by itself or by subtraction. Pure.

A figure is a sum over the States that stand behind it. Whoever reads several can add and subtract them. What follows
from published figures by adding and subtracting are the vectors of the space that they span; a figure is published only
while no vector of that space, except nought, lies within fewer than three States (`Published.admits`). States that
agreed to be shown by name stand behind nothing: what is known of them is published anyway.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

FEWEST = 3
"""Behind a published figure stand so many States or none, and as many requests, since each is a State's."""
Vector = tuple[Fraction, ...]


@dataclass
class Published:
    """The figures that are published of one thing. `candidates` are all that might be, each as the States behind it;
    States that are behind the same of them are one atom, since no sum tells them apart."""

    candidates: Sequence[frozenset[str]]
    _atoms: dict[tuple[bool, ...], int] = field(default_factory=dict)
    _spanned: list[Vector] = field(default_factory=list)

    def __post_init__(self) -> None:
        atoms: dict[tuple[bool, ...], int] = defaultdict(int)
        for state in frozenset().union(*self.candidates):
            atoms[tuple(state in one for one in self.candidates)] += 1
        self._atoms = dict(atoms)

    def admits(self, number: int) -> bool:
        """Whether the candidate can be published beside those that are; it is published then."""
        new = self._reduced(tuple(Fraction(signature[number]) for signature in self._atoms))
        if not any(new):
            return True
        if self._tells([*self._spanned, new]):
            return False
        self._spanned.append(new)
        return True

    def _product(self, one: Vector, other: Vector) -> Fraction:
        sizes = self._atoms.values()
        return sum((size * a * b for size, a, b in zip(sizes, one, other, strict=True)), Fraction())

    def _reduced(self, vector: Vector) -> Vector:
        """What of a vector the published ones do not say already: at right angles to each of them."""
        for known in self._spanned:
            part = self._product(vector, known) / self._product(known, known)
            vector = tuple(a - part * b for a, b in zip(vector, known, strict=True))
        return vector

    def _tells(self, spanned: Sequence[Vector]) -> bool:
        """Whether a figure of fewer than three States lies in the space. It does where the part of it that is outside
        the space can vanish: where the matrix of these parts has no inverse."""
        sizes = list(self._atoms.values())
        norms = [self._product(one, one) for one in spanned]

        def outside(a: int, b: int) -> Fraction:
            inside = sum((one[a] * one[b] / norm for one, norm in zip(spanned, norms, strict=True)), Fraction())
            return Fraction(sizes[a] if a == b else 0) - sizes[a] * sizes[b] * inside

        small = [place for place, size in enumerate(sizes) if size < FEWEST]
        if any(not outside(a, a) for a in small):
            return True
        pairs = [pair for pair in combinations(small, 2) if sizes[pair[0]] + sizes[pair[1]] < FEWEST]
        return any(outside(a, a) * outside(b, b) == outside(a, b) ** 2 for a, b in pairs)


def publishable(behind: Sequence[Collection[str]], named: Collection[str] = ()) -> list[bool]:
    """Which of these figures may be published, the first of them before all others, then those behind which most
    States stand. `named` States are shown by name with the same figure."""
    sets = [frozenset(one) - frozenset(named) for one in behind]
    published, found = Published(sets), [False] * len(sets)
    for number in _in_turn(sets):
        found[number] = published.admits(number)
        if number == 0 and not found[0]:
            break
    return found


def told_to_all(
    behind: Sequence[Collection[str]], named: Collection[str], known: Iterable[Collection[str]]
) -> list[bool]:
    """Which of these figures may be published, to whoever knows nothing and to readers who know those of some States:
    what is left of what each of them may be told can be told to all."""
    readers = ((), *known)
    judged = [publishable(behind, frozenset(named) | frozenset(one)) for one in readers]
    return [all(one) for one in zip(*judged, strict=True)]


def _in_turn(sets: Sequence[frozenset[str]]) -> Iterable[int]:
    return sorted(range(len(sets)), key=lambda number: (number > 0, -len(sets[number]), number))


@dataclass(frozen=True, slots=True)
class Amounts:
    """One thing that is counted by State: what each has of it (nothing: it is not behind a figure)."""

    by_state: dict[str, int]

    def behind(self, states: Collection[str]) -> frozenset[str]:
        """Which of these States have some."""
        return frozenset(one for one in states if self.by_state.get(one))

    def of(self, states: Collection[str]) -> int:
        """What these States have together."""
        return sum(self.by_state.get(one, 0) for one in states)

    def left_over(self, whole: "Amounts") -> "Amounts":
        """What is in the whole and not in this."""
        return Amounts({one: count - self.by_state.get(one, 0) for one, count in whole.by_state.items()})


def columns(
    groups: Sequence[Collection[str]],
    counted: Sequence[Amounts],
    named: Collection[str] = (),
    known: Sequence[Sequence[Collection[str]]] = (),
) -> list[list[int | None]]:
    """What may be published for groups of States, the first of which is everybody, of things each of which is a part of
    those before it (people who asked, those in a seat, those who travelled). Where two of them are published for a
    group, what is left over between them is known, too: it keeps to the same rule, else the smaller one is not
    published. `known` are the States of which a reader knows each of these things anyway: what is published tells no
    reader of fewer than three others either. None: not published."""
    found: list[list[int | None]] = []
    for place, part in enumerate(counted):
        yes = told_to_all([part.behind(group) for group in groups], named, [one[place] for one in known])
        for before, (whole, shown) in enumerate(zip(counted, found, strict=False)):
            rest, both = part.left_over(whole), [frozenset(one[before]) & frozenset(one[place]) for one in known]
            told = told_to_all([rest.behind(group) for group in groups], named, both)
            yes = [one and (left or figure is None) for one, left, figure in zip(yes, told, shown, strict=True)]
        found.append([part.of(group) if one else None for group, one in zip(groups, yes, strict=True)])
    return found
