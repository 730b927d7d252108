"""What stands behind a claim: its groups as trees from the origin down to every report, and what is set aside."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from claims.present.view import Entry, Heading, Item, Listing, Node, Paragraph, Span, Tree
from claims.present.wording import WHY, circle_line, group_name, place_text, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.model.assessment import Group
    from claims.model.audit import Audit, AuditedFinding, AuditedGroup, Membership
    from claims.present.view import Block, Line

BASES: Final = {
    "witnessed": "witnessed",
    "imagery": "imagery",
    "record": "a record",
    "own-sources": "own sources",
    "relayed": "relayed",
    "analysis": "analysis",
}
LISTED: Final = {"repeats"}
"""Reasons whose findings were told before: as records of the utterance."""


DEEPEST: Final = 8
"""Levels of a tree that are drawn."""
OVER: Final = "… "
"""How a step begins that stands for several; no id does."""


class Standing(NamedTuple):
    """A finding in a group, as it is drawn; `is_first`: its first group, where all of it is told."""

    finding: AuditedFinding
    membership: Membership
    is_first: bool


def groups(audit: Audit) -> Iterator[Block]:
    """Every group: what it weighs and why it is one, and below it who has it from whom."""
    if not audit.groups:
        return
    yield Heading(plain("What stands behind it, origin by origin"), 2)
    text = (
        "Each origin, and below it every report whose knowledge comes from there; * marks its strongest. "
        f"claims audit {audit.claim.id} --why ID tells of one finding why it counts, or does not."
    )
    yield Paragraph((Span(text, "muted"),))
    yield Tree(tuple(_group(group, audit) for group in audit.groups))


def _group(audited: AuditedGroup, audit: Audit) -> Node:
    group = audited.group
    told = [
        Standing(finding, membership, n == 0)
        for finding in audit.findings
        for n, membership in enumerate(finding.memberships)
        if membership.group == group.id
    ]
    name = group_name(group.id, audit.names)
    head = (
        Span(name[:1].upper() + name[1:], "name", entry=Entry("sources", group.id)),
        Span(f" — {_weighs(group, audit)}"),
    )
    return Node(head, (*(Node(line) for line in _reasons(audited, audit)), *_below(told, audited, audit)))


def _weighs(group: Group, audit: Audit) -> str:
    """What a group brings to each side on which it stands, and whether that is in the sum."""
    if group.interested:
        return f"interested {group.side} the claim: shown as one, and never counted"
    told = []
    for side in (audit.arithmetic.for_, audit.arithmetic.against):
        for term in side.terms:
            if term.group == group.id:
                weight = f"weighs {term.weight.given:.3f}" if term.weight.given > 0 else "weighs nothing"
                told.append(f"{weight} {side.side} the claim{'' if term.in_sum.given else ', not in the sum'}")
    return "; ".join(told)


def _reasons(audited: AuditedGroup, audit: Audit) -> Iterator[Line]:
    """Why its origins are one, how sure it is that they are the origin, and what they gain or lose."""
    group, names = audited.group, audit.names
    for tie in audited.ties:
        below, above = names.get(tie.below, tie.below), names.get(tie.above, tie.above)
        text = f"{below} belongs to {above}" if tie.how == "owner" else f"{above} is {below}'s own voice"
        yield (Span(f"one origin: {text}", "muted"),)
    if not group.established:
        yield (Span("not established: no report here says how it knows, so it may be a copy of another", "warning"),)
    if group.against_interest:
        losers = _named(audited.loses if group.side != "against" else audited.gains, audit)
        text = f"against interest: {losers} would rather have it otherwise, so its word counts one step better"
        yield (Span(text, "muted"),)
    if group.interested:
        gainers = _named(audited.gains if group.side == "for" else audited.loses, audit)
        yield (Span(f"it serves {gainers}", "muted"),)


def _named(parties: Sequence[str], audit: Audit) -> str:
    return ", ".join(audit.names.get(party, party) for party in parties) or "its party"


class Branch:
    """A document in a group's tree: the findings of its own there, and the documents that have theirs from it."""

    def __init__(self) -> None:
        self.standings: list[Standing] = []
        self.below: dict[str, Branch] = {}

    def at(self, documents: Sequence[str]) -> Branch:
        """The branch at the end of a way down."""
        branch = self
        for document in documents:
            branch = branch.below.setdefault(document, Branch())
        return branch


def _below(told: Sequence[Standing], audited: AuditedGroup, audit: Audit) -> Iterator[Node]:
    """The reports of a group below their origins; the origin is named where it is not the only one."""
    roots: dict[str, Branch] = defaultdict(Branch)
    for standing in told:
        member = standing.membership.member
        way = _way((*reversed(standing.membership.passed), member.document))
        roots[member.path[-1]].at(way).standings.append(standing)
    for origin, root in sorted(roots.items()):
        nodes = _nodes(root, audited.group, audit)
        if audited.group.origins == (origin,) and not audited.group.interested:
            yield from nodes
        else:
            yield Node((Span(audit.names.get(origin, origin), "name"),), nodes)


