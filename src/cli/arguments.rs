//! The arguments of the command line, as data, with their help in Chinese.
//!
//! What a command does is not here, nor how a misuse is explained (see [`usage`](super::usage)).

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::check::Severity;
use crate::export::Kind;
use crate::form::terms::Level;
use crate::width::Ambiguous;

/// What was asked for on the command line.
#[derive(Debug, Parser)]
#[command(
    name = "nianbao",
    version,
    about = "填报、检查、报送政府信息公开工作年度报告",
    override_usage = "nianbao [选项] [文件]\n      nianbao [选项] <命令> …",
    after_help = "不写命令时打开界面：nianbao 打开报告库，nianbao 文件 打开一个文件来审阅（不入库）。\n\
                  退出状态：0 没有问题；1 有错误（或达到 --deny 的级别）；2 没能做成。",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_help_heading = "命令"
)]
pub(super) struct Arguments {
    #[arg(value_name = "文件", help = "要在界面里审阅的文件；不写则打开报告库")]
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
    #[arg(long, value_name = "宽度", value_parser = ambiguous,
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
    #[command(about = "检查报告")]
    Check(Check),
    #[command(about = "比较两份报告：改前改后，或者两个年度")]
    Compare(Compare),
    #[command(about = "读一个文件，另存为别的格式")]
    Convert(Convert),
    #[command(about = "汇总各单位的报告，列出缺报、重报和认不准的")]
    Rollup(Rollup),
    #[command(about = "列出检查规则，或解释其中一条")]
    Rules(Rules),
    #[command(about = "把文件导入库里，打印编号")]
    Import(Import),
    #[command(about = "把一份报告导出成文件")]
    Export(Export),
    #[command(about = "显示现在用的按键，写成配置文件的样子")]
    Keys(Keys),
    #[command(about = "显示数据目录在哪里")]
    Path(Path),
}

#[derive(Debug, Args)]
pub(super) struct New {
    #[arg(long, value_name = "机关全称", required_unless_present = "from", help = "机关全称")]
    pub(super) agency: Option<String>,
    #[arg(long, value_name = "层级", value_parser = level, help = level_help())]
    pub(super) level: Option<Level>,
    #[arg(long, value_name = "年份", value_parser = year, required_unless_present = "from", help = "报告年度，如 2025")]
    pub(super) year: Option<i64>,
    #[arg(long, value_name = "名称", help = "简称，如 云溪镇")]
    pub(super) short_name: Option<String>,
    #[arg(long, value_name = "报告", help = "沿用上年报告：机关、层级照抄，结转数带入，其余不抄")]
    pub(super) from: Option<PathBuf>,
    #[arg(long, help = "以 JSON 输出")]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct List {
    #[arg(long, help = "以 JSON 输出，一行一份")]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Show {
    #[arg(value_name = "报告", help = REPORT)]
    pub(super) report: PathBuf,
    #[arg(long, help = "以 JSON 输出（与保存的格式相同）")]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Set {
    #[arg(value_name = "报告", help = REPORT)]
    pub(super) report: PathBuf,
    #[arg(
        value_name = "位置=值",
        required = true,
        help = "如 requests/received/total=12；值留空即清空；可以写多个，算一次修改"
    )]
    pub(super) values: Vec<String>,
    #[arg(long, help = "以 JSON 输出改动")]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    #[arg(
        value_name = "文件|目录|编号",
        required = true,
        help = "要检查的文件、目录或库里的编号；- 为标准输入"
    )]
    pub(super) reports: Vec<PathBuf>,
    #[arg(
        long,
        value_name = "格式",
        default_value = "human",
        hide_default_value = true,
        hide_possible_values = true,
        help = "输出格式：human（给人看，默认）、json（一行一份）或 sarif（SARIF 2.1.0）"
    )]
    pub(super) format: Format,
    #[arg(long, help = "同 --format json")]
    pub(super) json: bool,
    #[arg(long, value_name = "级别", default_value = "error", hide_default_value = true, value_parser = severity,
          help = "达到这一级别的问题使退出状态为 1：error（默认）、warning、info")]
    pub(super) deny: Severity,
    #[arg(
        long,
        value_name = "文件|目录|auto",
        help = "上年报告：一个文件，一个目录（按机关全称配对），或 auto（在库里找）；库里的报告不写也在库里找"
    )]
    pub(super) last_year: Option<PathBuf>,
    #[arg(long, help = "各份报告互相比对，找出照抄的（G01）；不写则各查各的")]
    pub(super) across: bool,
    #[arg(
        long,
        value_name = "规则",
        value_delimiter = ',',
        help = "只查这些规则：编号、名称或一类的字母，如 P,A08；可写多次"
    )]
    pub(super) rule: Vec<String>,
    #[arg(long, value_name = "规则", value_delimiter = ',', help = "不查这些规则，写法同上")]
    pub(super) no_rule: Vec<String>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "年度相同的，作为同一份报告的两稿：哪些格、哪些句子改了，检查出的问题哪些改好了、新出现了、仍然有。\n\
                  年度不同的，列出数字的增减和比率，文字逐句对照。没有变的不列。\n\
                  退出状态：0 没有不同；1 有不同；2 没能做成。"
)]
pub(super) struct Compare {
    #[arg(value_name = "前一份", help = REPORT)]
    pub(super) old: PathBuf,
    #[arg(value_name = "后一份", help = "同上；两份里只能有一份是 -")]
    pub(super) new: PathBuf,
    #[arg(
        long,
        value_name = "文件|目录|auto",
        help = "两稿检查时对照的上年报告，写法同 nianbao check；有一份在库里的，不写也在库里找"
    )]
    pub(super) last_year: Option<PathBuf>,
    #[arg(long, help = "以 JSON 输出，一行")]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Convert {
    #[arg(value_name = "来源", help = "要读的文件；- 为标准输入")]
    pub(super) from: PathBuf,
    #[arg(
        value_name = "去处",
        required_unless_present = "explain",
        help = "要写的文件，按扩展名定格式；- 为标准输出（默认 json）"
    )]
    pub(super) out: Option<PathBuf>,
    #[arg(long, help = "列出每一格、每一部分读自文件里的哪里；去处为 - 时列在标准错误")]
    pub(super) explain: bool,
    #[command(flatten)]
    pub(super) target: Target,
}

