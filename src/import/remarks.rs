//! What whoever reads a report should know of the Word or OpenDocument file that it came in, and of a page.
//!
//! What else is to be said of a format is said by its importer.

/// What was found in a file that is no text of it.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Remarks {
    /// Changes that nobody has accepted yet.
    pub has_changes: bool,
    /// Text that is not shown.
    pub has_hidden: bool,
    /// Text that is crossed out.
    pub has_struck: bool,
    /// Notes at the foot of pages or at the end.
    pub has_notes: bool,
    /// Another file within the file.
    pub has_file: bool,
    /// How many pictures and embedded objects there are.
    pub pictures: usize,
    /// Bytes that are no text.
    pub is_damaged: bool,
}

/// What is said of text that is crossed out.
pub(super) const STRUCK: &str = "文中有划掉的文字，没有读入，请对照原文件核对。";

/// The sentences that say so.
pub(super) fn sentences(remarks: &Remarks) -> Vec<String> {
    let pictures = format!(
        "文件里有 {} 张图片或嵌入的对象，里面的表格和文字读不出来；是统计表的，请对照原文件填写。",
        remarks.pictures
    );
    let said: [(bool, &str); 7] = [
        (
            remarks.has_changes,
            "文件里有还没有接受的修订：读入的是修订以后的内容，插入的已读入，删除的没有读入，请核对。",
        ),
        (remarks.pictures > 0, &pictures),
        (remarks.has_hidden, "文件里有隐藏的文字，没有读入。"),
        (remarks.has_struck, STRUCK),
        (remarks.has_notes, "文件里有脚注或尾注，没有读入；要保留的请写进正文。"),
        (remarks.has_file, "文件里嵌有另一份文件，没有读入；请用 WPS 或 Word 打开，另存一份再读。"),
        (remarks.is_damaged, "文件里有不能识别的字节，读出来的文字可能有缺失，请核对。"),
    ];
    said.into_iter().filter(|(is_so, _)| *is_so).map(|(_, sentence)| sentence.to_owned()).collect()
}
