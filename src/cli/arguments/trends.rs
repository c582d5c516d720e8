//! The arguments of the trends.

use std::path::PathBuf;

use clap::Args;

use super::{Batch, year};

#[derive(Debug, Args)]
#[command(
    after_help = "各年的合计、各单位历年的数、各种办理结果所占的比例，以及与上年、与同级单位相差很远的数。\n\
                  退出状态：0 做成了；2 有文件读不了，或者没能做成。"
)]
pub(in crate::cli) struct Trends {
    #[arg(
        value_name = "文件|目录|编号",
        required = true,
        help = "各单位各年的报告：目录（连同下级目录）、文件或库里的编号"
    )]
    pub(in crate::cli) reports: Vec<PathBuf>,
    #[arg(
        long,
        value_name = "文件",
        help = "单位名册（csv 或 xlsx）：代码、全称、简称、层级、上级、原名；不写则有几个机关算几个"
    )]
    pub(in crate::cli) units: Option<PathBuf>,
    #[arg(long, value_name = "年份", value_parser = year, help = "单位之间比哪一年；不写则为最近的一年")]
    pub(in crate::cli) year: Option<i64>,
    #[arg(short, long = "output", value_name = "去处", help = "另写成一个网页（.html），可以直接打开、打印")]
    pub(in crate::cli) out: Option<PathBuf>,
    #[arg(long, help = "文件已存在时覆盖它")]
    pub(in crate::cli) force: bool,
    #[arg(long, help = "以 JSON 输出，一行")]
    pub(in crate::cli) json: bool,
    #[command(flatten)]
    pub(in crate::cli) batch: Batch,
}
