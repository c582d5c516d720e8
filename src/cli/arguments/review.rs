//! The arguments of the reviewer's desk.

use std::path::PathBuf;

use clap::Args;

use super::{Batch, year};
use crate::batch::Folder;

#[derive(Debug, Args)]
#[command(
    after_help = "不写 --list 时打开界面：逐份审阅、批注、通过或退回。决定记在本机的数据目录里，与文件的内容绑定：文件改了，决定就作废。\n\
                  列出时的退出状态：0 都审完了，也没有缺报；1 有没审完的或缺报的；2 有文件读不了，或没能做成。"
)]
pub(in crate::cli) struct Review {
    #[arg(value_name = "目录|文件", required = true, help = "报来的报告：目录连同下级目录，也可以写几个")]
    paths: Vec<PathBuf>,
    #[arg(long, value_name = "文件", help = "单位名册（csv 或 xlsx）：写了才能列出缺报的单位")]
    units: Option<PathBuf>,
    #[arg(long, value_name = "年份", value_parser = year, help = "审阅的年度；不写则为报告里最近的一年")]
    year: Option<i64>,
    #[arg(
        long,
        value_name = "目录|文件",
        help = "各单位上年的报告，用来对照；和今年的放在一起、或者在库里的，不用写"
    )]
    last_year: Option<PathBuf>,
    #[arg(long, help = "只列出各份的情况，不打开界面")]
    pub(in crate::cli) list: bool,
    #[command(flatten)]
    batch: Batch,
    #[arg(long, help = "以 JSON 列出，一行一份")]
    pub(in crate::cli) json: bool,
}

impl Review {
    /// What is to be reviewed.
    pub(in crate::cli) fn folder(&self) -> Folder {
        Folder {
            paths: self.paths.clone(),
            units: self.units.clone(),
            year: self.year,
            last_year: self.last_year.clone(),
            jobs: self.batch.jobs,
            is_fresh: self.batch.fresh,
        }
    }
}
