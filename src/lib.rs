//! **nianbao** (年报) – the yearly report on government information disclosure, filled in, checked and handed in from a
//! terminal. This page is the architecture: the idea, the map, the laws, the decisions.
//!
//! # The idea
//!
//! A [`Report`](report::Report) is a sparse map from places to values. An [`Edit`](report::Edit) is a patch of that map.
//! A [`Form`](form::Form) says which places exist and which sums must hold. Everything else is a function from one of
//! these to another. So undo, redo, the journal, fixes, automatic totals, imports, paste and the new year's report are
//! all edits, and none of them is a subsystem.
//!
//! ```text
//!           ┌── import ──┐                                            ┌── export ──┐
//!  bytes ──▶│   text …   │──▶ Document ──recognize──▶ Report ──compose──▶ Document ─▶│  text md … │──▶ bytes
//!  (confine)└────────────┘               (+ notices)  ▲ │                            └────────────┘
//!                                             Edit ───┘ └──check──▶ Review (findings, unknowns)
//!                                              ▲────────────────── fix ──┘
//!  key ──keymap──▶ Action ──update──▶ App ──draw──▶ screen
//!                     ▲                └──▶ Effect ──perform──▶ disk, clipboard, clock
//!                     └─────────────────────────────┘
//! ```
//!
//! To follow one number: from a file through [`confine`], [`import`] and [`document::recognize`] into a [`report`]; from a
//! key through [`keymap`], [`tui::update`] and [`session`] into the [`store`]; and out through [`document::compose`] and
//! [`export`].
//!
//! # The map
//!
//! Modules stand in the order of their dependencies; each uses only modules above it. `tests/suite/tidy.rs` reads this
//! file and refuses an import that runs upwards.
//!
//! * [`number`] – exact decimals, and how offices write them.
//! * [`text`] – characters and clauses of Chinese text.
//! * [`day`] – dates as offices write them, and the calendar.
//! * [`width`] – how many columns text takes, where it breaks, and what of it is safe to show.
//! * [`form`] – both decrees as data, the glossary, and every sum that follows from them.
//! * [`report`] – places, values, edits, notices, and the saved shape.
//! * [`prose`] – what sentences say of the tables, read into values with their words, subject, year and scope; and
//!   sentences composed from the tables.
//! * [`check`] – the rules, their findings, and which cell is wrong ([`check::localize`]).
//! * [`compare`] – two reports side by side: places, sentences, and what has become of the findings.
//! * [`session`] – an open report: history and findings. The only owner of a report that changes.
//! * [`document`] – the waist between our report and everybody's files: recognized from it, composed into it.
//! * [`units`] – the register of units, and which report is whose.
//! * [`desk`] – what a reviewer says of the reports that came in, and how each stands.
//! * [`letter`] – what is sent back to the office that handed a report in.
//! * [`rollup`] – the total of the units' reports, cell by cell, and a county's own report against it.
//! * [`panel`] – every cell of every report as a row of one long table, for databases.
//! * [`trends`] – the key figures of many reports by year and by unit, and those that stand out.
//! * [`import`] – bytes to a document, one format a file.
//! * [`export`] – a document to bytes, one format a file.
//! * [`confine`] – reading files from anybody, in a child process where a reader may abort.
//! * [`faces`] – the fonts of the system, for what is printed.
//! * [`store`] – the data directory: snapshot and journal, every version, locks, trash, and what is sound of it.
//! * [`batch`] – many reports, read in parallel with bounded memory; what was read before is not read again.
//! * [`keymap`] – which key does what where: the table, and the keys in force.
//! * [`language`] – the language of the interface, and the one phrasebook.
//! * [`config`] – what the user decided, each fault with its line.
//! * [`cli`] – arguments and commands.
//! * [`tui`] – the screens: state, keys, update, drawing.
//!
//! # The laws (`tests/suite/laws.rs` and beside the modules)
//!
//! ```text
//! apply(apply(e))          = identity          undo is exact
//! apply(a.diff(b)) on a    = b                 diff is complete
//! replay(journal)          = report            nothing is lost
//! compare(a, b) on a       = b                 a comparison is complete, and compare(b, a) is its mirror
//! recognize(compose(r))    = r                 layout is lossless
//! parse(spell(p))          = p                 one spelling
//! check(sound)             = ∅                 no false alarm on what adds up
//! check(sound + 1 cell)    ≠ ∅                 no blind cell in any sum
//! localize(sound + 1 cell) = that cell         and its right value
//! total(units)             = Σ units           cell by cell, in any order
//! import(any bytes)        returns             never a panic, never a hang
//! draw(any state, any size) returns            down to 1 × 1
//! ```
//!
//! # The edges
//!
//! Only [`confine`], [`faces`], [`store`], [`batch`], [`config`], [`cli`], the terminal part of [`tui`] and `main.rs` touch
//! the world; clippy's `disallowed_methods` holds the rest to it. The core cannot fail: broken input gives a value and notices. Each edge has one error type whose
//! `hint()` says what to do now.
//!
//! # Decisions
//!
//! * **Blank, number and text as written are three things.** Blank is absence from the map; `/` is text. Nothing becomes 0
//!   unless somebody says so.
//! * **Totals computed or keyed is a field of the report** (`@totals`), so that it is an edit, saved, undone and journaled
//!   like everything else.
//! * **A notice lapses by itself** when its place is edited; the inverse of the edit brings it back. Notices are patched
//!   like values, so undo stays exact.
//! * **A sum with a blank in it is unknown**, neither passed nor failed, and [`check::Review`] says so.
//! * **Localization is exhaustive** up to four cells: in tables of this shape a smallest set always has a sum that one of
//!   its cells closes alone, and a cell closes at most one sum of each kind.
//! * **The journal holds the history**: its records, replayed, give the report and every step that can be undone. The
//!   snapshot beside it is what other programs read, and a second copy when one of the two is damaged.
//! * **Every version has a number, and no time.** It is that of its record in the journal; a journal that is begun anew with
//!   less than it held stays beside the new one, so that history ends nowhere. An older version comes back as an edit.
//! * **A file of the store says whose it is and carries a checksum**: one that lies in another's place is as little taken
//!   for sound as one with a flipped bit. What is damaged is mended when the report is opened; `doctor` only looks.
//! * **A click is looked up in what was drawn.** Whoever draws a thing says what a click on it means; there is no second
//!   layout that could differ from the first. The mouse is off unless asked for: clerks mark and paste with it.
//! * **A command has the same keys wherever it holds**, so that one list a command configures it and every screen that
//!   names a key asks the keymap in force.
//! * **The terminal is written to by ourselves**, without crossterm: its event reader breaks split escape sequences
//!   (crossterm 993), spins when the terminal vanishes (793), and its writer moves the cursor after every Han character.
//!   What is left to do, raw mode and the size, is a few calls of rustix.
//! * **What anybody sends is read in a child** of ourselves where a parser may abort or eat memory, held to limits before it
//!   reads; the report comes back as it is saved. Only kinds that no well-kept crate reads go through LibreOffice.
//! * **An importer gives structure, and only that.** What a row or a number means is for the recognizer, which serves every
//!   kind of file alike; what it is not sure of stays blank and is quoted.
//! * **A report is a unit's only by a name of the unit.** What merely resembles one is told, never taken; so is what is there
//!   twice with other numbers. A total is of what is left, and says of how many.
//! * **Two forms are not added up.** Their places share keys, but a total of some units here and of others there is nobody's.
//! * **What was read is found again by what the file holds**, never by its name or its date; so are decisions of a reviewer,
//!   with the hash of last year's report beside them. Readings may be lost at any time, decisions are synced.
//! * **The reader of prose is a lexicon and a few mechanisms**, not a grammar: a figure speaks of the words to its left, else
//!   of those behind it, and claims nothing where they are not understood. Every mechanism came from a sentence that was
//!   misread; those sentences, written by people who had not seen the reader, are its tests, with what is still missed.
//! * **One language inside.** Messages are Chinese from where they arise to the edge, because findings are known again by
//!   their words and letters quote them; English is put together there, from the phrases that a message was made of
//!   ([`language`]). What cannot be taken apart stays Chinese.

pub mod number;
pub mod text;
pub mod day;
pub mod width;
pub mod form;
pub mod report;
pub mod prose;
pub mod check;
pub mod compare;
pub mod session;
pub mod document;
pub mod units;
pub mod desk;
pub mod letter;
pub mod rollup;
pub mod panel;
pub mod trends;
pub mod import;
pub mod export;
pub mod confine;
pub mod faces;
pub mod store;
pub mod batch;
pub mod keymap;
pub mod language;
pub mod config;
pub mod cli;
pub mod tui;
