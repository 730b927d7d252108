"""A copy never changes a verdict: many is not independent."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.cases import Sections, sketch
from tests.judging import changed, figures, judged
from tests.strategies import sections

LETTERS = st.sampled_from("ABCDEF")


def with_follower(entries: Sections, finding: dict[str, Any], link: str, letter: str) -> Sections:
    """Entries with one more document that follows the finding's document and says the same."""
    result = changed(entries)
    result["sources"].append({"id": "copier", "name": "Copier", "reliability": letter})
    target = finding["document"]
    document = {"id": "copy", "source": "copier", link: target if link == "same_text_as" else (target,)}
    result["documents"].append(document)
    more = {"id": "copied", "document": "copy", "basis": None, "relies_on": None}
    result["findings"].append({**finding, **more})
    return result


@given(sections(), st.data(), LETTERS, st.sampled_from(["same_text_as", "relies_on"]))
def test_a_copy_or_a_relay_of_a_report_never_changes_a_verdict(
    entries: Sections, data: st.DataObject, letter: str, link: str
) -> None:
    assume(entries["findings"])
    finding = data.draw(st.sampled_from(entries["findings"]))
    others = [f for f in entries["findings"] if f["document"] == finding["document"] and f["claim"] == finding["claim"]]
    assume(len(others) == 1)
    assume(finding["stance"] != "repeats")
    before, after = judged(entries), judged(with_follower(entries, finding, link, letter))
    for claim in before:
        assert figures(after[claim]) == figures(before[claim])


@given(sections(), st.data())
def test_a_round_up_of_origins_already_there_never_changes_a_count(entries: Sections, data: st.DataObject) -> None:
    """A round-up that names established origins of one side, and is no better graded than what is there."""
    before = judged(entries)
    claim = data.draw(st.sampled_from(sorted(before)))
    groups = [g for g in before[claim].groups if g.established and not g.interested and g.side in {"for", "both"}]
    counted = [g for g in groups if g.weight_for > 0]
    assume(counted)
    named = data.draw(st.lists(st.sampled_from(counted), min_size=1, unique_by=lambda g: g.id))
    result = changed(entries)
    result["sources"].append({"id": "digest", "name": "Digest", "reliability": "E"})
    result["documents"].append(
        {"id": "digest-doc", "source": "digest", "relies_on": tuple(g.origins[0] for g in named)}
    )
    result["findings"].append(
        {"id": "digested", "claim": claim, "document": "digest-doc", "stance": "supports", "credibility": 5}
    )
    assert figures(judged(result)[claim]) == figures(before[claim])


def test_ten_sites_that_cite_one_agency_are_one_group() -> None:
    sites = [f"site{n}<-Agency: supports 2" for n in range(10)]
    claim = judged(sketch(*sites))["c"]
    assert (claim.verdict, claim.independent_for.at_most) == ("single-source", 1)


def test_a_site_that_cites_the_bbc_that_cites_the_observatory_adds_nothing() -> None:
    alone = judged(sketch("bbc<-Sohr: supports 2"))["c"]
    both = judged(sketch("bbc<-Sohr: supports 2", "armenian<-bbc<-Sohr: supports 2"))["c"]
    assert figures(both) == figures(alone)
    assert [member.path for member in both.groups[0].members] == [
        ("armenian", "bbc", "sohr"),
        ("bbc", "sohr"),
    ]
