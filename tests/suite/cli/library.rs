//! `new`, `list`, `import`, `path`, and the other commands on reports of the library.

use nianbao::store::{Access, Library};

use super::{Desk, name, report, saved};

/// Makes a report in the library and gives its id.
fn new(desk: &Desk, year: &str) -> String {
    let run = desk.run(&["new", "--agency", "云溪镇人民政府", "--level", "township", "--year", year]);
    let id = run.clean().trim_end().to_owned();
    assert!(!id.is_empty() && !id.contains(char::is_whitespace), "{id:?} is no id");
    id
}

#[test]
fn a_report_is_made_changed_checked_and_written_out() {
    let desk = Desk::new();
    let id = new(&desk, "2025");
    assert_eq!(
        desk.run(&["show", &id, "--json"]).clean(),
        "{\"schema\":1,\"form\":\"2021\",\"values\":{\"@agency\":\"云溪镇人民政府\",\"@level\":\"township\",\"@year\":2025,\
         \"@title\":\"云溪镇人民政府2025年政府信息公开工作年度报告\"},\"notices\":[]}\n"
    );
    desk.run(&["set", &id, "requests/received/total=3", "overview=2024年，公开3条。"]).clean();
    let line = &desk.run(&["check", &id, "--json"]).json()[0];
    assert_eq!(line["file"], *id);
    assert!(line["findings"].as_array().unwrap().iter().any(|finding| finding["rule"] == "I02"));
    desk.run(&["export", &id, "-o", "out.md"]).clean();
    assert!(desk.read("out.md").contains("2024年，公开3条。"));
}

#[test]
fn the_list_has_every_report() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["list", "--json"]).clean(), "");
    let ids = [new(&desk, "2024"), new(&desk, "2025")];
    let listed = desk.run(&["list", "--json"]).json();
    for (id, year) in ids.iter().zip([2024, 2025]) {
        let of_id = listed.iter().filter(|line| line["id"] == **id).collect::<Vec<_>>();
        assert_eq!(of_id.len(), 1);
        assert_eq!((&of_id[0]["year"], &of_id[0]["agency"]), (&year.into(), &"云溪镇人民政府".into()));
        assert_eq!(of_id[0]["counts"]["error"], 0);
    }
    let human = desk.run(&["list"]);
    assert!(
        ids.iter().all(|id| human.clean().lines().any(|line| line.starts_with(id.as_str()))),
        "{}",
        human.out
    );
}

