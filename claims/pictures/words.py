"""What a picture of chains shows, in words: for who cannot see it, and for what it only counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.model.assessment import WHYS
from claims.present.evidence_view import BASES, called, short_id
from claims.present.wording import SYMBOLS, WHY, group_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.model.audit import Audit, AuditedFinding
    from claims.pictures.strands import Enclosure, Way

FLOW: Final = "Knowledge flows from left to right: from where it comes to those who pass it on."
DOES: Final = {
    "supports": "supports it",
    "partly-supports": "partly supports it",
    "contradicts": "contradicts it",
    "repeats": "only repeats it",
    "mentions": "only mentions it",
}


def chain_words(audit: Audit, found: Sequence[Enclosure]) -> tuple[str, ...]:
    """Every group and every finding, sentence by sentence."""
    claim = audit.claim
    number = len(audit.findings)
    head = (
        f"{claim.text} {SYMBOLS[claim.verdict]} {claim.verdict}, {number} {'finding' if number == 1 else 'findings'}."
    )
    return (head, FLOW, *(sentence for one in found for sentence in _enclosed(one, audit)))


def _enclosed(one: Enclosure, audit: Audit) -> Iterator[str]:
    name = (
        group_name(one.group.group.id, audit.names) if one.group else f"Set aside – {WHY[one.why or WHYS[0]].lower()}"
    )
    yield f"{name[:1].upper()}{name[1:]}: {'; '.join(standing(one, audit)) or 'never counted'}."
    told: set[str] = set()
    for way in sorted(one.ways, key=lambda way: (-way.weight, way.finding.id)):
        if one.group or way.finding.id not in told:
            yield f"{path(way, audit)}: {what(way, audit)}."
        told.add(way.finding.id)


def standing(one: Enclosure, audit: Audit) -> tuple[str, ...]:
    """How a group stands: what it weighs, and all that a reader must know of it; of what is set aside, nothing."""
    if one.group is None:
        return ()
    group = one.group.group
    if group.interested:
        return (f"interested {group.side} it, so never counted",)
    told = []
    for side in (audit.arithmetic.for_, audit.arithmetic.against):
        for term in side.terms:
            if term.group == group.id:
                weight = f"weighs {term.weight.given:.2f}" if term.weight.given > 0 else "weighs nothing"
                told.append(f"{weight} {side.side} it{'' if term.in_sum.given else ', not in the sum'}")
    told += [] if group.established else ["not established: may be a copy"]
    told += ["speaks against its interest"] if group.against_interest else []
    told += ["the verdict hinges on it"] if group.id in audit.claim.hinges_on else []
    return tuple(told)


def path(way: Way, audit: Audit) -> str:
    """A way from where it begins to the finding's document, by name: `Reuters → BBC, 2015-05-18`."""
    return " → ".join(_place(step.id, step.kind, audit) for step in way.steps)


def _place(id_: str, kind: str, audit: Audit) -> str:
    if kind == "between":
        return f"{id_} documents"
    return called(id_, audit) if kind == "document" else audit.names.get(id_, id_)


def what(way: Way, audit: Audit) -> str:
    """What a finding does, by which grade, how it knows, and why it is set aside; with its id."""
    return ", ".join(_facts(way.finding, way.grade, audit))


def _facts(finding: AuditedFinding, grade: str, audit: Audit) -> Iterator[str]:
    yield DOES[finding.stance]
    if grade:
        yield grade
    if finding.basis:
        yield BASES[finding.basis]
    if finding.value:
        yield finding.value
    if finding.set_aside and finding.set_aside.loop:
        loop = finding.set_aside.loop
        yield "in a circle: " + " → ".join(called(one, audit) if one in audit.documents else one for one in loop)
    yield f"[{short_id(finding)}]"
