"""What a picture of chains has in it: for each group, and for each reason to set aside, who has it from whom.

An enclosure is a small graph of its own: knots, and arrows in the direction in which knowledge flows, from where it
comes to those who pass it on. A document that knows it from three origins stands in three enclosures. Of many who have
it from one place, the weightiest are drawn and the others counted.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from claims.model.assessment import Why
    from claims.model.audit import Audit, AuditedFinding, AuditedGroup, Link

Kind = Literal["source", "document", "more", "between"]
Stand = Literal["for", "partly", "against", "aside", "passing"]

SHOWN: Final = 4
"""Of those who have it from one place, on one side, how many are drawn; one more is drawn rather than counted."""
MOST_ENCLOSED: Final = 24
"""Enclosures that are drawn; those of the lightest groups are counted."""
DEEPEST: Final = 7
"""Steps in a row that are drawn."""
STANDS: Final[dict[str, Stand]] = {"supports": "for", "partly-supports": "partly", "contradicts": "against"}
UNTRACED: Final = frozenset({"mentions", "later", "before", "mismatch"})
"""Reasons for which it does not matter from whom the document has it."""


class Step(NamedTuple):
    """A place that a chain passes. `id`: of a source, speaker or document; for `between`, how many are passed over."""

    id: str
    kind: Kind
    struck: bool = False
    """Whether it was withdrawn."""


class Way(NamedTuple):
    """How one finding knows, from where the chain begins to the finding's document."""

    steps: tuple[Step, ...]
    finding: AuditedFinding
    grade: str
    stand: Stand
    weight: float
    established: bool
    """Whether the finding says that it is from there."""
    copied: bool
    """Whether the document carries another's text."""
    strongest: bool = False


class Knot(NamedTuple):
    """One box. `ways`: the findings of that document that stand here; for `more`, all that it stands for."""

    kind: Kind
    id: str
    stand: Stand
    struck: bool
    in_circle: bool
    ways: tuple[Way, ...]


class Arrow(NamedTuple):
    """From one knot to another, by position. `dashed`: that is not said; `copied`: it is the same text."""

    tail: int
    head: int
    dashed: bool
    copied: bool


class Enclosure(NamedTuple):
    """A group, or what is set aside for one reason."""

    group: AuditedGroup | None
    why: Why | None
    knots: tuple[Knot, ...]
    arrows: tuple[Arrow, ...]
    ways: tuple[Way, ...]
    """Every finding in it, whether it is drawn or counted."""


def enclosures(audit: Audit) -> tuple[Enclosure, ...]:
    """What is for, what is on both sides, what is against, then what is set aside; within each the heaviest first."""
    by_group: dict[str, list[Way]] = defaultdict(list)
    by_why: dict[Why, list[Way]] = defaultdict(list)
    for finding in audit.findings:
        for group, way in _in_groups(finding):
            by_group[group].append(way)
        if finding.set_aside:
            by_why[finding.set_aside.why].extend(_aside(finding, finding.set_aside.why, audit))
    sides = ("for", "both", "against")
    ordered = sorted(audit.groups, key=lambda one: sides.index(one.group.side))
    groups = [_enclosure(one, None, by_group[one.group.id]) for one in ordered]
    return (*groups, *(_enclosure(None, why, ways) for why, ways in sorted(by_why.items())))


def drawn(found: Sequence[Enclosure]) -> frozenset[int]:
    """The positions of those that are drawn: all that is set aside, and the heaviest groups."""
    groups = [n for n, one in enumerate(found) if one.group]
    heaviest = sorted(groups, key=lambda n: (-_weight(found[n]), n))[:MOST_ENCLOSED]
    return frozenset(heaviest) | {n for n, one in enumerate(found) if one.why}


def _weight(enclosure: Enclosure) -> float:
    group = enclosure.group.group if enclosure.group else None
    return group.weight_for + group.weight_against + 100 * group.interested if group else 0.0


