//! How a report on the desk stands.

/// How a report stands, what is to be done first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum State {
    /// It was returned, and here is another one in its place. 改后重报
    Revised,
    /// It was decided on, and then it or last year's report changed. 审后有变
    Lapsed,
    /// Nothing was decided yet. 未审
    New,
    /// It cannot be read. 读不了
    Unreadable,
    /// The unit has sent nothing. 缺报
    Missing,
    /// It was returned. 已退回
    Returned,
    /// It is accepted. 已通过
    Accepted,
    /// It is of another year, to be looked at beside those of this one. 其他年度
    OtherYear,
}

impl State {
    /// All of them, what is to be done first.
    pub const ALL: [Self; 8] = [
        Self::Revised,
        Self::Lapsed,
        Self::New,
        Self::Unreadable,
        Self::Missing,
        Self::Returned,
        Self::Accepted,
        Self::OtherYear,
    ];

    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Revised => "改后重报",
            Self::Lapsed => "审后有变",
            Self::New => "未审",
            Self::Unreadable => "读不了",
            Self::Missing => "缺报",
            Self::Returned => "已退回",
            Self::Accepted => "已通过",
            Self::OtherYear => "其他年度",
        }
    }

    /// Its name for other programs.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Revised => "revised",
            Self::Lapsed => "lapsed",
            Self::New => "new",
            Self::Unreadable => "unreadable",
            Self::Missing => "missing",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
            Self::OtherYear => "other_year",
        }
    }

    /// Whether somebody has to look at the file and decide.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Revised | Self::Lapsed | Self::New | Self::Unreadable)
    }
}
