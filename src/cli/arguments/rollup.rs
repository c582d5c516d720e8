//! The arguments of the roll-up.

use std::path::PathBuf;

use clap::Args;

use super::{Batch, one_level, year};
use crate::form::terms::Level;

#[derive(Debug, Args)]
#[command(
    after_help = "退出状态：0 做成了，没有缺报、重报；1 有缺报、重报，或有合计大得写不下；2 有文件读不了，或没能做成。"
)]
pub(in crate::cli) struct Rollup {
    #[arg(
        value_name = "文件|目录|编号",
        required = true,
        help = "各单位的报告：目录（连同下级目录）、文件或库里的编号"
    )]
    pub(in crate::cli) reports: Vec<PathBuf>,
    #[arg(
        long,
        value_name = "文件",
        help = "单位名册（csv 或 xlsx）：代码、全称、简称、层级、上级、原名；不写则有几个机关算几个"
    )]
    pub(in crate::cli) units: Option<PathBuf>,
    #[arg(long, value_name = "文件", help = "调整表（csv 或 xlsx）：位置、调整数、理由")]
    pub(in crate::cli) adjust: Option<PathBuf>,
    #[arg(
        long,
        value_name = "代码",
        requires = "units",
        help = "汇总名册里这个单位（代码或全称）的下级；不写则为名册的最上一级"
    )]
    pub(in crate::cli) parent: Option<String>,
    #[arg(long, value_name = "层级", value_parser = one_level(), hide_possible_values = true, requires = "units", help = "只汇总这一层级的单位")]
    pub(in crate::cli) level: Option<Level>,
    #[arg(long, value_name = "机关全称", help = "汇总报告的机关；不写则为名册里的上级单位")]
    pub(in crate::cli) agency: Option<String>,
    #[arg(long, value_name = "年份", value_parser = year, help = "汇总的年度；不写则为各份报告的年度，须只有一个")]
    pub(in crate::cli) year: Option<i64>,
    #[arg(long, help = "只汇总审阅时已通过的（nianbao review 里的决定）；不写则全部汇总")]
    pub(in crate::cli) accepted: bool,
    #[arg(
        short,
        long = "output",
        value_name = "去处",
        help = "要写的汇总报告，按扩展名定格式；旁边另写一份清单（.manifest.json）。不写则只列情况"
    )]
    pub(in crate::cli) out: Option<PathBuf>,
    #[arg(long, value_name = "位置", help = "这一格由哪些单位的数加起来，从大到小；可写多次")]
    pub(in crate::cli) trace: Vec<String>,
    #[arg(
        long,
        value_name = "目录|文件",
        help = "各单位上年的报告，用来核对结转（R03）；与今年的放在一起的不用写"
    )]
    pub(in crate::cli) last_year: Option<PathBuf>,
    #[arg(long, value_name = "报告", help = "与本级自己的报告逐格核对（R01）")]
    pub(in crate::cli) against: Option<PathBuf>,
    #[arg(long, value_name = "文件", help = "写 PDF 用的中文字体文件；不写则用系统里的字体")]
    pub(in crate::cli) font: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) batch: Batch,
    #[arg(long, help = "文件已存在时覆盖它")]
    pub(in crate::cli) force: bool,
    #[arg(long, help = "以 JSON 输出")]
    pub(in crate::cli) json: bool,
}
