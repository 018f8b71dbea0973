"""A database as full as it may become: 100,000 requests of eight States, most of them long closed."""

import itertools
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from tests.factories import accounts
from tests.factories import assistance as requests
from tests.factories.accounts import Someone
from tracker import search
from tracker.assistance.models import AssistanceRequest, RequestArea
from tracker.database.transactions import transaction

STATES = ("KEN", "BTN", "FJI", "MWI", "PER", "LAO", "TGO", "JAM")
OPEN = ("submitted", "in_review", "clarification", "accepted", "in_implementation")
OPEN_SHARE = 0.05
WORDS = (
    *("training", "prosecutors", "evidence", "digital", "forensic", "laboratory", "legislation", "asylum"),
    *("border", "customs", "judges", "police", "cybercrime", "money", "laundering", "trafficking", "extradition"),
    *("mutual", "assistance", "victims", "witnesses", "prison", "reform", "statistics"),
)
SYLLABLES = ("ka", "lu", "mi", "ro", "ta", "ve", "zo", "ne", "si", "bar", "dan", "gor", "hel", "pek")
PLACES = ["".join(parts) for parts in itertools.product(SYLLABLES, repeat=3)]
"""Made-up names, each in a few dozen requests: what people look for is rarer than the words of the trade."""
CHUNK = 2_000


@dataclass(frozen=True)
class People:
    """Who looks at the pages."""

    officer: Someone
    drafter: Someone


def fill(count: int) -> People:
    """Write `count` imported requests with areas and search text, and say who may see them."""
    requests.reference_data()
    drafters = [accounts.person("focal_point", of=code) for code in STATES]
    officers = [accounts.person("triage_officer") for _ in range(5)]
    luck = random.Random(20)
    for first in range(1, count + 1, CHUNK):
        rows = [row(number, luck, drafters, officers) for number in range(first, min(first + CHUNK, count + 1))]
        with transaction() as session:
            found = session.execute(sa.insert(AssistanceRequest).returning(AssistanceRequest.id), rows).scalars().all()
            areas = [{"request_id": id_, "area_code": luck.choice(list(requests.AREAS))} for id_ in found]
            session.execute(sa.insert(RequestArea.__table__), areas)
            search.index_many(session, "request", list(zip(found, texts(rows), strict=True)))
    return People(officers[0], drafters[0])


def row(number: int, luck: random.Random, drafters: list[Someone], officers: list[Someone]) -> dict[str, Any]:
    """One imported request."""
    drafter = luck.choice(drafters)
    at = datetime.now(UTC) - timedelta(minutes=number * 15)
    is_open = luck.random() < OPEN_SHARE
    year = 2000 + number % 27
    return {
        "public_id": uuid.uuid4(),
        "public_number": uuid.uuid4(),
        "kind": "technical",
        "status": luck.choice(OPEN) if is_open else luck.choice(("completed", "declined")),
        "status_since": at,
        "reference": f"TA-{year}-{drafter.code}-{number:06}",
        "reference_prefix": "TA",
        "reference_year": year,
        "reference_number": number,
        "organisation_id": drafter.organisation_id,
        "assigned_to_id": luck.choice(officers).person_id,
        "title": " ".join([*luck.choices(WORDS, k=6), luck.choice(PLACES)]).capitalize(),
        "problem": " ".join(luck.choices(WORDS, k=40)).capitalize(),
        "currency": "USD",
        "amount_minor": luck.randrange(1_000_00, 900_000_00),
        "amount_usd_minor": luck.randrange(1_000_00, 900_000_00),
        "origin": "imported",
        "source": "benchmark",
        "source_id": str(number),
        "created_at": at,
        "updated_at": at,
        "submitted_at": at,
        "due_at": at + timedelta(days=30) if is_open else None,
    }


def texts(rows: list[dict[str, Any]]) -> Iterator[str]:
    """What each row is found by."""
    return (f"{row['reference']}\n{row['title']}\n{row['problem']}" for row in rows)
