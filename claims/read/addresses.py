"""Web addresses: which are not plain ones, and which lead to the same publication.

>>> plain("http://www.example.org/a/?utm_source=x#top") == plain("https://example.org/a")
True
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from claims.read.drafts import Draft, Spot, warning
from claims.read.mistakes import short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.model.document import Document
    from claims.read.ledger import Ledger, Row
    from claims.read.texts import Texts

TRACKING: Final = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|twclid|igshid|igsh|mc_cid|mc_eid|_hsenc|_hsmi|mkt_tok|cmpid|ocid|ito"
    r"|ref|ref_src|ref_url|source|smid|smtyp|partner|feature|si|share|shared|via|xtor|at_\w+|wt_\w+|sr_share|ns_\w+"
    r"|amp|outputtype|__twitter_impression",
    re.IGNORECASE,
)
"""Parameters that say how a reader came, and not to what."""
ARCHIVES: Final = (
    re.compile(r"https?://web\.archive\.org/web/[^/]+/(.+)"),
    re.compile(r"https?://(?:www\.)?archive\.(?:org|is|ph|today|md|vn|li|fo)/(?:web/)?\d{4,14}/(.+)"),
    re.compile(r"https?://(?:webcache|google)\.\S+?cache:(?:[^:/]+:)?(.+)"),
    re.compile(r"https?://perma\.cc/warc/\S+?url=(.+)"),
    re.compile(r"https?://\S+\.cdn\.ampproject\.org/[cv]/(?:s/)?(.+)"),
    re.compile(r"https?://(?:www\.)?google\.\w+/amp/(?:s/)?(.+)"),
    re.compile(r"https?://arquivo\.pt/(?:no[Ff]rame/replay|wayback)/\d+\w*/(.+)"),
)
HOST: Final = re.compile(r"^(?:www\d?|m|mobile|amp|edition)\.(?=[^.]+\.)")
AMP: Final = re.compile(r"(?:/amp|\.amp)?(?:\.html?)?/?$|/amp/$")
SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
PLACE_HOLDER_SCHEME: Final = "http://"


def plain(url: str) -> str:
    """An address without what does not matter: scheme, www, mobile and AMP forms, tracking, archive around it."""
    url = url.strip()
    for archive in ARCHIVES:
        match = archive.fullmatch(url)
        if match:
            url = match[1]
    if not SCHEME.match(url):
        url = PLACE_HOLDER_SCHEME + url
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return url
    host = HOST.sub("", host)
    path = re.sub(r"//+", "/", unquote(parts.path))
    path = re.sub(r"^/amp(?=/.)|/amp/?$|\.amp$|(?<=\.html)/amp$", "", path)
    path = re.sub(r"\.amp(?=\.html?$)|/+$", "", path)
    query = sorted(
        (key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.fullmatch(key)
    )
    shown_port = f":{port}" if port and port not in {80, 443} else ""
    return f"{host}{shown_port}{path}" + (f"?{urlencode(query)}" if query else "")


def odd_addresses(ledger: Ledger) -> Iterator[Draft]:
    """Addresses that no report will make a link of."""
    for document in ledger.documents:
        for key in ("url", "archive"):
            yield from _odd(getattr(document.entry, key), partial(document.at, key))
    for source in ledger.sources:
        yield from _odd(source.entry.homepage, partial(source.at, "homepage"))


def _odd(url: str | None, at: partial[Spot]) -> Iterator[Draft]:
    reason = why_odd(url) if url is not None and not USUAL.fullmatch(url) else None
    if url is not None and reason:
        yield warning(
            "odd-address",
            f"'{short(url)}' {reason}: it is shown as text, not as a link",
            at(),
            "give the address as a browser shows it: https://…",
        )


USUAL: Final = re.compile(r"https?://(?!xn--)[a-z0-9-]+(?:\.(?!xn--)[a-z0-9-]+)+(?::\d{1,5})?(?:/[^\s\\@<>\"`]*)?")
"""What most addresses look like; the others are looked at more closely."""


def why_odd(url: str) -> str | None:
    """What is odd about an address, as the rest of a sentence about it; None where nothing is."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "is not an address"
    oddities = (
        (re.search(r"\s", url) is not None, "has a space in it"),
        (parts.scheme not in {"http", "https"}, "is not a web address"),
        (parts.username is not None, "has a user name in it, which hides where it leads"),
        (not host, "names no site"),
        (re.search(r"[<>\"`\\]", url) is not None, "has characters in it that no address has"),
        (mixes_scripts(host), "mixes letters of two alphabets in the name of the site"),
    )
    return next((reason for is_so, reason in oddities if is_so), None)


def mixes_scripts(host: str) -> bool:
    """Whether one part of a site's name has Latin letters next to Cyrillic or Greek ones."""
    from claims.read.lookalikes import scripts  # noqa: PLC0415 - only for unusual addresses

    labels = (_unpuny(label) for label in host.split("."))
    return any(len(scripts(label) & {"LATIN", "CYRILLIC", "GREEK"}) > 1 for label in labels)


def _unpuny(label: str) -> str:
    if not label.lower().startswith("xn--"):
        return label
    try:
        return label.encode("ascii").decode("idna")
    except UnicodeError:
        return label


def same_documents(ledger: Ledger, texts: Texts) -> Iterator[Draft]:
    """Documents that seem to be one publication under two ids, with no `same_text_as` between them."""
    by_address: dict[str, list[Row[Document]]] = defaultdict(list)
    by_text: dict[str, list[Row[Document]]] = defaultdict(list)
    for row in ledger.documents:
        addresses = {plain(url) for url in (row.entry.url, row.entry.archive) if url}
        for address in sorted(addresses - {""}):
            by_address[address].append(row)
        path = texts.paths.get(row.entry.id)
        if path:
            by_text[texts.digests[path]].append(row)
    reported: set[tuple[str, ...]] = set()
    for rows, why, key in [
        *((rows, "address", "url") for rows in by_address.values()),
        *((rows, "stored text", "text") for rows in by_text.values()),
    ]:
        ids = tuple(sorted({row.entry.id for row in rows}))
        if len(ids) > 1 and ids not in reported and not _is_declared(rows, ledger):
            reported.add(ids)
            yield _same(rows, why, key)


def _is_declared(rows: list[Row[Document]], ledger: Ledger) -> bool:
    """Whether all but one of the documents are said to be copies of one original."""
    return len({_original(row.entry.id, ledger) for row in rows}) == 1


def _original(name: str, ledger: Ledger) -> str:
    """The document at the end of the copies that one leads through; of a circle, the first by its id."""
    way: dict[str, None] = {}
    while name not in way:
        way[name] = None
        row = ledger.document.get(name)
        name = (row.entry.same_text_as or name) if row else name
    passed = list(way)
    return min(passed[passed.index(name) :])


def _same(rows: list[Row[Document]], why: str, key: str) -> Draft:
    rows = list({row.entry.id: row for row in rows}.values())
    first, second = rows[0], rows[1]
    spots = [row.at(key) if getattr(row.entry, key) else row.at("archive") for row in rows]
    others = f" (and {len(rows[2:])} more)" if rows[2:] else ""
    return warning(
        "same-document",
        f"'{first.entry.id}' and '{second.entry.id}'{others} have the same {why}",
        spots[1],
        f"delete one, or write 'same_text_as: {first.entry.id}': a copy is no second report",
        (spots[0], *spots[2:]),
    )