#[test]
fn the_new_year_begins_from_the_last() {
    let desk = Desk::new();
    let file = desk.write("last.json", saved(&[("requests/carried_out/total", "2"), ("overview", "去年。")]));
    let run = desk.run(&["new", "--from", file, "--json"]);
    let made = &run.json()[0];
    assert_eq!((&made["year"], &made["agency"]), (&2026.into(), &"云溪镇人民政府".into()));
    let values = desk.run(&["show", made["id"].as_str().unwrap(), "--json"]).json()[0]["values"].clone();
    assert_eq!(values["requests/carried_in/total"], 2);
    assert_eq!(values["overview"], serde_json::Value::Null);
    assert_eq!(values["@title"], "云溪镇人民政府2026年政府信息公开工作年度报告");

    let old = desk.run(&["new", "--agency", "云溪镇人民政府", "--year", "2018"]);
    assert!(old.failed().0.contains("2018"));
    let blank = desk.write("blank.json", r#"{"form":"2021","values":{}}"#);
    assert!(desk.run(&["new", "--from", blank]).failed().1.contains("--agency"));
}

#[test]
fn what_is_not_of_the_year_before_or_of_another_organ_is_not_taken_over_in_silence() {
    let desk = Desk::new();
    let file =
        desk.write("last.json", saved(&[("requests/carried_out/total", "2"), ("@short_name", "云溪镇")]));
    let made = |more: &[&str]| {
        let run = desk.run(&[&["new", "--from", file], more].concat());
        let values = desk.run(&["show", run.clean().trim_end(), "--json"]).json()[0]["values"].clone();
        (values["requests/carried_in/total"].clone(), values["@short_name"].clone(), run.err)
    };
    let next = made(&[]);
    assert_eq!((next.0, next.1), (2.into(), "云溪镇".into()));
    assert!(!next.2.contains("结转"), "{}", next.2);
    let gap = made(&["--year", "2028"]);
    assert_eq!((gap.0, gap.1), (serde_json::Value::Null, "云溪镇".into()));
    assert!(gap.2.contains("2025") && gap.2.contains("结转"), "{}", gap.2);
    let other = made(&["--agency", "云溪街道办事处"]);
    assert_eq!((other.0, other.1), (2.into(), serde_json::Value::Null));
    assert!(other.2.contains("云溪镇人民政府") && other.2.contains("结转"), "{}", other.2);
    assert_eq!(made(&["--agency", "云溪街道办事处", "--short-name", "云溪街道"]).1, "云溪街道");
}

#[test]
fn a_file_that_is_imported_again_is_told() {
    let desk = Desk::new();
    let file = desk.write("x.json", saved(&[]));
    let nameless = desk.write("y.json", r#"{"form":"2021","values":{"overview":"无。"}}"#);
    let first = desk.run(&["import", file, nameless, nameless]);
    assert!(!first.err.contains("原来就有"), "{}", first.err);
    let id = first.clean().lines().next().unwrap();
    let again = desk.run(&["import", file, file]);
    let second = again.clean().lines().next().unwrap();
    let told: Vec<&str> = again.err.lines().filter(|line| line.contains("原来就有")).collect();
    assert!(
        told.len() == 2 && told[0].ends_with(id) && told[1].ends_with(&format!("{id}、{second}")),
        "{told:?}"
    );
}

#[test]
fn the_form_is_the_one_of_the_year() {
    let desk = Desk::new();
    let id = new(&desk, "2020");
    assert_eq!(desk.run(&["show", &id, "--json"]).json()[0]["form"], "2019");
}

#[test]
fn files_are_imported_and_one_bad_one_does_not_stop_the_rest() {
    let desk = Desk::new();
    let good = desk.write("good.json", saved(&[("overview", "本年无。")]));
    let run = desk.run(&["import", "--json", "nowhere.json", good]);
    assert_eq!(run.status, 2);
    let lines = run.json();
    assert!(lines[0]["error"].is_string() && lines[0]["file"] == "nowhere.json");
    let id = lines[1]["id"].as_str().unwrap();
    assert_eq!(
        desk.run(&["show", id, "--json"]).clean(),
        report(&[("overview", "本年无。")]).to_json() + "\n"
    );
    assert_eq!(desk.run(&["list", "--json"]).json().len(), 1);
    assert_eq!(desk.run(&["import", good]).clean().lines().count(), 1);
    // Once by its name, and what to do then.
    let told = desk.run(&["import", "nowhere.json"]);
    assert!(told.status == 2 && told.err.matches("nowhere.json").count() == 1, "{}", told.err);
    assert!(told.err.contains("提示：") && told.err.contains("nianbao list"), "{}", told.err);
}

#[test]
fn the_data_directory_is_where_it_is_said_to_be() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["path"]).clean().trim_end(), name(&desk.path("library")));
    let named = desk.path("elsewhere");
    let named = name(&named);
    assert_eq!(
        desk.run(&["path", "--data-dir", named, "--json"]).json(),
        [serde_json::json!({"data_dir": named})]
    );
    let id = new(&desk, "2025");
    // One that was mistyped is told, and not made.
    assert!(desk.run(&["--data-dir", named, "show", &id]).failed().0.contains(named));
    assert!(desk.run(&["--data-dir", named, "list"]).err.contains(named));
    assert!(!desk.path("elsewhere").exists());
    desk.run(&["--data-dir", named, "new", "--agency", "岚桥县水利局", "--year", "2025"]).clean();
    assert!(desk.run(&["--data-dir", named, "show", "9"]).failed().0.contains("没有编号为 0009 的报告"));
}

