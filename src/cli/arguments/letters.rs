//! The arguments of the letters to the offices that handed reports in.

use std::path::PathBuf;

use clap::Args;

use super::{Batch, OneOf, year};
use crate::day::Day;
use crate::export::Kind;

#[derive(Debug, Args)]
#[command(
    after_help = "有错误或提示的报告一份写一个文件，以单位命名：审核意见－云溪镇人民政府.docx；没有问题的不写，加 --all 也写。\n\
                  已说明理由的问题不写进去。退出状态：0 都写好了；2 有报告读不了或者有文件写不了。"
)]
pub(in crate::cli) struct Letters {
    #[arg(
        value_name = "文件|目录|编号",
        required = true,
        help = "要审核的文件、目录或库里的编号；- 为标准输入"
    )]
    pub(in crate::cli) reports: Vec<PathBuf>,
    #[arg(short, long = "output", value_name = "目录", required = true, help = "写到哪个目录；没有就新建")]
    pub(in crate::cli) out: PathBuf,
    #[arg(
        long,
        value_name = "格式",
        default_value = "docx",
        hide_default_value = true,
        value_parser = one_kind(),
        hide_possible_values = true,
        help = "格式：docx（Word 文档，公文版式，默认）、md 或 txt"
    )]
    pub(in crate::cli) to: Kind,
    #[arg(long, value_name = "年份", value_parser = year, help = "只写这一年度的报告；不写则为该报的一年")]
    pub(in crate::cli) year: Option<i64>,
    #[arg(long, value_name = "单位", help = "只写给这个单位：全称、简称，或全称里连续的几个字；可写多次")]
    pub(in crate::cli) unit: Vec<String>,
    #[arg(long, value_name = "机关", help = "落款的机关；不写则不落款")]
    pub(in crate::cli) from: Option<String>,
    #[arg(long, value_name = "日期", value_parser = day, help = "落款的日期，如 2026-01-20")]
    pub(in crate::cli) date: Option<Day>,
    #[arg(long, value_name = "日期", value_parser = day, help = "要求在哪一天前重新报送，如 2026-01-26")]
    pub(in crate::cli) deadline: Option<Day>,
    #[arg(
        long,
        value_name = "文件|目录|auto",
        help = "上年报告：文件或目录，按机关全称配对；和今年的放在一起、或者在库里的，不用写"
    )]
    pub(in crate::cli) last_year: Option<PathBuf>,
    #[arg(long, help = "没有问题的报告也写（审核通过）")]
    pub(in crate::cli) all: bool,
    #[arg(long, help = "把仅供参考的也写进去；不写则只写错误和提示")]
    pub(in crate::cli) info: bool,
    #[arg(long, help = "文件已存在时覆盖它")]
    pub(in crate::cli) force: bool,
    #[command(flatten)]
    pub(in crate::cli) batch: Batch,
    #[arg(long, help = "以 JSON 输出，一行一份报告")]
    pub(in crate::cli) json: bool,
}

fn one_kind() -> OneOf<Kind> {
    OneOf { names: Kind::OF_LETTERS.iter().map(|kind| kind.extension()).collect(), read: kind }
}

fn kind(text: &str) -> Result<Kind, String> {
    let known = Kind::from_extension(text).filter(|kind| Kind::OF_LETTERS.contains(kind));
    known.ok_or_else(|| "只能是 docx、md 或 txt".to_owned())
}

fn day(text: &str) -> Result<Day, String> {
    Day::read(text).ok_or_else(|| "请写成 2026-01-20 或 2026年1月20日".to_owned())
}
