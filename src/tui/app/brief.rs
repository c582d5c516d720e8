//! Short names of rows, for lines that must keep the column and the number too.
//!
//! Only what is shown in one line is shortened; exports, lists of places and explanations have the official labels.

use std::sync::LazyLock;

use crate::form::Form;

/// The most characters of a short name.
const LONGEST: usize = 18;

/// The name of a row without its remark in brackets and without what all requests are.
pub fn plain(row_name: &str) -> &str {
    let remark = row_name.strip_suffix('）').and_then(|name| name.rfind('（'));
    let name = remark.map_or(row_name, |at| &row_name[..at]);
    name.strip_suffix("政府信息公开申请数量").unwrap_or(name)
}

/// The name of a row in few words: the plain one, or of a long one its number and first words.
pub fn brief(row_name: &str) -> String {
    let name = plain(row_name);
    match name.char_indices().nth(LONGEST) {
        None => name.to_owned(),
        Some(_) => name.chars().take(LONGEST - 2).chain("..".chars()).collect(),
    }
}

/// A text with the long names of rows in it shortened.
pub fn abridged(text: &str) -> String {
    static LONG: LazyLock<Vec<(&str, String)>> = LazyLock::new(|| {
        let names = Form::all().iter().flat_map(Form::cells).map(|info| info.row_name.as_str());
        let mut long: Vec<(&str, String)> = names.map(|name| (name, brief(name))).collect();
        long.retain(|(name, brief)| name != brief);
        long.sort_unstable();
        long.dedup();
        long
    });
    LONG.iter().fold(text.to_owned(), |text, (name, brief)| text.replace(name, brief))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_still_tell_the_rows_of_a_table_apart() {
        for form in Form::all() {
            let mut names: Vec<&str> = form.cells().iter().map(|info| info.row_name.as_str()).collect();
            names.dedup();
            let mut short: Vec<String> = names.iter().map(|name| brief(name)).collect();
            assert!(short.iter().all(|name| name.chars().count() <= LONGEST));
            short.sort();
            short.dedup();
            assert_eq!(short.len(), names.len());
        }
    }

    #[test]
    fn a_message_is_shortened_where_it_names_rows() {
        let long = "三（二）部分公开（区分处理的，只计这一情形，不计其他情形），商业企业 应为 2";
        assert_eq!(abridged(long), "三（二）部分公开，商业企业 应为 2");
        assert_eq!(brief("一、本年新收政府信息公开申请数量"), "一、本年新收");
        assert_eq!(brief("三（七）总计"), "三（七）总计");
    }
}
