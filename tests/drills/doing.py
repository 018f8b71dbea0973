"""Many people at work over HTTP at the same time, each request in the hands of one thread, so that its acts are done in
their order."""

import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field

from flask import Flask

from tests.drills.told import ACTS, Act, Folk
from tests.drills.visitor import NotTaken, Visitor

THREADS = 4


@dataclass
class Done:
    """What was acknowledged, by request and in order, and what was not taken."""

    acts: dict[int, list[Act]] = field(default_factory=lambda: defaultdict(list))
    refused: list[str] = field(default_factory=list)
    unmeant: list[str] = field(default_factory=list)
    slowest: float = 0.0  # seconds of the last work

    @property
    def count(self) -> int:
        return sum(map(len, self.acts.values()))


class Crowd:
    """Everybody who acts, signed in."""

    def __init__(self, app: Flask, url: str, folks: list[Folk]) -> None:
        people = {someone.person_id: someone for folk in folks for someone in folk.people.values()}
        acting = {folk.people[act.by].person_id for folk in folks for act in ACTS}
        self.folks = folks
        self.visitors = [
            {key: Visitor.signed_in(app, people[key], url) for key in acting} if number == 0 else {}
            for number in range(THREADS)
        ]
        for copies in self.visitors[1:]:
            copies.update({key: Visitor(url, one.cookie) for key, one in self.visitors[0].items()})

    def work(self, count: int, *, seconds: float = 0.0, done: Done | None = None) -> Done:
        """Do `count` acts, spread over so many seconds; give what was acknowledged."""
        done = done or Done()
        turns, mine = range(count), [one for copies in self.visitors for one in copies.values()]
        for one in mine:
            one.slowest = 0.0
        started = time.monotonic()

        def act(number: int) -> None:
            for turn in turns:
                if turn % len(self.folks) % THREADS == number and not done.refused:
                    ahead = started + seconds * turn / count - time.monotonic()
                    time.sleep(max(ahead, 0.0))
                    self._one(self.folks[turn % len(self.folks)], number, done)

        threads = [threading.Thread(target=act, args=(number,)) for number in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for one in mine:
            one.hang_up()
        done.unmeant = [answer for one in mine for answer in one.unmeant]
        done.slowest = max(one.slowest for one in mine)
        return done

    def _one(self, folk: Folk, number: int, done: Done) -> None:
        said = done.acts[folk.subject_id]
        act = ACTS[len(said) % len(ACTS)]
        visitor = self.visitors[number][folk.people[act.by].person_id]
        try:
            visitor.press(act.page.format(folk.address), act.form, act.typed(f"quokkasecret number {len(said)}"))
            said.append(act)
        except NotTaken as reason:
            done.refused.append(f"{act.event}: {reason}")
