"""The picture of who has it from whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from claims.auditing.audit import audit
from claims.flow import assess
from claims.pictures.chain import chain_picture
from claims.pictures.strands import DEEPEST, MOST_ENCLOSED, SHOWN, drawn, enclosures
from tests.cases import Sections, case_of, sketch
from tests.hostile import HOSTILE
from tests.pictures.drawing import NAME, is_plain, root_of, texts_of
from tests.present.audits import hostile_audit, plural_audit
from tests.strategies import sections

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.model.audit import Audit


def audit_of(*findings: str, claim: str = "c") -> Audit:
    return audit(assess(case_of(sketch(*findings))), claim)


def test_every_finding_is_told_in_words() -> None:
    found = plural_audit()
    told = " ".join(chain_picture(found).words)
    ids = {finding.id.split("/")[0] for finding in found.findings}
    assert len(ids) > 10
    assert {one for one in ids if f"[{one}]" not in told} == set()


@given(sections())
def test_any_claim_can_be_drawn_and_loses_no_finding(entries: Sections) -> None:
    assessment = assess(case_of(entries))
    for claim in entries["claims"]:
        found = audit(assessment, claim["id"])
        picture = chain_picture(found, lambda id_: f"#{id_}")
        assert is_plain(picture)
        told = " ".join(picture.words)
        assert all(f"[{finding.id}]" in told for finding in found.findings)
        ways = {way.finding.id for one in enclosures(found) for knot in one.knots for way in knot.ways}
        assert ways == {finding.id for finding in found.findings}


@pytest.mark.parametrize(
    "text", [*HOSTILE.values(), "]]>", "\ufffe"], ids=[*HOSTILE, "the end of CDATA", "no character"]
)
def test_hostile_text_stays_text(text: str) -> None:
    picture = chain_picture(hostile_audit(text), lambda _: text)
    assert is_plain(picture)


def test_a_picture_is_the_same_to_the_byte() -> None:
    assert chain_picture(plural_audit()) == chain_picture(plural_audit())


def test_many_who_have_it_from_one_place_are_counted() -> None:
    found = audit_of(*(f"p{n}<-Wire: supports" for n in range(20)))
    assert f"and {20 - SHOWN} more" in texts_of(chain_picture(found))


def test_one_more_than_are_shown_is_shown_as_well() -> None:
    found = audit_of(*(f"p{n}<-Wire: supports" for n in range(SHOWN + 1)))
    texts = texts_of(chain_picture(found))
    assert not [text for text in texts if text.startswith("and ")]


def test_of_very_many_origins_the_lightest_are_counted() -> None:
    found = audit_of(*(f"p{n}: supports own-sources" for n in range(MOST_ENCLOSED + 5)))
    assert len(drawn(enclosures(found))) == MOST_ENCLOSED
    assert "and 5 lighter origins, with 5 findings" in texts_of(chain_picture(found))


def test_a_long_chain_is_drawn_by_its_ends() -> None:
    chain = "<-".join(f"p{n}" for n in range(DEEPEST + 6))
    found = audit_of(f"{chain}<-Wire: supports")
    assert "… 8 documents" in texts_of(chain_picture(found))


def test_a_circle_is_seen_as_one() -> None:
    (one,) = (one for one in enclosures(plural_audit()) if one.why == "circular")
    assert sorted(knot.id for knot in one.knots if knot.in_circle) == ["ring-a", "ring-b"]
    assert {(arrow.tail, arrow.head) for arrow in one.arrows} == {(0, 1), (1, 0)}


def test_knowledge_flows_from_the_origin_to_who_passes_it_on() -> None:
    (one,) = enclosures(audit_of("blog<-bbc<-Sohr: supports"))
    assert [knot.id for knot in one.knots] == ["sohr", "bbc-doc", "blog-doc"]
    assert [(arrow.tail, arrow.head) for arrow in one.arrows] == [(0, 1), (1, 2)]


def test_what_is_not_established_is_dashed_frame_and_arrow() -> None:
    picture = chain_picture(audit_of("blog: supports"))
    classes = {one.get("class") for one in root_of(picture).iter()}
    assert {"enclosure unsure", "arrow dashed"} <= classes


def test_sides_differ_by_shape() -> None:
    root = root_of(chain_picture(audit_of("a: supports own-sources", "b: contradicts own-sources")))
    shapes = {
        side: next(
            one.tag for one in root.iter() if one.get("class") == side for one in one if one.get("class") == "box"
        )
        for side in ("for", "against")
    }
    assert shapes == {"for": f"{NAME}rect", "against": f"{NAME}polygon"}


def test_a_link_is_there_where_one_is_given_and_makes_it_a_group() -> None:
    links: Callable[[str], str | None] = {"a-doc": "documents.html#a-doc"}.get
    root = root_of(chain_picture(audit_of("a: supports"), links))
    assert [one.get("href") for one in root.iter(f"{NAME}a")] == ["documents.html#a-doc"]
    assert root.get("role") == "group"
    assert root_of(chain_picture(audit_of("a: supports"))).get("role") == "img"


def test_its_title_and_words_are_tied_to_it_by_unique_ids() -> None:
    root = root_of(chain_picture(audit_of("a: supports")))
    ids = {one.get("id"): one.tag for one in root.iter() if one.get("id")}
    assert ids == {root.get("aria-labelledby"): f"{NAME}title", root.get("aria-describedby"): f"{NAME}desc"}


def test_a_claim_without_findings_says_so() -> None:
    assert "Nobody has reported on it." in texts_of(chain_picture(audit_of()))


def test_arabic_and_hebrew_run_from_right_to_left() -> None:
    found = plural_audit()
    named = found._replace(names={**found.names, "sohr": "المرصد السوري", "bbc": "הארץ 300"})
    lines = [line for line in root_of(chain_picture(named)).iter(f"{NAME}text") if line.get("direction") == "rtl"]
    assert {"المرصد السوري", "הארץ 300"} <= {line.text for line in lines}


def test_the_picture_of_the_plural_claim(golden: Callable[[str, str], None]) -> None:
    golden("chain.svg", chain_picture(plural_audit()).svg.replace("><", ">\n<"))


def test_no_finding_of_an_interested_group_is_called_its_strongest() -> None:
    (one,) = (one for one in enclosures(plural_audit()) if one.group and one.group.group.interested)
    assert [way.strongest for way in one.ways] == [False]
