//! Every screen, in terminals that draw ambiguous characters in one column and in two: everything stands where it should,
//! nothing is printed over the edge, and nothing is left over from the screen before.
//!
//! What the terminal shows is looked at, not what was meant. That a screen is what it was is for the snapshots to say.

mod standing;

use std::path::Path;

use nianbao::form::Form;
use nianbao::form::terms::{Level, Section};
use nianbao::report::{Edit, Place, Report, Value};
use nianbao::store::Library;
use nianbao::width::Ambiguous;

use crate::pty::{alt, ctrl};
use crate::screens::sample;
use crate::terminal::{Picture, Terminal, until};
use standing::{
    Check, Complaints, anything, charts, cover, everywhere, findings, grid, library, list, overlay, prose,
    replacing, test_lines, typing, values,
};

const SIZES: [(u16, u16); 3] = [(60, 20), (80, 24), (120, 40)];

/// The terminals, and what the program is told of them: what is so, that nobody knows, and, for one of the sizes, that
/// they are to be asked.
const TOLD: [(Ambiguous, &str); 6] = [
    (Ambiguous::Narrow, "1"),
    (Ambiguous::Wide, "2"),
    (Ambiguous::Narrow, "safe"),
    (Ambiguous::Wide, "safe"),
    (Ambiguous::Narrow, "auto"),
    (Ambiguous::Wide, "auto"),
];

/// Characters on whose width terminals disagree, and what is shown in their place.
const PROSE: &str = "2024年，全县“一网通办”平台……受理①类咨询1234件、②类56件——比上年多×2、±3%，涉及α系统、Ⅲ类目录·专栏→公众号‘云溪’。\n\
    “两公开”工作：新收申请16件，上年结转1件…予以公开“6”件；摄氏37℃，第§3条，共25㎡，④⑤⑥⑦⑧⑨⑩各一处“”“”“”“”‘’‘’。\n\
    从“有没有”到“好不好”——“三公开”“四对照”“五到位”……年内“回头看”两次→整改“清零”。";

/// Keys, the words that then come (or go, after a minus), and what must hold of the screen.
type Step = (&'static str, &'static str, Check);

/// From the empty list of reports to the sample that comes with the program.
const FIRST: [Step; 13] = [
    ("", "这里还没有报告", anything),
    ("F1", "帮助：", overlay),
    ("End", "  |", test_lines),
    ("Esc", "这里还没有报告", anything),
    ("C-n", "机关全称", overlay),
    ("云溪县“网信”办", "网信", overlay),
    ("Down", "左右键选择", overlay),
    ("Esc", "-机关全称", anything),
    ("C-o", "路径", overlay),
    ("{data}/“材料”/ Tab", "第二份", overlay),
    ("Esc", "-路径", anything),
    ("C-e", "已存", cover),
    ("C-l", "读入说明", overlay),
];

