"""A case with two or more of everything that a record tells of, and hostile text wherever a person writes freely."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from claims.flow import assess
from claims.model.problem import Place
from tests.cases import case_of
from tests.judging import changed
from tests.present.reports import plural

if TYPE_CHECKING:
    from claims.flow import Assessment
    from tests.cases import Sections

FREE: Final = ("name", "role", "reason", "title", "text", "country", "aliases", "note", "quote", "topic")

TEXT: Final = "He spoke of control of 300 km, and of men, six men, and again of six men."


def peopled() -> Sections:
    """`plural`, with owners, withdrawals, relayed findings on decided claims, denials and predictions."""
    entries = plural()
    more: dict[str, dict[str, Any]] = {
        "bbc": {"owner": "wire", "country": "United Kingdom", "reason": "Corrects itself."},
        "haaretz": {"owner": "wire", "reliability": "F"},
        "manar": {"kind": "party-media", "reliability": "D", "reason": "Speaks for the army."},
        "sohr": {"kind": "ngo", "aliases": ("المرصد",)},
    }
    for source in entries["sources"]:
        source.update(more.get(source["id"], {}))
    entries["speakers"] += [{"id": "quiet", "name": "Quiet"}]
    entries["speakers"][1] |= {
        "role": "Adviser",
        "aliases": ("Velayati", "ولایتی"),
        "voice": "isna",
        "reason": "An envoy.",
    }
    entries["documents"] += [
        {"id": "haaretz-2", "source": "haaretz", "title": "A second look", "published": "2015-06-02",
         "relies_on": ("sohr", "isna-doc")},
        {"id": "haaretz-3", "source": "haaretz", "published": "2015-06-03", "retracted": "2015-06-04 wrong"},
        {"id": "sohr-2", "source": "sohr", "title": "Toll", "published": "2015-05-21"},
        {"id": "sohr-3", "source": "sohr", "published": "2015-05-22", "retracted": "2015-05-23 wrong"},
        {"id": "isna-2", "source": "isna", "published": "2015-05-23"},
    ]  # fmt: skip
    for document, read in (("sohr-doc", None), ("bbc-doc", "2015-05-18"), ("sohr-2", "2015-06-20")):
        next(entry for entry in entries["documents"] if entry["id"] == document).update(
            url=f"https://{document}.example", retrieved=read
        )
    entries["claims"] += [
        {"id": "fall", "text": "It will fall.", "kind": "prediction", "due": "2015-05-30"},
        {"id": "hold", "text": "We shall hold it.", "kind": "promise", "due": "2015-05-31"},
        {"id": "later", "text": "It will be rebuilt.", "kind": "promise"},
        {"id": "bridge", "text": "The bridge was closed."},
        {"id": "road", "text": "The road was mined."},
        {"id": "soon", "text": "It will be soon.", "kind": "prediction", "due": "2015-06"},
        {"id": "sooner", "text": "It will be sooner.", "kind": "promise", "due": "2015-05"},
    ]
    entries["statements"] += [
        {"claim": "fall", "speaker": "velayati", "document": "isna-doc"},
        {"claim": "hold", "speaker": "velayati", "document": "isna-2"},
        {"claim": "later", "speaker": "velayati", "document": "isna-2", "stance": "asserts"},
        {"claim": "camp", "speaker": "velayati", "document": "isna-2", "stance": "denies"},
        {"claim": "hold", "speaker": "nasrallah", "document": "manar-doc", "stance": "denies"},
        {"claim": "garrison", "speaker": "nasrallah", "document": "wire-doc", "stance": "hedges", "quote": "six men"},
    ]
    for document, claim, stance in (
        ("sohr-2", "fall", "supports"), ("wire-doc", "fall", "supports"), ("haaretz-2", "fall", "supports"),
        ("sohr-2", "hold", "contradicts"), ("wire-doc", "hold", "contradicts"), ("isna-2", "hold", "contradicts"),
        ("haaretz-2", "hold", "supports"), ("sohr-3", "hold", "supports"), ("haaretz-3", "fall", "contradicts"),
        ("isna-2", "fall", "supports"),
    ):  # fmt: skip
        knows = {} if document.startswith("haaretz") else {"basis": "own-sources"}
        entries["findings"].append({"claim": claim, "document": document, "stance": stance, "credibility": 2} | knows)
    entries["findings"] += [
        {"claim": "bridge", "document": "wire-doc", "stance": "supports", "basis": "imagery", "credibility": 2},
        {"claim": "road", "document": "wire-doc", "stance": "supports", "basis": "imagery", "credibility": 2},
        {"claim": "road", "document": "isna-doc", "stance": "supports", "credibility": 2},
    ]
    return entries


@cache
def judged_people(text: str | None = None) -> Assessment:
    """`peopled`, judged; with `text` in every field that a person fills freely."""
    entries = changed(peopled())
    if text is not None:
        for section in entries.values():
            for entry in section:
                entry.update({key: (text, text) if key == "aliases" else text for key in FREE if key in entry})
    place = {("claims", claim["id"]): Place(f"{text or 'claims'}.yaml", 3, 5) for claim in entries["claims"]}
    return assess(replace(case_of(entries, texts={"wire-doc": TEXT}), places=place))
