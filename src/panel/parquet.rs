//! The long table as Apache Parquet: what it holds is typed, numbers are exact decimals.
//!
//! Columns are written one after another, so rows wait until there are enough of them for a group.

use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use super::{COLUMNS, Datum, Holds, PanelError, Row};
use crate::number::MAX_DECIMALS;

/// How many rows wait for their group: enough for a database to work on, few enough to hold (about 30 MB).
const GROUP: usize = 50_000;

/// What waits of a column.
enum Waiting {
    Texts(Vec<ByteArray>),
    Numbers(Vec<i64>),
}

/// A column: what waits, and which rows have something there.
struct Filling {
    waiting: Waiting,
    /// 1 for a row that has something, 0 for one that has nothing.
    levels: Vec<i16>,
}

/// The table while it is written.
pub(super) struct Writer {
    file: SerializedFileWriter<Vec<u8>>,
    columns: Vec<Filling>,
    rows: usize,
}

impl From<ParquetError> for PanelError {
    fn from(error: ParquetError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl Writer {
    /// Begins a table and gives its first bytes.
    pub(super) fn begin() -> Result<(Self, Vec<u8>), PanelError> {
        let schema = Arc::new(parse_message_type(&schema())?);
        let properties = WriterProperties::builder().set_compression(Compression::UNCOMPRESSED).build();
        let file = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
        let filling = |holds| Filling {
            waiting: match holds {
                Holds::Text => Waiting::Texts(Vec::new()),
                Holds::Whole | Holds::Decimal => Waiting::Numbers(Vec::new()),
            },
            levels: Vec::new(),
        };
        let columns = COLUMNS.iter().map(|column| filling(column.holds)).collect();
        let mut writer = Self { file, columns, rows: 0 };
        let bytes = writer.written();
        Ok((writer, bytes))
    }

    /// Adds rows and gives the bytes that are ready.
    pub(super) fn add<'r>(&mut self, rows: impl Iterator<Item = Row<'r>>) -> Result<Vec<u8>, PanelError> {
        for row in rows {
            for (column, filling) in COLUMNS.iter().zip(&mut self.columns) {
                filling.add(column.of(&row));
            }
            self.rows += 1;
        }
        if self.rows >= GROUP {
            self.write_group()?;
        }
        Ok(self.written())
    }

    /// Ends the table and gives its last bytes.
    pub(super) fn end(mut self) -> Result<Vec<u8>, PanelError> {
        if self.rows > 0 {
            self.write_group()?;
        }
        Ok(self.file.into_inner()?)
    }

    fn write_group(&mut self) -> Result<(), PanelError> {
        let mut group = self.file.next_row_group()?;
        for filling in &mut self.columns {
            let Some(mut column) = group.next_column()? else { break };
            let levels = std::mem::take(&mut filling.levels);
            match &mut filling.waiting {
                Waiting::Texts(texts) => {
                    column.typed::<ByteArrayType>().write_batch(texts, Some(&levels), None)?;
                    texts.clear();
                }
                Waiting::Numbers(numbers) => {
                    column.typed::<Int64Type>().write_batch(numbers, Some(&levels), None)?;
                    numbers.clear();
                }
            }
            column.close()?;
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }

    /// What was written since this was last asked: the writer counts its bytes and never looks back at them.
    fn written(&mut self) -> Vec<u8> {
        std::mem::take(self.file.inner_mut())
    }
}

impl Filling {
    fn add(&mut self, datum: Datum<'_>) {
        let number = match datum {
            Datum::Empty => None,
            Datum::Whole(number) => Some(number),
            Datum::Decimal(number) => {
                let power = i8::try_from(MAX_DECIMALS).unwrap_or_default();
                number.times_ten_to(power).and_then(|whole| whole.as_whole())
            }
            Datum::Text(text) => {
                if let Waiting::Texts(texts) = &mut self.waiting {
                    // Most of what stands in one report stands in all of its rows: one copy is enough.
                    let same = texts.last().filter(|last| last.data() == text.as_bytes()).cloned();
                    texts.push(same.unwrap_or_else(|| text.as_bytes().to_vec().into()));
                }
                return self.levels.push(1);
            }
        };
        self.levels.push(i16::from(number.is_some()));
        if let Waiting::Numbers(numbers) = &mut self.waiting {
            numbers.extend(number);
        }
    }
}

/// The columns as Parquet declares them.
fn schema() -> String {
    let declared = COLUMNS.iter().map(|column| {
        let name = column.name;
        match column.holds {
            Holds::Text => format!("optional binary {name} (STRING);"),
            Holds::Whole => format!("optional int64 {name};"),
            Holds::Decimal => format!("optional int64 {name} (DECIMAL(16,{MAX_DECIMALS}));"),
        }
    });
    format!("message panel {{ {} }}", declared.collect::<Vec<_>>().join(" "))
}
