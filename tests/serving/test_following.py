"""Each state of a case, as pages: never two states in one answer, and what is wrong shown above what was right."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from claims.flow import assess
from claims.model.errors import NoCase
from claims.pages.claim import claim_page
from claims.pages.site import pages_of
from claims.read.case import read_case
from claims.serving.following import Follower
from claims.serving.states import Current
from claims.write.init import write_example
from tests.hostile_case import hostile_case
from tests.pages.markup import read
from tests.serving.serving import get, serving

if TYPE_CHECKING:
    from pathlib import Path

    from claims.pages.frame import Page
    from claims.serving.following import CaseState

DIGEST = re.compile(r'<dd class="digest">(sha256:[0-9a-f]{64})</dd>')
OURS = {
    "p", "small", "section", "h2", "ol", "li", "b", "span", "bdi", "pre", "mark", "details", "summary", "code",
}  # fmt: skip
KEY = re.compile(r'data-state="([0-9a-f]{32})"')


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The case that `claims init` writes."""
    write_example(tmp_path / "example")
    return tmp_path / "example"


def shot(follower: Follower, *saved: str) -> tuple[CaseState, str]:
    found = follower.looked_at(saved)
    assert found is not None
    return found.state, found.line


def text(state: CaseState, path: str = "index.html") -> str:
    return state.answer(path).body.decode()


def change(path: Path, old: str, new: str) -> None:
    before = path.read_text("utf-8")
    assert old in before
    path.write_text(before.replace(old, new), "utf-8")


def test_every_file_of_the_site_is_served_and_says_all_that_it_says_there(example: Path) -> None:
    case, _ = read_case(example, cache=False)
    assert case is not None
    state, line = shot(Follower(example))
    assert line.endswith("claims")
    for path, data in pages_of(assess(case)):
        answer = state.answer(path)
        assert answer.status == 200, path
        if path.endswith(".html"):
            main = data.decode().partition('<main id="content" tabindex="-1">\n')[2].partition("\n</main>")[0]
            assert main in answer.body.decode(), path
            assert "; connect-src 'self'; frame-ancestors 'none'" in dict(answer.headers)["Content-Security-Policy"]
        else:
            assert answer.body == data, path
            assert answer.policy == "default-src 'none'"


def test_the_policy_of_a_page_and_of_its_header_are_one(example: Path) -> None:
    answer = shot(Follower(example))[0].answer("index.html")
    assert f'content="{answer.policy}"' in answer.body.decode()
    assert answer.policy.count("'sha256-") == 3
    assert "unsafe" not in answer.policy


@pytest.mark.parametrize(
    "path", ["nowhere.html", "claims/nowhere.html", "case.yaml", "../case.yaml", "", "index", "a/b/c"]
)
def test_what_is_no_page_is_told_on_a_page_that_follows_too(example: Path, path: str) -> None:
    state, _ = shot(Follower(example))
    answer = state.answer(path)
    assert answer.status == 404
    assert "No such page" in answer.body.decode()
    assert KEY.search(answer.body.decode())
    assert "/index.html" in answer.body.decode()


@pytest.mark.parametrize(("path", "number"), [("claims/{}.html", 1), ("claims/{}.csv", 1), ("claims/no.html", 0)])
def test_no_page_is_made_but_the_one_that_is_asked_for(
    example: Path, monkeypatch: pytest.MonkeyPatch, path: str, number: int
) -> None:
    made: list[str] = []

    def counted(*args: Any) -> Page:
        made.append(args[0].claim.id)
        return claim_page(*args)

    monkeypatch.setattr("claims.pages.claim.claim_page", counted)
    follower = Follower(example)
    state, _ = shot(follower)
    assert follower.last is not None
    id_ = follower.last.case.claims[-1].id
    state.answer(path.format(id_))
    assert made == [id_] * number


def test_nothing_new_is_no_new_state(example: Path) -> None:
    follower = Follower(example)
    state, _ = shot(follower)
    (example / "case.yaml").touch()
    assert follower.looked_at(("case.yaml",)) is None
    assert shot(Follower(example))[0].key == state.key, "the same state has the same key, whoever serves it"


def test_a_save_is_a_state_of_its_own_and_told_in_a_line(example: Path) -> None:
    follower = Follower(example)
    before, _ = shot(follower)
    change(example / "case.yaml", "The crane at", "The tall crane at")
    after, line = shot(follower, "case.yaml")
    assert line == "saved case.yaml: no verdict changed"
    assert after.key != before.key
    assert "tall crane" in text(after)
    assert "tall crane" not in text(before), "a state is what it was"
    (example / "more.yaml").write_text("claims:\n  - {id: new-one, text: Something else}\n")
    assert shot(follower, "more.yaml")[1] == "saved more.yaml: 1 new claim"
    (example / "more.yaml").unlink()
    assert shot(follower, "more.yaml")[1] == "saved more.yaml: 1 claim gone"


BROKEN = "claims:\n  - {id: new-one, text: Something else, topik: '<b>trade</b>'}\n"


