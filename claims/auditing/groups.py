"""Groups with why they are one, and findings with where they stand: each finding once, as a member or set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from claims.model.assessment import VERDICTS
from claims.model.audit import AuditedFinding, AuditedGroup, Hinge, Membership, Tie
from claims.tables.columns import STANCES, bools, ids, ints
from claims.verdict.grouping import INTERESTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.auditing.chains import Trails
    from claims.model.assessment import ClaimAssessment, Group, Member
    from claims.model.case import Case
    from claims.verdict.judgement import Judged


def interests_of(case: Case, judged: Judged, n: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of the parties that gain if the claim at position `n` is believed, and of those that lose, by id."""
    table = judged.tables.interests
    own = ints(table, "claim") == n
    party, gains = ints(table, "party"), bools(table, "gains")
    found = [tuple(sorted(case.parties[p].id for p in party[own & chosen])) for chosen in (gains, ~gains)]
    return found[0], found[1]


def audited_groups(
    case: Case, claim: ClaimAssessment, gains: Sequence[str], loses: Sequence[str]
) -> tuple[AuditedGroup, ...]:
    """The groups of a claim, each with what makes its origins one, and which of their parties have a stake."""
    party_of = {entry.id: entry.party for entry in case.origins}
    found = []
    for group in claim.groups:
        parties = sorted({party for origin in group.origins if (party := party_of[origin])})
        found.append(
            AuditedGroup(
                group,
                _ties(case, group),
                tuple(party for party in parties if party in gains),
                tuple(party for party in parties if party in loses),
            )
        )
    return tuple(found)


def hinges_of(judged: Judged, n: int, claim: ClaimAssessment) -> tuple[Hinge, ...]:
    """What the verdict on the claim at position `n` hinges on, each with the verdict that would be left."""
    groups, found = judged.groups.groups, judged.hinges
    origin, names = ints(groups, "origin"), ids(judged.tables.origins)
    start, stop = np.searchsorted(ints(groups, "claim"), [n, n + 1])
    left = {str(names[origin[g]]): int(found.without_group[g]) for g in range(start, stop)}
    left |= {name: int(found.without_interested[side, n]) for side, name in enumerate(INTERESTED)}
    return tuple(Hinge(group, VERDICTS[left[group]]) for group in claim.hinges_on)


def _ties(case: Case, group: Group) -> tuple[Tie, ...]:
    """What leads from each origin of a group up to where they meet; nothing where it has a single one."""
    if len(group.origins) == 1 or group.interested:
        return ()
    above = {source.id: Tie(source.id, source.owner, "owner") for source in case.sources if source.owner}
    above |= {speaker.id: Tie(speaker.id, speaker.voice, "voice") for speaker in case.speakers if speaker.voice}
    lines = [list(_upward(origin, above)) for origin in group.origins]
    ties = [tie for line in lines for tie in line[: _until_met(line, lines)]]
    return tuple(dict.fromkeys(ties))


def _upward(origin: str, above: dict[str, Tie]) -> Iterator[Tie]:
    passed: set[str] = set()
    while origin in above and origin not in passed:
        passed.add(origin)
        yield above[origin]
        origin = above[origin].above


def _until_met(line: list[Tie], lines: list[list[Tie]]) -> int:
    """How many ties of a line lie below the first owner that all lines have; all, where owners go in a circle."""
    for n, tie in enumerate(line):
        met = _plain(tie.above)
        if all(met in {_plain(one.above) for one in other} | {_plain(one.below) for one in other} for other in lines):
            return n + 1
    return len(line)


def _plain(name: str) -> str:
    """A name as owners are compared: without regard to capitals and blanks."""
    return " ".join(name.casefold().split())


def audited_findings(
    case: Case, judged: Judged, n: int, claim: ClaimAssessment, trails: Trails
) -> tuple[AuditedFinding, ...]:
    """Every finding on the claim at position `n`, once, by id. trails: those of the judged tables."""
    memberships = _memberships(case, judged, n, claim)
    aside = {entry.finding: entry for entry in claim.set_aside}
    stance = ints(judged.tables.findings, "stance")
    found = []
    for f in np.flatnonzero(ints(judged.tables.findings, "claim") == n):
        finding = case.findings[f]
        found.append(
            AuditedFinding(
                id=finding.key,
                document=finding.document,
                stance=STANCES[stance[f]],
                basis=finding.basis,
                value=str(finding.value) if finding.value else None,
                note=finding.note,
                inferred=finding.inferred,
                place=case.places.get(("findings", finding.key)),
                memberships=memberships.get(finding.key, ()),
                set_aside=aside.get(finding.key),
                chain=trails.of(int(f)),
            )
        )
    return tuple(found)


def _memberships(case: Case, judged: Judged, n: int, claim: ClaimAssessment) -> dict[str, tuple[Membership, ...]]:
    """Where each finding stands, heaviest groups first."""
    passed = _passed(case, judged, n)
    found: dict[str, list[Membership]] = {}
    for group in claim.groups:
        strongest = {side: _strongest(group, side) for side in (True, False)}
        for member in group.members:
            way = passed[member.finding, member.path]
            is_strongest = member is strongest[member.stance == "contradicts"]
            found.setdefault(member.finding, []).append(Membership(group.id, member, way, is_strongest))
    return {finding: tuple(places) for finding, places in found.items()}


def _strongest(group: Group, is_against: bool) -> Member | None:  # noqa: FBT001 - the side, as a key
    members = [member for member in group.members if (member.stance == "contradicts") == is_against]
    return max(members, key=lambda member: (member.weight, member.finding), default=None)


def _passed(case: Case, judged: Judged, n: int) -> dict[tuple[str, tuple[str, ...]], tuple[str, ...]]:
    """The documents on the way of each member of the claim's groups, by its finding and its path of sources."""
    groups, members, led = judged.groups.groups, judged.groups.members, judged.chains.origins
    start, stop = np.searchsorted(ints(groups, "claim"), [n, n + 1])
    first, last = np.searchsorted(ints(members, "group"), [start, stop])
    finding, row = ints(members, "finding"), ints(members, "row")
    visit, origin = ints(led, "visit"), ints(led, "origin")
    document, source = ints(judged.tables.findings, "document"), ints(judged.tables.documents, "source")
    names = ids(judged.tables.origins)
    found = {}
    for m in range(first, last):
        way = judged.chains.path(int(visit[row[m]]))
        sources = [int(source[d]) for d in (int(document[finding[m]]), *way)] + [int(origin[row[m]])]
        path = tuple(str(names[s]) for k, s in enumerate(sources) if k == 0 or sources[k - 1] != s)
        found[case.findings[finding[m]].key, path] = tuple(case.documents[d].id for d in way)
    return found
