"""Audits for faces to draw: two or more of everything plural, and hostile text in every field."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claims.auditing.audit import audit
from claims.flow import assess
from claims.model.problem import Place
from tests.cases import case_of

if TYPE_CHECKING:
    from claims.model.audit import Audit
    from claims.model.case import Case
    from tests.cases import Sections

STORED = Path(__file__).parent / "stored"
TEXTS = {"wire-doc": "wire.txt", "speech-doc": "speech.txt", "note-doc": "gone.txt"}


def plural() -> Sections:
    """One claim about which there is everything, and others beside it."""
    names = {
        "sohr": "Observatory", "bbc": "BBC", "manar": "المنار", "haaretz": "הארץ", "wire": "Wire", "sister": "Sister",
        "blog": "Blog [sic]", "paper": "Paper", "ring": "Ring", "court": "Court", "rebel-tv": "Rebel TV",
    }  # fmt: skip
    sources: list[dict[str, Any]] = [{"id": key, "name": name, "reliability": "B"} for key, name in names.items()]
    more: dict[str, dict[str, Any]] = {
        "manar": {"party": "army"}, "rebel-tv": {"party": "rebels"}, "wire": {"owner": "Acme"},
        "sister": {"owner": "acme"}, "haaretz": {"party": "rebels"}, "blog": {"reliability": "F"},
    }  # fmt: skip
    for source in sources:
        source.update(more.get(str(source["id"]), {}))
    return {
        "parties": [
            {"id": "army", "name": "Army", "opponents": ("rebels",), "allies": ("guard",)},
            {"id": "guard", "name": "Guard"},
            {"id": "rebels", "name": "Rebels"},
        ],
        "sources": sources,
        "speakers": [
            {"id": "nasrallah", "name": "حسن نصرالله", "party": "army", "voice": "manar"},
            {"id": "velayati", "name": "Velayati", "party": "guard"},
        ],
        "documents": _documents(),
        "claims": _claims(),
        "statements": _statements(),
        "findings": _findings(),
    }


def _documents() -> list[dict[str, Any]]:
    documents: list[dict[str, Any]] = [
        {"id": "wire-doc", "source": "wire", "published": "2015-05-16", "title": "They took it"},
        {
            "id": "sister-doc",
            "source": "sister",
            "published": "2015-05-18",
            "url": "https://sister.example/1",
            "archive": "https://archive.example/1",
            "title": "And again",
        },
        {"id": "speech-doc", "source": "manar", "published": "2015-05-16"},
        {"id": "note-doc", "source": "paper", "published": "2015-05"},
        {"id": "sohr-doc", "source": "sohr", "published": "2015-05-17"},
        {"id": "bbc-doc", "source": "bbc", "published": "2015-05-18", "relies_on": ("sohr-doc",)},
        {"id": "bbc-later", "source": "bbc", "published": "2015-05-19", "relies_on": ("bbc-doc", "wire")},
        {"id": "blog-doc", "source": "blog"},
        {"id": "blog-copy", "source": "blog", "same_text_as": "bbc-doc", "published": "2015-05-20"},
        {"id": "haaretz-doc", "source": "haaretz", "published": "2015-05-21"},
        {"id": "rebel-doc", "source": "rebel-tv", "published": "2015-05-21"},
        {"id": "ring-a", "source": "ring", "relies_on": ("ring-b",), "published": "2015-05-22"},
        {"id": "ring-b", "source": "paper", "relies_on": ("ring-a",), "published": "2015-05-22"},
        {"id": "court-doc", "source": "court", "published": "2015-05-23", "retracted": "2015-06-01 wrong year"},
        {"id": "court-again", "source": "court", "published": "2015-05-24", "retracted": "2015-06-02 wrong day"},
        {"id": "early-doc", "source": "paper", "published": "2014"},
        {"id": "voice-doc", "source": "paper", "relies_on": ("nasrallah",), "published": "2015-05-20"},
    ]
    for document in documents:
        name = TEXTS.get(str(document["id"]))
        if name:
            data = (STORED / name).read_bytes() if (STORED / name).exists() else b""
            is_changed = document["id"] == "speech-doc"
            document |= {"text": name, "sha256": sha256(b"another" if is_changed else data).hexdigest()}
    return documents


def _claims() -> list[dict[str, Any]]:
    searches = ({"where": "the army's site", "date": "2015-05-15"}, {"where": "the archive", "note": "two languages"})
    return [
        {"id": "war", "text": "The army won the war.", "topic": "battle"},
        {"id": "area", "text": "They retook 300 km² around it.", "quantity": "300 km²", "topic": "battle",
         "part_of": "war", "when": "2015-05", "place": "Qalamoun, Syria", "searches": searches, "note": "As an area."},
        {"id": "north", "text": "They retook the north.", "topic": "battle", "part_of": "area"},
        {"id": "field", "text": "The field has 10 km².", "quantity": "10 km²", "when": "2015-05-10"},
        {"id": "visit", "text": "He met the president.", "kind": "opinion"},
    ]  # fmt: skip


def _statements() -> list[dict[str, Any]]:
    return [
        {"claim": "area", "speaker": "nasrallah", "document": "wire-doc", "quote": "control of 300 kilometers",
         "where": "line 1", "date": "2015-05-15", "note": "A length."},
        {"claim": "area", "speaker": "velayati", "document": "wire-doc", "quote": "retook control"},
        {"claim": "area", "speaker": "nasrallah", "document": "speech-doc", "quote": "٣٠٠ كيلومتر", "value": "300 km²"},
        {"claim": "area", "speaker": "nasrallah", "document": "bbc-doc", "quote": "300 square kilometres",
         "wording": "translated"},
        {"claim": "area", "speaker": "velayati", "document": "sister-doc", "quote": "we won it", "stance": "hedges"},
        {"claim": "visit", "speaker": "nasrallah", "document": "wire-doc", "quote": "utterly different words"},
    ]  # fmt: skip


def _findings() -> list[dict[str, Any]]:
    def finding(document: str, stance: str | None = None, **more: Any) -> dict[str, Any]:
        return {"claim": "area", "document": document, "stance": stance, **more}

    return [
        finding("wire-doc", "supports", basis="witnessed", note="Its man saw the hills."),
        finding("sister-doc", "partly-supports", basis="imagery", credibility=2),
        finding("sohr-doc", basis="own-sources", value="about 200 km²", note="By its count."),
        finding("bbc-doc", "contradicts", basis="relayed"),
        finding("bbc-later", "contradicts", id="bbc-two", inferred=True),
        finding("blog-copy", "contradicts"),
        finding("blog-doc", "supports", note="It does not say how it knows."),
        finding("note-doc", "supports", credibility=6, basis="own-sources"),
        finding("speech-doc", "repeats", value="300 km²"),
        finding("voice-doc", "supports"),
        finding("haaretz-doc", "supports", basis="own-sources"),
        finding("rebel-doc", "contradicts", basis="witnessed"),
        finding("ring-a", "supports"),
        finding("ring-b", "supports"),
        finding("court-doc", "supports", basis="record"),
        finding("court-again", "supports", basis="record"),
        finding("early-doc", "supports"),
        {"claim": "north", "document": "bbc-doc", "stance": "mentions"},
    ]


@cache
def plural_case() -> Case:
    """The case of `plural`, with places and stored texts."""
    texts = {key: (STORED / name).read_text("utf-8") for key, name in TEXTS.items() if (STORED / name).exists()}
    case = case_of(plural(), texts=texts)
    places = {
        (section, getattr(entry, "key", None) or entry.id): Place(f"{section}.yaml", 3 * n + 1, 5)
        for section in ("documents", "claims", "statements", "findings")
        for n, entry in enumerate(getattr(case, section))
    }
    return replace(case, folder=STORED, places=places, digest="sha256:" + "0" * 64)


@cache
def plural_audit(why: str | None = None, without: tuple[str, ...] = ()) -> Audit:
    """The audit of the claim about which there is everything."""
    return audit(assess(plural_case()), "area", why=why, without=without)


def hostile_audit(text: str, *, why: str | None = None, without: tuple[str, ...] = ()) -> Audit:
    """That audit with this text wherever a person writes freely, or names a file."""
    found = plural_audit(why, without)
    place = Place(text, 3, 1)
    claim = found.claim
    return found._replace(
        title=text,
        claim=claim._replace(
            text=text,
            topic=text,
            conflicts=tuple(c._replace(text=text, readings=((text, c.readings[0][1]),)) for c in claim.conflicts),
            steps=tuple(step._replace(text=text) for step in claim.steps),
            dispute=claim.dispute and claim.dispute._replace(point=text),
        ),
        place=place,
        **dict.fromkeys(("figure", "where", "when", "due", "note"), text),  # type: ignore[arg-type]
        records=tuple(
            one._replace(
                record=one.record._replace(quote=text, figure=text, note=text),
                date=text,
                where=text,
                quote=one.quote._replace(difference=(("quote", text), ("text", text))),
                place=place,
            )
            for one in found.records
        ),
        findings=tuple(
            one._replace(
                value=text, note=text, place=place, set_aside=one.set_aside and one.set_aside._replace(text=text)
            )
            for one in found.findings
        ),
        documents={
            key: one._replace(title=text, url=text, archive=text, published=text)
            for key, one in found.documents.items()
        },
        texts=tuple(one._replace(path=text, reason=text) for one in found.texts),
        searches=tuple(one._replace(where=text, date=text, note=text) for one in found.searches),
        related=tuple(one._replace(text=text) for one in found.related),
        names=dict.fromkeys(found.names, text),
    )
