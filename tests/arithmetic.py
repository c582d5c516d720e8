#!/usr/bin/env python3
"""The 42 sums of the form in force (国办公开办函〔2021〕30号), stated a second time.

Written from the printed tables and kept apart from the Rust code on purpose: what one of the two gets wrong, the other
shows. Reads saved reports, one JSON object a line; answers each with one line, its violated sums in alphabetical order
with what their left and right sides add up to:

    A02 requests/concluded/business 12 13; A03 requests/granted/total 5 6

A sum is named by the first cell of its right side. One with a cell that holds no count is neither kept nor violated.
"""

import json
import sys

APPLICANTS = [
    "natural_person",
    "business", "research", "public_interest", "legal_service", "other_organization",
]

# Rows 3 to 23 of table 3.
OUTCOMES = [
    "granted",
    "granted_in_part",
    # （三）不予公开
    "state_secret", "barred_by_law", "security_and_stability", "third_party_rights",
    "internal_affairs", "deliberative", "enforcement_files", "administrative_inquiry",
    # （四）无法提供
    "not_held", "not_existing", "unclear",
    # （五）不予处理
    "petition", "repeated", "publications", "excessive", "confirm_or_reissue",
    # （六）其他处理
    "correction_overdue", "fee_overdue", "handled_otherwise",
]

DISPUTES = ["reconsideration", "direct_suit", "suit_after_reconsideration"]

RESULTS = ["upheld", "corrected", "other", "pending"]


def cells(table, rows, columns):
    """The places of a rectangle of cells."""
    return [f"{table}/{row}/{column}" for row in rows for column in columns]


def sums():
    """Every sum of the form: its rule, the cells of its left side, the cells of its right side."""
    for column in [*APPLICANTS, "total"]:
        came = cells("requests", ["received", "carried_in"], [column])
        went = cells("requests", ["concluded", "carried_out"], [column])
        yield "A01", came, went
        yield "A02", cells("requests", OUTCOMES, [column]), cells("requests", ["concluded"], [column])
    for row in ["received", "carried_in", *OUTCOMES, "concluded", "carried_out"]:
        yield "A03", cells("requests", [row], APPLICANTS), cells("requests", [row], ["total"])
    for row in DISPUTES:
        yield "A04", cells("disputes", [row], RESULTS), cells("disputes", [row], ["total"])


SUMS = list(sums())
assert len(SUMS) == 7 + 7 + 25 + 3


def added(values, side):
    """What the cells of one side add up to; None where one of them holds no count."""
    counts = [values.get(cell) for cell in side]
    if all(isinstance(count, int) and count >= 0 for count in counts):
        return sum(counts)
    return None


def violated(values):
    """The sums that do not close, in their canonical form."""
    for rule, *sides in SUMS:
        left, right = (added(values, side) for side in sides)
        if None not in (left, right) and left != right:
            yield f"{rule} {sides[1][0]} {left} {right}"


def main():
    """Answers line by line, so that a report can be asked about before the next is written."""
    for line in sys.stdin.buffer:
        report = json.loads(line)
        assert report["form"] == "2021", "these are the sums of the form in force"
        print("; ".join(sorted(violated(report["values"]))), flush=True)


if __name__ == "__main__":
    main()
