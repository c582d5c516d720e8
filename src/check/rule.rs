//! What a rule is: one value, self-documenting.

use super::{Facts, Review};

/// How grave a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Worth a look.
    Info,
    /// Explain it or mend it.
    Warning,
    /// The form itself or a statute is broken.
    Error,
}

impl Severity {
    /// Every severity, gravest first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Info];

    /// The key in JSON and on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The severity in the clerk's words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Info => "参考",
            Self::Warning => "提示",
            Self::Error => "错误",
        }
    }
}

/// What a rule rests on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Basis {
    /// What the tables of the form print or imply.
    Form,
    /// 国办公开办函〔2021〕30号, with the place in it.
    Decree(&'static str),
    /// 政府信息公开条例, with the article.
    Regulations(&'static str),
    /// Another statute, with the article.
    Statute(&'static str),
    /// Local notices and evaluators' custom; never worded as if the decree said it.
    Practice,
}

impl Basis {
    /// The basis in words.
    pub fn label(self) -> String {
        match self {
            Self::Form => "统计表本身的勾稽关系和填报格式（国办公开办函〔2021〕30号附件）".to_owned(),
            Self::Decree(clause) => format!("国办公开办函〔2021〕30号，{clause}"),
            Self::Regulations(article) => format!("《中华人民共和国政府信息公开条例》{article}"),
            Self::Statute(article) => article.to_owned(),
            Self::Practice => "各地通行做法（不是国办文件的规定）".to_owned(),
        }
    }
}

/// A patch of a sound report, in the spelling of places, on which a rule is tried.
pub type Example = &'static [(&'static str, &'static str)];

/// A check: what it is, why, and the function that runs it.
#[derive(Debug)]
pub struct Rule {
    /// Its id; never changes its meaning once released.
    pub id: &'static str,
    /// Its name in kebab-case.
    pub name: &'static str,
    /// How grave its findings are; a finding may be graver.
    pub severity: Severity,
    /// What it rests on.
    pub basis: Basis,
    /// What it checks, in one line.
    pub title: &'static str,
    /// What it is about and what to do, for the clerk.
    pub explanation: &'static str,
    /// Patches after which it must find something.
    pub wrong: &'static [Example],
    /// Patches after which it must not.
    pub right: &'static [Example],
    /// Patches after which it must say that it cannot tell.
    pub unknown: &'static [Example],
    /// Runs it.
    pub run: fn(&Facts<'_>, &mut Review),
}

impl PartialEq for Rule {
    /// No two rules have one id.
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

impl Rule {
    /// Whether the configuration may switch it off: it rests on custom, or is only a remark.
    pub fn is_optional(&self) -> bool {
        self.basis == Basis::Practice || self.severity == Severity::Info
    }
}
