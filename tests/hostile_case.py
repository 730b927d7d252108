"""A valid case in which every text that a person can write tries to come alive: on a page, a terminal or a sheet."""

from __future__ import annotations

import hashlib
import json
from itertools import count
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

PAYLOADS: Final = (
    "<script>window.__executed='script'</script>",
    "<img src=x onerror=\"window.__executed='image'\">",
    '"><svg onload="window.__executed=\'drawing\'">',
    "'-(window.__executed='quote')-'",
    "</title><script>window.__executed='title'</script>",
    "</style></textarea></noscript><script>window.__executed='style'</script>",
    "<!--<script>",
    "{{7*7}}{% raw %}${7*7}",
    "]]>",
    "one\u2028two\u2029three",
    "\x1b[2J\x1b]8;;https://evil.example\x1b\\Reuters",
    "\u202egnp.exe\u202c",
    "حسن نصرالله می‌گوید 300 km² בביצורים",
    "=cmd|'/c calc'!A0",
    "[/] [link=https://evil.example]Reuters[/link] :warning:",
    "a | b `code` [x](javascript:window.__executed='link')",
    "https://evil.example/?q=<b>",
    "<a href=javascript:window.__executed='address'>Reuters</a>",
    "<iframe srcdoc=\"<script>parent.__executed='frame'</script>\"></iframe>",
    "<meta http-equiv=refresh content=0;url=https://evil.example>",
    "<style>*{background:url(https://evil.example/style)}</style>",
    "&lt;script&gt; &#60; &amp;",
)
ADDRESSES: Final = (
    "javascript:window.__executed='address'",
    " javascript:window.__executed='blank'",
    "JaVaScRiPt:window.__executed='capitals'",
    "java\tscript:window.__executed='tab'",
    "data:text/html,<script>window.__executed='data'</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "https://user:pass@evil.example/",
    "https://еxample.org/",
    "https://evil.example/\"onmouseover=\"window.__executed='attribute'",
    "//evil.example/x",
    "https://fine.example.org/report?a=1&b=2",
)
POLICY: Final = "\"></title><script>window.__executed='policy'</script>{{7*7}}=1+1"
"""The name of a policy is short, and nothing that nobody can see stands in it."""


def hostile_case(folder: Path) -> Path:
    """Write the case into a new folder, and give the folder. Reading it finds warnings, and no error."""
    number = count()

    def text(of: str) -> str:
        start = next(number) % len(PAYLOADS)
        return " ".join((*PAYLOADS[start:], of, *PAYLOADS[:start]))

    def address() -> str:
        return ADDRESSES[next(number) % len(ADDRESSES)]

    def name(of: str) -> str:
        return f"{PAYLOADS[next(number) % 10]} {of}"

    stored = f"texts/{PAYLOADS[1].replace('/', '')} 'x' =1+1 &amp; `id` {{{{7}}}}.txt"
    words = text("They said that they took 300 km² there.")
    documents: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("valueof", "en", {"text": stored, "sha256": hashlib.sha256(words.encode()).hexdigest()}),
        ("منار", "ar", {}),
        ("ایسنا", "fa", {"relies_on": ["valueof"]}),
        ("הארץ", "he", {}),
        ("wire", "en", {"retracted": {"date": "2015-06-01", "reason": text("withdrawn")}}),
        (
            "wire",
            'en" onclick="window.__executed=\'language\'" x="<img src=x>',
            {"relies_on": ["doc-2"], "inferred": True},
        ),
    )
    sections: dict[str, list[dict[str, Any]]] = {
        "parties": [
            {"id": "constructor", "name": name("Loyalists"), "about": text("party"), "note": text("note")},
            {"id": "حزب", "name": name("Rebels"), "opponents": ["constructor"], "note": text("note")},
        ],
        "sources": [
            {
                "id": id_, "name": name(id_), "owner": name(f"owner of {id_}"), "country": name("country"),
                "language": [language, name("language")], "homepage": address(), "reliability": "B",
                "reason": text("reason"), "aliases": [name(f"alias of {id_}")], "note": text("note"),
                **({"party": "constructor"} if id_ == "منار" else {}),
            }
            for id_, language in (("valueof", "en"), ("منار", "ar"), ("ایسنا", "fa"), ("הארץ", "he"), ("wire", "en"))
        ],
        "speakers": [
            {
                "id": "نصرالله", "name": name("نصرالله"), "role": text("role"), "party": "constructor",
                "aliases": [name("alias")], "voice": "منار", "reason": text("reason"), "note": text("note"),
            },
        ],
        "documents": [
            {
                "id": f"doc-{n}", "source": source, "title": text(f"title {n}"), "url": address(), "archive": address(),
                "published": f"2015-05-{20 + n}", "language": [language], "origin": text("origin"),
                "note": text("note"), **more,
            }
            for n, (source, language, more) in enumerate(documents)
        ],
        "claims": [
            {
                "id": "ادعا-۱", "text": text("They took 300 km²"), "quantity": "300 km²", "place": text("place"),
                "topic": name("topic"), "when": "2015-05", "note": text("note"),
                "searches": [{"where": text("archive"), "date": "2015-07-01", "note": text("words")}],
            },
            {"id": "camp", "text": text("The camp fell"), "topic": name("camp"), "part_of": "ادعا-۱"},
            {"id": "pride", "text": text("It is a matter of pride"), "kind": "opinion"},
            {"id": "alone", "text": text("Nobody looked")},
            {"id": "toll", "text": text("Many died"), "quantity": "٣٠٠ قتيل"},
        ],
        "statements": [
            {
                "claim": "ادعا-۱", "speaker": "نصرالله", "document": "doc-0", "quote": words, "where": text("page"),
                "note": text("note"),
            },
            {
                "claim": "ادعا-۱", "speaker": "نصرالله", "document": "doc-1", "quote": text("۳۰۰ km"),
                "wording": "translated", "note": text("note"),
            },
        ],
        "findings": [
            {"claim": claim, "document": f"doc-{n}", "note": text("note"), **more}
            for claim, n, more in (
                ("ادعا-۱", 1, {"stance": "repeats", "value": "300 m²"}),
                ("ادعا-۱", 2, {"stance": "supports", "basis": "witnessed"}),
                ("ادعا-۱", 3, {"stance": "contradicts", "basis": "record"}),
                ("ادعا-۱", 4, {"stance": "supports"}),
                ("camp", 0, {"stance": "supports", "basis": "imagery"}),
                ("camp", 3, {"stance": "supports", "basis": "witnessed"}),
                ("camp", 5, {"stance": "supports", "place": text("elsewhere")}),
                ("toll", 1, {"stance": "supports"}),
            )
        ],
    }  # fmt: skip
    header = {
        "case": "tostring", "title": text("title"), "about": text("about"),
        "policy": {"policy": POLICY, "prior": 0.5},
    }  # fmt: skip
    (folder / "texts").mkdir(parents=True)
    (folder / "case.yaml").write_text(_yaml(header), "utf-8")
    (folder / f"{PAYLOADS[1].replace('/', '')} 'x' &amp;.yaml").write_text(_yaml(sections), "utf-8")
    (folder / stored).write_bytes(words.encode())
    return folder


def _yaml(data: object) -> str:
    """JSON is YAML, and its escapes carry what YAML lets stand in no other way."""
    return json.dumps(data, ensure_ascii=False, indent=1)
