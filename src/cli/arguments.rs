//! The arguments of the command line, as data, with their help in Chinese.
//!
//! Those of the commands stand in the files below. What a command does is not here, nor how a misuse is explained (see
//! [`usage`](super::usage)).

mod check;
mod files;
mod generated;
mod letters;
mod library;
mod review;
mod rollup;
mod trends;

use std::num::NonZero;
use std::path::PathBuf;

pub(super) use check::{Check, Compare, Format, Rules};
use clap::builder::{PossibleValue, TypedValueParser};
use clap::{ArgAction, Args, Parser, Subcommand};
pub(super) use files::{Convert, Export, Target, To};
pub(super) use generated::{Completions, Man, Schema, Shape, Shell};
pub(super) use letters::Letters;
pub(super) use library::{Delete, Doctor, Import, List, Log, New, Restore, Set, Show};
pub(super) use review::Review;
pub(super) use rollup::Rollup;
pub(super) use trends::Trends;

use crate::form::Form;
use crate::form::terms::Level;
use crate::language::Language;
use crate::width::Ambiguous;

/// How the program is called.
pub(super) const USAGE: &str = "nianbao [选项] [文件]\n      nianbao [选项] <命令> …";

/// What was asked for on the command line.
#[derive(Debug, Parser)]
#[command(
    name = "nianbao",
    version,
    about = "填报、检查、报送政府信息公开工作年度报告",
    after_help = "不写命令时打开界面：nianbao 打开报告库，nianbao 文件 打开一个文件来审阅（不入库），nianbao 编号 打开库里的一份。\n\
                  退出状态：0 没有问题；1 有错误（或达到 --deny 的级别）；2 没能做成。",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
pub(super) struct Arguments {
    #[arg(value_name = "文件", help = "要在界面里审阅的文件，或者库里的编号；不写则打开报告库")]
    pub(super) file: Option<PathBuf>,
    #[arg(
        long,
        global = true,
        value_name = "目录",
        help = "数据目录（也可用环境变量 NIANBAO_DATA_DIR 指定）"
    )]
    pub(super) data_dir: Option<PathBuf>,
    #[arg(long, global = true, value_name = "文件", help = "配置文件（也可用环境变量 NIANBAO_CONFIG 指定）")]
    pub(super) config: Option<PathBuf>,
    #[arg(
        long,
        global = true,
        value_name = "语言",
        value_parser = one_language(),
        hide_possible_values = true,
        help = "界面和提示的语言：zh 中文（默认），en 英文（也可用环境变量 NIANBAO_LANG 或配置文件指定）"
    )]
    /// Checked here, for the help and the completions; it is followed before, by [`cli::language`](super::language).
    lang: Option<Language>,
    #[arg(long, value_name = "宽度", value_parser = one_width(), hide_possible_values = true,
          help = "界面里“”、…、— 等字符占几列：auto（问终端，默认）、1、2、safe（换成宽度确定的字符）")]
    pub(super) ambiguous: Option<Width>,
    #[arg(
        long,
        overrides_with = "no_mouse",
        help = "界面里用鼠标：点一下到那里，点两下修改或打开，滚轮翻看"
    )]
    pub(super) mouse: bool,
    #[arg(
        long,
        overrides_with = "mouse",
        help = "界面里不用鼠标（默认）；配置文件里写了 mouse = true 时有用"
    )]
    pub(super) no_mouse: bool,
    #[arg(short, long, global = true, action = ArgAction::Help, help = "显示帮助")]
    help: Option<bool>,
    #[arg(short = 'V', long, action = ArgAction::Version, help = "显示版本")]
    version: Option<bool>,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// A command with its arguments.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    #[command(about = "新建一份报告，打印它的编号")]
    New(New),
    #[command(about = "列出库里的报告")]
    List(List),
    #[command(about = "显示一份报告")]
    Show(Show),
    #[command(about = "改报告里的内容：位置=值")]
    Set(Set),
    #[command(about = "列出一份报告的每一版：改了什么、在哪里")]
    Log(Log),
    #[command(about = "找回报告以前的一版，或者回收站里的报告")]
    Restore(Restore),
    #[command(about = "把报告移到回收站")]
    Delete(Delete),
    #[command(about = "检查报告")]
    Check(Check),
    #[command(about = "审阅一个目录里报来的报告：逐份批注、通过或退回")]
    Review(Review),
    #[command(about = "比较两份报告：改前改后，或者两个年度")]
    Compare(Compare),
    #[command(about = "读一个文件，另存为别的格式")]
    Convert(Convert),
    #[command(about = "给报送单位写审核意见")]
    Letters(Letters),
    #[command(about = "汇总各单位的报告，列出缺报、重报和认不准的")]
    Rollup(Rollup),
    #[command(about = "各年的趋势、各单位的办理结果和相差很远的数")]
    Trends(Trends),
    #[command(about = "列出检查规则，或解释其中一条")]
    Rules(Rules),
    #[command(about = "把文件导入库里，打印编号")]
    Import(Import),
    #[command(about = "把一份报告导出成文件，或把许多份导出成一张长表")]
    Export(Export),
    #[command(about = "显示现在用的按键，写成配置文件的样子")]
    Keys(Keys),
    #[command(
        about = "检查数据目录：哪些完好，哪些损坏，怎么办",
        after_help = "只看，不改；能修的，打开那份报告时会修好。\n\
                      退出状态：0 完好，每个文件都核对过了；1 有要看一看的；2 有读不出来的。"
    )]
    Doctor(Doctor),
    #[command(about = "显示数据目录在哪里")]
    Path(Path),
    #[command(about = "打印 JSON Schema：保存的报告，或 check --json 的一行")]
    Schema(Schema),
    #[command(about = "打印命令行的补全脚本")]
    Completions(Completions),
    #[command(about = "写出手册页，供 man 命令看")]
    Man(Man),
}

