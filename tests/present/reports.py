"""Reports for faces to draw: two or more of everything plural, and hostile text in every field."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from claims.flow import assess
from claims.selection import report
from tests.cases import case_of, sketch

if TYPE_CHECKING:
    from claims.model.assessment import ClaimAssessment, Report
    from tests.cases import Sections


def plural() -> Sections:
    """A claim of every verdict, with names of three scripts."""
    entries = sketch()
    entries["parties"] = [{"id": "army", "name": "Army", "opponents": ("rebels",)}, {"id": "rebels", "name": "Rebels"}]
    names = {"sohr": "Observatory", "bbc": "BBC", "manar": "المنار", "isna": "ایسنا", "haaretz": "הארץ", "wire": "Wire"}
    entries["sources"] = [{"id": key, "name": name, "reliability": "B"} for key, name in names.items()]
    entries["sources"][2]["party"] = "army"
    entries["sources"][3]["party"] = "rebels"
    entries["speakers"] = [
        {"id": "nasrallah", "name": "حسن نصرالله", "party": "army", "voice": "manar"},
        {"id": "velayati", "name": "علی‌اکبر ولایتی", "party": "army"},
    ]
    dates = ["2015-05-16", "2015-05-17", "2015-05", None, "2015-06-01", "2015-05-20"]
    entries["documents"] = [
        {"id": f"{key}-doc", "source": key, "published": date} for key, date in zip(names, dates, strict=True)
    ]
    entries["documents"] += [
        {"id": "loop-a", "source": "wire", "relies_on": ("loop-b",)},
        {"id": "loop-b", "source": "bbc", "relies_on": ("loop-a",)},
        {"id": "follower", "source": "wire", "relies_on": ("bbc-doc",)},
    ]
    entries["claims"] = [
        {"id": "area", "text": "They retook 300 km² of territory.", "quantity": "300 km²", "topic": "battle"},
        {"id": "camp", "text": "The camp fell.", "topic": "camp", "favours": ("rebels",), "harms": ("army",)},
        {"id": "date", "text": "It fell on Tuesday.", "topic": "camp"},
        {"id": "garrison", "text": "It held 600 soldiers.", "quantity": "600 soldiers", "topic": "camp"},
        {"id": "visit", "text": "He met the president."},
        {"id": "north", "text": f"It lies in {'Llanfairpwllgwyngyll' * 4}."},
        {"id": "pride", "text": "It is a matter of pride.", "kind": "opinion"},
        {"id": "tanks", "text": "It held “over 30” tanks [sic] | :100: `guns`."},
        {"id": "toll", "text": "Both sides gave a toll."},
    ]
    entries["statements"] = [
        {"claim": "area", "speaker": "nasrallah", "document": "wire-doc", "quote": "control of 300 kilometres"},
        {"claim": "area", "speaker": "velayati", "document": "wire-doc"},
        {"claim": "toll", "speaker": "nasrallah", "document": "manar-doc"},
    ]
    entries["findings"] = [
        {"claim": "area", "document": "manar-doc", "stance": "repeats", "value": "300 km²"},
        {"claim": "area", "document": "bbc-doc", "stance": "repeats", "value": "300 m²", "note": "A slip."},
        {"claim": "area", "document": "sohr-doc", "stance": "mentions"},
        {"claim": "camp", "document": "sohr-doc", "stance": "supports", "basis": "own-sources"},
        {"claim": "camp", "document": "bbc-doc", "stance": "supports", "basis": "witnessed"},
        {"claim": "camp", "document": "follower", "stance": "supports"},
        {"claim": "camp", "document": "isna-doc", "stance": "supports"},
        {"claim": "camp", "document": "manar-doc", "stance": "supports", "basis": "record"},
        {
            "claim": "date",
            "document": "sohr-doc",
            "stance": "supports",
            "note": "On Tuesday, it says.",
            "basis": "imagery",
        },
        {
            "claim": "date",
            "document": "bbc-doc",
            "stance": "contradicts",
            "note": "On Wednesday.",
            "basis": "witnessed",
        },
        {"claim": "garrison", "document": "sohr-doc", "value": "400 soldiers", "basis": "own-sources"},
        {"claim": "garrison", "document": "bbc-doc", "value": "over 1,000 soldiers", "basis": "own-sources"},
        {"claim": "visit", "document": "bbc-doc", "stance": "supports"},
        {"claim": "visit", "document": "wire-doc", "stance": "supports"},
        {"claim": "north", "document": "bbc-doc", "stance": "contradicts"},
        {"claim": "tanks", "document": "loop-a", "stance": "supports"},
        {"claim": "tanks", "document": "loop-b", "stance": "supports"},
        {"claim": "toll", "document": "manar-doc", "stance": "supports", "basis": "record"},
        {"claim": "toll", "document": "isna-doc", "stance": "contradicts", "basis": "own-sources"},
    ]
    return entries


@cache
def plural_report() -> Report:
    """The report of `plural`."""
    return report(assess(case_of(plural())))


def hostile_report(text: str) -> Report:
    """The report of `plural` with that text wherever a person writes freely, notes and names included."""
    found = plural_report()
    names = dict.fromkeys(found.names, text)
    claims = tuple(_poisoned(claim, text) for claim in found.claims)
    return found._replace(title=text, notes=(text, text), names=names, claims=claims)


def _poisoned(claim: ClaimAssessment, text: str) -> ClaimAssessment:
    groups = tuple(g._replace(members=tuple(m._replace(note=text) for m in g.members)) for g in claim.groups)
    conflicts = tuple(
        c._replace(text=text, readings=tuple((text, ids) for _, ids in c.readings)) for c in claim.conflicts
    )
    return claim._replace(
        text=text,
        topic=text,
        date=text,
        groups=groups,
        conflicts=conflicts,
        set_aside=tuple(entry._replace(text=text) for entry in claim.set_aside),
        steps=tuple(step._replace(text=text) for step in claim.steps),
        records=tuple(record._replace(quote=text, figure=text, note=text) for record in claim.records),
        dispute=claim.dispute and claim.dispute._replace(point=text),
    )