def test_a_broken_save_shows_what_is_wrong_above_what_was_right(example: Path) -> None:
    follower = Follower(example)
    before, _ = shot(follower)
    (example / "more.yaml").write_text(BROKEN)
    broken, line = shot(follower, "more.yaml")
    assert line.startswith("1 error, the first: more.yaml:2:")
    page = text(broken)
    assert "The case has 1 error<" in page
    assert '<b class="url">more.yaml:2:' in page
    assert "<mark>topik</mark>" in page
    assert "did you mean &#39;topic&#39;" in page
    assert "&lt;b&gt;trade&lt;/b&gt;" in page
    assert "the last state of the case that could be judged" in page
    for path in ("index.html", "claims/new-one.html"):
        assert broken.answer(path).status == before.answer(path).status
    assert text(broken).count("<article") == text(before).count("<article")
    assert page.index("topik") < page.index('id="all-claims"')
    (example / "more.yaml").unlink()
    mended, line = shot(follower, "more.yaml")
    assert mended.key == before.key
    assert text(mended) == text(before)
    assert line == "saved more.yaml: no verdict changed"


def test_a_case_that_was_never_right_shows_what_is_wrong_until_it_is(example: Path) -> None:
    (example / "more.yaml").write_text(BROKEN)
    follower = Follower(example)
    broken, _ = shot(follower)
    assert "<mark>topik</mark>" in text(broken)
    assert "What follows" not in text(broken)
    assert broken.answer("claims/any.html").status == 404
    assert "topik" in text(broken, "claims/any.html")
    (example / "more.yaml").unlink()
    assert "All claims" in text(shot(follower)[0])


def test_a_case_file_that_is_gone_is_told_and_one_that_never_was_is_raised(example: Path, tmp_path: Path) -> None:
    with pytest.raises(NoCase):
        Follower(tmp_path / "nowhere").looked_at()
    follower = Follower(example)
    shot(follower)
    (example / "case.yaml").unlink()
    state, line = shot(follower)
    assert "no case at" in line
    assert "The case cannot be read" in text(state)
    assert "What follows" in text(state)


def test_warnings_are_told_and_keep_nothing_back(example: Path) -> None:
    (example / "empty.yaml").write_text("# nothing\n")
    page = text(shot(Follower(example))[0])
    assert "<summary>1 warning in this case</summary>" in page
    assert "empty.yaml:1" in page


def test_very_many_problems_are_counted_and_some_are_shown(example: Path) -> None:
    lines = "".join(f"  - {{id: c{n}, text: T, topik: x}}\n" for n in range(500))
    (example / "more.yaml").write_text(f"claims:\n{lines}")
    page = text(shot(Follower(example))[0])
    assert "The case has 500 errors" in page
    assert page.count("<mark>") == 50
    assert "450 more" in page


def test_a_hostile_case_is_told_in_our_own_elements_only(tmp_path: Path) -> None:
    folder = hostile_case(tmp_path / "hostile")
    follower = Follower(folder)
    pages = [text(shot(follower)[0])]
    (folder / "<img src=x onerror=1>.yaml").write_text(
        'claims:\n  - {id: "<script>", text: "</pre><script>window.__executed=1</script>\\u202e", "</mark><b>": 1}\n'
    )
    state, _ = shot(follower)
    pages += [text(state), text(state, "</title><script>1</script>")]
    assert "&lt;/mark&gt;&lt;b&gt;" in pages[1]
    for page in pages:
        found = read(page)
        told = found.all("div")[0]
        assert "data-state" in told.attributes
        assert {element.name for element in told.all()} <= OURS
        assert [element.name for element in found.all("script")] == ["script"] * (2 if "All claims" in page else 1)
        for element in found.all():
            assert not [name for name in element.attributes if name.startswith("on") or name == "style"]


def test_while_a_case_is_rewritten_each_answer_is_of_one_state(example: Path) -> None:
    follower = Follower(example)
    current = Current(shot(follower)[0])
    rounds, keys, stop = 50, {current.state.key}, threading.Event()
    with serving(current) as (server, problems):
        paths = ["/", "/sources/index.html", "/claims/nowhere.html", "/speakers/index.html"]

        def asks(number: int) -> set[tuple[str, str]]:
            seen = set()
            while not stop.is_set():
                page = get(server, paths[number % len(paths)]).body.decode()
                key, digest = KEY.search(page), DIGEST.search(page)
                named = re.search(r"The crane \((\d+)\)", page)
                assert key is not None
                assert digest is not None
                if number % len(paths) == 0:
                    assert named is not None
                seen.add((key[1], digest[1]))
            return seen

        change(example / "case.yaml", "The crane at", "The crane (0) at")
        current.replace(shot(follower)[0])
        keys.add(current.state.key)
        with ThreadPoolExecutor(8) as pool:
            asked = [pool.submit(asks, number) for number in range(8)]
            try:
                for n in range(1, rounds):
                    change(example / "case.yaml", f"The crane ({n - 1}) at", f"The crane ({n}) at")
                    current.replace(shot(follower)[0])
                    keys.add(current.state.key)
            finally:
                stop.set()
            seen = set[tuple[str, str]]().union(*(one.result() for one in asked))
        last = get(server).body.decode()
    assert problems == []
    assert f"The crane ({rounds - 1})" in last
    assert len(keys) == rounds + 1
    assert {key for key, _ in seen} <= keys
    assert len({key for key, _ in seen}) == len({digest for _, digest in seen}) == len(seen), "a key has one digest"
    assert len(seen) > 3
