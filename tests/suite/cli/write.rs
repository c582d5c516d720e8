//! `convert`, `export`, `show` and `set`: what is written where, and what is never overwritten.

use super::{Desk, report, saved};
use crate::terminal::Terminal;

#[test]
fn show_and_convert_write_the_saved_shape() {
    let desk = Desk::new();
    let changes =
        [("requests/received/business", "/"), ("proactive/fees/amount", "96171.6"), ("overview", "无。")];
    let expected = report(&changes).to_json() + "\n";
    let file = desk.write("x.json", saved(&changes));
    assert_eq!(desk.run(&["show", "--json", file]).clean(), expected);
    assert_eq!(desk.run(&["convert", file, "-"]).clean(), expected);
    assert_eq!(
        desk.feed(&["convert", "-", "-", "--to", "json"], saved(&changes).as_bytes()).clean(),
        expected
    );
    assert_eq!(desk.run(&["export", file, "--to", "json"]).clean(), expected);
    assert_eq!(desk.run(&["convert", file, "y.json"]).clean(), "");
    assert_eq!(desk.read("y.json").trim_end(), expected.trim_end());
    assert_eq!(desk.run(&["show", "--json", "y.json"]).clean(), expected);
}

#[test]
fn an_existing_file_is_overwritten_only_by_force() {
    let desk = Desk::new();
    desk.write("new.json", saved(&[("overview", "新的。")]));
    let old = saved(&[("overview", "旧的。")]);
    desk.write("old.json", &old);
    let refused = desk.run(&["convert", "new.json", "old.json"]);
    assert!(refused.failed().0.contains("old.json") && refused.failed().1.contains("--force"));
    assert_eq!(desk.read("old.json"), old);
    desk.run(&["export", "new.json", "-o", "old.json", "--force"]).clean();
    assert!(desk.read("old.json").contains("新的。"));
}

#[test]
fn the_format_is_the_extensions_unless_said() {
    let desk = Desk::new();
    let file = desk.write("x.json", saved(&[("overview", "本年公开 3 条。")]));
    for out in ["x.txt", "x.md", "x.JSON"] {
        desk.run(&["convert", file, out]).clean();
        assert!(desk.read(out).contains("本年公开 3 条。"), "{out}");
    }
    for out in ["x.html", "x.fragment.html", "x.plain.html"] {
        desk.run(&["convert", file, out]).clean();
        assert!(desk.read(out).contains("<p>") || desk.read(out).contains("<p style="), "{out}");
    }
    assert_ne!(desk.read("x.html"), desk.read("x.fragment.html"));
    assert!(desk.run(&["convert", file, "x.doc9", "--to", "doc9"]).failed().0.contains("fragment.html"));
    assert!(desk.run(&["convert", file, "x.doc9"]).failed().1.contains(".json"));
    assert!(!desk.path("x.doc9").exists());
    desk.run(&["convert", file, "x.doc9", "--to", "txt"]).clean();
    assert_eq!(desk.read("x.doc9"), desk.read("x.txt"));
}