def _way(documents: tuple[str, ...]) -> tuple[str, ...]:
    """The way down to a report; of a long one the beginning, how many are passed over, and the end."""
    over = len(documents) - DEEPEST
    return documents if over <= 0 else (*documents[: DEEPEST - 2], f"{OVER}{over + 1}", documents[-1])


def _nodes(branch: Branch, group: Group, audit: Audit) -> tuple[Node, ...]:
    def strength(one: tuple[str, Branch]) -> tuple[float, str]:
        weights = [standing.membership.member.weight for standing in one[1].standings]
        return -max(weights, default=0.0), one[0]

    found = []
    for document, below in sorted(branch.below.items(), key=strength):
        lines = [_report(standing, group, audit) for standing in below.standings] or [_passes(document, audit)]
        found += [Node(line) for line in lines[:-1]]
        found.append(Node(lines[-1], _nodes(below, group, audit)))
    return tuple(found)


def _report(standing: Standing, group: Group, audit: Audit) -> Line:
    finding, membership = standing.finding, standing.membership
    member = membership.member
    star = "*" if membership.is_strongest and member.weight > 0 and not group.interested else ""
    head = (
        Span(f"{member.grade}{star} ", "strong"),
        Span(f"{finding.stance}: "),
        Span(called(finding.document, audit)),
    )
    if not standing.is_first:
        return (*head, Span(f" — told above, under {group_name(finding.memberships[0].group, audit.names)}", "muted"))
    return (*head, *particulars(finding))


def _passes(document: str, audit: Audit) -> Line:
    if document.startswith(OVER):
        return (Span(f"… {document.removeprefix(OVER)} documents, each from the one above", "muted"),)
    return (Span(called(document, audit)), Span(" — passed on by what hangs below", "muted"))


def called(document: str, audit: Audit) -> str:
    """A document by its source and its date."""
    found = audit.documents[document]
    source = audit.names.get(found.source, found.source)
    return f"{source}, {found.published}" if found.published else f"{source}, no date"


def short_id(finding: AuditedFinding) -> str:
    """What is enough of a finding's id to name it: its document, where it has no id of its own."""
    return finding.document if finding.id.startswith(f"{finding.document}/") else finding.id


def particulars(finding: AuditedFinding) -> Line:
    """How a finding knows, its figure, its id, where it stands, and what it says."""
    facts = [BASES[finding.basis]] if finding.basis else []
    facts += [finding.value] if finding.value else []
    facts += ["the chain is our judgement"] if finding.inferred else []
    place = f"  {short_id(finding)}" + (f" {place_text(finding.place)}" if finding.place else "")
    return (
        Span("".join(f" · {fact}" for fact in facts)),
        Span(place, "muted"),
        Span(" — " if finding.note else "", "muted"),
        Span(finding.note or "", "muted"),
    )


def circles(audit: Audit) -> Iterator[Block]:
    """The circles that chains run in, each once."""
    loops = {frozenset(entry.loop): entry.loop for entry in reversed(audit.claim.set_aside) if entry.loop}
    if loops:
        publishers = {document.id: document.source for document in audit.documents.values()}
        yield Heading(plain("Chains that run in a circle"), 2)
        yield Listing(tuple(Item(circle_line(loop, publishers, audit.names)) for loop in reversed(loops.values())))


def set_aside(audit: Audit) -> Iterator[Block]:
    """What is set aside, by reason."""
    by_why: dict[str, list[AuditedFinding]] = defaultdict(list)
    for finding in audit.findings:
        if finding.set_aside:
            by_why[finding.set_aside.why].append(finding)
    if not by_why:
        return
    number = sum(map(len, by_why.values()))
    yield Heading(plain(f"Set aside, and never counted ({number})"), 2)
    yield Listing(tuple(_aside(why, by_why[why], audit) for why in WHY if why in by_why))


def _aside(why: str, findings: Sequence[AuditedFinding], audit: Audit) -> Item:
    head = (Span(f"{WHY[why]} ({len(findings)})", "name"),)
    if why in LISTED:
        return Item((*head, Span(": told above, as records of the utterance", "muted")))
    return Item(head, tuple(_aside_line(finding, why, audit) for finding in findings))


def _aside_line(finding: AuditedFinding, why: str, audit: Audit) -> Line:
    told = finding.set_aside.text if finding.set_aside and why not in {"mentions", "speaker", "circular"} else ""
    return (Span(called(finding.document, audit)), Span(f": {told}" if told else ""), *particulars(finding))
