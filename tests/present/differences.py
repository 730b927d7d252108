"""Differences for faces to draw: of every kind of change and of entry, and hostile text in every field."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from claims.changes import difference
from tests.cases import case_of
from tests.present.reports import plural

if TYPE_CHECKING:
    from claims.model.case import Case
    from claims.model.change import Cause, Change, Difference


def later() -> Case:
    """The case of `plural`, a while later."""
    entries = plural()
    by_id = {entry["id"]: entry for name in ("sources", "documents", "claims") for entry in entries[name]}
    by_id["isna"]["party"] = None
    by_id["bbc-doc"]["retracted"] = "2015-07-01 The correspondent was not there."
    entries["claims"] = [claim for claim in entries["claims"] if claim["id"] != "pride"]
    entries["claims"].append({"id": "bridge", "text": "The bridge was blown up."})
    entries["documents"].append(
        {"id": "haaretz-2", "source": "haaretz", "published": "2015-06-11", "title": "מחנה אל-מסטומה"}
    )
    entries["findings"] += [
        {
            "claim": "visit", "document": "haaretz-2", "stance": "supports", "basis": "own-sources",
            "note": "Two officials told it of the meeting, each on his own.",
        },
        {"claim": "visit", "document": "sohr-doc", "stance": "supports", "basis": "own-sources"},
        {"claim": "bridge", "document": "haaretz-2", "stance": "supports", "basis": "imagery"},
        {"claim": "camp", "document": "haaretz-2", "stance": "supports", "basis": "imagery"},
    ]  # fmt: skip
    entries["statements"] += [
        {"claim": one, "speaker": "velayati", "document": "haaretz-2", "quote": "so it is"} for one in ("date", "north")
    ]
    return case_of(entries, policy={"corroborated": {"probability": 0.85}})


@cache
def plural_difference() -> Difference:
    """What differs between the case of `plural` and itself a while later."""
    found = difference(case_of(plural()), later(), before_name="HEAD~1 (1f0c2aa)", after_name="the case as it stands")
    return found._replace(title="What two months brought")


def hostile_difference(text: str) -> Difference:
    """The same with that text wherever a person writes freely."""
    found = plural_difference()
    return found._replace(
        before=text, after=text, title=text,
        names=dict.fromkeys(found.names, text),
        changes=tuple(_poisoned(change, text) for change in found.changes),
        moved=tuple(_poisoned(change, text) for change in found.moved),
        entries=tuple(_cause(cause, text) for cause in found.entries),
    )  # fmt: skip


def _poisoned(change: Change, text: str) -> Change:
    causes, said_by = (tuple(_cause(cause, text) for cause in part) for part in (change.causes, change.said_by))
    return change._replace(text=text, causes=causes, said_by=said_by)


def _cause(cause: Cause, text: str) -> Cause:
    return cause._replace(note=text, date=text, values=tuple((text, text) for _ in cause.values))