#[test]
fn an_export_to_a_file_says_what_is_found_in_the_report() {
    let desk = Desk::new();
    let wrong = desk.write("wrong.json", saved(&[("requests/received/total", "3")]));
    let said = desk.run(&["export", wrong, "-o", "a.docx"]);
    said.clean();
    assert!(said.err.contains("错误 2，提示 0，参考 1。上报前请看 nianbao check wrong.json"), "{}", said.err);
    let piped = desk.run(&["export", wrong, "--to", "txt"]);
    assert_eq!((piped.status, piped.err.as_str()), (0, ""));
    // That it is a zero report is nothing to look into.
    let zero = r#""notices":[{"kind":"zero-report","place":null,"quote":"","at":"","message":"零报告"}]"#;
    let sound = desk.write("sound.json", saved(&[]).replace(r#""notices":[]"#, zero));
    assert_eq!(desk.run(&["export", sound, "-o", "b.docx"]).err, "已写入 b.docx\n");
}

#[test]
fn what_nobody_asked_to_see_is_not_printed_on_the_screen() {
    let desk = Desk::new();
    desk.write("x.json", saved(&[]));
    let script = format!("cd '{}' && \"$NIANBAO\" export x.json; echo status $?", desk.path("").display());
    let mut terminal = Terminal::start_script(&desk.path("library"), &script, (80, 24));
    terminal.wait_for("status 2");
    assert!(terminal.text().contains("没有写明导出成哪个文件"), "{}", terminal.text());
    assert!(terminal.text().contains("-o 年报.docx"), "{}", terminal.text());
}

#[test]
fn a_word_document_goes_into_a_file_or_a_pipe_as_it_is() {
    let desk = Desk::new();
    let file = desk.write("x.json", saved(&[("overview", "本年公开 3 条。")]));
    desk.run(&["export", file, "-o", "x.docx"]).clean();
    let output = desk.command(&["export", file, "--to", "docx"]).output().unwrap();
    assert!(output.status.success() && output.stdout.starts_with(b"PK\x03\x04"));
    assert_eq!(output.stdout, std::fs::read(desk.path("x.docx")).unwrap());
}

#[test]
fn what_was_written_is_said_as_json_on_request() {
    let desk = Desk::new();
    let file = desk.write(
        "x.json",
        saved(&[]).replace(r#""requests/received/total":0"#, r#""requests/received/total":"１２""#),
    );
    let run = desk.run(&["convert", file, "y.json", "--json"]);
    let said = &run.json()[0];
    assert_eq!(
        (&said["file"], &said["output"], &said["form"]),
        (&"x.json".into(), &"y.json".into(), &"2021".into())
    );
    assert_eq!(said["notices"][0]["place"], "requests/received/total");
    let told = desk.run(&["convert", file, "z.json"]);
    assert!(
        told.clean().is_empty() && told.err.contains("1 处") && told.err.contains("１２"),
        "{}",
        told.err
    );
}

#[test]
fn set_changes_a_saved_file_as_one_and_says_what() {
    let desk = Desk::new();
    let file = desk.write("x.json", saved(&[("requests/received/total", "5"), ("overview", "旧。")]));
    let run =
        desk.run(&["set", file, "requests/received/total=１２", "overview=", "requests/received/business=/"]);
    assert_eq!(
        run.clean(),
        "一、总体情况：2 字 → （空白）\n\
         一、本年新收政府信息公开申请数量，商业企业：0 → /\n\
         一、本年新收政府信息公开申请数量，总计：5 → 12\n"
    );
    assert!(run.err.contains("写作“１２”，读作 12"), "{}", run.err);
    let expected =
        report(&[("requests/received/total", "12"), ("requests/received/business", "/"), ("overview", "")]);
    assert_eq!(desk.read("x.json"), expected.to_json() + "\n");
    let json =
        desk.run(&["set", file, "requests/received/total=", "proactive/fees/amount=1.5", "--json"]).json();
    assert_eq!(
        json,
        [
            serde_json::json!({"place": "proactive/fees/amount", "old": "0", "new": "1.5"}),
            serde_json::json!({"place": "requests/received/total", "old": 12, "new": null}),
        ]
    );
}

#[test]
fn set_computes_totals_where_the_report_does() {
    let desk = Desk::new();
    let file = desk.write("x.json", saved(&[("@totals", "computed")]));
    let run = desk.run(&["set", file, "disputes/direct_suit/upheld=4", "--json"]);
    let places: Vec<_> = run.json().iter().map(|change| change["place"].clone()).collect();
    assert_eq!(places, ["disputes/direct_suit/upheld", "disputes/direct_suit/total"]);
}

#[test]
fn one_bad_assignment_changes_nothing() {
    let desk = Desk::new();
    let before = saved(&[]);
    let file = desk.write("x.json", &before);
    let run = desk.run(&["set", file, "requests/received/total=5", "requests/recieved/totl=1"]);
    let (error, hint) = run.failed();
    assert!(error.contains("requests/recieved/totl") && hint.contains("requests/received/total"));
    for bad in ["overview", "requests=1", "@year=去年", "proactive/procurement/amount=1"] {
        assert!(
            desk.run(&["set", file, "requests/received/total=5", bad])
                .failed()
                .0
                .contains(bad.split('=').next_back().unwrap())
        );
    }
    assert_eq!(desk.read("x.json"), before);
}

#[test]
fn set_never_writes_a_foreign_file() {
    let desk = Desk::new();
    let file = desk.write("x.txt", "一、总体情况\n无。\n");
    assert!(desk.run(&["set", file, "overview=有。"]).failed().1.contains("convert"));
    assert_eq!(desk.read("x.txt"), "一、总体情况\n无。\n");
}

#[test]
fn set_is_a_filter_on_standard_input() {
    let desk = Desk::new();
    let run = desk.feed(&["set", "-", "requests/received/total=5"], saved(&[]).as_bytes());
    assert_eq!(run.clean(), saved(&[("requests/received/total", "5")]) + "\n");
}

#[test]
fn text_is_read_in_any_encoding_and_what_is_missing_is_told() {
    let desk = Desk::new();
    let changes = [("requests/received/total", "3"), ("overview", "本年公开 3 条。"), ("problems", "无。")];
    desk.write("x.json", saved(&changes));
    let text =
        desk.run(&["export", "x.json", "--to", "txt"]).clean().replace("五、存在的主要问题及改进情况", "");
    let (gbk, _, _) = encoding_rs::GBK.encode(&text);
    desk.write("x.txt", &gbk);
    let run = desk.run(&["convert", "x.txt", "-"]);
    assert_eq!(run.json()[0]["values"]["requests/received/total"], 3);
    assert!(
        run.err.starts_with("需要核对") && run.err.contains("五、存在的主要问题及改进情况"),
        "{}",
        run.err
    );
    assert_eq!(run.out, desk.feed(&["convert", "-", "-"], text.as_bytes()).out);
    let findings = desk.run(&["check", "--json", "x.txt"]).json()[0]["findings"].clone();
    assert!(findings.as_array().unwrap().iter().any(|finding| finding["rule"] == "S01"), "{findings}");
}
