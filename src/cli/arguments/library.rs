//! The arguments of the commands on the library of reports.

use std::path::PathBuf;

use clap::Args;

use super::{REPORT, level, level_help, year};
use crate::form::terms::Level;

#[derive(Debug, Args)]
pub(in crate::cli) struct New {
    #[arg(long, value_name = "机关全称", required_unless_present = "from", help = "机关全称")]
    pub(in crate::cli) agency: Option<String>,
    #[arg(long, value_name = "层级", value_parser = level, help = level_help())]
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
    #[arg(long, help = "以 JSON 输出，一行一份")]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Show {
    #[arg(value_name = "报告", help = REPORT)]
    pub(in crate::cli) report: PathBuf,
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
