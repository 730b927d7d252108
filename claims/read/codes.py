"""Every kind of problem that reading a case can find: its code, and what it says in a line.

Codes are an interface: they stay as they are, so that an editor or a script can rely on them.
"""

from __future__ import annotations

from typing import Final

CODES: Final[dict[str, str]] = {
    # Files
    "unreadable": "a file or folder cannot be opened or read",
    "not-a-file": "what is named like a case file is a folder, a pipe or a device",
    "too-large": "a file, or what its anchors unfold to, is larger than a case may be",
    "outside-case": "a path or a link leads out of the case folder",
    "nested-case": "a folder below the case is a case of its own, and is not read",
    "case-twins": "two file names differ only in capitals, which many computers cannot keep apart",
    "empty-file": "a file has no content",
    "unread-table": "a table seems to be meant for the case, and is not named for a section",
    "missing-library": "a table cannot be read without a library that is not installed",
    "unfinished-change": "a change of several files was interrupted, and cannot be read as finished",
    # Characters
    "not-utf8": "a file is not UTF-8",
    "control-character": "an invisible control character stands in a file or in a value",
    "hidden-direction": "a character that changes the direction of writing is hidden in a value",
    "lone-surrogate": "an escape names half a character",
    # YAML
    "yaml-syntax": "a file cannot be read as YAML from this place on",
    "several-documents": "a file holds more than one YAML document",
    "too-deep": "values are nested too deep",
    "duplicate-key": "a key stands twice in one entry",
    "bad-key": "a key is missing, or is not plain text",
    "merge-key": "the merge key '<<' is not read",
    "yaml-tag": "a YAML tag is not read",
    "unknown-alias": "an alias names an anchor that does not exist",
    "recursive-alias": "an alias stands within what it stands for",
    "cut-by-comment": "a text ends at ' #', where a comment begins",
    # Tables
    "table-syntax": "a table, or a row of it, cannot be read as CSV, JSON Lines or Parquet",
    "uneven-row": "a row has more or fewer cells than the table has columns",
    # The shape of a file and its entries
    "no-case": "case.yaml says nothing",
    "not-a-mapping": "a file or an entry is not made of keys and values",
    "not-a-list": "a section is not a list of entries",
    "unknown-key": "a key that no entry of this kind has",
    "missing-key": "a key that every entry of this kind needs",
    "bad-id": "an id is not short, lower-case and hyphenated",
    "bad-value": "a value is not of the sort that its key takes",
    "bad-date": "a date cannot be read, or is not in the calendar",
    "bad-quantity": "a quantity cannot be read",
    "bad-policy": "the policy contradicts itself or is incomplete",
    # Ids and references
    "duplicate-id": "an id stands for two entries",
    "duplicate-finding": "two findings of one document on one claim have no ids of their own",
    "duplicate-statement": "two statements of one speaker, document and claim have no ids of their own",
    "conflicting-entry": "an added entry says otherwise than the one of the case",
    "unknown-party": "no party has that id",
    "unknown-source": "no source has that id",
    "unknown-speaker": "no speaker has that id",
    "unknown-document": "no document has that id",
    "unknown-claim": "no claim has that id",
    "unknown-reference": "no source, speaker or document has that id",
    "self-reference": "an entry refers to itself",
    "circle": "entries refer to each other in a circle",
    "relied-in-circle": "documents rely on each other in a circle",
    "near-owner": "an owner is written almost like another one",
    # What cannot be, or cannot be meant
    "relayed-from-nowhere": "a finding is relayed, and nothing says from whom",
    "no-stance": "a finding has no stance, and no figures that decide it",
    "undecided-value": "the figures do not decide a stance",
    "stance-against-figures": "a stance contradicts the figures next to it",
    "other-things-counted": "the figures count different things",
    "earned-credibility": "credibility 1 is earned, not typed",
    "idle-key": "a key has no effect here",
    "both-gain-and-lose": "a party gains and loses by one claim",
    "due-on-a-fact": "a fact or an opinion has a due date",
    "never-due": "a prediction or promise has no due date",
    "dates-out-of-order": "two dates cannot both be right",
    # Stored texts and quotes
    "missing-text": "a stored text is not there",
    "tampered-text": "a stored text is not the one that was stored",
    "no-digest": "a stored text has no sha256",
    "digest-without-text": "a sha256 stands without a stored text",
    "changed-quote": "a quote differs from the stored text",
    "ambiguous-quote": "a quote stands in several places of the stored text",
    "missing-quote": "a quote is not in the stored text",
    # Suspicions
    "odd-address": "an address is not a plain web address",
    "same-document": "two documents seem to be the same publication",
    "look-alike": "two names or ids look the same and are not",
}
