//! The table of keys as the program comes. To change a key, change its line here; to know what keys there are, read this.
//!
//! The hint line, the help and the palette show the lines in this order.

use std::borrow::Cow;

use super::Context::{
    Cell, Cover, Field, Findings, Grid, Library, Merge, NewReport, Note, Path, Picker, Prose, Question,
    Queue, Reader, Reason, Replace,
};
use super::Step::{
    Down, End, Left, LineEnd, LineStart, PageDown, PageUp, PhraseLeft, PhraseRight, Right, Start, Up,
};
use super::key::{Code, Key};
use super::{Binding, Command, Context, Review};

/// Everywhere in an open report.
const REPORT: &[Context] = &[Cover, Field, Grid, Cell, Prose, Findings];
/// In the queue and everywhere in an open report, where it is under review.
const REVIEW: &[Context] = &[Queue, Cover, Field, Grid, Cell, Prose, Findings];
/// Everywhere but in what stands over a screen.
const ROOMS: &[Context] = &[Library, Queue, Cover, Field, Grid, Cell, Prose, Findings];
/// Where there are lines to go up and down, and characters or cells to go left and right.
const MOVING: &[Context] = &[Library, Queue, Cover, Grid, Cell, Prose, Findings, Picker, NewReport, Merge];
/// Where a line of text is typed.
const LINES: &[Context] =
    &[Library, Queue, Field, Findings, Picker, NewReport, Path, Reason, Note, Replace, Cell, Prose];

const ENTER: Key = Key::plain(Code::Enter);
const ESC: Key = Key::plain(Code::Esc);
const TAB: Key = Key::plain(Code::Tab);
const BACKSPACE: Key = Key::plain(Code::Backspace);
const DELETE: Key = Key::plain(Code::Delete);
const UP: Key = Key::plain(Code::Up);
const DOWN: Key = Key::plain(Code::Down);
const LEFT: Key = Key::plain(Code::Left);
const RIGHT: Key = Key::plain(Code::Right);
const HOME: Key = Key::plain(Code::Home);
const END: Key = Key::plain(Code::End);
const PAGE_UP: Key = Key::plain(Code::PageUp);
const PAGE_DOWN: Key = Key::plain(Code::PageDown);

const fn f(number: u8) -> Key {
    Key::plain(Code::F(number))
}

const fn ctrl(char: char) -> Key {
    Key::ctrl(char)
}

/// Writes the lines as `on, keys, hint, help, title;` each; one without a key says what it asks for at its end.
macro_rules! table {
    ($($on:expr, [$($key:expr => $command:expr),*], $hint:literal, $help:literal $(, called $called:literal)? $(, $title:literal)? $(, asks $asked:expr)?;)+) => {
        &[$(Binding {
            command: [$($command,)* $($asked)?][0],
            keys: Cow::Borrowed(&[$(($key, $command)),*]),
            called: concat!($($called)?),
            on: $on,
            hint: $hint,
            help: $help,
            title: concat!($($title)?),
        }),+]
    };
}

