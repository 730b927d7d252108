"""The watch itself is watched: a page that does what none may is caught, and a quiet one is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.pages import SCREENSHOTS, alive, axe, load_time, overflow, screenshot

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Opened, Watched

POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"


CLICKED = "<script>document.getElementById('a').click()</script>"
SENT = "<script>onload = () => setTimeout(() => document.forms[0].submit())</script>"


def page(body: str, *, policy: str | None = None, head: str = "") -> str:
    """A sound page round a body."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">' if policy else ""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{meta}<title>Page</title>{head}</head>'
        f"<body><main><h1>Page</h1>{body}</main></body></html>"
    )


def script(code: str) -> str:
    return page(f"<script>{code}</script>")


CAUGHT = {
    "an error on the console": (script("console.error('x')"), "console: error: x"),
    "a warning on the console": (script("console.warn('x')"), "console: warning: x"),
    "an error of a script": (script("nowhere.at()"), "error: "),
    "a promise that nobody kept": (script("Promise.reject(new Error('x'))"), "error: "),
    "an image that the policy refuses": (
        page("<img alt='' src='https://evil.example/x'>", policy=POLICY),
        "policy: img-src",
    ),
    "a style that the policy refuses": (
        page("<p style='color:red'>x</p>", policy="default-src 'none'"),
        "policy: style-src",
    ),
    "a handler that the policy refuses": (
        page("<img alt='' src='' onerror='1'>", policy="default-src 'none'"),
        "policy: script-src",
    ),
    "a form that the policy refuses": (
        page("<form action='https://evil.example/'></form>" + SENT, policy=f"{POLICY}; form-action 'none'"),
        "policy: form-action",
    ),
    "an image from elsewhere": (
        page("<img alt='' src='https://evil.example/x.png'>"),
        "network: https://evil.example/x.png",
    ),
    "a style sheet from elsewhere": (
        page("", head="<link rel=stylesheet href='http://evil.example/x.css'>"),
        "network: http://evil.example/x.css",
    ),
    "a font from elsewhere": (
        page("", head="<style>@font-face{font-family:x;src:url(https://evil.example/f)} h1{font-family:x}</style>"),
        "network: https://evil.example/f",
    ),
    "a fetch": (script("fetch('https://evil.example/f').catch(() => 0)"), "network: https://evil.example/f"),
    "a beacon": (script("navigator.sendBeacon('https://evil.example/b')"), "sendBeacon: "),
    "a socket": (script("new WebSocket('wss://evil.example/s')"), "network: wss://evil.example/s"),
    "a connection made ahead": (
        page("", head="<link rel=preconnect href='https://evil.example'>"),
        "network: ahead of any click: preconnect https://evil.example",
    ),
    "a frame": (page("<iframe title='x' src='https://evil.example/i'></iframe>"), "network: https://evil.example/i"),
    "a page that leaves": (script("location = 'https://evil.example/l'"), "network: https://evil.example/l"),
    "a page that leaves later": (
        page("", head="<meta http-equiv=refresh content='0;url=https://evil.example/r'>"),
        "network: https://evil.example/r",
    ),
    "a file that is none of its own": (page("<img alt='' src='file:///etc/passwd'>"), "network: file:///etc/passwd"),
    "a dialog": (script("alert(1)"), "dialog: alert: 1"),
    "a question": (script("confirm('sure?')"), "dialog: confirm: sure?"),
    "a popup": (script("window.open('about:blank')"), "open: called with"),
    "a popup of a link": (page("<a id=a target=_blank href='index.html'>x</a>" + CLICKED), "popup: "),
    "a download": (page("<a id=a download=x.txt href='data:text/plain,x'>x</a>" + CLICKED), "download: x.txt"),
    "a printer": (script("window.print()"), "print: called with"),
    "a payload": (script("window.__executed = 1"), "payload: ran 1"),
    "a payload in a handler": (page("<img alt='' src='data:,' onerror='window.__executed = 2'>"), "payload: ran 2"),
    "a payload in a drawing": (page("<svg onload='__executed = 3'></svg>"), "payload: ran 3"),
    "a payload in a frame": (
        page("<iframe title='x' srcdoc='<script>__executed = 4</script>'></iframe>"),
        "payload: ran 4",
    ),
    "a title that changes": (script("document.title = 'owned'"), "title: set to owned"),
}

WITHOUT_SCRIPTS = [name for name, (_, told) in CAUGHT.items() if told.startswith(("network", "policy"))]
NEEDS_SCRIPTS = {
    "a form that the policy refuses", "a fetch", "a socket", "a page that leaves", "a handler that the policy refuses",
}  # fmt: skip


@pytest.mark.parametrize(("html", "told"), CAUGHT.values(), ids=CAUGHT)
def test_a_page_that_does_what_none_may_is_caught(watched: Watched, html: str, told: str) -> None:
    with watched(html) as watch:
        watch.page.wait_for_timeout(150)
        assert any(fault.startswith(told) for fault in watch.faults()), watch.faults()
        with pytest.raises(AssertionError, match="did what no page may"):
            watch.settled()


@pytest.mark.parametrize("name", [name for name in WITHOUT_SCRIPTS if name not in NEEDS_SCRIPTS])
def test_the_watch_needs_no_scripts(watched: Watched, name: str) -> None:
    html, told = CAUGHT[name]
    with watched(html, javascript=False) as watch:
        watch.page.wait_for_timeout(150)
        assert any(fault.startswith(told) for fault in watch.faults()), watch.faults()


