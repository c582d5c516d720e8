//! The arguments of the commands on the library of reports.

use std::num::NonZero;
use std::path::PathBuf;

use clap::Args;

use super::{REPORT, level_help, one_level, year};
use crate::form::terms::Level;
use crate::store::Id;

#[derive(Debug, Args)]
pub(in crate::cli) struct New {
    #[arg(long, value_name = "机关全称", required_unless_present = "from", help = "机关全称")]
    pub(in crate::cli) agency: Option<String>,
    #[arg(long, value_name = "层级", value_parser = one_level(), hide_possible_values = true, help = level_help())]
    pub(in crate::cli) level: Option<Level>,
    #[arg(long, value_name = "年份", value_parser = year, required_unless_present = "from", help = "报告年度，如 2025")]
    pub(in crate::cli) year: Option<i64>,
    #[arg(long, value_name = "名称", help = "简称，如 云溪镇")]
    pub(in crate::cli) short_name: Option<String>,
    #[arg(long, value_name = "报告", help = "沿用上年报告：机关、层级照抄，结转数带入，其余不抄")]
    pub(in crate::cli) from: Option<PathBuf>,
    #[arg(long, help = "以 JSON 输出")]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct List {
    #[arg(long, help = "列出回收站里的")]
    pub(in crate::cli) trash: bool,
    #[arg(long, help = "以 JSON 输出，一行一份")]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Show {
    #[arg(value_name = "报告", help = REPORT)]
    pub(in crate::cli) report: PathBuf,
    #[arg(long, value_name = "第几版", value_parser = version, help = "库里的报告以前的一版（见 nianbao log）")]
    pub(in crate::cli) at: Option<u64>,
    #[arg(long, help = "以 JSON 输出（与保存的格式相同）")]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Set {
    #[arg(value_name = "报告", help = REPORT)]
    pub(in crate::cli) report: PathBuf,
    #[arg(
        value_name = "位置=值",
        required = true,
        help = "如 requests/received/total=12；值留空即清空；可以写多个，算一次修改"
    )]
    pub(in crate::cli) values: Vec<String>,
    #[arg(long, help = "以 JSON 输出改动")]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Import {
    #[arg(value_name = "文件", required = true, help = "要导入的文件；- 为标准输入")]
    pub(in crate::cli) files: Vec<PathBuf>,
    #[arg(long, help = "以 JSON 输出，一行一份")]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Log {
    #[arg(value_name = "编号", value_parser = id, help = ID)]
    pub(in crate::cli) id: Id,
    #[arg(short = 'n', long, value_name = "几版", help = "只列最近的几版")]
    pub(in crate::cli) last: Option<NonZero<usize>>,
    #[arg(long, help = "以 JSON 输出，一行一版")]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Restore {
    #[arg(value_name = "编号", value_parser = id, help = ID)]
    pub(in crate::cli) id: Id,
    #[arg(
        value_name = "第几版",
        value_parser = version,
        help = "要找回的一版（见 nianbao log）；不写则从回收站找回整份报告"
    )]
    pub(in crate::cli) version: Option<u64>,
    #[arg(value_name = "位置", help = "只找回这几处，如 requests/received/total、overview；不写则找回整份")]
    pub(in crate::cli) places: Vec<String>,
    #[arg(long, help = "以 JSON 输出改动")]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Delete {
    #[arg(value_name = "编号", required = true, value_parser = id, help = ID)]
    pub(in crate::cli) ids: Vec<Id>,
    #[arg(long, help = "以 JSON 输出，一行一份")]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Doctor {
    #[arg(long, help = "以 JSON 输出，一行一份报告，最后一行是其余的")]
    pub(in crate::cli) json: bool,
}

const ID: &str = "报告的编号，如 0001（见 nianbao list）";

/// Reads the number of a version.
fn version(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| "请写第几版，如 12；用 nianbao log 编号 查看".to_owned())
}

/// Reads the number of a report.
fn id(text: &str) -> Result<Id, String> {
    text.parse().map_err(|_| "请写报告的编号，如 0001；用 nianbao list 查看".to_owned())
}
