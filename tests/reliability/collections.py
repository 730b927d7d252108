"""Collections of several claims, in the notation of `sketch`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claims.flow import assess
from claims.reliability.learning import learned
from claims.reliability.parts import Held, part_from
from claims.reliability.sources import reliabilities
from tests.cases import MODELS, case_of, sketch

if TYPE_CHECKING:
    from claims.model.reliability import Reliabilities, SourceReliability
    from claims.reliability.answers import Given
    from claims.reliability.learning import Learned
    from claims.tables.columns import Floats
    from tests.cases import Sections


def collection(*claims: tuple[str, ...], sources: tuple[dict[str, Any], ...] = ()) -> Sections:
    """A claim for each tuple of sketched findings; sources are the same on all. sources: what is laid over them."""
    entries: Sections = {name: [] for name in MODELS}
    known: dict[str, dict[str, Any]] = {}
    for n, lines in enumerate(claims):
        part = sketch(*lines)
        names = {document["id"]: f"{document['id']}-{n}" for document in part["documents"]}
        for document in part["documents"]:
            refs = tuple(names.get(ref, ref) for ref in document.get("relies_on", ()))
            entries["documents"].append({**document, "id": names[document["id"]], "relies_on": refs})
        entries["claims"].append({"id": f"c{n}", "text": f"Claim {n}."})
        entries["findings"] += [{**f, "claim": f"c{n}", "document": names[f["document"]]} for f in part["findings"]]
        known |= {source["id"]: source for source in part["sources"]}
    for change in sources:
        known[change["id"]] = known.get(change["id"], {"name": change["id"]}) | change
    entries["sources"] = list(known.values())
    return entries


def learned_of(entries: Sections, policy: dict[str, Any] | None = None) -> dict[str, SourceReliability]:
    """What is learned of each source, with its answers, by id."""
    return {source.id: source for source in all_of(entries, policy).sources}


def all_of(entries: Sections, policy: dict[str, Any] | None = None) -> Reliabilities:
    """What is learned of all sources, with their answers."""
    case = case_of(entries, policy)
    return reliabilities(assess(case), [source.id for source in case.sources])


def learned_from(found: Given, grade: Floats) -> Learned:
    """What is learned from answers, with the probability that each origin's letter promises, or nan."""
    parts = Held([part_from(found, len(grade))], len(grade))
    return learned(grade, parts.counts.checked, parts.together)