/// From a list of three reports through everything in one of them and back.
const TOUR: [Step; 92] = [
    ("", "共 3 份", library),
    ("2024", "-2019", library),
    ("Esc", "2019", library),
    ("2024", "-2019", library),
    ("C-r", "已经有一份了", overlay),
    ("Esc", "-已经有一份了", library),
    ("Esc", "2019", library),
    ("Delete", "回收站", overlay),
    ("Esc", "-回收站", library),
    ("2025", "-2019", library),
    ("Enter", "发布日期", cover),
    ("F2 “甲”", "输入中", cover),
    ("Esc", "-输入中", cover),
    ("Down Down Enter", "国务院部门", list),
    ("县级", "-国务院部门", list),
    ("Esc", "发布日期", cover),
    ("M-1", "一网通办", prose),
    ("C-Home 试点“新”，", "试点", prose),
    ("Right", "已存", prose),
    ("Delete", "未存", prose),
    ("Right", "已存", prose),
    ("C-End ——“完”", "完", prose),
    ("Up", "已存", prose),
    ("M-l", "-第一部分", overlay),
    ("Esc", "第一部分", prose),
    ("M-r", "替换为", replacing),
    ("“”", "处，共", replacing),
    ("Esc", "-替换为", prose),
    ("M-i", "插入表中", list),
    ("Esc", "-插入表中", prose),
    ("C-f", "查找", list),
    ("Esc", "-查找", prose),
    ("F1", "帮助：", overlay),
    ("Esc", "-帮助：", prose),
    ("M-2", "规章", grid),
    ("M-3", "科研", grid),
    ("C-End", "四、结转", grid),
    ("C-g", "转到（", list),
    ("三安全", "-规章", list),
    ("Enter", "-转到（", grid),
    ("4567", "4567", typing),
    ("Esc", "-4567", grid),
    ("F9", "哪一种", list),
    ("Esc", "-哪一种", grid),
    ("987 Right", "987", grid),
    ("C-z", "撤销", grid),
    ("C-t", "自动计算", grid),
    ("C-z", "撤销", cover),
    ("M-3", "科研", grid),
    ("C-Home", "一、本年新收", grid),
    ("S-Down", "科研", grid),
    ("Up", "科研", grid),
    ("C-f", "查找", list),
    ("三安全", "-本年新收", list),
    ("Enter", "-查找", grid),
    ("F1", "帮助：", overlay),
    ("PageDown", "-到下一格", overlay),
    ("End", "  |", test_lines),
    ("Esc", "科研", grid),
    ("F6", "空白格填为 0", overlay),
    ("Esc", "-空白格填为 0", grid),
    ("M-4", "诉讼", grid),
    ("Paste", "粘贴", overlay),
    ("Esc", "-粘贴", grid),
    ("M-5", "五、存在", prose),
    ("M-6", "六、其他需要", prose),
    ("F7", "查找", findings),
    ("C-d", "依据", overlay),
    ("Esc", "-依据", findings),
    ("Down Down Tab", "-一、总体情况", findings),
    ("M-s", "写明理由", overlay),
    ("“合理”——①", "合理", overlay),
    ("Esc", "-写明理由", findings),
    ("M-8", "图表：", charts),
    ("End", "复议诉讼是", anything),
    ("Esc", "-图表：", findings),
    ("C-p", "拼音首字母", list),
    ("tb", "-下一处问题", list),
    ("Esc", "-拼音首字母", findings),
    ("C-e", "另存为文件", overlay),
    ("Down Right", "PDF", overlay),
    ("Down Down Right", "附在报告后面", overlay),
    ("Esc", "-另存为文件", findings),
    ("C-w", "共 3 份", library),
    ("Esc", "2019", library),
    ("2019", "-2025", library),
    ("Enter", "发布日期", cover),
    ("F6", "空白格填为 0", overlay),
    ("Enter", "零报告", cover),
    ("M-2", "规章", grid),
    ("M-3", "科研", grid),
    ("M-4", "诉讼", grid),
];

/// Looking at a file, comparing it with another, and leaving it with changes.
const LOOK: [Step; 15] = [
    ("", "读入说明", overlay),
    ("Esc", "发布日期", cover),
    ("M-3", "科研", grid),
    ("M-o", "路径", overlay),
    ("{data}/“材料”/“上报”.json Enter", "处不同", overlay),
    ("Tab Down Down Tab", "勾选了", overlay),
    ("Enter", "已采用", grid),
    ("C-q", "没有存入报告库", overlay),
    ("Esc", "-没有存入报告库", grid),
    ("C-e", "检查结果", overlay),
    ("M-BS {data}/“材料”/“上报”.json Enter", "覆盖文件", overlay),
    ("Esc", "检查结果", overlay),
    ("Esc", "-检查结果", grid),
    ("C-s", "已存", grid),
    ("5 Right", "已存", grid),
];

/// What is to be seen once there is no place left to keep it.
const LOST: [Step; 5] = [
    ("C-q", "再试一次", overlay),
    ("Esc", "-再试一次", anything),
    ("6 Right", "没有存上", anything),
    ("C-q", "最后的修改没有存上", overlay),
    ("Esc", "-最后的修改没有存上", anything),
];

/// A report of a fictional office, with such characters wherever one may be.
fn report(year: i64) -> Report {
    let mut report = sample();
    let text = |text: &str| Some(Value::Text(text.to_owned()));
    let place = |spelling: &str| Place::parse(spelling).unwrap();
    let identity = Report::identity("云溪县“智慧城市”运行局", Some(Level::CountyDepartment), year);
    for edit in [
        identity,
        Edit::set(Section::Overview, text(PROSE)),
        Edit::set(place("requests/granted_in_part/research"), text("—")),
        Edit::set(place("requests/granted/natural_person"), Some(Value::count(1234))),
        Edit::set(place("requests/repeated/business"), None),
    ] {
        report.apply(edit);
    }
    report
}

