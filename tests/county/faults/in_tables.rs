//! Faults of numbers: one cell, one row, a total, what is carried over. Each leaves the prose as it was, unless the
//! prose is told anew so that the table alone is at fault.

use nianbao::form::terms::{Column, Row};

use super::super::tables::close;
use super::{Filing, Planted, Spot};

const GRANTED: &str = "requests/granted/natural_person";
const NOT_HELD: &str = "requests/not_held/natural_person";
const RECEIVED: &str = "requests/received/total";
const RECEIVED_OF_PERSONS: &str = "requests/received/natural_person";
const CONCLUDED: &str = "requests/concluded/natural_person";
const CARRIED_IN: &str = "requests/carried_in/natural_person";
const LICENSES: &str = "proactive/licenses/decisions";
const PENALTIES: &str = "proactive/penalties/decisions";
const FEES: &str = "proactive/fees/amount";
const IN_FORCE: &str = "proactive/normative_documents/in_force";
const DISPUTES: &str = "disputes/reconsideration/total";

/// What a wrong number of requests brings about.
const SUMS: &[&str] = &["A01", "A02", "A03"];

/// Whether two digits of a number can be swapped.
fn swaps(number: i64) -> bool {
    (12..100).contains(&number) && number % 11 != 0 && number % 10 != 0
}

fn is_plain(filing: &Filing) -> bool {
    filing.bytes.is_none()
}

/// Changes a count, and says what it was.
fn change(filing: &mut Filing, place: &str, to: impl Fn(i64) -> i64) -> Spot {
    let right = filing.count(place);
    filing.put(place, &to(right).to_string());
    Spot::mended(place, right)
}

