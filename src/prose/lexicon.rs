//! The words that reports are written in, and what they mean to a reader of figures.
//!
//! The longest word wins, so a compound that only looks like a term (规章制度, 邮件, 未到期) stands here as [`Word::Plain`].

mod words;

use std::sync::LazyLock;

use words::LEXICON;
pub(super) use words::{
    DISPUTES, HANDLED_OTHERWISE, NOT_AVAILABLE, NOT_PROCESSED, ORGANIZATIONS, OUTCOMES, SUITS,
};

use crate::form::terms::{Column, Row};
use crate::text::Words;

/// What a word means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Word {
    /// Words that may stand between a term and its number.
    Filler,
    /// A word that says nothing here, but must not be taken apart.
    Plain,
    /// A request for information: 政府信息公开申请.
    Request,
    /// 依申请公开: a request, or an attribute of documents.
    OnRequest,
    /// 申请 alone: a request for whatever the word before it says.
    Apply,
    /// 政府信息公开, as what a dispute is about.
    Disclosure,
    /// 收到, 受理; new ones only for 新收.
    Receive {
        /// Whether it says that they came in this year.
        new: bool,
    },
    /// 在办: new and carried in.
    InHand,
    /// 办理: received or concluded.
    Handle,
    /// 办结, 答复.
    Conclude,
    /// 结转, 顺延.
    Carry,
    /// 上年未办结, 年初在办: carried in, by other words.
    CarriedIn,
    /// 年末在办: carried out, by other words.
    CarriedOut,
    /// 上年, 去年.
    LastYear,
    /// 今年, 本年度, 全年.
    ThisYear,
    /// 近三年, 2019年以来: more than one year.
    Span,
    /// 12月下旬, 第一季度: less than the year.
    PartOfYear,
    /// 下年, 次年.
    NextYear,
    /// 下一步, 计划, 力争.
    Plan,
    /// An outcome that stands for a group of rows, or for one general row.
    Outcome(&'static [Row]),
    /// An outcome by its reason: exactly one row.
    Reason(Row),
    /// An outcome in words that no single row answers to.
    Vague,
    /// A class of applicants.
    Applicant(&'static [Column]),
    /// Whoever hands something in: 群众, 公民、法人和其他组织.
    Everybody,
    /// 行政复议, 行政诉讼.
    Dispute(&'static [Row]),
    /// What became of a dispute.
    Verdict(&'static [Column]),
    /// 被申请, 被提起: the organ is the one complained of.
    Accused,
    /// 规章, 规范性文件.
    Text(Row),
    /// What happened to such a text.
    Deed(Column),
    /// 清理: a review of texts, whose parts are not the rows of the table.
    CleanUp,
    /// 行政许可, 行政处罚, 行政强制.
    Decision(Row),
    /// 作出, 实施.
    Decide,
    /// 行政事业性收费.
    Fee,
    /// A thing counted in 件 that is none of the tables'.
    Foreign,
    /// This organ itself.
    Own,
    /// A wider circle than a department or township: 全县.
    Wide,
    /// A government's own office, a narrower circle than the government's report.
    Office,
    /// A people's government: another organ, unless the report is its own.
    Government,
    /// Help given to another organ, or work of another organ.
    Elsewhere,
    /// Said of figures that do not belong here: 不计入本报告.
    Excluded,
    /// 未, 没有, 无.
    No,
    /// 均, 全部.
    All,
    /// 其中, 含.
    Among,
    /// 其余.
    Rest,
    /// 除.
    Except,
    /// 共, 合计.
    Sum,
    /// 分别.
    Respectively,
    /// 增加, 下降: a figure after it is a difference.
    Change,
    /// 上升到, 降至: the figure after it is this year's, the one before it last year's.
    Became,
    /// 日均, 人均: no figure of the year.
    Average,
    /// 其他, before a noun.
    Other,
}

/// What is known of a spelling: the word that it is, and how many characters it has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) word: Word,
    pub(super) length: usize,
}

static WORDS: LazyLock<Words<Known>> = LazyLock::new(|| {
    let spelled = |(spellings, word): &(&'static str, Word)| {
        let word = *word;
        let known =
            move |spelling: &'static str| (spelling, Known { word, length: spelling.chars().count() });
        spellings.split_whitespace().map(known)
    };
    Words::new(LEXICON.iter().flat_map(spelled))
});

/// The words of the lexicon.
pub(super) fn words() -> &'static Words<Known> {
    &WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_stands_once() {
        let mut all: Vec<&str> = LEXICON.iter().flat_map(|(words, _)| words.split_whitespace()).collect();
        all.sort_unstable();
        let twice: Vec<&&str> =
            all.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| &pair[0]).collect();
        assert!(twice.is_empty(), "{twice:?}");
        for word in all {
            assert_eq!(
                words().beginning(word).map(|found| found.0),
                Some(word),
                "the longest is the word itself"
            );
        }
    }

    #[test]
    fn a_compound_is_not_taken_apart() {
        let longest = |text: &str| words().beginning(text);
        assert_eq!(longest("不予公开决定").map(|found| found.0), Some("不予公开"));
        assert_eq!(longest("规章制度").map(|found| found.1.word), Some(Word::Plain));
        assert_eq!(longest("政府信息公开申请17件").map(|found| found.1.word), Some(Word::Request));
    }
}
