//! `rollup`: a folder of reports in several formats, a register, and what is written and said.
