from __future__ import annotations

import pytest

from claims.pages.addresses import web_address


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org/a?b=c#d",
        "https://example.org:8080/a",
        "https://web.archive.org/web/2015/https://example.org/a",
        "https://example.org/سوريا",
        "https://example.org/a_(b)",
    ],
)
def test_an_address_that_leads_where_it_says_is_one(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "see https://example.org",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "\x01javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)",
        "file:///etc/passwd",
        "ftp://example.org",
        "//example.org",
        "https://",
        "https:///a",
        "https://user@example.org",
        "https://example.org:pass@evil.example/",
        "https://example.org\\@evil.example",
        "https://example.org/a b",
        "https://example.org/a\tb",
        "https://example.org/a\x00b",
        "https://example.org/\u202egpj.exe",
        'https://example.org/"onmouseover=alert(1)',
        "https://example.org/<b>",
        "https://аррӏе.com/",
        "https://xn--80ak6aa92e.com/",
        "https://www.xn--80ak6aa92e.com/",
        "https://reutеrs.com/",
        "https://example.org:99999/",
        "https://[::1",
    ],
)
def test_what_leads_elsewhere_or_nowhere_stays_text(url: str) -> None:
    assert web_address(url) is None
