//! The long table: every cell of every report as one row, for whoever asks with a database or a cluster.
//!
//! Says what a row is, in one table of columns from which each format is written, and gives the bytes report by report,
//! so that a nation's year passes through without ever being there at once. It judges nothing: what the rules say of a
//! report is not in it. Writes no files, reads none.

mod csv;
mod jsonl;
#[cfg(feature = "parquet")]
mod parquet;
mod row;

use std::path::Path;

pub use row::{COLUMNS, Column, Datum, Holds, Role, Row, State, rows};

/// A format of the long table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// Fields between commas, as RFC 4180 has them.
    Csv,
    /// One JSON object a line.
    Jsonl,
    /// Apache Parquet.
    Parquet,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Jsonl, Self::Parquet];

    /// The ending of its files, which is also its name on the command line.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Parquet => "parquet",
        }
    }

    /// The format with this ending, in upper or lower case.
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.extension().eq_ignore_ascii_case(extension))
    }

    /// The format that a file's name asks for.
    pub fn of_path(path: &Path) -> Option<Self> {
        Self::from_extension(path.extension()?.to_str()?)
    }

    /// What it is for, for whoever has to choose one.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Csv => "逗号分隔的长表",
            Self::Jsonl => "一行一个 JSON 对象的长表",
            Self::Parquet => "列式的长表",
        }
    }
}

/// Why the long table cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PanelError {
    /// This program was built without the format.
    #[error("这个程序编译时没有带上写 Parquet 的功能")]
    NotBuilt,
    /// The writer of the format has given up.
    #[error("长表写不成：{0}")]
    Failed(String),
}

impl PanelError {
    /// Says what to do now.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::NotBuilt => {
                "请用 cargo install --path . --features parquet 重新安装；或者改用 --to csv、--to jsonl，DuckDB、Spark 也都能直接读。"
            }
            Self::Failed(_) => "请换一种格式，如 --to csv。",
        }
    }
}

/// A long table that is being written: what it gives, in the order given, is the file.
pub struct Panel(Writer);

enum Writer {
    Csv,
    Jsonl,
    #[cfg(feature = "parquet")]
    Parquet(Box<parquet::Writer>),
}

impl Panel {
    /// Begins a table and gives its first bytes.
    ///
    /// # Errors
    /// If the program was built without the format, or its writer gives up.
    pub fn begin(format: Format) -> Result<(Self, Vec<u8>), PanelError> {
        match format {
            Format::Csv => Ok((Self(Writer::Csv), csv::head())),
            Format::Jsonl => Ok((Self(Writer::Jsonl), Vec::new())),
            #[cfg(feature = "parquet")]
            Format::Parquet => {
                let (writer, bytes) = parquet::Writer::begin()?;
                Ok((Self(Writer::Parquet(Box::new(writer))), bytes))
            }
            #[cfg(not(feature = "parquet"))]
            Format::Parquet => Err(PanelError::NotBuilt),
        }
    }

    /// Adds rows and gives the bytes that come next; they may be of earlier rows, and there may be none yet.
    ///
    /// # Errors
    /// If the writer of the format gives up.
    pub fn add<'r>(&mut self, rows: impl Iterator<Item = Row<'r>>) -> Result<Vec<u8>, PanelError> {
        match &mut self.0 {
            Writer::Csv => Ok(csv::write(rows)),
            Writer::Jsonl => Ok(jsonl::write(rows)),
            #[cfg(feature = "parquet")]
            Writer::Parquet(writer) => writer.add(rows),
        }
    }

    /// Ends the table and gives its last bytes.
    ///
    /// # Errors
    /// If the writer of the format gives up.
    pub fn end(self) -> Result<Vec<u8>, PanelError> {
        match self.0 {
            Writer::Csv | Writer::Jsonl => Ok(Vec::new()),
            #[cfg(feature = "parquet")]
            Writer::Parquet(writer) => writer.end(),
        }
    }
}