impl Command {
    /// Whether it needs a configuration that can be followed: all but what is asked while one is being mended, and what has
    /// nothing to do with it.
    pub(super) const fn needs_configuration(&self) -> bool {
        match self {
            Self::Rules(rules) => rules.profile,
            Self::Doctor(_) | Self::Path(_) | Self::Schema(_) | Self::Completions(_) | Self::Man(_) => false,
            _ => true,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Keys {
    #[arg(long, help = "以 JSON 输出，一行一个命令")]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Path {
    #[arg(long, help = "以 JSON 输出")]
    pub(super) json: bool,
}

/// How many reports are read.
#[derive(Clone, Default, Debug, Args)]
pub(super) struct Batch {
    #[arg(long, value_name = "几份", help = "同时读几份；不写则按处理器的个数")]
    pub(super) jobs: Option<NonZero<usize>>,
    #[arg(long, help = "全部重新读、重新检查；不写则没有变的文件用上一次的结果")]
    pub(super) fresh: bool,
}

/// How wide the interface takes ambiguous characters to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Width {
    /// As the terminal answers.
    Asked,
    Said(Ambiguous),
}

/// One of some values: reads it by its name, and lists the names for the completions of shells.
#[derive(Clone)]
struct OneOf<T> {
    names: Vec<&'static str>,
    read: fn(&str) -> Result<T, String>,
}

impl<T: Clone + Send + Sync + 'static> TypedValueParser for OneOf<T> {
    type Value = T;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<T, clap::Error> {
        TypedValueParser::parse_ref(&self.read, command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.names.iter().map(PossibleValue::new)))
    }
}

const REPORT: &str = "文件、库里的编号（见 nianbao list），或 -（标准输入）";

fn level_help() -> String {
    let levels = Level::ALL.iter().map(|level| format!("{} {}", level.key(), level.label()));
    format!("层级：{}", levels.collect::<Vec<_>>().join("、"))
}

/// Takes a level by its key or its Chinese name.
fn one_level() -> OneOf<Level> {
    OneOf { names: Level::ALL.iter().map(|level| level.key()).collect(), read: level }
}

/// Reads a level by its key or its Chinese name.
pub(super) fn level(text: &str) -> Result<Level, String> {
    let known = |level: &&Level| level.key() == text || level.label() == text;
    Level::ALL.iter().find(known).copied().ok_or_else(level_help)
}

/// Reads a year.
pub(super) fn year(text: &str) -> Result<i64, String> {
    let years = Form::years();
    let year = text.parse().ok().filter(|year| years.contains(year));
    year.ok_or_else(|| format!("请写 {} 至 {} 之间的年份，如 2025", years.start, years.end - 1))
}

fn one_language() -> OneOf<Language> {
    let read = |text: &str| Language::of(text).ok_or_else(|| format!("只能是 {}", Language::keys()));
    OneOf { names: Language::ALL.map(Language::key).to_vec(), read }
}

fn one_width() -> OneOf<Width> {
    OneOf { names: vec!["auto", "1", "2", "safe"], read: width }
}

fn width(text: &str) -> Result<Width, String> {
    match text {
        "auto" => Ok(Width::Asked),
        "1" => Ok(Width::Said(Ambiguous::Narrow)),
        "2" => Ok(Width::Said(Ambiguous::Wide)),
        "safe" => Ok(Width::Said(Ambiguous::Safe)),
        _ => Err("只能是 auto、1、2 或 safe".to_owned()),
    }
}
