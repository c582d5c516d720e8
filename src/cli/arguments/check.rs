//! The arguments of the commands that check reports and compare them, and of the list of rules.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Batch, OneOf, REPORT};
use crate::check::Severity;

#[derive(Debug, Args)]
#[command(
    after_help = "退出状态：0 没有达到 --deny 级别的问题；1 有；2 有文件读不了（其余的照查），或没能做成。"
)]
pub(in crate::cli) struct Check {
    #[arg(
        value_name = "文件|目录|编号",
        required = true,
        help = "要检查的文件、目录或库里的编号；- 为标准输入"
    )]
    pub(in crate::cli) reports: Vec<PathBuf>,
    #[arg(
        long,
        value_name = "格式",
        default_value = "human",
        hide_default_value = true,
        hide_possible_values = true,
        help = "输出格式：human（给人看，默认）、json（一行一份）或 sarif（SARIF 2.1.0）"
    )]
    pub(in crate::cli) format: Format,
    #[arg(long, help = "同 --format json")]
    pub(in crate::cli) json: bool,
    #[arg(long, value_name = "级别", default_value = "error", hide_default_value = true, value_parser = one_severity(), hide_possible_values = true,
          help = "达到这一级别的问题使退出状态为 1：error（默认）、warning、info")]
    pub(in crate::cli) deny: Severity,
    #[arg(
        long,
        value_name = "文件|目录|auto",
        help = "上年报告：一个文件，一个目录（按机关全称配对），或 auto（在库里找）；库里的报告不写也在库里找"
    )]
    pub(in crate::cli) last_year: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) batch: Batch,
    #[arg(long, help = "各份报告互相比对，找出照抄的（G01）；不写则各查各的")]
    pub(in crate::cli) across: bool,
    #[arg(
        long,
        value_name = "规则",
        value_delimiter = ',',
        help = "只查这些规则：编号、名称或一类的字母，如 P,A08；可写多次"
    )]
    pub(in crate::cli) rule: Vec<String>,
    #[arg(long, value_name = "规则", value_delimiter = ',', help = "不查这些规则，写法同上")]
    pub(in crate::cli) no_rule: Vec<String>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "年度相同的，作为同一份报告的两稿：哪些格、哪些句子改了，检查出的问题哪些改好了、新出现了、仍然有。\n\
                  年度不同的，列出数字的增减和比率，文字逐句对照。没有变的不列。\n\
                  退出状态：0 没有不同；1 有不同；2 没能做成。"
)]
pub(in crate::cli) struct Compare {
    #[arg(value_name = "前一份", help = REPORT)]
    pub(in crate::cli) old: PathBuf,
    #[arg(value_name = "后一份", help = "同上；两份里只能有一份是 -")]
    pub(in crate::cli) new: PathBuf,
    #[arg(
        long,
        value_name = "文件|目录|auto",
        help = "两稿检查时对照的上年报告，写法同 nianbao check；有一份在库里的，不写也在库里找"
    )]
    pub(in crate::cli) last_year: Option<PathBuf>,
    #[arg(long, help = "以 JSON 输出，一行")]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Rules {
    #[arg(value_name = "规则", help = "规则的编号或名称，如 A08 或 suspected-slip；不写则列出全部")]
    pub(in crate::cli) rule: Option<String>,
    #[arg(long, conflicts_with = "rule", help = "显示可以按各地做法调整的设置：现在是什么，为什么")]
    pub(in crate::cli) profile: bool,
    #[arg(long, help = "以 JSON 输出，一行一条")]
    pub(in crate::cli) json: bool,
}

/// How a check is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(in crate::cli) enum Format {
    Human,
    Json,
    Sarif,
}

/// Takes a severity by its key or its Chinese name.
fn one_severity() -> OneOf<Severity> {
    OneOf { names: Severity::ALL.into_iter().map(Severity::key).collect(), read: severity }
}

fn severity(text: &str) -> Result<Severity, String> {
    let known = |severity: &Severity| severity.key() == text || severity.label() == text;
    Severity::ALL
        .into_iter()
        .find(known)
        .ok_or_else(|| "只能是 error、warning 或 info（错误、提示、参考）".to_owned())
}