pub(super) const ALL: &[Planted] = &[
    Planted {
        kind: "a digit lost in a total",
        rule: "A08",
        also: &["A01", "A03", "P01", "P04", "P09"],
        fits: |filing| filing.count(RECEIVED) > 10,
        plant: |filing| change(filing, RECEIVED, |right| right / 10),
    },
    Planted {
        kind: "two digits swapped",
        rule: "A08",
        also: SUMS,
        fits: |filing| swaps(filing.count(CONCLUDED)),
        plant: |filing| change(filing, CONCLUDED, |right| right % 10 * 10 + right / 10),
    },
    Planted {
        kind: "two digits swapped",
        rule: "A08",
        also: SUMS,
        fits: |filing| swaps(filing.count(RECEIVED_OF_PERSONS)),
        plant: |filing| change(filing, RECEIVED_OF_PERSONS, |right| right % 10 * 10 + right / 10),
    },
    Planted {
        kind: "a digit doubled",
        rule: "A08",
        also: SUMS,
        fits: |filing| filing.count(GRANTED) > 3,
        plant: |filing| change(filing, GRANTED, |right| right * 10 + right % 10),
    },
    Planted {
        kind: "a digit mistyped",
        rule: "A08",
        also: SUMS,
        fits: |filing| filing.count(NOT_HELD) > 2,
        plant: |filing| change(filing, NOT_HELD, |right| right + 6),
    },
    Planted {
        kind: "a row shifted by one column",
        rule: "A08",
        also: SUMS,
        fits: |filing| filing.count("requests/granted/business") == 0 && filing.count(GRANTED) > 1,
        plant: |filing| {
            let right = filing.count(GRANTED);
            filing.put("requests/granted/business", &right.to_string());
            filing.put(GRANTED, "0");
            Spot::mended(GRANTED, right)
        },
    },
    Planted {
        kind: "a total forgotten, left at 0",
        rule: "A04",
        also: &["A08", "P05", "P08"],
        fits: |filing| filing.count(DISPUTES) > 0,
        plant: |filing| change(filing, DISPUTES, |_| 0),
    },
    Planted {
        kind: "a total forgotten, left blank",
        rule: "A06",
        also: &[],
        fits: |filing| filing.count("requests/concluded/total") > 4,
        plant: |filing| {
            let right = filing.count("requests/concluded/total");
            filing.put("requests/concluded/total", "");
            Spot::mended("requests/concluded/total", right)
        },
    },
    Planted {
        kind: "a part of a sum blank",
        rule: "A06",
        also: &[],
        fits: |filing| filing.count(NOT_HELD) > 0,
        plant: |filing| {
            let right = filing.count(NOT_HELD);
            filing.put(NOT_HELD, "");
            Spot::mended(NOT_HELD, right)
        },
    },
    Planted {
        kind: "a part of a sum negative",
        rule: "A05",
        also: &["A01", "A02", "A03", "A08"],
        fits: |filing| filing.count("requests/carried_out/business") == 0,
        plant: |filing| {
            filing.put("requests/carried_out/business", "-2");
            Spot::at("requests/carried_out/business")
        },
    },
    Planted {
        kind: "text in a cell",
        rule: "A05",
        also: &[],
        fits: is_plain,
        plant: |filing| {
            let right = filing.count(LICENSES);
            filing.put(LICENSES, &format!("约{right}"));
            Spot::at(LICENSES)
        },
    },
    Planted {
        kind: "a decimal where a count belongs",
        rule: "A05",
        also: &["P07"],
        fits: is_plain,
        plant: |filing| {
            filing.put(PENALTIES, "3.5");
            Spot::at(PENALTIES)
        },
    },
    Planted {
        kind: "a stroke in place of 0",
        rule: "A07",
        also: &[],
        fits: |filing| filing.count("requests/received/research") == 0,
        plant: |filing| {
            filing.put("requests/received/research", "/");
            Spot::mended("requests/received/research", 0)
        },
    },
    Planted {
        kind: "yuan in place of 10,000 yuan",
        rule: "Y07",
        also: &["P07"],
        fits: |filing| is_plain(filing) && !filing.is_renamed_or_merged,
        plant: |filing| {
            let cell = nianbao::form::Cell { row: Row::Fees, column: Column::Amount };
            let yuan = filing.report.number(cell).unwrap().times(10_000);
            filing.put(FEES, &yuan.to_string());
            Spot::at(FEES)
        },
    },
    Planted {
        kind: "documents in force not rolled forward",
        rule: "Y02",
        also: &[],
        fits: |filing| is_plain(filing) && !filing.is_renamed_or_merged,
        plant: |filing| {
            let spot = change(filing, IN_FORCE, |right| right + 3);
            filing.retell();
            spot
        },
    },
    Planted {
        kind: "regulations of an organ that can make none",
        rule: "L01",
        also: &["Y02", "P06"],
        fits: is_plain,
        plant: |filing| {
            filing.put("proactive/regulations/issued", "2");
            filing.put("proactive/regulations/in_force", "2");
            Spot::at("proactive/regulations/issued")
        },
    },
    Planted {
        kind: "the carry-over forgotten",
        rule: "Y01",
        also: &[],
        fits: |filing| filing.count(CARRIED_IN) > 0 && !filing.is_renamed_or_merged,
        plant: |filing| {
            let carried = filing.count(CARRIED_IN);
            let received = filing.count(RECEIVED_OF_PERSONS);
            carry(filing, 0, received + carried);
            Spot::mended(CARRIED_IN, carried)
        },
    },
    Planted {
        kind: "a wrong carry-over",
        rule: "Y01",
        also: &[],
        fits: |filing| filing.count(RECEIVED_OF_PERSONS) > 4 && !filing.is_renamed_or_merged,
        plant: |filing| {
            let carried = filing.count(CARRIED_IN);
            let received = filing.count(RECEIVED_OF_PERSONS);
            // Another difference than the one above: two that cancel out are none of the total.
            carry(filing, carried + 3, received - 3);
            Spot::mended(CARRIED_IN, carried)
        },
    },
];

/// Sets what persons asked last year and this year, with all totals and the prose.
fn carry(filing: &mut Filing, carried: i64, received: i64) {
    filing.put(CARRIED_IN, &carried.to_string());
    filing.put(RECEIVED_OF_PERSONS, &received.to_string());
    close(&mut filing.report);
    filing.retell();
}
