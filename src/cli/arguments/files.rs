//! The arguments of the commands that write a report to a file.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Batch, OneOf, REPORT, year};
use crate::export::Kind;
use crate::panel::Format;

#[derive(Debug, Args)]
pub(in crate::cli) struct Convert {
    #[arg(value_name = "来源", help = "要读的文件；- 为标准输入")]
    pub(in crate::cli) from: PathBuf,
    #[arg(
        value_name = "去处",
        required_unless_present = "explain",
        help = "要写的文件，按扩展名定格式；- 为标准输出（默认 json）"
    )]
    pub(in crate::cli) out: Option<PathBuf>,
    #[arg(long, help = "列出每一格、每一部分读自文件里的哪里；去处为 - 时列在标准错误")]
    pub(in crate::cli) explain: bool,
    #[arg(long, value_name = "格式", value_parser = one_kind(), hide_possible_values = true, help = kinds_help())]
    pub(in crate::cli) to: Option<Kind>,
    #[command(flatten)]
    pub(in crate::cli) target: Target,
}

#[derive(Debug, Args)]
#[command(
    after_help = "写目录或几份报告，就导出成长表：一格一行，给数据库用；一份报告的长表用 --to jsonl。\n\
                  退出状态：0 已写好；2 有文件读不了（其余的照写），或没能做成。"
)]
pub(in crate::cli) struct Export {
    #[arg(value_name = "报告|目录", required = true, help = several())]
    pub(in crate::cli) reports: Vec<PathBuf>,
    #[arg(
        short,
        long = "output",
        value_name = "去处",
        help = "要写的文件，按扩展名定格式；- 为标准输出，不写也是"
    )]
    pub(in crate::cli) out: Option<PathBuf>,
    #[arg(long, value_name = "格式", value_parser = one_to(), hide_possible_values = true, help = to_help())]
    pub(in crate::cli) to: Option<To>,
    #[arg(long, value_name = "文件", help = "长表用的单位名册（csv 或 xlsx），写法同 nianbao rollup")]
    pub(in crate::cli) units: Option<PathBuf>,
    #[arg(long, value_name = "年份", value_parser = year, help = "长表只写这一年度的报告")]
    pub(in crate::cli) year: Option<i64>,
    #[command(flatten)]
    pub(in crate::cli) batch: Batch,
    #[command(flatten)]
    pub(in crate::cli) target: Target,
}

impl Export {
    /// Where it is written to: the file, or `-`.
    pub(in crate::cli) fn place(&self) -> &Path {
        self.out.as_deref().unwrap_or(Path::new("-"))
    }
}

/// What a name of a format asks for: `csv` is a format of one report, and one of the long table.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) struct To {
    pub(in crate::cli) report: Option<Kind>,
    pub(in crate::cli) panel: Option<Format>,
}

/// What to write and whether to overwrite.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct Target {
    #[arg(long, value_name = "文件", help = "写 PDF 用的中文字体文件；不写则用系统里的字体")]
    pub(in crate::cli) font: Option<PathBuf>,
    #[arg(long, help = "不写第一部分前面的引言")]
    pub(in crate::cli) no_lead: bool,
    #[arg(long, help = "把检查的结果附在报告后面（json 除外）")]
    pub(in crate::cli) findings: bool,
    #[arg(long, help = "文件已存在时覆盖它")]
    pub(in crate::cli) force: bool,
    #[arg(long, help = "以 JSON 输出结果和读取时的提示；去处为 - 时同 --to json")]
    pub(in crate::cli) json: bool,
}

fn kinds_help() -> String {
    let kinds = Kind::ALL.iter().map(|kind| format!("{}（{}）", kind.extension(), kind.label()));
    format!("格式，不写则按文件名的结尾：{}", kinds.collect::<Vec<_>>().join("、"))
}

fn one_kind() -> OneOf<Kind> {
    OneOf { names: Kind::ALL.iter().map(|kind| kind.extension()).collect(), read: kind }
}

fn kind(text: &str) -> Result<Kind, String> {
    Kind::from_extension(text).ok_or_else(|| format!("只能是 {}", one_kind().names.join("、")))
}

fn several() -> String {
    format!("{REPORT}；写目录或几份则导出成长表")
}

fn to_help() -> String {
    let panels = Format::ALL.iter().map(|format| format.extension());
    format!("{}；长表：{}", kinds_help(), panels.collect::<Vec<_>>().join("、"))
}

fn one_to() -> OneOf<To> {
    let panels = Format::ALL.iter().map(|format| format.extension());
    let mut names: Vec<&str> = Kind::ALL.iter().map(|kind| kind.extension()).chain(panels).collect();
    names.sort_unstable();
    names.dedup();
    OneOf { names, read: to }
}

fn to(text: &str) -> Result<To, String> {
    let to = To { report: Kind::from_extension(text), panel: Format::from_extension(text) };
    match (to.report, to.panel) {
        (None, None) => Err(format!("只能是 {}", one_to().names.join("、"))),
        _ => Ok(to),
    }
}
