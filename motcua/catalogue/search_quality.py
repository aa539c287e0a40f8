"""How well the search answers everyday queries, asked one by one.

`data/search/queries.csv` was written before the search was tuned. A third of it, chosen by the hash of the text, is held out: nobody
looks at how these are answered while tuning. But the hand that wrote them wrote the tables too, so `queries_unseen.csv` was written
when the tables were finished, and nothing was changed for it: its figure tells what to expect of queries that nobody thought of.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from motcua.catalogue.search import find

HELD_OUT_OF = 3
UNSEEN = "queries_unseen.csv"
DEPTHS = (1, 3, 10)


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody types and the procedures that they may mean; `kind` is how it is typed, in Vietnamese."""

    text: str
    codes: frozenset[str]
    kind: str
    part: str

    @property
    def held_out(self) -> bool:
        """Whether it is of the third that is not looked at while tuning."""
        return self.part == "first" and int(sha256(self.text.encode()).hexdigest(), 16) % HELD_OUT_OF == 0


@dataclass(frozen=True, slots=True)
class Answer:
    """Where the first right procedure stands among the first ten (1 is the best), or None; `first` are the first three."""

    query: Query
    place: int | None
    first: tuple[str, ...]


def queries(name: str = "queries.csv") -> list[Query]:
    """Every query of a file of `data/search`, in its order."""
    path = Path(settings.DATA_DIR) / "search" / name
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Query(row["query"], frozenset(row["codes"].split()), row["kind"], row["part"])
            for row in csv.DictReader(file)
        ]


def answered(asked: Iterable[Query]) -> list[Answer]:
    """Ask each query of the published catalogue, one statement each."""
    answers = []
    for query in asked:
        rows = find(query.text, limit=max(DEPTHS)).rows
        place = next((at for at, row in enumerate(rows, 1) if row.code in query.codes), None)
        answers.append(Answer(query, place, tuple(f"{row.code} {row.name}" for row in rows[:3])))
    return answers


def hits(answers: Iterable[Answer], depth: int) -> int:
    """How many have a right procedure among the first `depth`, inclusive."""
    return sum(answer.place is not None and answer.place <= depth for answer in answers)
