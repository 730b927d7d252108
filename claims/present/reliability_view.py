"""The view of what is learned of sources: a table of those that can be compared, or a card for each that is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.model.share import share_text
from claims.present.people_view import called, counted, graded
from claims.present.view import Heading, Item, Listing, Paragraph, Span, Table, Tally, Title, View
from claims.present.wording import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.model.reliability import Answered, OneAnswer, Reliabilities, SourceReliability, Standing
    from claims.present.view import Block, Line

TALLIED: Final[dict[Standing, str]] = {
    "proposed": "proposed",
    "contradicted": "contradicted",
    "not-contradicted": "not contradicted",
    "not-enough": "too little to say",
    "nothing": "nothing to compare",
}
COMPARED: Final = {"agrees": "agrees", "disagrees": "disagrees", "undecided": "undecided", "alone": "nobody else"}
LEGEND: Final = """\
Reliability: how likely an answer of the source is right, as learned from how it agrees with others who are believed; \
with 90 in 100 it lies between the two figures. It starts from the grade, which counts for ten answers, and is never \
learned from the source's own word.
An answer is worth less than one whose truth is known, as far as others leave it open. Where those of a source are \
together worth fewer than ten, it is too little to say.
Agrees: of the claims that it answers in its own name and others answer too, those on which all others make its answer \
likely. Disagrees: those on which they make it unlikely. What it only relays is an answer of the origin, and copies \
count once.
Data say: the letters that the interval meets. A grade is contradicted where its letter is not among them. One is \
proposed where there is none, one letter alone is met, and the answers are worth ten.
Agreement is not truth: where most copy one that is wrong and nobody says so, it is believed. No grade is changed."""


def reliability_view(found: Reliabilities, *, cards: bool) -> View:
    """The view of what is learned: a table of the sources that can be compared, or `cards` with their answers."""
    blocks: list[Block] = [*_head(found)]
    if cards:
        for source in found.sources:
            blocks += _card(source)
    else:
        blocks += _table(found)
    if found.sources:
        blocks += [Heading(plain("How to read this"), 2)]
        blocks += [Listing(tuple(Item(plain(line)) for line in (_bands(found), *LEGEND.split("\n"))))]
    return View(tuple(blocks))


def _head(found: Reliabilities) -> Iterator[Block]:
    yield Heading((Span(found.title, "strong"),), 1)
    standings = [source.standing for source in found.sources]
    counts = [f"{standings.count(one)} {words}" for one, words in TALLIED.items() if one in standings]
    yield Tally(((Span(counted(len(found.sources), "source"), "strong"),), *map(plain, counts)))
    if not found.sources:
        yield Paragraph((Span("No source matches.", "warning"),))
    day = f"as of {found.as_of}" if found.as_of else "as the case stands"
    digest = found.digest[:19] if found.digest else "no digest"
    yield Paragraph((Span(f"{found.case}, {day} · policy {found.policy} · {digest}", "muted"),))
    yield Paragraph((Span(_learned(found), "muted"),))
    if not found.converged:
        yield Paragraph(
            (Span(f"The search did not end in {found.rounds} rounds: the figures may still move.", "warning"),)
        )


def _learned(found: Reliabilities) -> str:
    claims = counted(found.claims, "claim")
    rounds = f"; the search ended after {counted(found.rounds, 'round')}" if found.claims and found.converged else ""
    return f"Learned from {claims} on which answers can be compared{rounds}."


def _bands(found: Reliabilities) -> str:
    ends = [f"{band.letter} from {share_text(band.low)}" for band in found.bands[:-1]]
    return f"Letters by reliability: {', '.join(ends)}, {found.bands[-1].letter} below."


def _table(found: Reliabilities) -> Iterator[Block]:
    shown = [source for source in found.sources if source.standing != "nothing"]
    if shown:
        titles = (
            Title("Source", 1),
            Title("Grade"),
            Title("Reliability", align="right"),
            Title("Agrees", align="right"),
            Title("Disagrees", align="right"),
            Title("Data say", 1),
        )
        yield Table(titles, tuple(map(_row, shown)))
    if len(shown) < len(found.sources):
        rest = counted(len(found.sources) - len(shown), "source")
        yield Paragraph(
            (Span(f"{rest} not shown: no answer can be held against that of another. JSON and CSV hold all.", "muted"),)
        )


def _row(source: SourceReliability) -> tuple[Line, ...]:
    figures = (
        source.grade,
        _interval(source),
        _of(source.answered.agrees, _others(source.answered)),
        _of(source.answered.disagrees, _others(source.answered)),
    )
    return (called(source.name, source.id), *map(plain, figures), _says(source))


def _interval(source: SourceReliability) -> str:
    return f"{share_text(source.reliability)} ({share_text(source.low)}–{share_text(source.high)})"


def _others(answered: Answered) -> int:
    return answered.all - answered.alone


def _of(n: int, of: int) -> str:
    return f"{n} of {of}" if of else "–"


def _says(source: SourceReliability) -> Line:
    """What the data say, in a word or two; what a person should look at is no colour alone."""
    letters = _letters(source.letters)
    if source.standing == "contradicted":
        return (Span(f"contradicted: grade {source.grade}, data say {letters}", "warning"),)
    if source.standing == "proposed":
        return (Span(f"proposed: {letters}", "strong"),)
    if source.standing == "not-contradicted":
        return plain(letters)
    return (Span(f"too little ({letters})" if source.standing == "not-enough" else "nothing to compare", "muted"),)


def _letters(letters: tuple[str, ...]) -> str:
    return letters[0] if len(letters) == 1 else f"{letters[0]}–{letters[-1]}"


def _card(source: SourceReliability) -> Iterator[Block]:
    yield Heading((Span(source.name),), 2)
    yield Paragraph((Span(source.id, "muted"),))
    yield graded(source.grade, source.reason)
    yield Paragraph((Span("Data say: ", "strong"), *_sentence(source)))
    yield Listing(tuple(_rests_on(source)))
    if source.answers:
        yield Heading(plain(f"Answers ({len(source.answers)})"), 3)
        titles = (Title("Answer"), Title("Claim", 1), Title("All others"))
        yield Table(titles, tuple(map(_answer, source.answers)))


def _sentence(source: SourceReliability) -> Line:
    letters = _letters(source.letters)
    if source.standing == "contradicted":
        return (Span(f"the grade is contradicted; they say {letters}", "warning"),)
    if source.standing == "proposed":
        return (Span(f"{letters} is proposed"),)
    if source.standing == "not-contradicted":
        return (Span(f"the grade is not contradicted; they meet {letters}"),)
    if source.standing == "not-enough":
        return (Span(f"too little to tell letters apart; they meet {letters}"),)
    return (Span("nothing: no answer of it can be held against that of another"),)


def _rests_on(source: SourceReliability) -> Iterator[Item]:
    answered = source.answered
    start = "by its grade" if source.grade in "ABCDE" else "as sources without a grade"
    yield Item(plain(f"reliability {_interval(source)}; beforehand {share_text(source.before)}, {start}"))
    if source.standing != "nothing":
        yield Item(plain(f"its answers are worth as much as {source.weight:.1f} whose truth is known"))
    parts = (
        (answered.agrees, "agrees with what all others make likely"),
        (answered.disagrees, "disagrees"),
        (answered.undecided, "others do not decide"),
        (answered.alone, "nobody else answers"),
    )
    under = tuple(plain(f"{words}: {_of(number, answered.all)}") for number, words in parts if number)
    yield Item(plain(f"answers in its own name on {counted(answered.all, 'claim')}"), under)
    if answered.carried:
        yield Item(plain(f"known from documents of others alone: {_of(answered.carried, answered.all)}"))
    if answered.interested:
        yield Item(plain(f"not heard on {counted(answered.interested, 'claim')} more, since its party gains"))
    if answered.relayed:
        yield Item(plain(f"only relays on {counted(answered.relayed, 'claim')} more"))


def _answer(one: OneAnswer) -> tuple[Line, ...]:
    part = f" ({share_text(one.share)} of an answer)" if one.share < 1 else ""
    carried = (Span(" through others", "muted"),) if one.carried else ()
    likely = f", {share_text(one.others)}" if one.others is not None else ""
    return (
        plain(f"{one.side}{part}"),
        (Span(one.text), Span(f" {one.claim}", "muted"), *carried),
        plain(f"{COMPARED[one.compared]}{likely}"),
    )
