"""The parts of an audit, one by one: records, groups, chains, the timeline, stored texts, related claims."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from claims import audit, open_case
from claims.auditing.texts import stored_texts
from claims.flow import assess
from tests.cases import case_of, sketch
from tests.present.audits import plural_audit, plural_case

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from claims.model.audit import Audit, Link


def audited(*lines: str, **more: Any) -> Audit:
    return audit(assess(case_of(sketch(*lines, **more))), "c")


QUOTES = {
    "bbc-doc/area/nasrallah": "not-compared",
    "sister-doc/area/velayati": "no-text",
    "speech-doc/area/nasrallah": "exact",
    "wire-doc/area/nasrallah": "changed",
    "wire-doc/area/velayati": "ambiguous",
    "speech-doc/area": "no-quote",
}


def test_every_quote_is_checked_and_every_record_has_its_place() -> None:
    records = plural_audit().records
    assert {one.record.id: one.quote.status for one in records} == QUOTES
    assert all(one.place for one in records)


def test_words_that_the_text_has_not_are_missing() -> None:
    (record,) = audit(assess(plural_case()), "visit").records
    assert record.quote.status == "missing"


def test_a_record_is_dated_by_its_statement_before_its_document() -> None:
    dates = {one.record.id: one.date for one in plural_audit().records}
    assert dates["wire-doc/area/nasrallah"] == "2015-05-15"
    assert dates["wire-doc/area/velayati"] == "2015-05-16"


TIES = [
    ([{"id": "a", "owner": "Acme"}, {"id": "b", "owner": "acme "}], {("a", "Acme"), ("b", "acme ")}),
    ([{"id": "a", "owner": "b"}], {("a", "b")}),
    ([{"id": "a", "owner": "x"}, {"id": "b", "owner": "x"}, {"id": "x", "name": "X"}], {("a", "x"), ("b", "x")}),
]


@pytest.mark.parametrize(("sources", "ties"), TIES)
def test_why_origins_are_one(sources: list[dict[str, Any]], ties: set[tuple[str, str]]) -> None:
    (group,) = audited("a: witnessed", "b: witnessed", sources=sources).groups
    assert {(tie.below, tie.above) for tie in group.ties} == ties


def test_one_origin_needs_no_reason() -> None:
    assert [group.ties for group in audited("bbc<-Sohr", "blog<-Sohr").groups] == [()]


def test_a_group_says_which_of_its_parties_gain_or_lose() -> None:
    groups = {one.group.id: one for one in plural_audit().groups}
    assert groups["haaretz"].loses == ("rebels",)
    assert groups["interested-against"].loses == ("rebels",)
    assert (plural_audit().gains, plural_audit().loses) == (("army", "guard"), ("rebels",))


def test_what_the_verdict_hinges_on_says_what_would_be_left() -> None:
    found = audited("bbc: witnessed", "afp: witnessed")
    assert [(one.group, one.verdict) for one in found.hinges] == [("afp", "single-source"), ("bbc", "single-source")]


def test_a_dispute_of_interested_groups_hinges_on_each() -> None:
    parties = [{"id": "army", "name": "A"}, {"id": "rebels", "name": "R"}]
    sources = [{"id": "a", "party": "army"}, {"id": "b", "party": "rebels"}]
    claims = [{"id": "c", "favours": ("army",), "harms": ("rebels",)}]
    found = audited("a: witnessed", "b: witnessed contradicts", parties=parties, sources=sources, claims=claims)
    assert [tuple(one) for one in found.hinges] == [
        ("interested-for", "unverified"),
        ("interested-against", "unverified"),
    ]


CHAINS = [
    (["blog<-bbc<-Sohr"], "bbc-doc:relies-on(sohr:relies-on=origin)"),
    (["blog"], "blog:unsaid=origin"),
    (["blog: witnessed"], "blog:knows=origin"),
    (["blog<-Afp: own-sources"], "afp:relies-on=origin blog:knows=origin"),
    (["blog<-bbc<-blog"], "bbc-doc:relies-on(blog-doc:relies-on=circle)"),
    (["blog<-bbc", "bbc: witnessed"], "bbc-doc:relies-on(bbc:knows=origin)"),
    (["blog<-a<-Sohr", "blog<-b<-a"], "a-doc:relies-on(sohr:relies-on=origin) b-doc:relies-on(a-doc:relies-on=shown)"),
]


@pytest.mark.parametrize(("lines", "told"), CHAINS, ids=[", ".join(lines) for lines, _ in CHAINS])
def test_a_chain_is_told_link_by_link(lines: list[str], told: str) -> None:
    entries = sketch(*lines)
    entries["findings"] = [dict(items) for items in dict.fromkeys(tuple(f.items()) for f in entries["findings"])]
    found = audit(assess(case_of(entries)), "c").findings
    assert notation(next(one for one in found if one.document == "blog-doc").chain) == told


def notation(links: Iterable[Link]) -> str:
    return " ".join(
        f"{link.id}:{link.how}" + (f"={link.end}" if link.end else f"({notation(link.under)})") for link in links
    )


@pytest.mark.parametrize(
    ("change", "end"), [({"retracted": "2015-06-01 wrong"}, "withdrawn"), ({"published": "2014"}, "before")]
)
def test_a_chain_stops_where_it_meets_what_cannot_bear_it(change: dict[str, Any], end: str) -> None:
    documents = [{"id": "bbc-doc"} | change]
    (finding,) = audited("blog<-bbc<-Sohr", documents=documents, claims=[{"id": "c", "when": "2015-05"}]).findings
    assert [link.end for link in finding.chain] == [end]


def test_a_repost_has_one_link() -> None:
    documents = [{"id": "blog-doc", "same_text_as": "bbc-doc"}]
    found = audited("blog<-Afp: witnessed", "bbc: witnessed", documents=documents).findings
    assert notation(found[1].chain) == "bbc-doc:same-text(bbc:knows=origin)"


def test_the_way_of_a_member_names_the_documents_that_it_passes() -> None:
    (finding,) = audited("blog<-bbc<-afp<-Sohr").findings
    assert finding.memberships[0].passed == ("bbc-doc", "afp-doc")


TIMELINE = [
    (None, "unverified"),
    ("2015-05-01", "unverified"),
    ("2015-05-15", "unverified"),
    ("2015-05-16", "single-source"),
    ("2015-05-17", "disputed"),
    ("2015-06-02", "disputed"),
]


def test_the_timeline_tells_what_it_came_to_day_by_day() -> None:
    moments = plural_audit().timeline
    assert set(TIMELINE) <= {(moment.day, moment.verdict) for moment in moments}
    withdrawn = [(m.day, e.id) for m in moments for e in m.events if e.what == "withdrawn"]
    assert withdrawn == [("2015-06-01", "court-doc"), ("2015-06-02", "court-again")]


def test_a_document_counts_from_the_first_day_on_which_it_can_have_appeared() -> None:
    documents = [{"id": "bbc-doc", "published": "2015-05"}, {"id": "blog-doc", "published": "2015-05-20"}]
    moments = audited("bbc: witnessed", "blog: witnessed", documents=documents).timeline
    assert [(moment.day, moment.verdict) for moment in moments] == [
        ("2015-05-01", "single-source"),
        ("2015-05-20", "corroborated"),
    ]


def test_a_prediction_has_the_day_on_which_it_was_due() -> None:
    claims = [{"id": "c", "kind": "prediction", "due": "2015-05"}]
    documents = [{"id": "bbc-doc", "published": "2015-05-10"}, {"id": "blog-doc", "published": "2015-07-01"}]
    moments = audited("bbc: witnessed", "blog: witnessed", documents=documents, claims=claims).timeline
    assert [(moment.day, moment.verdict) for moment in moments] == [
        ("2015-05-10", "not-checkable"),
        ("2015-05-31", "single-source"),
        ("2015-07-01", "corroborated"),
    ]


def test_what_is_later_than_the_day_asked_for_is_in_no_line() -> None:
    found = audit(assess(plural_case(), dt.date(2015, 5, 17)), "area")
    assert [moment.day for moment in found.timeline][-1] == "2015-05-17"
    assert found.as_of == "2015-05-17"
    assert {one.set_aside.why for one in found.findings if one.set_aside and one.document == "bbc-doc"} == {"later"}


def test_a_claim_that_nobody_looked_at_has_a_timeline_of_one_moment() -> None:
    (moment,) = audit(assess(plural_case()), "war").timeline
    assert (moment.day, moment.events, moment.verdict) == (None, (), "unchecked")


STORED = [
    (b"as it was", sha256(b"as it was").hexdigest(), "as-stored"),
    (b"as it is", sha256(b"as it was").hexdigest(), "changed"),
    (b"as it is", None, "unproved"),
    (None, sha256(b"").hexdigest(), "unreadable"),
]


@pytest.mark.parametrize(("data", "stated", "status"), STORED, ids=[status for *_, status in STORED])
def test_a_stored_text_is_read_again(data: bytes | None, stated: str | None, status: str, tmp_path: Path) -> None:
    if data is not None:
        (tmp_path / "a.txt").write_bytes(data)
    entries = sketch("bbc: witnessed", documents=[{"id": "bbc-doc", "text": "a.txt", "sha256": stated}])
    (text,) = audit(assess(replace(case_of(entries), folder=tmp_path)), "c").texts
    assert text.status == status
    assert text.found == (sha256(data).hexdigest() if data is not None else None)


def test_a_path_out_of_the_case_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    (tmp_path / "a.txt").write_text("outside")
    entries = sketch("bbc", documents=[{"id": "bbc-doc", "text": "../a.txt"}])
    (text,) = stored_texts(replace(case_of(entries), folder=tmp_path / "case"), {"bbc-doc"})
    assert (text.status, text.found) == ("unreadable", None)


def test_related_claims_are_named_the_nearest_first() -> None:
    assert [(one.id, one.relations) for one in plural_audit().related] == [
        ("war", ("part-of", "topic")),
        ("north", ("has-part", "topic")),
        ("field", ("figure",)),
        ("visit", ("speaker",)),
    ]


def test_figures_of_other_times_or_dimensions_are_not_related() -> None:
    claims = [
        {"id": "c", "quantity": "300 km²", "when": "2015-05"},
        {"id": "other-time", "text": "T", "quantity": "10 km²", "when": "2014"},
        {"id": "other-kind", "text": "T", "quantity": "10 km", "when": "2015-05"},
    ]
    assert audited("bbc", claims=claims).related == ()


@pytest.mark.parametrize(
    ("claim", "verdict", "says"),
    [
        ("qalamoun-300km", "unverified", "new-arab-2015-05-20/qalamoun-300km/nasrallah"),
        ("third-iranian-visit", "corroborated", "new-arab-2015-05-20/third-iranian-visit/new-arab-article-voice"),
    ],
)
def test_the_shipped_case_is_audited(claim: str, verdict: str, says: str) -> None:
    found = audit(assess(open_case()), claim)
    assert found.claim.verdict == verdict
    assert {one.record.id: one.quote.status for one in found.records}[says] == "exact"
    assert [text.status for text in found.texts] == ["as-stored"]
    assert all(one.place for one in found.findings)
    assert all(one.place for one in found.documents.values())