def _in_groups(finding: AuditedFinding) -> Iterator[tuple[str, Way]]:
    copied = any(link.how == "same-text" for link in finding.chain)
    for place in finding.memberships:
        member = place.member
        documents = (*reversed(place.passed), member.document)
        steps = _shortened((Step(member.path[-1], "source"), *(Step(one, "document") for one in documents)))
        stand = STANDS.get(member.stance, "aside")
        strongest = place.is_strongest and member.weight > 0
        yield (
            place.group,
            Way(steps, finding, member.grade, stand, member.weight, member.established, copied, strongest),
        )


def _aside(finding: AuditedFinding, why: Why, audit: Audit) -> Iterator[Way]:
    """The ways of a finding that is set aside: one for each end of its chain, and one at least."""
    own = Step(finding.document, "document", struck=why == "retracted" and not _meets_withdrawn(finding.chain))
    copied = any(link.how == "same-text" for link in finding.chain)
    publisher = audit.documents[finding.document].source
    ends = [] if why in UNTRACED else list(_ends(finding.chain, publisher))
    for steps in ends or [()]:
        yield Way(_shortened((*reversed(steps), own)), finding, "", "aside", 0.0, established=True, copied=copied)


def _meets_withdrawn(chain: Iterable[Link]) -> bool:
    return any(link.end == "withdrawn" or _meets_withdrawn(link.under) for link in chain)


def _ends(chain: Iterable[Link], publisher: str) -> Iterator[tuple[Step, ...]]:
    """The steps from a document to every end of its chain, the nearest first; a document's own word is no step."""
    for link in chain:
        if link.end == "origin" and link.how == "unsaid":
            yield ()
            continue
        is_source = link.end == "origin"
        step = Step(link.id, "source" if is_source else "document", struck=link.end == "withdrawn")
        if link.under:
            yield from ((step, *rest) for rest in _ends(link.under, publisher))
        else:
            yield (step,)


