"""What cannot be, or cannot be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.read.folders import marked, told

if TYPE_CHECKING:
    from pathlib import Path

ODDITIES = [
    ("relayed, from nowhere", "findings:\n  - {claim: fled, document: sana-1, stance: supports, basis: relayed}\n", ["relayed-from-nowhere at relayed"]),
    ("relayed, from nobody named", "findings:\n  - {claim: fled, document: bbc-1, stance: supports, relies_on: [], basis: relayed}\n", ["relayed-from-nowhere at relayed"]),
    ("relayed, from what the document relies on", "findings:\n  - {claim: fled, document: bbc-1, stance: supports, basis: relayed}\n", []),
    ("relayed, from a source", "findings:\n  - {claim: fled, document: sana-1, stance: supports, basis: relayed, relies_on: sohr}\n", []),
    ("relayed, in a copy", ("documents:\n  - {id: x, source: sohr, same_text_as: bbc-1}\n"
     "findings:\n  - {claim: fled, document: x, stance: supports, basis: relayed}\n"), []),
    ("no stance and no figure", "findings:\n  - {claim: fled, document: bbc-1}\n", ["no-stance at {"]),
    ("no stance and a figure for nothing", "findings:\n  - {claim: fled, document: bbc-1, value: 3 km}\n", ["no-stance at {"]),
    ("no stance and a figure", "findings:\n  - {id: f, claim: area, document: bbc-1, value: 310 km²}\n", []),
    ("figures that leave the stance open", "findings:\n  - {id: f, claim: area, document: bbc-1, value: more than 100 km²}\n", ["undecided-value at more than 100 km²"]),
    ("a stance against the figures", "findings:\n  - {id: f, claim: area, document: bbc-1, value: 900 km², stance: supports}\n", ["?stance-against-figures at supports"]),
    ("a contradiction with the same figures", "findings:\n  - {id: f, claim: area, document: bbc-1, value: 300 km², stance: contradicts}\n", ["?stance-against-figures at contradicts"]),
    ("a stance with the figures", "findings:\n  - {id: f, claim: area, document: bbc-1, value: 900 km², stance: contradicts}\n", []),
    ("figures of other things", ("claims:\n  - {id: dead, text: t, quantity: 13 fighters}\n"
     "findings:\n  - {claim: dead, document: bbc-1, value: 13 civilians, stance: supports}\n"), ["?other-things-counted at 13 civilians"]),
    ("credibility 1", "findings:\n  - {claim: fled, document: bbc-1, stance: supports, credibility: 1}\n", ["?earned-credibility at 1"]),
    ("reliance of a copy", "documents:\n  - {id: x, source: sohr, same_text_as: bbc-1, relies_on: bbc}\n", ["?idle-key at relies_on"]),
    ("reliance of a finding in a copy", ("documents:\n  - {id: x, source: sohr, same_text_as: bbc-1}\n"
     "findings:\n  - {claim: fled, document: x, stance: supports, relies_on: bbc}\n"), ["?idle-key at relies_on"]),
    ("a party that gains and loses", "claims:\n  - {id: x, text: t, favours: loyal, harms: [rebel, loyal]}\n", ["?both-gain-and-lose at loyal"]),
    ("a friend and enemy", "parties:\n  - {id: x, name: n, allies: loyal, opponents: loyal}\n", ["?both-gain-and-lose at loyal"]),
    ("a fact that is due", "claims:\n  - {id: x, text: t, due: 2016}\n", ["due-on-a-fact at due"]),
    ("an opinion that is due", "claims:\n  - {id: x, text: t, kind: opinion, due: 2016}\n", ["due-on-a-fact at due"]),
    ("a promise that is never due", "claims:\n  - {id: x, text: t, kind: promise}\n", ["?never-due at promise"]),
    ("a promise that is due", "claims:\n  - {id: x, text: t, kind: promise, due: 2016}\n", []),
    ("read before it was published", "documents:\n  - {id: x, source: bbc, published: 2015-05-20, retrieved: 2015-05-19}\n", ["?dates-out-of-order at 2015-05-19"]),
    ("read in the month it was published", "documents:\n  - {id: x, source: bbc, published: 2015-05-20, retrieved: 2015-05}\n", []),
    ("retracted before it was published", "documents:\n  - {id: x, source: bbc, published: 2015-05-20, retracted: 2015-05-19 wrong}\n", ["?dates-out-of-order at 2015-05-19 wrong"]),
    ("retracted", "documents:\n  - {id: x, source: bbc, published: 2015-05-20, retracted: 2015-06 wrong figure}\n", []),
    ("published before it was said", "statements:\n  - {id: s, claim: area, speaker: nasrallah, document: bbc-1, date: 2015-06}\n", ["?dates-out-of-order at 2015-06"]),
    ("due before it happens", "claims:\n  - {id: x, text: t, kind: promise, when: 2016, due: 2015}\n", ["?dates-out-of-order at 2015"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in ODDITIES], ids=[row[0] for row in ODDITIES])
def test_what_cannot_be_meant_is_told(text: str, expected: list[str], tmp_path: Path) -> None:
    assert marked(tmp_path, text) == expected


@pytest.mark.parametrize(
    "date", ["2006", "2006-07", "c. 2006", "2006-07-12T10:00:00+03:00", "٢٠٠٦-٠٧", "2006-07/2006-09"]
)
def test_a_partial_date_keeps_its_precision(date: str, tmp_path: Path) -> None:
    assert told(tmp_path, f"claims:\n  - {{id: x, text: t, when: '{date}'}}\n") == []
