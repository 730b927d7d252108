"""A large case with the habits of a real one: a few big sources, chains of copies, figures, notes; split over files.

Everything in it is invented. The same size and seed give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PARTIES: Final = ("north", "south", "council", "militia", "league", "neighbour")
WORDS: Final = (
    "convoy", "bridge", "village", "river", "garrison", "market", "road", "station", "harbour", "depot",
    "crossing", "ridge", "valley", "district", "hospital", "school", "checkpoint", "airfield", "pipeline",
    "warehouse", "quarter", "suburb", "brigade", "council", "governor", "spokesman", "witness",
)  # fmt: skip
STANCES: Final = (
    "supports",
    "supports",
    "supports",
    "supports",
    "partly-supports",
    "contradicts",
    "repeats",
    "mentions",
)
BASES: Final = (None, None, "witnessed", "imagery", "record", "own-sources", "own-sources", "analysis")
FIRST_DAY: Final = dt.date(2021, 1, 1)
PER_FILE: Final = 2000


@dataclass(frozen=True, slots=True)
class Size:
    """How many of each kind."""

    claims: int
    findings: int

    @property
    def sources(self) -> int:
        """Sources grow slowly."""
        return max(20, self.claims // 25)

    @property
    def documents(self) -> int:
        """A document speaks of five claims on average."""
        return max(10, self.findings // 5)


def write_case(folder: Path, size: Size, seed: int = 1) -> None:
    """Write a case of that size into an empty folder."""
    chance = random.Random(seed)  # noqa: S311 - a seeded example, not a secret
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "case.yaml").write_text("case: generated\ntitle: A generated case\n\nparties:\n" + "".join(_parties()))
    _write(folder / "sources", "sources", _sources(size, chance))
    _write(folder / "speakers", "speakers", _speakers(size, chance))
    _write(folder / "claims", "claims", _claims(size, chance))
    _write(folder / "documents", "documents", _documents(size, chance))
    _write(folder / "statements", "statements", _statements(size, chance))
    _write(folder / "findings", "findings", _findings(size, chance))


def _write(folder: Path, section: str, entries: Iterator[str]) -> None:
    folder.mkdir(exist_ok=True)
    whole = list(entries)
    for n in range(0, len(whole), PER_FILE):
        text = f"{section}:\n" + "".join(whole[n : n + PER_FILE])
        (folder / f"{section}-{n // PER_FILE:03}.yaml").write_text(text, "utf-8")


def _parties() -> Iterator[str]:
    for n, party in enumerate(PARTIES):
        yield f"  - id: {party}\n    name: The {party.title()}\n    opponents: [{PARTIES[(n + 1) % len(PARTIES)]}]\n"


def _sources(size: Size, chance: random.Random) -> Iterator[str]:
    for n in range(size.sources):
        party = f"    party: {chance.choice(PARTIES)}\n" if chance.random() < 0.3 else ""
        owner = f"    owner: Holding {chance.randrange(size.sources // 4)}\n" if chance.random() < 0.2 else ""
        yield (
            f"  - id: source-{n}\n    name: The {_phrase(chance, 1).title()} Post {n}\n    kind: outlet\n{party}{owner}"
            f"    language: en\n    reliability: {chance.choice('ABBBCCCDDEF')}\n    reason: {_phrase(chance, 5)}\n"
        )


def _speakers(size: Size, chance: random.Random) -> Iterator[str]:
    for n in range(max(5, size.claims // 100)):
        yield (
            f"  - id: speaker-{n}\n    name: {_phrase(chance, 2).title()}\n    role: {_phrase(chance, 3)}\n"
            f"    party: {chance.choice(PARTIES)}\n"
        )


def _claims(size: Size, chance: random.Random) -> Iterator[str]:
    for n in range(size.claims):
        quantity = f"    quantity: {_figure(chance, n)}\n" if n % 4 == 0 else ""
        side = f"    favours: [{chance.choice(PARTIES)}]\n" if chance.random() < 0.3 else ""
        yield (
            f"  - id: claim-{n}\n    text: The {_phrase(chance, 9)} was reported\n{quantity}"
            f"    when: {_day(n, size.claims)}\n    topic: {WORDS[n % 12]}\n{side}"
        )


def _documents(size: Size, chance: random.Random) -> Iterator[str]:
    for n in range(size.documents):
        relies = ""
        if n and chance.random() < 0.35:
            relies = f"    relies_on: [doc-{chance.randrange(max(0, n - 50), n)}]\n"
        elif chance.random() < 0.3:
            relies = f"    relies_on: [source-{chance.randrange(size.sources)}]\n"
        source = int(size.sources * chance.random() ** 2)
        yield (
            f"  - id: doc-{n}\n    source: source-{source}\n    title: {_phrase(chance, 7)}\n"
            f"    url: https://www.post-{source}.example/{n}\n    published: {_day(n + 1, size.documents)}\n"
            f"    language: en\n{relies}"
        )


def _statements(size: Size, chance: random.Random) -> Iterator[str]:
    speakers = max(5, size.claims // 100)
    for n in range(size.claims // 2):
        yield (
            f"  - claim: claim-{2 * n}\n    speaker: speaker-{chance.randrange(speakers)}\n"
            f"    document: doc-{chance.randrange(size.documents)}\n    wording: paraphrased\n"
            f"    quote: {_phrase(chance, 12)}\n"
        )


def _findings(size: Size, chance: random.Random) -> Iterator[str]:
    per_claim = size.findings // size.claims
    for claim in range(size.claims):
        near = size.documents * claim // size.claims
        for shift in chance.sample(range(max(3 * per_claim, 10)), per_claim):
            document = (near + shift) % size.documents
            basis = chance.choice(BASES)
            more = f"    basis: {basis}\n" if basis else ""
            if chance.random() < 0.4:
                more += f"    credibility: {chance.choice('22333456')}\n"
            if claim % 4 == 0 and chance.random() < 0.5:
                more += f"    value: {_figure(chance, claim)}\n"
            else:
                more += f"    stance: {chance.choice(STANCES)}\n"
            if chance.random() < 0.5:
                more += f"    note: {_phrase(chance, 10)}.\n"
            yield f"  - claim: claim-{claim}\n    document: doc-{document}\n{more}"


def _figure(chance: random.Random, claim: int) -> str:
    about = chance.choice(("", "", "about "))
    return f"{about}{(claim % 50 + 1) * 10 + chance.randrange(4)} {('km²', 'dead', 'tanks', 'km')[claim // 4 % 4]}"


def _day(n: int, total: int) -> str:
    return (FIRST_DAY + dt.timedelta(days=1000 * n // total)).isoformat()


def _phrase(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words))