def _shortened(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Of a long way the beginning, how many are passed over, and the end."""
    over = len(steps) - DEEPEST
    if over <= 0:
        return steps
    keep = DEEPEST - 2
    return (*steps[:keep], Step(str(over + 1), "between"), steps[-1])


Key = tuple[str, str, str]


def _enclosure(group: AuditedGroup | None, why: Why | None, ways: list[Way]) -> Enclosure:
    if group and group.group.interested:
        ways = [way._replace(strongest=False) for way in ways]
    knots, arrows = _Web(ways).folded()
    return Enclosure(group, why, knots, arrows, tuple(ways))


class _Web:
    """The ways of one enclosure, woven together."""

    def __init__(self, ways: Sequence[Way]) -> None:
        self.steps: dict[Key, Step] = {}
        self.ways: dict[Key, list[Way]] = defaultdict(list)
        self.arrows: dict[tuple[Key, Key], Arrow] = {}
        self.stands: dict[str, Stand] = {}
        for way in ways:
            self.stands.setdefault(way.steps[-1].id, way.stand)
        for way in sorted(ways, key=lambda one: (-one.weight, one.finding.id)):
            self._add(way)
        self.circular = self._circular()

    def _add(self, way: Way) -> None:
        before: Key | None = None
        for n, step in enumerate(way.steps):
            is_last = n == len(way.steps) - 1
            key = self._key(step, way, is_last=is_last)
            known = self.steps.get(key, step)
            self.steps[key] = known._replace(struck=known.struck or step.struck)
            if before is not None and before != key:
                dashed = is_last and not way.established
                self.arrows.setdefault((before, key), Arrow(0, 0, dashed, is_last and way.copied))
            before = key
        if before is not None:
            self.ways[before].append(way)

    def _key(self, step: Step, way: Way, *, is_last: bool) -> Key:
        if step.kind == "between":
            return step.kind, way.steps[-1].id, step.id
        if step.kind == "source":
            return step.kind, step.id, ""
        return step.kind, step.id, way.stand if is_last else self.stands.get(step.id, "passing")

    def _circular(self) -> set[Key]:
        """The knots that lie on a circle: those that are reached from themselves."""
        onward: dict[Key, list[Key]] = defaultdict(list)
        for tail, head in self.arrows:
            onward[tail].append(head)
        found = set()
        for start in tuple(onward):
            seen, open_ = set(), list(onward[start])
            while open_ and start not in seen:
                key = open_.pop()
                if key not in seen:
                    seen.add(key)
                    open_.extend(onward.get(key, ()))
            found |= {start} & seen
        return found

    def folded(self) -> tuple[tuple[Knot, ...], tuple[Arrow, ...]]:
        """The knots and arrows to draw, where of many alike some are counted."""
        under = self._tree()
        knots: list[Knot] = []
        at: dict[Key, int] = {}
        open_: list[Key | None] = [None]
        while open_:
            kept, folds = self._kept(under.get(open_.pop(0), []))
            for key in kept:
                at[key] = len(knots)
                knots.append(self._knot(key))
            open_ += kept
            for fold in folds:
                inside = _all_under(fold, under)
                at |= dict.fromkeys(inside, len(knots))
                knots.append(self._more(fold[0], inside))
        arrows: dict[tuple[int, int], Arrow] = {}
        for (tail, head), arrow in self.arrows.items():
            ends = at[tail], at[head]
            if ends[0] != ends[1]:
                arrows.setdefault(ends, arrow._replace(tail=ends[0], head=ends[1]))
        return tuple(knots), tuple(arrows.values())

    def _tree(self) -> dict[Key | None, list[Key]]:
        """What hangs from each knot where each hangs once, from the first it has it from; None: where ways begin."""
        onward: dict[Key, list[Key]] = defaultdict(list)
        heads = set()
        for tail, head in self.arrows:
            onward[tail].append(head)
            heads.add(head)
        tree: dict[Key | None, list[Key]] = defaultdict(list)
        told: set[Key] = set()
        for start in (*(key for key in self.steps if key not in heads), *self.steps):
            if start in told:
                continue
            told.add(start)
            tree[None].append(start)
            open_ = [start]
            while open_:
                key = open_.pop(0)
                new = [head for head in dict.fromkeys(onward[key]) if head not in told]
                told.update(new)
                tree[key].extend(new)
                open_ += new
        return tree

    def _kept(self, keys: Sequence[Key]) -> tuple[list[Key], list[list[Key]]]:
        """Those of some siblings that are drawn, and those of each kind that are counted."""
        alike: dict[str, list[Key]] = defaultdict(list)
        for key in keys:
            alike[key[0] if key[0] == "source" else key[2]].append(key)
        kept: list[Key] = []
        folds = []
        for same in alike.values():
            circles = [key for key in same if key in self.circular]
            plain = [key for key in same if key not in self.circular]
            room = SHOWN if len(plain) > SHOWN + 1 else len(plain)
            kept += circles + plain[:room]
            folds += [plain[room:]] if plain[room:] else []
        return kept, folds

    def _knot(self, key: Key) -> Knot:
        step, ways = self.steps[key], self.ways.get(key, [])
        stand = ways[0].stand if ways else "passing"
        unique = {way.finding.id: way for way in reversed(ways)}
        return Knot(step.kind, step.id, stand, step.struck, key in self.circular, tuple(reversed(unique.values())))

    def _more(self, first: Key, inside: Sequence[Key]) -> Knot:
        """One knot for all of these."""
        ways = [way for key in inside for way in self.ways.get(key, [])]
        unique = {way.finding.id: way for way in ways}
        stand = ways[0].stand if ways else "passing"
        return Knot("more", first[1], stand, struck=False, in_circle=False, ways=tuple(unique.values()))


def _all_under(keys: Sequence[Key], under: dict[Key | None, list[Key]]) -> list[Key]:
    """These and all that hangs from them."""
    open_, found = list(keys), []
    while open_:
        key = open_.pop(0)
        found.append(key)
        open_ += under.get(key, [])
    return found
