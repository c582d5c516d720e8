//! The arguments of the commands that write a report to a file.

use std::path::PathBuf;

use clap::Args;

use super::REPORT;
use crate::export::Kind;

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
    #[command(flatten)]
    pub(in crate::cli) target: Target,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Export {
    #[arg(value_name = "报告", help = REPORT)]
    pub(in crate::cli) report: PathBuf,
    #[arg(
        short,
        long = "output",
        value_name = "去处",
        default_value = "-",
        hide_default_value = true,
        help = "要写的文件，按扩展名定格式；- 为标准输出（默认）"
    )]
    pub(in crate::cli) out: PathBuf,
    #[command(flatten)]
    pub(in crate::cli) target: Target,
}

/// What to write and whether to overwrite.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct Target {
    #[arg(long, value_name = "格式", value_parser = kind, help = kinds_help())]
    pub(in crate::cli) to: Option<Kind>,
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

fn kind(text: &str) -> Result<Kind, String> {
    Kind::from_extension(text).ok_or_else(kinds_help)
}