#[test]
fn what_is_neither_file_nor_report_is_named() {
    let desk = Desk::new();
    for command in ["show", "export"] {
        let run = desk.run(&[command, "chek"]);
        assert!(run.failed().0.contains("chek") && run.failed().1.contains("nianbao list"));
    }
    desk.write("directory/x.json", saved(&[]));
    assert!(desk.run(&["show", "directory"]).failed().0.contains("目录"));
}

#[test]
fn a_second_report_of_one_organ_and_year_is_told() {
    let desk = Desk::new();
    let first = new(&desk, "2025");
    let again = desk.run(&["new", "--agency", "云溪镇人民政府", "--year", "2025"]);
    assert!(again.clean() != first && again.err.contains(&first), "{}", again.err);
}

#[test]
fn an_edit_goes_through_the_history_of_the_report() {
    let desk = Desk::new();
    let id = new(&desk, "2025");
    desk.run(&["set", &id, "requests/received/total=3", "requests/received/business=1"]).clean();
    let library = Library::open(&desk.path("library")).unwrap();
    let mut session = library.open_session(id.parse().unwrap()).unwrap().session;
    assert_eq!(session.history().len(), 1);
    session.undo();
    let number = |place: &str| session.report().get(nianbao::report::Place::parse(place).unwrap()).cloned();
    assert_eq!((number("requests/received/total"), number("requests/received/business")), (None, None));
}

#[test]
fn the_file_of_a_report_in_the_library_is_changed_as_the_report() {
    let desk = Desk::new();
    let id = new(&desk, "2025");
    let file = desk.path(&format!("library/reports/{id}/report.json"));
    desk.run(&["set", name(&file), "requests/received/total=3"]).clean();
    let shown = desk.run(&["show", &id, "--json"]);
    assert_eq!((&shown.json()[0]["values"]["requests/received/total"], &shown.err[..]), (&3.into(), ""));
    let library = Library::open(&desk.path("library")).unwrap();
    let opened = library.open_session(id.parse().unwrap()).unwrap();
    assert_eq!((opened.session.history().len(), opened.recovered), (1, None));
    assert!(desk.run(&["set", name(&file), "requests/received/total=4"]).failed().0.contains("打开着"));
}

#[test]
fn a_total_too_large_for_its_cell_stays_blank_and_nothing_is_lost() {
    let desk = Desk::new();
    let id = new(&desk, "2025");
    let [most, one] = ["requests/received/natural_person=999999999999", "requests/received/business=1"];
    for change in ["@totals=computed", most, one, "requests/received/business=0"] {
        desk.run(&["set", &id, change]).clean();
        assert_eq!(desk.run(&["show", &id, "--json"]).err, "");
    }
    let values = desk.run(&["show", &id, "--json"]).json()[0]["values"].clone();
    assert_eq!(values["requests/received/total"], 999_999_999_999_u64);
    desk.run(&["set", &id, one]).clean();
    let values = desk.run(&["show", &id, "--json"]).json()[0]["values"].clone();
    assert_eq!(values["requests/received/total"], serde_json::Value::Null);
}

#[test]
fn a_report_that_is_open_elsewhere_is_read_but_not_changed() {
    let desk = Desk::new();
    let id = new(&desk, "2025");
    let library = Library::open(&desk.path("library")).unwrap();
    let opened = library.open_session(id.parse().unwrap()).unwrap();
    assert!(matches!(opened.access, Access::Writable(_)));
    let before = desk.run(&["show", &id, "--json"]);
    let run = desk.run(&["set", &id, "requests/received/total=3"]);
    assert!(run.failed().0.contains(&std::process::id().to_string()), "{run:?}");
    assert_eq!(desk.run(&["show", &id, "--json"]).clean(), before.clean());
    drop(opened);
    desk.run(&["set", &id, "requests/received/total=3"]).clean();
}
