"""A collection, however it is cut, comes to what the case comes to: every column, to the last digit."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pa = pytest.importorskip("pyarrow")

from claims.collection import utterances  # noqa: E402 - only with pyarrow
from claims.collection.verdicts import SCHEMA, verdicts_of  # noqa: E402 - as above
from claims.flow import assess  # noqa: E402 - as above
from claims.model.errors import BadRequest  # noqa: E402 - as above
from claims.tables.from_case import today_of  # noqa: E402 - as above
from tests.cases import case_of  # noqa: E402 - as above
from tests.collection.parts import part_of, shared_of, tables_of_text  # noqa: E402 - as above
from tests.strategies import sections  # noqa: E402 - as above

if TYPE_CHECKING:
    from claims.model.assessment import ClaimAssessment
    from claims.model.case import Case
    from tests.cases import Sections

DAYS = [None, dt.date(2015, 5, 10), dt.date(2015, 5, 20), dt.date(2015, 6, 15)]
FIGURES = [None, None, "300 km²", "about 300 km²", "300 km", "290 km²", "120 km²", "more than 250 km²", "300"]
PLACES = [None, None, "Idlib, Syria", "al-Mastouma camp, Idlib, Syria", "Homs, Syria"]
QUOTES = [None, "we took 300 km² there", "300 km of it", "between 100 km² and 300 km²", "nothing of the kind"]


@st.composite
def figured(draw: st.DrawFn) -> Sections:
    """Sections with figures, places, due dates and quotes, which the plain strategy leaves out."""
    made = draw(sections())
    for claim in made["claims"]:
        claim["quantity"], claim["place"] = draw(st.sampled_from(FIGURES)), draw(st.sampled_from(PLACES))
        if claim["kind"] == "fact" and draw(st.booleans()):
            claim["kind"] = draw(st.sampled_from(["prediction", "promise"]))
            claim["due"] = draw(st.sampled_from([None, "2015-05", "2015-06-10", "2016"]))
        if claim["searches"] and draw(st.booleans()):
            claim["searches"] = [{"where": "the archive", "date": "2015-05-18"}, {"where": "and the other, [too]"}]
    for finding in made["findings"]:
        finding["value"], finding["place"] = draw(st.sampled_from(FIGURES)), draw(st.sampled_from(PLACES))
        if finding["value"] and draw(st.booleans()):
            finding["stance"] = None
    for statement in made["statements"]:
        statement["quote"], statement["value"] = draw(st.sampled_from(QUOTES)), draw(st.sampled_from(FIGURES))
    return made


def rows_of(case: Case, as_of: dt.date | None) -> list[dict[str, Any]]:
    """What a collection of the same would say, from the accounts of the case."""
    return [_row(account) for account in assess(case, as_of).claims]


def _row(claim: ClaimAssessment) -> dict[str, Any]:
    further = {change.side: change for change in claim.would_change}
    row: dict[str, Any] = {
        "claim": claim.id,
        "verdict": claim.verdict,
        "attribution": claim.attribution,
        "probability": claim.probability,
        "low": claim.range[0],
        "high": claim.range[1],
        "credibility": claim.credibility,
        "for_at_least": claim.independent_for.at_least,
        "for_at_most": claim.independent_for.at_most,
        "against_at_least": claim.independent_against.at_least,
        "against_at_most": claim.independent_against.at_most,
        "interested_for": bool(claim.interested_for),
        "interested_against": bool(claim.interested_against),
        "hinges_on": list(claim.hinges_on),
    }
    for side in ("for", "against"):
        change = further.get(side)
        row[f"further_{side}"] = change.findings if change else None
        row[f"further_{side}_makes"] = change.to if change else None
    return row


def rows_of_parts(case: Case, as_of: dt.date | None, parts: list[list[str]]) -> list[dict[str, Any]]:
    tables, today = tables_of_text(case), today_of(case, as_of)
    found = [
        verdicts_of(shared_of(tables), part_of(tables, names), case.policy, as_of, today) for names in parts if names
    ]
    return sorted((row for table in found for row in table.to_pylist()), key=lambda row: str(row["claim"]))


@settings(max_examples=60, deadline=None)
@given(data=figured(), as_of=st.sampled_from(DAYS), cut=st.lists(st.integers(0, 2), min_size=3, max_size=3))
def test_any_case_cut_by_claim_in_any_way_comes_to_what_it_comes_to_whole(
    data: Sections, as_of: dt.date | None, cut: list[int]
) -> None:
    case = case_of(data)
    parts: list[list[str]] = [[], [], []]
    for claim, n in zip(case.claims, cut, strict=False):
        parts[n].append(claim.id)
    assert rows_of_parts(case, as_of, parts) == rows_of(case, as_of)


@st.composite
def heard(draw: st.DrawFn) -> Sections:
    """Sections of which most findings only repeat a claim, so that many records of an utterance follow each other."""
    made = draw(figured())
    for finding in made["findings"]:
        if draw(st.integers(0, 3)):
            finding["stance"] = "repeats"
    return made


@settings(max_examples=150, deadline=None)
@given(data=heard(), few=st.sampled_from([0, 8]))
def test_records_are_judged_alike_whether_they_are_held_for_few_or_many(data: Sections, few: int) -> None:
    case = case_of(data)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(utterances, "FEW", few)
        found = rows_of_parts(case, None, [[claim.id for claim in case.claims]])
    assert found == rows_of(case, None)


@pytest.mark.parametrize("number", [2, 8, 9, 30])
@pytest.mark.parametrize(("is_cut", "attribution"), [(False, "single-record"), (True, "confirmed")])
def test_records_that_follow_each_other_are_one_however_many(number: int, is_cut: bool, attribution: str) -> None:
    onto = [None, *(f"d{n}" for n in range(number - 1))]
    onto[-1] = None if is_cut else onto[-1]
    case = case_of(
        {
            "sources": [{"id": f"s{n}", "name": f"S {n}"} for n in range(number)],
            "documents": [
                {"id": f"d{n}", "source": f"s{n}", "relies_on": [name] if name else []} for n, name in enumerate(onto)
            ],
            "claims": [{"id": "c", "text": "It is so."}],
            "findings": [{"claim": "c", "document": f"d{n}", "stance": "repeats"} for n in range(number)],
        }
    )
    (found,) = rows_of_parts(case, None, [["c"]])
    assert found["attribution"] == attribution
    assert [found] == rows_of(case, None)


def test_a_part_without_claims_has_no_rows() -> None:
    tables = tables_of_text(case_of({"claims": [{"id": "c", "text": "It is so."}]}))
    found = verdicts_of(shared_of(tables), part_of(tables, []), case_of({}).policy, None, None)
    assert found.schema == SCHEMA
    assert len(found) == 0


@pytest.mark.parametrize(
    ("section", "row", "said"),
    [
        ("findings", {"claim": "c", "document": "nowhere"}, "no document is called 'nowhere'"),
        ("findings", {"claim": "c", "document": "d", "stance": "suports"}, "'suports' in a table of findings is no"),
        ("findings", {"claim": "c", "document": "d", "when": "2015-13"}, "'2015-13' in a table of findings is no when"),
        ("findings", {"claim": "c", "document": "d", "relies_on": "[who"}, "relies_on of a table of findings is not"),
    ],
)
def test_what_a_check_would_tell_is_refused(section: str, row: dict[str, Any], said: str) -> None:
    case = case_of(
        {
            "sources": [{"id": "s", "name": "S"}],
            "documents": [{"id": "d", "source": "s"}],
            "claims": [{"id": "c", "text": "It is so."}],
        }
    )
    tables = tables_of_text(case)
    part = part_of(tables, ["c"]) | {"documents": tables["documents"], section: pa.Table.from_pylist([row])}
    with pytest.raises(BadRequest, match=said.replace("[", r"\[")):
        verdicts_of(shared_of(tables), part, case.policy, None, None)