/// What is typed by words as in the tests of keys; `{data}` is the data directory.
fn keys(words: &str, data: &Path) -> String {
    let one = |word: &str| match word.split_once('-') {
        Some(("C", "Home")) => "\x1b[1;5H".to_owned(),
        Some(("C", "End")) => "\x1b[1;5F".to_owned(),
        Some(("S", "Down")) => "\x1b[1;2B".to_owned(),
        Some(("S", "Right")) => "\x1b[1;2C".to_owned(),
        Some(("C", letter)) => ctrl(letter.parse().unwrap()),
        Some(("M", "BS")) => "\x1b\x7f".to_owned(),
        Some(("M", letter)) => alt(letter.parse().unwrap()),
        _ => match word {
            "Enter" => "\r",
            "Tab" => "\t",
            "Esc" => "\x1b",
            "Up" => "\x1b[A",
            "Down" => "\x1b[B",
            "Right" => "\x1b[C",
            "Left" => "\x1b[D",
            "End" => "\x1b[F",
            "Delete" => "\x1b[3~",
            "PageDown" => "\x1b[6~",
            "F1" => "\x1bOP",
            "F2" => "\x1bOQ",
            "F6" => "\x1b[17~",
            "F7" => "\x1b[18~",
            "F9" => "\x1b[20~",
            "Paste" => "\x1b[200~4\t1\t“0”\t0\t5\x1b[201~",
            text => return text.replace("{data}", data.to_str().unwrap()),
        }
        .to_owned(),
    };
    words.split_whitespace().map(one).collect()
}

/// A walk through screens: what was seen, and what is to be said against it, each by its step.
#[derive(Default)]
struct Walk {
    seen: Vec<(String, Check, Picture)>,
    complaints: Complaints,
}

impl Walk {
    /// Goes through steps in the terminal of a running program.
    fn go(&mut self, terminal: &mut Terminal, steps: &[Step], data: &Path) {
        for (nth, &(words, marker, check)) in steps.iter().enumerate() {
            let name = format!("step {nth}, {words} ({marker})");
            terminal.press(&keys(words, data));
            let is_there = terminal.wait_until(|terminal| match marker.strip_prefix('-') {
                Some(gone) => !terminal.text().contains(gone),
                None => terminal.text().contains(marker),
            });
            assert!(is_there, "{name}: not on\n{}", terminal.text());
            let before = terminal.drawn_anew().unwrap_or_else(|| panic!("{name}: not drawn anew"));
            let after = terminal.picture();
            let mut complaints = terminal.take_faults();
            complaints.extend(before.differs(&after).map(|row| format!("not as drawn anew, {row}")));
            everywhere(&before, &mut complaints);
            check(&before, &mut complaints);
            if !complaints.is_empty() {
                complaints.push(format!("on\n{}", terminal.text()));
            }
            self.complaints.extend(complaints.iter().map(|complaint| format!("{name}: {complaint}")));
            self.seen.push((name, check, before));
        }
    }
}

/// Walks through every screen of a program that is told this of a terminal of this kind.
fn walk(kind: Ambiguous, told: &str, size: (u16, u16)) -> Walk {
    let mut walk = Walk::default();
    let start = |data: &Path, file: &[&str], first: &Step| {
        let mut terminal = Terminal::start_as(kind, data, &[&["--ambiguous", told], file].concat(), size);
        terminal.wait_for(first.1);
        // What the terminal has answered is remembered; a screen without such characters does not show it.
        let is_known = || told != "auto" || data.join("memory.json").exists();
        assert!(until(is_known), "the terminal is not asked");
        terminal
    };
    for (data, steps) in [(empty_shelf(), &FIRST[..]), (shelf(), &TOUR)] {
        walk.go(&mut start(data.path(), &[], &steps[0]), steps, data.path());
    }
    let data = empty_shelf();
    let files = data.path().join("“材料”");
    let (ours, theirs) = (files.join("“审阅”.json"), files.join("“上报”.json"));
    std::fs::write(&ours, report(2025).to_json()).unwrap();
    std::fs::write(&theirs, sample().to_json()).unwrap();
    let mut terminal = start(data.path(), &[ours.to_str().unwrap()], &LOOK[0]);
    walk.go(&mut terminal, &LOOK, data.path());
    let reports = data.path().join("reports");
    std::fs::remove_dir_all(&reports).unwrap();
    std::fs::write(&reports, "").unwrap();
    walk.go(&mut terminal, &LOST, data.path());
    walk
}

