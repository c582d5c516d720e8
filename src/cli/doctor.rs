//! `doctor`: looks at every file of the data directory and says what is sound, what is not, and what to do.
//!
//! It changes nothing; what can be mended is mended when the report is opened.

use serde::Serialize;

use super::arguments::Doctor;
use super::print::Output;
use super::{Desk, Error, Status, library};
use crate::batch;
use crate::store::{self, Examined, Found, Grade};

/// A report, for other programs.
#[derive(Serialize)]
struct OfReport<'a> {
    id: String,
    trashed: bool,
    agency: Option<&'a str>,
    year: Option<i64>,
    versions: u64,
    findings: Vec<Finding<'a>>,
}

/// What is beside the reports, for other programs.
#[derive(Serialize)]
struct OfRest<'a> {
    data_dir: &'a str,
    reports: usize,
    judgements: usize,
    readings: usize,
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Finding<'a> {
    path: String,
    grade: Grade,
    message: &'a str,
    remedy: &'a str,
}

impl<'a> Finding<'a> {
    fn all(found: &'a [Found]) -> Vec<Self> {
        let finding = |found: &'a Found| Self {
            path: batch::spelled(&found.path),
            grade: found.grade,
            message: &found.said,
            remedy: found.remedy,
        };
        found.iter().map(finding).collect()
    }
}

/// Looks at the data directory and prints what was found.
pub(super) fn run(arguments: &Doctor, desk: &Desk, output: &mut Output) -> Result<Status, Error> {
    let directory = desk.directory()?;
    let directory = std::path::absolute(&directory).unwrap_or(directory);
    let examination = store::examine(&directory)?;
    let spelled = batch::spelled(&directory);
    let trashed = examination.reports.iter().filter(|report| report.is_trashed).count();
    if arguments.json {
        for report in &examination.reports {
            output.json(&OfReport {
                id: report.id.to_string(),
                trashed: report.is_trashed,
                agency: report.report.as_ref().and_then(library::agency),
                year: report.report.as_ref().and_then(crate::report::Report::year),
                versions: report.versions,
                findings: Finding::all(&report.found),
            });
        }
        output.json(&OfRest {
            data_dir: &spelled,
            reports: examination.reports.len() - trashed,
            judgements: examination.judgements,
            readings: examination.readings,
            findings: Finding::all(&examination.found),
        });
    } else {
        output.line(&format!("数据目录  {spelled}"));
        examination.reports.iter().for_each(|report| say_report(report, output));
        if examination.judgements + examination.readings > 0 {
            let (judgements, readings) = (examination.judgements, examination.readings);
            output.line(&format!("审阅的决定和批注 {judgements} 份，读过的文件 {readings} 份"));
        }
        say(&examination.found, output);
        output.line("");
        let of_trash = if trashed > 0 { format!("，回收站里 {trashed} 份") } else { String::new() };
        let count = |grade| examination.all().filter(|found| found.grade == grade).count();
        output.line(&format!(
            "{}。库里 {} 份报告{of_trash}。",
            match (count(Grade::Lost), count(Grade::Attention)) {
                (0, 0) => "完好，每个文件都核对过了".to_owned(),
                (0, some) => format!("读得出来，有 {some} 处要看一看"),
                (lost, 0) => format!("有 {lost} 处读不出来"),
                (lost, some) => format!("有 {lost} 处读不出来，另有 {some} 处要看一看"),
            },
            examination.reports.len() - trashed
        ));
    }
    Ok(match examination.worst() {
        None | Some(Grade::Note) => Status::Clean,
        Some(Grade::Attention) => Status::Found,
        Some(Grade::Lost) => Status::Failed,
    })
}

fn say_report(report: &Examined, output: &mut Output) {
    let shelf = if report.is_trashed { "回收站" } else { "报告" };
    let title = report.report.as_ref().map_or_else(|| "（内容不详）".to_owned(), library::titled);
    let versions = match report.versions {
        0 => String::new(),
        versions => format!("，可以找回 {versions} 版"),
    };
    let worst = report.found.iter().map(|found| found.grade).max();
    let standing = match worst {
        None | Some(Grade::Note) => "完好",
        Some(Grade::Attention) => "要看一看",
        Some(Grade::Lost) => "读不出来",
    };
    output.line(&format!("{shelf} {}  {title}：{standing}{versions}", report.id));
    say(&report.found, output);
}

fn say(found: &[Found], output: &mut Output) {
    for Found { path, grade, said, remedy } in found {
        let mark = match grade {
            Grade::Note => "  - ",
            Grade::Attention => "  ? ",
            Grade::Lost => "  ! ",
        };
        output.wrapped(mark, &format!("{}：{said}。{remedy}", batch::spelled(path)));
    }
}
