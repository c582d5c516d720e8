//! The program as a clerk uses it: a report from nothing, thirty cells, a paste, an undo, a reason, prose, an export, the end.

use std::path::Path;
use std::process::Command;

use super::session::{Done, Found, Refused, Session, Shows, Step, Subject};
use crate::proofs::examined;
use crate::pty::{alt, ctrl};

const PROGRAM: &str = env!("CARGO_BIN_EXE_nianbao");
const ENTER: &str = "\r";

/// How many cells are typed one by one.
pub(super) const CELLS: usize = 30;

/// The number that is typed into a cell; no two are the same.
pub(super) fn number(cell: usize) -> String {
    (7001 + cell).to_string()
}

pub(super) const PROSE: &str = "今年主动公开政府信息五十八条，按时办结全部申请";

pub(super) const REASON: &str = "上级要求这样填写";

/// The program.
pub(super) struct Clerk;

impl Clerk {
    /// Runs the program once, apart from the screen.
    pub(super) fn run(root: &Path, arguments: &[&str]) -> Result<String, String> {
        let data = root.join("data");
        let done = Command::new(PROGRAM)
            .args(arguments)
            .env("NIANBAO_DATA_DIR", &data)
            .env("HOME", root.join("home"))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        if done.status.success() {
            Ok(String::from_utf8(done.stdout).unwrap())
        } else {
            Err(format!("{arguments:?}: {}: {said}", done.status))
        }
    }

    /// The numbers of the reports of the library.
    pub(super) fn reports(root: &Path) -> Result<Vec<String>, String> {
        let listed = Self::run(root, &["list"])?;
        let first = |line: &str| line.split_whitespace().next().map(str::to_owned);
        Ok(listed.lines().filter_map(first).filter(|word| word.parse::<u32>().is_ok()).collect())
    }
}

impl Subject for Clerk {
    fn command(&self, _: &Path) -> (Vec<String>, Vec<(String, String)>) {
        (vec![PROGRAM.to_owned()], Vec::new())
    }

    fn steps(&self, root: &Path) -> Vec<Step> {
        let text = |text: &str| Shows::Text(text.to_owned());
        let go = |place: &str| {
            [
                (ctrl('g'), text("转到")),
                (place.to_owned(), text(place)),
                (ENTER.to_owned(), Shows::Instead("转到哪里", "Ctrl+P")),
            ]
        };
        let mut steps = vec![Step::new("start", vec![(String::new(), text("Ctrl+E"))])];
        let agency = "岚桥县青石镇人民政府";
        steps.push(
            Step::new(
                "new",
                vec![
                    (ctrl('n'), text("机关全称")),
                    (agency.to_owned(), text(agency)),
                    (ENTER.repeat(3), text(&format!("{agency} 2025 年"))),
                ],
            )
            .or(Refused::Stop),
        );
        for cell in 0..CELLS {
            let mut parts = Vec::new();
            if cell == 0 {
                parts.extend(go("requests/received/natural_person"));
            }
            parts.push((format!("{}{ENTER}", number(cell)), Shows::Moved));
            steps.push(Step::new("cell", parts));
        }
        let rows = (0..25)
            .map(|row| (0..7).map(|column| (100 * row + column).to_string()).collect::<Vec<_>>().join("\t"));
        let block = rows.collect::<Vec<_>>().join("\n");
        let mut parts: Vec<_> = go("requests/received/natural_person").into();
        parts.push((format!("\x1b[200~{block}\x1b[201~"), text("Esc 返回")));
        parts.push((ENTER.to_owned(), Shows::Instead("Esc 返回", "Ctrl+P")));
        steps.push(Step::new("paste", parts));
        steps.push(Step::new("undo", vec![(ctrl('z'), text("撤销："))]));
        steps.push(Step::new(
            "reason",
            vec![
                (alt('s'), text("写明理由")),
                (REASON.to_owned(), text(REASON)),
                (ENTER.to_owned(), text("已记下理由")),
            ],
        ));
        steps.push(Step::new(
            "prose",
            vec![
                (alt('1'), text("在这里输入")),
                (PROSE.to_owned(), text(PROSE)),
                (alt('5'), Shows::Instead(PROSE, "第五部分")),
            ],
        ));
        steps.push(Step::new("save", vec![(ctrl('s'), text("已存盘"))]));
        steps.push(Step::new("export", export(&root.join("out/年报.docx"))).or(Refused::Repeat));
        steps.push(Step::new("quit", vec![(ctrl('q'), Shows::Ended)]).or(Refused::Repeat));
        steps
    }

    fn is_saved(&self, screen: &str) -> bool {
        !screen.contains("没有存上") && (screen.contains("已存") || screen.contains("Ctrl+E"))
    }

    fn refusal(&self, screen: &str) -> Option<String> {
        // Without its hints at the bottom the program is on its way out.
        if !["Ctrl+P", "Esc 返回"].iter().any(|hint| screen.contains(hint)) {
            return None;
        }
        let said =
            ["错误：", "没有存上"].iter().find_map(|word| screen.lines().find(|line| line.contains(word)));
        said.map(|line| line.trim().to_owned())
    }

    fn found(&self, root: &Path) -> Result<Found, String> {
        let mut found = Found::default();
        for id in Self::reports(root)? {
            found.kept += &Self::run(root, &["show", &id, "--json"])?;
        }
        for entry in std::fs::read_dir(root.join("out")).unwrap().flatten() {
            // What is hidden was never finished, and nobody takes it for a report.
            let name = entry.file_name().to_string_lossy().into_owned();
            if !name.starts_with('.') {
                let sum = crc32fast::hash(&std::fs::read(entry.path()).unwrap());
                found.written += &format!("{name} {sum:08x}\n");
            }
        }
        Ok(found)
    }

    fn write_again(&self, root: &Path) -> Result<(), String> {
        let Some(id) = Self::reports(root)?.into_iter().next() else {
            Self::run(root, &["new", "--agency", "云溪镇人民政府", "--year", "2025"])?;
            return examined(&root.join("data"));
        };
        Self::run(root, &["set", &id, "requests/received/business=4711"])?;
        let kept = Self::run(root, &["show", &id, "--json"])?;
        if !kept.contains("4711") {
            return Err(format!("what was set is not there: {kept}"));
        }
        examined(&root.join("data"))
    }

    fn save_elsewhere(&self, session: &mut Session<'_>) -> Result<String, String> {
        let path = session.root.path().join("safe/另存.json");
        let mut parts = export(&path);
        if session.terminal.text().contains("Esc 返回") {
            parts.insert(0, ("\x1b".to_owned(), Shows::Instead("Esc 返回", "Ctrl+P")));
        }
        match session.type_all(parts) {
            Done::Saved => Ok(std::fs::read_to_string(path).unwrap()),
            other => Err(format!("{other:?}")),
        }
    }

    fn matters(&self, path: &Path) -> bool {
        // Who has it open is of no interest after a power cut.
        path.file_name().is_none_or(|name| name != "lock")
    }
}

/// The parts of saving as a file; one that is there is replaced.
fn export(path: &Path) -> Vec<(String, Shows)> {
    let shows = |text: &str| Shows::Text(text.to_owned());
    let typed = path.to_str().unwrap();
    let mut parts = vec![
        (ctrl('e'), shows("引言")),
        (format!("{}{typed}", "\x7f".repeat(40)), shows(&format!("  {typed}"))),
    ];
    if path.exists() {
        parts.push((ENTER.to_owned(), shows("覆盖文件")));
    }
    parts.push((ENTER.to_owned(), shows("已写到")));
    parts
}
