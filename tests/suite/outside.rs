//! Another editor in a real terminal, well-behaved and not: nothing is lost, the terminal is given over and taken back.

use std::path::Path;

use nianbao::form::Form;
use nianbao::form::terms::Section;
use nianbao::report::{Edit, Report, Value};
use nianbao::store::Library;

use crate::terminal::Terminal;

const BEFORE: &str = "原来的文字。";

/// A library with one report, and section one of it open in a terminal with this script as the other editor.
fn opened(data: &Path, script: &str) -> Terminal {
    let editor = data.join("editor.sh");
    std::fs::write(&editor, script).unwrap();
    opened_with(data, &format!("sh {}", editor.display()))
}

fn opened_with(data: &Path, editor: &str) -> Terminal {
    let mut report = Report::new(Form::current());
    report.apply(Edit::set(Section::Overview, Some(Value::Text(BEFORE.to_owned()))));
    Library::open(data).unwrap().create(&report).unwrap();
    let mut terminal = Terminal::start_with(data, &[], (80, 24), editor);
    terminal.wait_for("共 1 份");
    terminal.send("\r");
    terminal.wait_for("已存");
    terminal.send("\x1b1");
    terminal.wait_for(BEFORE);
    terminal
}

/// Leaves in order and gives what section one is then.
fn left(data: &Path, terminal: &mut Terminal) -> String {
    terminal.send("\x11");
    assert_eq!(terminal.exit_status(), 0, "{}", terminal.text());
    assert!(terminal.is_restored());
    let report = Library::open(data).unwrap().read("1".parse().unwrap()).unwrap();
    report.text(Section::Overview).to_owned()
}

/// The files that were handed out and are still there, with what is in them.
fn files(data: &Path) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(data).unwrap().map(|entry| entry.unwrap().path());
    let handed = entries.filter(|path| path.to_string_lossy().contains("editing-"));
    handed.map(|path| std::fs::read(path).unwrap()).collect()
}

#[test]
fn a_text_written_elsewhere_is_taken_in_and_typing_goes_on() {
    let data = tempfile::tempdir().unwrap();
    let script = "stty -a | grep -q -- '-icanon' && exit 9\nstat -c %a \"$1\" > \"$1.mode\"\n\
                  cat \"$1\" > \"$1.copy\"\nprintf '别处写的。\\n第二段。\\n' > \"$1\"";
    let mut terminal = opened(data.path(), script);
    terminal.send("\x1be");
    terminal.wait_for("已取回");
    terminal.wait_for("第二段。");
    let kept = files(data.path());
    assert!(kept.contains(&b"600\n".to_vec()), "only the owner may read it");
    assert!(kept.contains(&format!("{BEFORE}\n").into_bytes()));
    assert_eq!(kept.len(), 2, "the file itself is gone");
    terminal.send("再写，");
    terminal.wait_for("再写，");
    terminal.send("\x1a\x1a");
    terminal.wait_for(BEFORE);
    terminal.send("\x19");
    terminal.wait_for("别处写的。");
    assert_eq!(left(data.path(), &mut terminal), "别处写的。\n第二段。");
}

#[test]
fn an_editor_that_does_not_do_as_it_should_loses_nothing() {
    // What it does, what is said of it, and what is left in its file.
    for (script, words, rest) in [
        ("exit 0", "没有改动", None),
        ("exit 3", "退出码 3", None),
        ("printf '写了一半' > \"$1\"; exit 3", "退出码 3", Some("写了一半".as_bytes())),
        ("printf '写了一半' > \"$1\"; kill -9 $$", "信号 9", Some("写了一半".as_bytes())),
        ("printf '\\033[?1049h\\033[?1000h\\033[?25l'; kill -9 $$", "信号 9", None),
        ("rm \"$1\"", "读不出来", None),
        (": > \"$1\"", "是空的", None),
        ("printf '\\n \\n' > \"$1\"", "是空的", None),
        ("printf '\\344\\275\\240\\377\\n' > \"$1\"", "认不出的字节", Some(b"\xe4\xbd\xa0\xff\n")),
        ("kill -INT $PPID; kill -QUIT $PPID; exit 0", "没有改动", None),
    ] {
        let data = tempfile::tempdir().unwrap();
        let mut terminal = opened(data.path(), script);
        terminal.send("\x1be");
        terminal.wait_for(words);
        terminal.wait_for(BEFORE);
        let expected: Vec<Vec<u8>> = rest.into_iter().map(<[u8]>::to_vec).collect();
        assert_eq!(files(data.path()), expected, "{script}");
        if rest.is_some() {
            let text = terminal.text();
            assert!(text.contains("editing-overview-1.txt"), "{script}\n{text}");
        }
        assert_eq!(left(data.path(), &mut terminal), BEFORE, "{script}");
    }
}

#[test]
fn another_encoding_is_recognized_and_said() {
    let data = tempfile::tempdir().unwrap();
    let text = "今年主动公开政府信息七十七条，依申请公开渠道畅通。";
    let (gbk, _, _) = encoding_rs::GBK.encode(text);
    std::fs::write(data.path().join("gbk"), &gbk).unwrap();
    let script = format!("cat {}/gbk > \"$1\"", data.path().display());
    let mut terminal = opened(data.path(), &script);
    terminal.send("\x1be");
    terminal.wait_for("不是 UTF-8");
    assert_eq!(left(data.path(), &mut terminal), text);
}

#[test]
fn an_editor_that_is_not_there_is_named() {
    for (editor, words) in [("no-such-editor -w", "no-such-editor"), ("/", "打不开")] {
        let data = tempfile::tempdir().unwrap();
        let mut terminal = opened_with(data.path(), editor);
        terminal.send("\x1be");
        terminal.wait_for(words);
        terminal.wait_for(BEFORE);
        assert_eq!(files(data.path()), Vec::<Vec<u8>>::new());
        assert_eq!(left(data.path(), &mut terminal), BEFORE);
    }
}

#[test]
fn an_editor_that_stops_itself_where_no_shell_could_have_it_go_on_goes_on_at_once() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = opened(data.path(), "kill -STOP $$; printf '停了又来。' > \"$1\"");
    terminal.send("\x1be");
    terminal.wait_for("停了又来。");
    assert_eq!(left(data.path(), &mut terminal), "停了又来。");
}
