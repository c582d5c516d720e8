//! Bytes as words: of the form, of the prose of reports, and as elements of XML, so that what is made up is well formed.

/// What cells and lines of reports have in them, and what breaks readers.
const TEXTS: [&str; 48] = [
    "云岭县水务局2025年政府信息公开工作年度报告",
    "一、总体情况",
    "二、主动公开政府信息情况",
    "规章",
    "行政规范性文件",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
    "第二十条第（一）项",
    "信息内容",
    "本年制发件数",
    "本年废止件数",
    "现行有效件数",
    "行政许可",
    "本年处理决定数量",
    "本年收费金额（单位：万元）",
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "（三）不予公开",
    "1.属于国家秘密",
    "（七）总计",
    "四、结转下年度继续办理",
    "自然人",
    "法人或其他组织",
    "总计",
    "商业企业",
    "行政复议",
    "结果维持",
    "尚未审结",
    "0",
    "1",
    "12",
    "1,234",
    "12.5",
    "999999999999",
    "/",
    "—",
    "１２件",
    "主动公开信息12条，收到申请3件。",
    " ",
    "\n",
    "\t",
    "&amp;",
    "&#x4e00;",
    "=1+1",
    "\u{202e}",
];

/// Numbers that attributes have.
const NUMBERS: [&str; 16] = [
    "0",
    "1",
    "2",
    "3",
    "9",
    "64",
    "65",
    "256",
    "1000",
    "1001",
    "65535",
    "1048576",
    "4294967296",
    "-1",
    "99999999999999999999",
    "x",
];

/// What figures in prose stand among.
const PROSE: [&str; 44] = [
    "主动公开",
    "信息",
    "收到",
    "申请",
    "依申请公开",
    "规章",
    "行政规范性文件",
    "行政复议",
    "行政诉讼",
    "结果维持",
    "结果纠正",
    "予以公开",
    "不予公开",
    "自然人",
    "其中",
    "分别",
    "共",
    "同比增长",
    "占",
    "%",
    "件",
    "条",
    "万元",
    "元",
    "，",
    "。",
    "；",
    "、",
    "（",
    "）",
    "未",
    "没有",
    "均",
    "上年",
    "2025年",
    "2024年",
    "全县",
    "我局",
    "结转",
    "答复",
    "一",
    "十二",
    "○",
    "%以上",
];

/// Bytes as prose: the first says whether they are words or text as it is.
pub(super) fn sentence(bytes: &[u8]) -> String {
    let Some((0, bytes)) = bytes.split_first().map(|(first, rest)| (first % 2, rest)) else {
        return String::from_utf8_lossy(bytes).into_owned();
    };
    let word = |&byte: &u8| match byte {
        0..0x80 => PROSE[usize::from(byte) % PROSE.len()].to_owned(),
        _ => (byte - 0x80).to_string(),
    };
    bytes.iter().map(word).collect()
}

/// Bytes as XML or HTML, well formed: elements of a vocabulary, texts, ends of elements. A `#` in an element is a number that
/// the next byte chooses; one that ends in `/` has nothing in it.
pub(super) fn elements(vocabulary: &[&str], bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut open: Vec<&str> = Vec::new();
    let mut bytes = bytes.iter().map(|&byte| usize::from(byte));
    while let Some(byte) = bytes.next() {
        match byte {
            0..0x60 => {
                let element = vocabulary[byte % vocabulary.len()];
                let numbered = if element.contains('#') {
                    element.replace('#', NUMBERS[bytes.next().unwrap_or_default() % NUMBERS.len()])
                } else {
                    element.to_owned()
                };
                out += &format!("<{numbered}>");
                if !element.ends_with('/') {
                    open.push(element.split(' ').next().unwrap_or_default());
                }
            }
            0x60..0x80 => out.extend(open.pop().map(|name| format!("</{name}>"))),
            _ => out += TEXTS[byte % TEXTS.len()],
        }
    }
    out.extend(open.iter().rev().map(|name| format!("</{name}>")));
    out
}