def test_a_payload_that_runs_when_touched_is_caught(watched: Watched) -> None:
    with watched(page("<a href='javascript:window.__executed=5'>Reuters</a>")) as watch:
        assert watch.faults() == ()
        watch.page.click("a")
        assert "payload: ran 5" in watch.faults()


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("policy", [None, POLICY])
def test_a_quiet_page_is_not_caught(watched: Watched, policy: str | None, javascript: bool) -> None:
    html = page(
        "<p style='color:#333'>Calm.</p><img alt='' src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>"
        "<script>document.querySelector('p').textContent += ' Read.'; history.replaceState(0, '', '#x')</script>",
        policy=policy,
    )
    with watched(html, javascript=javascript) as watch:
        assert watch.page.text_content("p") == ("Calm. Read." if javascript else "Calm.")
        assert watch.faults() == ()
        watch.page.reload()
        watch.settled()


def test_a_page_reaches_its_own_siblings(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "site" / "claims").mkdir(parents=True)
    (tmp_path / "site" / "index.html").write_text(page("<a href='claims/area.html'>Area</a>"), "utf-8")
    (tmp_path / "site" / "claims" / "area.html").write_text(page("<p>They took it.</p>"), "utf-8")
    shown = opened(tmp_path / "site" / "index.html")
    shown.click("a")
    assert shown.text_content("p") == "They took it."


def test_what_was_asked_for_may_be_downloaded(opened: Opened) -> None:
    shown = opened(page("<a download=x.csv href='data:text/csv,a'>CSV</a>"), downloads=True)
    with shown.expect_download() as waiting:
        shown.click("a")
    assert waiting.value.suggested_filename == "x.csv"


LOOKS = page(
    "<p>x</p>",
    head="<style>p::before{content:'light'} @media (prefers-color-scheme:dark){p::before{content:'dark'}}"
    " @media print{p::before{content:'paper'}}</style>",
)


@pytest.mark.parametrize(
    ("scheme", "printed", "content"), [("light", False, "light"), ("dark", False, "dark"), ("light", True, "paper")]
)
def test_a_page_is_seen_as_asked(opened: Opened, scheme: str, printed: bool, content: str) -> None:
    shown = opened(LOOKS, width=360, scheme="dark" if scheme == "dark" else "light", printed=printed)
    assert shown.evaluate("getComputedStyle(document.querySelector('p'), '::before').content") == f'"{content}"'
    assert shown.evaluate("innerWidth") == 360


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        ("<p>Calm.</p>", []),
        ("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>", ["image-alt (critical)"]),
        ("<p style='color:#ccc;background:#fff'>Pale.</p>", ["color-contrast (serious)"]),
    ],
)
def test_axe_finds_what_is_wrong_past_any_policy(opened: Opened, body: str, rules: list[str]) -> None:
    found = axe(opened(page(body, policy=POLICY.replace("script-src 'unsafe-inline'; ", ""))))
    assert [fault.split(":")[0] for fault in found] == rules


ALIVE = [
    ("<a href='javascript:alert(1)'>x</a>", "href leads to javascript:"),
    ("<a href='data:text/html,x'>x</a>", "href leads to data:"),
    ("<a download href='data:text/html,x'>x</a>", "href leads to data:"),
    ("<a href='file:///etc/passwd'>x</a>", "href leads to file:"),
    ("<a rel='noopener noreferrer' href='https://a:b@e.example/'>x</a>", "a name and password in href"),
    ("<a href='https://e.example/'>x</a>", "a link that says where it was followed from"),
    ("<p onclick='1'>x</p>", "onclick runs"),
    ("<svg><a xlink:href='javascript:1'><text>x</text></a></svg>", "xlink:href leads to javascript:"),
    ("<iframe title=x></iframe>", "an element that no page of ours has"),
    ("<form action='https://e.example/'></form>", "action leads to https:"),
]


@pytest.mark.parametrize(("body", "told"), ALIVE)
def test_what_could_act_if_touched_is_found(opened: Opened, body: str, told: str) -> None:
    assert any(found.startswith(told) for found in alive(opened(page(body))))


def test_what_cannot_act_is_not_told_of(opened: Opened) -> None:
    links = (
        "<a href='#x'>a</a><a href='claims/x.html'>b</a><a href='https://e.example/' rel='noopener noreferrer'>c</a>"
    )
    assert alive(opened(page(links, policy=POLICY))) == ()


def test_a_page_wider_than_the_window_is_found(opened: Opened) -> None:
    assert overflow(opened(page("<p style='width:700px'>x</p>"), width=360))
    assert overflow(opened(page("<p style='width:700px'>x</p>"), width=820)) == ()
    assert overflow(opened(page("<div style='overflow:auto'><p style='width:700px'>x</p></div>"), width=360)) == ()


def test_a_load_has_a_time(opened: Opened) -> None:
    slow = "<script>const start = performance.now(); while (performance.now() < start + 80) {}</script>"
    assert load_time(opened(page(slow))).interactive >= 80
    time = load_time(opened(page("")))
    assert 0 < time.interactive <= time.loaded


def test_a_picture_is_taken_where_a_folder_is_named(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(SCREENSHOTS, raising=False)
    assert screenshot(opened(page("")), "empty") is None
    monkeypatch.setenv(SCREENSHOTS, str(tmp_path / "pictures"))
    path = screenshot(opened(page("")), "deep/empty")
    assert path is not None
    assert path.read_bytes().startswith(b"\x89PNG")
