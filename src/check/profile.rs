//! The profile: what custom decides, and so may be decided otherwise in the configuration.
//!
//! Everything here is practice or a remark; what the form or a statute decides cannot be switched off.

use std::collections::BTreeSet;

/// What custom decides.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Profile {
    /// Whether section six is to state the 信息处理费 even where there was none (S10).
    pub fee_statement: bool,
    /// The most characters of section one; 0 for no limit (S08).
    pub overview_limit: i64,
    /// The last day on which townships and streets may publish, as month × 100 + day (I06).
    pub township_deadline: i64,
    /// The share of a section, in per cent, that may stand in another report (Y09, G01).
    pub similarity: i64,
    /// The share of the requests received, in per cent, that may be carried out (L04).
    pub carry_over: i64,
    /// The share of the outcomes, in per cent, that 其他 may have (L05).
    pub other_outcomes: i64,
    /// Rules that are not run.
    pub off: BTreeSet<&'static str>,
}

impl Profile {
    /// What holds where nothing is configured.
    pub const DEFAULT: Self = Self {
        fee_statement: true,
        overview_limit: 1000,
        township_deadline: 131,
        similarity: 80,
        carry_over: 17,
        other_outcomes: 30,
        off: BTreeSet::new(),
    };
}

impl Default for Profile {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// What a setting may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// `true` or `false`.
    Switch,
    /// A whole number between two others.
    Number(i64, i64),
    /// A day of the year: `01-31`.
    Day,
}

impl std::fmt::Display for Kind {
    /// What may be written, in the clerk's words.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Switch => f.write_str(" true 或 false"),
            Self::Number(least, most) => write!(f, " {least} 到 {most} 之间的整数"),
            Self::Day => f.write_str("带引号的月-日，如 \"01-31\""),
        }
    }
}

/// The key under which the configuration lists the rules that are not run.
pub const OFF: &str = "off";

/// A setting of the profile: its key in the configuration, and what it is for.
#[derive(Debug)]
pub struct Setting {
    /// The key in the configuration file.
    pub key: &'static str,
    /// What it may be.
    pub kind: Kind,
    /// What it decides, in the clerk's words.
    pub title: &'static str,
    /// Why the default is what it is.
    pub why: &'static str,
    /// Reads it from a profile; switches are 0 or 1.
    pub get: fn(&Profile) -> i64,
    /// Puts it into a profile.
    pub set: fn(&mut Profile, i64),
}

/// Every setting, in the order in which they are shown.
pub const SETTINGS: [Setting; 6] = [
    Setting {
        key: "fee_statement",
        kind: Kind::Switch,
        title: "第六部分要写明信息处理费收取情况（S10）",
        why: "不少地方要求没有收取的也写明“未收取”",
        get: |profile| i64::from(profile.fee_statement),
        set: |profile, value| profile.fee_statement = value != 0,
    },
    Setting {
        key: "overview_limit",
        kind: Kind::Number(0, 100_000),
        title: "第一部分的字数上限，0 为不限（S08）",
        why: "不少地方要求一千字以内",
        get: |profile| profile.overview_limit,
        set: |profile, value| profile.overview_limit = value,
    },
    Setting {
        key: "township_deadline",
        kind: Kind::Day,
        title: "乡镇、街道发布年度报告的期限（I06）",
        why: "条例第四十九条没有写乡镇，通常按部门的期限 1 月 31 日",
        get: |profile| profile.township_deadline,
        set: |profile, value| profile.township_deadline = value,
    },
    Setting {
        key: "similarity",
        kind: Kind::Number(30, 100),
        title: "与上年或别家雷同的比例达到百分之几就提示（Y09、G01）",
        why: "套话之外八成以上的字与别的报告连片相同，多半是照抄",
        get: |profile| profile.similarity,
        set: |profile, value| profile.similarity = value,
    },
    Setting {
        key: "carry_over",
        kind: Kind::Number(1, 100),
        title: "结转下年占新收的比例超过百分之几就提示（L04）",
        why: "办理期限二十个工作日、可延长二十个工作日，年底没有办结的一般不超过六分之一",
        get: |profile| profile.carry_over,
        set: |profile, value| profile.carry_over = value,
    },
    Setting {
        key: "other_outcomes",
        kind: Kind::Number(1, 100),
        title: "“其他处理”中的“其他”占办理结果的比例超过百分之几就提示（L05）",
        why: "撤回、转办之外的结果都有自己的行",
        get: |profile| profile.other_outcomes,
        set: |profile, value| profile.other_outcomes = value,
    },
];

impl Setting {
    /// A value of the setting as it is written in the configuration.
    pub fn written(&self, value: i64) -> String {
        match self.kind {
            Kind::Switch => (value != 0).to_string(),
            Kind::Number(..) => value.to_string(),
            Kind::Day => format!("\"{:02}-{:02}\"", value / 100, value % 100),
        }
    }
}