#[derive(Debug, Args)]
pub(super) struct Export {
    #[arg(value_name = "报告", help = REPORT)]
    pub(super) report: PathBuf,
    #[arg(
        short,
        long = "output",
        value_name = "去处",
        default_value = "-",
        hide_default_value = true,
        help = "要写的文件，按扩展名定格式；- 为标准输出（默认）"
    )]
    pub(super) out: PathBuf,
    #[command(flatten)]
    pub(super) target: Target,
}

/// What to write and whether to overwrite.
#[derive(Clone, Debug, Args)]
pub(super) struct Target {
    #[arg(long, value_name = "格式", value_parser = kind, help = kinds_help())]
    pub(super) to: Option<Kind>,
    #[arg(long, value_name = "文件", help = "写 PDF 用的中文字体文件；不写则用系统里的字体")]
    pub(super) font: Option<PathBuf>,
    #[arg(long, help = "不写第一部分前面的引言")]
    pub(super) no_lead: bool,
    #[arg(long, help = "把检查的结果附在报告后面（json 除外）")]
    pub(super) findings: bool,
    #[arg(long, help = "文件已存在时覆盖它")]
    pub(super) force: bool,
    #[arg(long, help = "以 JSON 输出结果和读取时的提示；去处为 - 时同 --to json")]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Rollup {
    #[arg(
        value_name = "文件|目录|编号",
        required = true,
        help = "各单位的报告：目录（连同下级目录）、文件或库里的编号"
    )]
    pub(super) reports: Vec<PathBuf>,
    #[arg(
        long,
        value_name = "文件",
        help = "单位名册（csv 或 xlsx）：代码、全称、简称、层级、上级、原名；不写则有几个机关算几个"
    )]
    pub(super) units: Option<PathBuf>,
    #[arg(long, value_name = "文件", help = "调整表（csv 或 xlsx）：位置、调整数、理由")]
    pub(super) adjust: Option<PathBuf>,
    #[arg(
        long,
        value_name = "代码",
        requires = "units",
        help = "汇总名册里这个单位（代码或全称）的下级；不写则为名册的最上一级"
    )]
    pub(super) parent: Option<String>,
    #[arg(long, value_name = "层级", value_parser = level, requires = "units", help = "只汇总这一层级的单位")]
    pub(super) level: Option<Level>,
    #[arg(long, value_name = "机关全称", help = "汇总报告的机关；不写则为名册里的上级单位")]
    pub(super) agency: Option<String>,
    #[arg(long, value_name = "年份", value_parser = year, help = "汇总的年度；不写则为各份报告的年度，须只有一个")]
    pub(super) year: Option<i64>,
    #[arg(
        short,
        long = "output",
        value_name = "去处",
        help = "要写的汇总报告，按扩展名定格式；旁边另写一份清单（.manifest.json）。不写则只列情况"
    )]
    pub(super) out: Option<PathBuf>,
    #[arg(long, value_name = "位置", help = "这一格由哪些单位的数加起来，从大到小；可写多次")]
    pub(super) trace: Vec<String>,
    #[arg(
        long,
        value_name = "目录|文件",
        help = "各单位上年的报告，用来核对结转（R03）；与今年的放在一起的不用写"
    )]
    pub(super) last_year: Option<PathBuf>,
    #[arg(long, value_name = "报告", help = "与本级自己的报告逐格核对（R01）")]
    pub(super) against: Option<PathBuf>,
    #[arg(long, value_name = "文件", help = "写 PDF 用的中文字体文件；不写则用系统里的字体")]
    pub(super) font: Option<PathBuf>,
    #[arg(long, help = "文件已存在时覆盖它")]
    pub(super) force: bool,
    #[arg(long, help = "以 JSON 输出")]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Rules {
    #[arg(value_name = "规则", help = "规则的编号或名称，如 A08 或 suspected-slip；不写则列出全部")]
    pub(super) rule: Option<String>,
    #[arg(long, conflicts_with = "rule", help = "显示可以按各地做法调整的设置：现在是什么，为什么")]
    pub(super) profile: bool,
    #[arg(long, help = "以 JSON 输出，一行一条")]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Import {
    #[arg(value_name = "文件", required = true, help = "要导入的文件；- 为标准输入")]
    pub(super) files: Vec<PathBuf>,
    #[arg(long, help = "以 JSON 输出，一行一份")]
    pub(super) json: bool,
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