/// A data directory without reports, and with files beside.
fn empty_shelf() -> tempfile::TempDir {
    let data = tempfile::tempdir().unwrap();
    let files = data.path().join("“材料”");
    std::fs::create_dir(&files).unwrap();
    for name in ["“第一份”.txt", "“第二份”.txt"] {
        std::fs::write(files.join(name), "").unwrap();
    }
    data
}

/// A data directory with three reports.
fn shelf() -> tempfile::TempDir {
    let data = tempfile::tempdir().unwrap();
    let library = Library::open(data.path()).unwrap();
    let mut old = Report::new(Form::from_key("2019").unwrap());
    old.apply(Report::identity("云溪县“智慧城市”运行局", None, 2019));
    for report in [old, report(2024), report(2025)] {
        library.create(&report).unwrap();
    }
    data
}

#[test]
fn every_screen_stands_where_it_should_on_terminals_of_both_kinds() {
    let complaints: Vec<String> = std::thread::scope(|scope| {
        let walks = SIZES.map(|size| {
            scope.spawn(move || {
                let told = if size == (80, 24) { &TOLD[..] } else { &TOLD[..4] };
                let walks: Vec<Walk> = told.iter().map(|(kind, told)| walk(*kind, told, size)).collect();
                let complaints = told.iter().zip(&walks).flat_map(|((kind, told), walk)| {
                    walk.complaints.iter().map(move |one| format!("{kind:?}, told {told}, {size:?}: {one}"))
                });
                complaints.chain(unlike(&walks)).collect::<Vec<String>>()
            })
        });
        walks.into_iter().flat_map(|walk| walk.join().unwrap()).collect()
    });
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// Tables, lists and charts in which rows do not begin, or values not end, in the same columns on all of these terminals.
fn unlike(walks: &[Walk]) -> Vec<String> {
    let [first, others @ ..] = walks else { return Vec::new() };
    let is_set_in_columns = |check: Check| {
        [grid as Check, library, charts].into_iter().any(|kind| std::ptr::fn_addr_eq(kind, check))
    };
    // Below them stands what is worded, and wrapped.
    let columns = |picture: &Picture| -> Vec<Vec<usize>> {
        let starts = |y| picture.words(y).into_iter().take(1).map(|(columns, _)| columns.start);
        let ends = |y| values(picture, y).into_iter().map(|(end, _)| end);
        (0..picture.rows.len() - 8).map(|y| starts(y).chain(ends(y)).collect()).collect()
    };
    let pairs = others.iter().flat_map(|other| first.seen.iter().zip(&other.seen));
    let set = pairs.filter(|((_, check, _), _)| is_set_in_columns(*check));
    let unlike = set.filter(|((.., one), (.., other))| columns(one) != columns(other));
    unlike.map(|((name, ..), _)| format!("{name}: stands elsewhere on another terminal")).collect()
}

#[test]
fn a_wrong_width_is_noticed() {
    // Only words that come: on such a terminal those that should go may stay.
    let steps: [Step; 9] = [
        ("", "共 3 份", library),
        ("Enter", "发布日期", cover),
        ("M-3", "科研", grid),
        ("C-End", "四、结转", grid),
        ("F7", "查找", findings),
        ("M-1", "好不好", prose),
        ("M-3", "科研", grid),
        ("F1", "帮助：", overlay),
        ("End", "  |", test_lines),
    ];
    let both = ["not as drawn anew", "under heads that", "the test lines end", "not at 79"];
    let over = ["printed over the edge", "scrolls", "no margin", "not in its columns"];
    for (kind, told, faults) in
        [(Ambiguous::Wide, "1", [both, over].concat()), (Ambiguous::Narrow, "2", both.to_vec())]
    {
        let data = shelf();
        let mut terminal = Terminal::start_as(kind, data.path(), &["--ambiguous", told], (80, 24));
        let mut walk = Walk::default();
        walk.go(&mut terminal, &steps, data.path());
        let all = walk.complaints.join("\n");
        for fault in faults {
            assert!(all.contains(fault), "{kind:?}, told {told}: {fault:?} is not noticed in\n{all}");
        }
    }
}
