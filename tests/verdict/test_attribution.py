"""Whether he said it, apart from whether it is so."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases import Sections, sketch
from tests.judging import judged


def spoken(*records: str, quantity: str | None = None, **more: Any) -> Sections:
    """Records of what the leader said: `paper: asserts`, or `paper: repeats`, with a figure where one is given."""
    entries = sketch(speakers=[{"id": "leader", "name": "Leader", "voice": "tv"}, {"id": "rival", "name": "Rival"}])
    entries["claims"][0]["quantity"] = quantity
    for line in records:
        source, _, words = line.partition(": ")
        kind, _, figure = words.partition(" ")
        if source not in {entry["id"] for entry in entries["sources"]}:
            entries["sources"].append({"id": source, "name": source})
            entries["documents"].append({"id": f"{source}-doc", "source": source})
        record: dict[str, Any] = {"claim": "c", "document": f"{source}-doc", "value": figure or None}
        if kind == "repeats":
            entries["findings"].append(record | {"stance": "repeats"})
        else:
            speaker, _, stance = kind.rpartition("/")
            entries["statements"].append(record | {"speaker": speaker or "leader", "stance": stance})
    if "tv" not in {entry["id"] for entry in entries["sources"]}:
        entries["sources"].append({"id": "tv", "name": "TV"})
    for document in entries["documents"]:
        document.update(more.get(document["id"].removesuffix("-doc"), {}))
    return entries


TABLE: list[tuple[str, Sections]] = [
    ("unrecorded", spoken()),
    ("single-record", spoken("paper: asserts")),
    ("single-record", spoken("paper: repeats")),
    ("confirmed", spoken("paper: asserts", "daily: repeats")),
    ("confirmed", spoken("paper: repeats", "daily: repeats")),
    ("confirmed", spoken("tv: asserts")),
    ("confirmed", spoken("paper: asserts", "tv: repeats")),
    ("single-record", spoken("paper: asserts", "daily: repeats", daily={"relies_on": ("paper-doc",)})),
    ("single-record", spoken("paper: asserts", "daily: repeats", daily={"same_text_as": "paper-doc"})),
    ("denied", spoken("paper: asserts", "daily: denies")),
    ("denied", spoken("daily: denies", "paper: repeats")),
    ("confirmed", spoken("paper: asserts", "daily: repeats", "other: rival/denies")),
    ("wording-varies", spoken("paper: asserts", "daily: hedges")),
    ("wording-varies", spoken("paper: asserts 300 km", "daily: repeats 300 km²", quantity="300 km²")),
    ("wording-varies", spoken("paper: asserts 300 km²", "daily: repeats 500 km²", quantity="300 km²")),
    (
        "wording-varies",
        spoken("tv: asserts up to 300 km²", "daily: repeats more than 300 km²", quantity="300 km²"),
    ),
    ("confirmed", spoken("paper: asserts 300 km²", "daily: repeats about 310 km²", quantity="300 km²")),
]


@pytest.mark.parametrize(("attribution", "entries"), TABLE)
def test_the_verdict_on_the_utterance(attribution: str, entries: Sections) -> None:
    assert judged(entries)["c"].attribution == attribution


def test_two_of_one_owner_are_one_record() -> None:
    entries = spoken("paper: asserts", "daily: repeats")
    for source in entries["sources"]:
        source["owner"] = "Acme"
    assert judged(entries)["c"].attribution == "single-record"


def test_twenty_outlets_that_report_what_he_said_confirm_that_he_said_it_and_nothing_else() -> None:
    claim = judged(spoken("first: asserts", *(f"outlet{n}: repeats" for n in range(20))))["c"]
    assert (claim.attribution, claim.verdict, claim.independent_for.at_most) == ("confirmed", "unverified", 0)


def test_the_figure_of_a_statement_is_read_from_its_quote() -> None:
    entries = spoken("paper: asserts", "daily: repeats 300 m²", quantity="300 km²")
    entries["statements"][0]["quote"] = "retaking control of 300 kilometres of territory across the borders"
    claim = judged(entries)["c"]
    assert claim.attribution == "wording-varies"
    assert [conflict.kind for conflict in claim.conflicts] == ["unit"]
    assert {reading for reading, _ in claim.conflicts[0].readings} == {"300 km²", "300 kilometres", "300 m²"}