/// Every key.
pub static BINDINGS: &[Binding] = table![
    // What a screen is for.
    &[Library, Queue], [ENTER => Command::Enter], "打开", "打开选中的报告";
    &[Grid], [ENTER => Command::Enter], "下一格", "到下一格";
    &[Cell], [ENTER => Command::Enter], "下一格", "确认这一格，到下一格";
    &[Cover], [ENTER => Command::Enter], "修改", "修改这一项；层级和合计方式是选择，引言是打开";
    &[Field], [ENTER => Command::Enter], "确认", "确认这一项";
    &[Prose], [ENTER => Command::Enter], "", "另起一段";
    &[Findings], [ENTER => Command::Enter], "到那处", "到选中的问题所在的地方";
    REVIEW, [Key::alt('y') => Command::Review(Review::Accept)], "通过", "审阅时：这一份通过，接着看下一份；回到这一份再按一次是取消", "通过";
    REVIEW, [Key::alt('t') => Command::Review(Review::Return)], "退回", "审阅时：这一份退回，接着看下一份；回到这一份再按一次是取消", "退回";
    REVIEW, [Key::alt('p') => Command::Review(Review::Note)], "批注", "审阅时：批注光标处的格或选中的词句，写进审核意见；在列表里是批注整份", "批注";
    REVIEW, [Key::alt('j') => Command::Review(Review::NextFiling)], "下一份", "审阅时：到下一份要审的", "下一份";
    REVIEW, [Key::alt('c') => Command::Review(Review::SinceDecided)], "", "审阅时：与上次审的那一稿比较，改了哪里，哪些问题改好了", "与上一稿比较";
    REVIEW, [Key::alt('x') => Command::Review(Review::Letter)], "", "审阅时：写这一份的审核意见（Word 文档）", "审核意见";
    &[Queue], [Key::alt('a') => Command::Review(Review::Letters)], "全部意见", "给每一份已退回的写审核意见（Word 文档）", "全部审核意见";
    &[Queue], [Key::alt('h') => Command::Review(Review::Total)], "汇总", "把各单位的报告逐格加起来：只加已通过的，或者全部", "汇总";
    REPORT, [Key::alt('g') => Command::Review(Review::Shares)], "构成", "在汇总里：光标处的数由哪些单位的数加起来；在封面上是汇总的情况", "构成";
    &[Queue], [TAB => Command::Review(Review::Reorder)], "换顺序", "按该办的先后列，按机关名称列，或者按问题多少列";
    &[Queue], [f(5) => Command::Review(Review::Reread), ctrl('r') => Command::Review(Review::Reread)], "重读", "重新读目录，只有变了的文件再检查一遍", "重新读目录";
    &[Picker], [ENTER => Command::Enter], "选定", "选定";
    &[Question, Path], [ENTER => Command::Enter], "确定", "确定";
    &[Reason], [ENTER => Command::Enter], "确定", "记下理由，这一处不再算问题；清空后确定是取消说明";
    &[Note], [ENTER => Command::Enter], "确定", "记下批注；清空后确定是去掉批注";
    &[Reader], [ENTER => Command::Enter], "", "返回";
    &[NewReport], [ENTER => Command::Enter], "下一项、新建", "到下一项；在最后一项是新建";
    &[Field, Cell], [ESC => Command::Escape], "放弃", "放弃正在输入的内容，原来的不变";
    &[Replace], [ENTER => Command::Enter], "下一处", "到下一处；在“替换为”一栏是替换这一处，到下一处";
    &[Replace], [TAB => Command::Tab, TAB.with_shift() => Command::BackTab, UP => Command::Go(Up), DOWN => Command::Go(Down)],
        "换栏", "在“查找”和“替换为”之间换", called "Tab";
    &[Replace], [Key::alt('a') => Command::ReplaceAll], "全部替换", "全部替换，算一步，可以一次撤销";
    &[Merge], [ENTER => Command::Enter], "采用勾选的", "采用勾选的各处，算一步，可以一次撤销";
    &[Merge], [TAB => Command::Tab], "勾选", "勾选这一处，再按是不勾选";
    &[Merge], [ctrl('a') => Command::SelectAll], "全部勾选", "全部勾选，再按是全部不勾选";
    &[Picker, Reader, Question, NewReport, Path, Reason, Note, Replace, Merge], [ESC => Command::Escape], "返回", "返回，什么也不做";
    &[Library, Queue], [ESC => Command::Escape], "", "清除查找的字";
    &[Findings], [ESC => Command::Escape], "", "清除查找的字；审阅时没有在查找就回到待审报告";
    &[Cover], [ESC => Command::Escape], "", "审阅时：回到待审报告";
    &[Grid], [ESC => Command::Escape], "放弃", "取消选中；审阅时没有选中就回到待审报告";
    &[Prose], [ESC => Command::Escape], "", "取消选中；审阅时没有选中就回到待审报告";
    &[Cover, Field, NewReport], [TAB => Command::Tab, TAB.with_shift() => Command::BackTab], "",
        "到下一项、上一项", called "Tab/Shift+Tab";
    &[Path], [TAB => Command::Tab], "补全", "补全路径；有几种时列出来";
    // The library.
    &[Library], [ctrl('n') => Command::New], "新建", "新建一份报告", "新建报告";
    &[Library], [ctrl('r') => Command::RollOver], "参照上年", "由选中的报告新建下一年度的", "参照上年新建";
    &[Library], [ctrl('o') => Command::Import], "读入文件", "读入已有的报告：Word、WPS、Excel、PDF、网页、文本都可以", "读入文件";
    &[Library], [DELETE => Command::Delete], "删除", "把选中的报告移到回收站", "删除报告";
    &[Library], [ctrl('e') => Command::Sample], "", "打开样例：虚构的云溪镇，里面留了几处错，可以随便改", "打开样例";
    // Findings and gaps.
    REPORT, [f(8) => Command::NextFinding, ctrl('n') => Command::NextFinding], "下一处",
        "到下一处问题", "下一处问题";
    REPORT, [f(8).with_shift() => Command::PreviousFinding, ctrl('b') => Command::PreviousFinding], "",
        "到上一处问题", "上一处问题";
    REPORT, [f(9) => Command::Mend, ctrl('r') => Command::Mend], "采用",
        "采用光标处问题的改法，有几种时先选", "采用改法";
    &[Grid, Cell], [TAB => Command::Tab, TAB.with_shift() => Command::BackTab], "右一格",
        "到右边一格、左边一格", called "Tab";
    REPORT, [f(6) => Command::ZeroReport, ctrl('o') => Command::ZeroReport], "空白填 0",
        "零报告：空白格填为 0，空着的总计按各格之和填", "零报告";
    REPORT, [Key::alt('s') => Command::Waive], "说明",
        "光标处的问题确有理由的，写明理由，不再算问题；数或者文字变了会自动失效", "说明理由";
    &[Findings], [TAB => Command::Regroup], "换分组", "按部分列，或者按轻重列", "换分组";
    REPORT, [f(3) => Command::NextInvolved], "",
        "到这个问题涉及的下一格", "涉及的下一格";
    REPORT, [f(4) => Command::NextBlank, ctrl('k') => Command::NextBlank], "空白格",
        "到下一个空白格", "下一个空白格";
    REPORT, [ctrl('d') => Command::Explain], "", "讲解光标处的问题：依据和怎么改", "讲解问题";
    // History and the clipboard.
    &[Replace], [ctrl('z') => Command::Undo, ctrl('y') => Command::Redo], "撤销", "撤销、重做", called "Ctrl+Z";
    &[Library], [ctrl('z') => Command::Undo], "", "找回刚删除的报告；没有刚删除的，就从回收站里选", "找回";
    REPORT, [ctrl('z') => Command::Undo], "撤销", "撤销上一步，关了再开也能撤销", "撤销";
    REPORT, [ctrl('y') => Command::Redo], "", "重做撤销了的一步", "重做";
    &[Grid, Prose], [ctrl('c') => Command::Copy], "", "复制这一格，或选中的格、文字", "复制";
    &[Grid, Prose], [ctrl('x') => Command::Cut], "", "剪切选中的内容", "剪切";
    REPORT, [ctrl('v') => Command::Paste], "", "粘贴在这里复制的；别处复制的用终端自己的粘贴", "粘贴";
    &[Prose], [ctrl('a') => Command::SelectAll], "", "全部选中", "全部选中";
    // Ways about.
    REPORT, [Key::alt('0') => Command::ShowTab(0), Key::alt('1') => Command::ShowTab(1),
        Key::alt('2') => Command::ShowTab(2), Key::alt('3') => Command::ShowTab(3),
        Key::alt('4') => Command::ShowTab(4), Key::alt('5') => Command::ShowTab(5),
        Key::alt('6') => Command::ShowTab(6)], "", "到封面、第一至第六部分", called "Alt+0 至 6";
    REPORT, [PAGE_DOWN.with_ctrl() => Command::NextTab, PAGE_UP.with_ctrl() => Command::PreviousTab], "",
        "到下一部分、上一部分", called "Ctrl+PageDown/PageUp";
    REPORT, [f(7) => Command::ShowTab(7), Key::alt('7') => Command::ShowTab(7)], "检查",
        "列出全部问题", "检查结果";
    REPORT, [Key::alt('8') => Command::Charts], "", "看图表：办理结果、申请人、各年对照", "图表";
    &[Grid, Cell, Prose], [ctrl('f') => Command::Find], "", "在这一部分里查找：表里找行，文字里找词句", "查找";
    &[Prose, Picker], [Key::alt('r') => Command::Replace], "", "查找词句并替换，可以逐处换，也可以全部换", "替换";
    &[Prose], [Key::alt('i') => Command::Compose], "", "插入表中数字的句子，数字不会抄错", "插入句子";
    &[Prose], [Key::alt('l') => Command::LastYear], "", "看上年报告的这一部分", "上年";
    &[Prose], [Key::alt('e') => Command::HandOff], "", "用外部编辑器（环境变量 VISUAL、EDITOR 指定的）改这一部分", "外部编辑器";
    REPORT, [ctrl('g') => Command::GoTo], "", "转到任何一格、一项、一部分", "转到";
    // The whole report.
    &[Grid, Cover], [f(2) => Command::Edit, ctrl('u') => Command::Edit], "",
        "在原来的内容上修改；直接输入是重填", "修改这一格";
    &[Cover, Field, Grid, Cell], [ctrl('t') => Command::SwitchTotals], "",
        "合计改为自动计算，或者改回手工填写", "合计自动计算";
    &[Cover, Field], [f(5) => Command::ComposeTitle], "写标题", "按机关全称和年度写标题", "写标题";
    REPORT, [ctrl('s') => Command::Save], "", "保存；平时已自动保存，审阅的文件则是存入报告库", "保存";
    REPORT, [ctrl('e') => Command::Export], "", "另存为文件", "另存为文件";
    REPORT, [Key::alt('o') => Command::Merge], "", "读入一个文件，与这份逐处比较，勾选的才采用", "读入并比较";
    REPORT, [ctrl('l') => Command::Notices], "", "看打开、读入时的说明；审阅时还有批注", "读入说明";
    REPORT, [ctrl('w') => Command::Close, f(10) => Command::Close], "", "回到报告列表", "回到报告列表";
    // Moving.
    MOVING, [UP => Command::Go(Up), DOWN => Command::Go(Down), LEFT => Command::Go(Left),
        RIGHT => Command::Go(Right)], "", "移动", called "方向键";
    &[Reader], [DOWN => Command::Go(Down), UP => Command::Go(Up)], "翻看", "翻看", called "上下键";
    &[Question], [DOWN => Command::Go(Down), UP => Command::Go(Up)], "", "一屏放不下时翻看", called "上下键";
    &[Field, Path, Reason, Note, Replace], [LEFT => Command::Go(Left), RIGHT => Command::Go(Right)], "", "在这一行里移动",
        called "左右键";
    &[Field, Path, Reason, Note], [UP => Command::Go(Up), DOWN => Command::Go(Down)], "", "到上一项、下一项", called "上下键";
    &[Library, Queue, Grid, Cell, Prose, Findings, Picker, Reader, Question, Merge],
        [PAGE_UP => Command::Go(PageUp), PAGE_DOWN => Command::Go(PageDown)], "", "翻页", called "PageUp/PageDown";
    &[Library, Queue, Cover, Field, Grid, Cell, Prose, Findings, Picker, Reader, NewReport, Path, Reason, Note,
        Replace, Merge],
        [HOME => Command::Go(LineStart), END => Command::Go(LineEnd)], "", "到行首、行尾", called "Home/End";
    &[Grid, Cell, Prose], [HOME.with_ctrl() => Command::Go(Start), END.with_ctrl() => Command::Go(End)], "",
        "到开头、末尾", called "Ctrl+Home/End";
    &[Prose], [LEFT.with_ctrl() => Command::Go(PhraseLeft), RIGHT.with_ctrl() => Command::Go(PhraseRight)], "",
        "移动一个词句", called "Ctrl+左右键";
    &[Grid, Prose], [UP.with_shift() => Command::Extend(Up), DOWN.with_shift() => Command::Extend(Down),
        LEFT.with_shift() => Command::Extend(Left), RIGHT.with_shift() => Command::Extend(Right)], "",
        "选中一片", called "Shift+方向键";
    &[Grid, Prose], [HOME.with_shift() => Command::Extend(LineStart), END.with_shift() => Command::Extend(LineEnd)],
        "", "选中到行首、行尾", called "Shift+Home/End";
    LINES, [BACKSPACE => Command::Backspace], "", "删除光标前的字";
    &[Field, Cell, Prose, Findings, Picker, NewReport, Path, Reason, Note, Replace], [DELETE => Command::Delete], "", "删除光标后的字";
    &[Grid, Cover], [DELETE => Command::Delete, BACKSPACE => Command::Backspace], "", "清空这一格，或选中的格",
        called "Delete/Backspace";
    &[Path, Reason, Note, Replace, Prose], [BACKSPACE.with_alt() => Command::DeletePhrase], "", "删除光标前的一段";
    // Last.
    ROOMS, [ctrl('p') => Command::Palette], "命令", "按名称或拼音找命令";
    ROOMS, [Key::alt('w') => Command::SwitchWidth], "", "引号、省略号等符号错位时，换一种宽度", "符号宽度";
    ROOMS, [Key::alt('m') => Command::SwitchMouse], "", "用或不用鼠标；用的时候，要按住 Shift 才能选中屏幕上的文字", "鼠标";
    ROOMS, [Key::alt('z') => Command::Tour], "", "导览：在样例上走六步，边做边学；再按一次结束", "导览";
    ROOMS, [], "", "先回到命令行，程序停在后台；在命令行里输入 fg 就回来接着填", "挂起", asks Command::Suspend;
    ROOMS, [ctrl('q') => Command::Quit], "", "退出", "退出";
    ROOMS, [f(1) => Command::Help], "帮助", "这一格填什么，这里有哪些按键", "帮助";
];
