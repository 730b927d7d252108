"""Valid cases for laws: small, awkward, and full of chains, loops, reposts, owners, parties and withdrawals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

if TYPE_CHECKING:
    from tests.cases import Sections

STANCES = [
    "supports",
    "supports",
    "supports",
    "partly-supports",
    "contradicts",
    "contradicts",
    "repeats",
    "mentions",
]
BASES = [None, None, "witnessed", "imagery", "record", "own-sources", "relayed", "analysis"]
DATES = [None, None, None, "2015", "2015-04", "2015-05", "2015-05-10", "2015-05-19", "2015-06-01"]
OWNERS = [None, None, None, "Acme", "acme ", "s0", "s1", "s2"]
PARTIES = ["p0", "p1", "p2"]


@st.composite
def sections(draw: st.DrawFn, max_sources: int = 6, max_documents: int = 8, max_findings: int = 12) -> Sections:
    """Sections of a valid case with one to three claims."""
    sources = [_source(draw, n) for n in range(draw(st.integers(1, max_sources)))]
    speakers = [_speaker(draw, n, sources) for n in range(draw(st.integers(0, 2)))]
    documents = _documents(draw, draw(st.integers(1, max_documents)), sources, speakers)
    claims = [_claim(draw, n) for n in range(draw(st.integers(1, 3)))]
    return {
        "parties": [_party(draw, n) for n in range(3)],
        "sources": sources,
        "speakers": speakers,
        "documents": documents,
        "claims": claims,
        "statements": _statements(draw, speakers, documents, claims),
        "findings": _findings(draw, draw(st.integers(0, max_findings)), sources, speakers, documents, claims),
    }


def _party(draw: st.DrawFn, n: int) -> dict[str, Any]:
    others = [party for party in PARTIES if party != f"p{n}"]
    ties = draw(st.lists(st.sampled_from(others), max_size=2, unique=True))
    foes = draw(st.lists(st.sampled_from(others), max_size=2, unique=True))
    return {"id": f"p{n}", "name": f"Party {n}", "allies": tuple(ties), "opponents": tuple(foes)}


def _source(draw: st.DrawFn, n: int) -> dict[str, Any]:
    return {
        "id": f"s{n}",
        "name": f"Source {n}",
        "reliability": draw(st.sampled_from("ABBCCDEF")),
        "owner": draw(st.sampled_from(OWNERS)),
        "party": draw(st.sampled_from([None, None, *PARTIES])),
    }


def _speaker(draw: st.DrawFn, n: int, sources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": f"k{n}",
        "name": f"Speaker {n}",
        "reliability": draw(st.sampled_from("BDF")),
        "party": draw(st.sampled_from([None, *PARTIES])),
        "voice": draw(st.sampled_from([None, *(source["id"] for source in sources)])),
    }


def _documents(
    draw: st.DrawFn, number: int, sources: list[dict[str, Any]], speakers: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    names = [f"d{n}" for n in range(number)]
    refs = _refs(sources, speakers, names)
    return [
        {
            "id": name,
            "source": draw(st.sampled_from([source["id"] for source in sources])),
            "published": draw(st.sampled_from(DATES)),
            "relies_on": tuple(ref for ref in draw(st.lists(refs, max_size=3, unique=True)) if ref != name),
            "same_text_as": draw(st.sampled_from([None, None, None, None, *(o for o in names if o != name)])),
            "retracted": draw(st.sampled_from([None] * 6 + ["2015-05-12 wrong", "2015-07-01 wrong"])),
        }
        for name in names
    ]


def _refs(
    sources: list[dict[str, Any]], speakers: list[dict[str, Any]], documents: list[str]
) -> st.SearchStrategy[str]:
    return st.sampled_from([entry["id"] for entry in (*sources, *speakers)] + documents * 2)


def _claim(draw: st.DrawFn, n: int) -> dict[str, Any]:
    parties = st.one_of(st.none(), st.lists(st.sampled_from(PARTIES), max_size=2, unique=True).map(tuple))
    return {
        "id": f"c{n}",
        "text": f"Claim {n}",
        "kind": draw(st.sampled_from(["fact"] * 6 + ["opinion"])),
        "when": draw(st.sampled_from([None, None, "2015-05-01", "2015-05", "2015-05-12"])),
        "favours": draw(parties),
        "harms": draw(parties),
        "searches": draw(st.sampled_from([(), ("the archive",)])),
    }


def _statements(
    draw: st.DrawFn,
    speakers: list[dict[str, Any]],
    documents: list[dict[str, Any]],
    claims: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    if not speakers:
        return []
    return [
        {
            "claim": draw(st.sampled_from(claims))["id"],
            "speaker": draw(st.sampled_from(speakers))["id"],
            "document": draw(st.sampled_from(documents))["id"],
            "stance": draw(st.sampled_from(["asserts", "asserts", "asserts", "denies", "hedges", "acknowledges"])),
        }
        for _ in range(draw(st.integers(0, 3)))
    ]


def _findings(
    draw: st.DrawFn,
    number: int,
    sources: list[dict[str, Any]],
    speakers: list[dict[str, Any]],
    documents: list[dict[str, Any]],
    claims: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    refs = st.lists(_refs(sources, speakers, [d["id"] for d in documents]), max_size=3, unique=True).map(tuple)
    return [
        {
            "id": f"f{n}",
            "claim": draw(st.sampled_from(claims))["id"],
            "document": draw(st.sampled_from(documents))["id"],
            "stance": draw(st.sampled_from(STANCES)),
            "basis": draw(st.sampled_from(BASES)),
            "credibility": draw(st.sampled_from([None, None, 1, 2, 3, 4, 5, 6])),
            "when": draw(st.sampled_from([None, None, None, "2015-05-15", "2014"])),
            "relies_on": draw(st.one_of(st.none(), st.none(), refs)),
        }
        for n in range(number)
    ]