/// How wide the interface takes ambiguous characters to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Width {
    /// As the terminal answers.
    Asked,
    Said(Ambiguous),
}

/// How a check is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum Format {
    Human,
    Json,
    Sarif,
}

const REPORT: &str = "文件、库里的编号（见 nianbao list），或 -（标准输入）";

fn level_help() -> String {
    let levels = Level::ALL.iter().map(|level| format!("{} {}", level.key(), level.label()));
    format!("层级：{}", levels.collect::<Vec<_>>().join("、"))
}

/// Reads a level by its key or its Chinese name.
pub(super) fn level(text: &str) -> Result<Level, String> {
    let known = |level: &&Level| level.key() == text || level.label() == text;
    Level::ALL.iter().find(known).copied().ok_or_else(level_help)
}

/// Reads a year.
pub(super) fn year(text: &str) -> Result<i64, String> {
    let year = text.parse().ok().filter(|year| (1900..3000).contains(year));
    year.ok_or_else(|| "请写四位的年份，如 2025".to_owned())
}

fn ambiguous(text: &str) -> Result<Width, String> {
    match text {
        "auto" => Ok(Width::Asked),
        "1" => Ok(Width::Said(Ambiguous::Narrow)),
        "2" => Ok(Width::Said(Ambiguous::Wide)),
        "safe" => Ok(Width::Said(Ambiguous::Safe)),
        _ => Err("只能是 auto、1、2 或 safe".to_owned()),
    }
}

fn kinds_help() -> String {
    let kinds = Kind::ALL.iter().map(|kind| format!("{}（{}）", kind.extension(), kind.label()));
    format!("格式，不写则按文件名的结尾：{}", kinds.collect::<Vec<_>>().join("、"))
}

fn kind(text: &str) -> Result<Kind, String> {
    Kind::from_extension(text).ok_or_else(kinds_help)
}

fn severity(text: &str) -> Result<Severity, String> {
    let known = |severity: &Severity| severity.key() == text;
    Severity::ALL.into_iter().find(known).ok_or_else(|| "只能是 error、warning 或 info".to_owned())
}
