//! What can go wrong on the command line, and what to do then.

use std::io;
use std::path::{Path, PathBuf};

use crate::batch::{ListError, ReadError};
use crate::check::RULES;
use crate::config::ConfigError;
use crate::export::{ExportError, Kind};
use crate::faces::FaceError;
use crate::form::Form;
use crate::import::ImportError;
use crate::panel::PanelError;
use crate::report::SavedError;
use crate::store::{StoreError, cause};
use crate::units::ScopeError;

/// Why a command could not be carried out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The arguments cannot be followed.
    #[error("{0}")]
    Misuse(String),
    /// What follows the name of a command cannot be read.
    #[error("{reason}")]
    Misread {
        /// The command.
        command: String,
        /// Why.
        reason: String,
    },
    /// A report cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Standard output does not take what is printed.
    #[error("结果写不出去：{}", cause(.0))]
    Output(io::Error),
    /// A signal came that ends the program.
    #[error("已停下")]
    Stopped,
    /// No rule has this id or name.
    #[error("没有“{0}”这条规则")]
    UnknownRule(String),
    /// The directories that were named hold no file.
    #[error("{}里没有文件", .0.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join("、"))]
    Empty(Vec<PathBuf>),
    /// No report of those that were read is of this unit.
    #[error("这些报告里没有“{0}”的")]
    NoSuchUnit(String),
    /// A list of units or adjustments cannot be followed.
    #[error(transparent)]
    List(#[from] ListError),
    /// A total cannot be of what was asked for.
    #[error("{0}")]
    Scope(#[from] ScopeError),
    /// The reports are of several years, or of none.
    #[error("不知道汇总哪一年：{0}")]
    WhichYear(String),
    /// Only what was accepted is to be added up, and nothing is.
    #[error("审阅时还没有通过一份，没有可以汇总的")]
    NothingAccepted,
    /// Nobody said whose total it is.
    #[error("不知道汇总报告是哪个机关的")]
    WhoseTotal,
    /// No report is of the year that was named.
    #[error("没有 {year} 年度的报告")]
    NoReportOf {
        /// The year that was named.
        year: i64,
        /// The latest of which there is one.
        latest: i64,
    },
    /// No report of the ones that were named can be compared with others.
    #[error("没有可以比较的报告")]
    NothingToCompare,
    /// An assignment has no equals sign.
    #[error("“{0}”里没有等号")]
    NoAssignment(String),
    /// The form has no such place.
    #[error("表样 {form} 里没有“{spelling}”这个位置")]
    UnknownPlace {
        /// What was written.
        spelling: String,
        /// The form of the report.
        form: &'static str,
        /// The nearest spellings that the form has.
        near: Vec<String>,
    },
    /// A value cannot stand in its place.
    #[error("{place}不能是“{value}”")]
    Refused {
        /// The place, in the clerk's words.
        place: String,
        /// What was written.
        value: String,
        /// What may stand there, as a sentence.
        allowed: String,
    },
    /// Only saved files can be changed in place.
    #[error("“{}”不能直接改：{cause}", path.display())]
    NotSaved {
        /// The file.
        path: PathBuf,
        /// Why it is no saved report.
        cause: SavedError,
    },
    /// There was no unified form in this year.
    #[error("{0} 年没有统一的年度报告表样")]
    NoForm(i64),
    /// Last year's report does not say what the new one needs.
    #[error("上年报告里没有{0}")]
    NotInLastYear(&'static str),
    /// The extension of the output says no format.
    #[error("看不出“{}”要写成什么格式", .0.display())]
    NoKind(PathBuf),
    /// Neither a file nor a format was named, and what is printed goes to the screen.
    #[error("没有写明导出成哪个文件")]
    NoOutput,
    /// The file's name asks for another format than `--to`.
    #[error("--to 要的是 {extension}，“{}”的扩展名却是别的格式", path.display())]
    Disagreeing {
        /// The file.
        path: PathBuf,
        /// The ending of the format that was asked for.
        extension: &'static str,
    },
    /// A file that is no text was to go to the screen.
    #[error("屏幕上显示不了这种格式：{label}")]
    NotForScreen {
        /// What the format is for.
        label: &'static str,
        /// Its ending.
        extension: &'static str,
    },
    /// Several reports were to be written in a format that holds one.
    #[error("目录或几份报告只能导出成一张长表，要写明格式")]
    OnlyPanel,
    /// The long table cannot be written.
    #[error(transparent)]
    Panel(#[from] PanelError),
    /// Reading a file failed.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// Reading a file that was named failed.
    #[error("{}：{cause}", path.display())]
    Unread {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: ImportError,
    },
    /// The font that was named cannot be used.
    #[error(transparent)]
    Face(#[from] FaceError),
    /// Writing a format failed.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// The configuration cannot be followed.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Error {
    /// The same, naming the file, whose name says nothing where it came through a pipe.
    pub(super) fn about(self, path: &Path) -> Self {
        match self {
            Self::Read(ReadError::Import(cause)) if path != Path::new("-") => {
                Self::Unread { path: path.to_owned(), cause }
            }
            named => named,
        }
    }

    /// Says what to do now.
    pub fn hint(&self) -> String {
        match self {
            Self::Misuse(_) => "用 nianbao --help 或 nianbao 命令 --help 看用法。".to_owned(),
            Self::Misread { command, .. } => format!("用 nianbao {command} --help 看用法。"),
            Self::Read(cause) => cause.hint().to_owned(),
            Self::Output(_) => "请检查磁盘空间，或换一个去处。".to_owned(),
            Self::Stopped => "需要时请再运行一次。".to_owned(),
            Self::UnknownRule(_) => {
                let ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
                format!("现有规则：{}；一类规则可以只写字母，如 P。", ids.join("、"))
            }
            Self::Empty(_) => "请核对目录；隐藏文件和 ~$ 开头的临时文件不算。".to_owned(),
            Self::NoSuchUnit(_) => "请核对 --unit；可以写全称、简称，或者全称里连续的几个字。".to_owned(),
            Self::List(cause) => cause.hint().to_owned(),
            Self::Scope(_) => "请核对 --units、--parent 和 --level；单位可以写代码或全称。".to_owned(),
            Self::WhichYear(_) => "请用 --year 写明，如 --year 2025。".to_owned(),
            Self::NothingAccepted => {
                "请先用 nianbao review 审阅、通过；不写 --accepted 则全部汇总。".to_owned()
            }
            Self::WhoseTotal => "请用 --agency 写明机关全称，或者在名册里写上各单位的上级。".to_owned(),
            Self::NoReportOf { latest, .. } => format!("请核对 --year；最近的是 {latest} 年。"),
            Self::NothingToCompare => "请核对目录和名册；报告要写明机关全称和年度。".to_owned(),
            Self::NoAssignment(_) => "请写成 位置=值，如 requests/received/total=12。".to_owned(),
            Self::UnknownPlace { near, .. } => format!("最接近的写法：{}。", near.join(", ")),
            Self::Refused { allowed, .. } => format!("{allowed}；等号后面留空即清空。"),
            Self::NotSaved { path, .. } => {
                format!("请先转换：nianbao convert {} 新文件.json。", path.display())
            }
            Self::NoForm(_) => format!("统一表样从 {} 年度开始，请检查年份。", Form::years().start),
            Self::NotInLastYear(_) => "请用 --agency、--year 写明。".to_owned(),
            Self::NoKind(_) => format!("请把扩展名写成 {}，或用 --to 指定。", Kind::endings()),
            Self::NoOutput => "请写明去处，如 -o 年报.docx；只在屏幕上看用 nianbao show。".to_owned(),
            Self::Disagreeing { extension, .. } => {
                format!("请把扩展名改成 .{extension}，或者不写 --to。")
            }
            Self::NotForScreen { extension, .. } => format!("请写明去处，如 -o 年报.{extension}。"),
            Self::OnlyPanel => {
                "请用 --to csv、--to jsonl 或 --to parquet；别的格式请一份一份导出，合计用 nianbao rollup。"
                    .to_owned()
            }
            Self::Panel(error) => error.hint().to_owned(),
            Self::Import(cause) | Self::Unread { cause, .. } => cause.hint().to_owned(),
            Self::Face(error) => error.hint().to_owned(),
            Self::Export(error) => error.hint().to_owned(),
            Self::Config(error) => error.hint().to_owned(),
            Self::Store(error) => error.hint().to_owned(),
        }
    }
}
