//! The house rules that no lint knows. Each is a function from a file to complaints, tried on a bad example first.

use std::fs;
use std::path::{Path, PathBuf};

/// The most lines of a file.
const LINES: usize = 400;

/// Words that say nothing of what a thing is for.
const EMPTY_WORDS: [&str; 9] =
    ["util", "utils", "helper", "helpers", "common", "misc", "manager", "handler", "service"];

/// What may lie at the top of the repository, beside hidden files.
const TOP: [&str; 7] = ["Cargo.toml", "Cargo.lock", "src", "tests", "README.md", "LICENSE", "target"];

/// A file of the project.
struct File {
    /// Its path from the root of the project, with slashes.
    path: String,
    text: String,
}

impl File {
    fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// The lines of code, with their numbers: no comments, and nothing from the tests in the file on.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(index, line)| (index + 1, line));
        lines
            .take_while(|(_, line)| !line.starts_with("#[cfg(test)]"))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// The modules that the file stands in, outermost first: `[tui, draw]` for `src/tui/draw.rs`.
    fn module(&self) -> Option<Vec<&str>> {
        Some(self.path.strip_prefix("src/")?.strip_suffix(".rs")?.split('/').collect())
    }

    fn complain(&self, line: usize, what: &str) -> String {
        format!("{}:{line}: {what}", self.path)
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file of the project.
fn files() -> Vec<File> {
    fn walk(directory: PathBuf, files: &mut Vec<File>) {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(path, files);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
                files.push(File { path: name, text: fs::read_to_string(&path).unwrap() });
            }
        }
    }
    let mut files = Vec::new();
    walk(root().join("src"), &mut files);
    walk(root().join("tests"), &mut files);
    assert!(files.len() > 20, "the project is not where it was");
    files
}

/// Asserts that a check of every file has nothing to complain of.
fn assert_tidy(check: impl Fn(&File) -> Vec<String>) {
    let complaints: Vec<String> = files().iter().flat_map(check).collect();
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

/// The modules of `lib.rs`, in its order, which is the order of dependency.
fn modules(lib: &str) -> Vec<String> {
    let names = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    names.map(str::to_owned).collect()
}

/// Uses of a module that stands later in `lib.rs` than the module of the file.
fn upward_uses(file: &File, order: &[String]) -> Vec<String> {
    let Some(module) = file.module() else { return Vec::new() };
    let position = |name: &str| order.iter().position(|module| module == name);
    let Some(own) = position(module[0]) else {
        let known = matches!(module[0], "lib" | "main");
        return if known { Vec::new() } else { vec![file.complain(1, "is no module of lib.rs")] };
    };
    // Code joined by spaces, so that a `use` over several lines is one text.
    let code: Vec<&str> = file.text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join(" ");
    let upward = |name: &&str| position(name).is_some_and(|position| position > own);
    let used = used_modules(&code, module.len());
    used.into_iter()
        .filter(upward)
        .map(|name| file.complain(1, &format!("uses {name}, which comes later")))
        .collect()
}

/// The first names after `crate::`, and after as many `super::` as lead to the top from `depth` modules down.
fn used_modules(code: &str, depth: usize) -> Vec<&str> {
    let supers = "super::".repeat(depth);
    let paths = ["crate::", "nianbao::", &supers].into_iter().flat_map(|head| {
        code.match_indices(head).map(move |(at, head)| &code[at + head.len()..]).collect::<Vec<_>>()
    });
    paths.flat_map(heads).collect()
}

/// The name that a path begins with; for a group, `{a::b, c}`, the name of each of its paths.
fn heads(path: &str) -> Vec<&str> {
    let name = |text: &'_ str| text.find(|c: char| c != '_' && !c.is_alphanumeric()).unwrap_or(text.len());
    let Some(group) = path.strip_prefix('{') else { return vec![&path[..name(path)]] };
    let (mut depth, mut at_start, mut heads) = (0, true, Vec::new());
    for (at, char) in group.char_indices() {
        match char {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => at_start = true,
            ' ' => {}
            _ if at_start => {
                heads.push(&group[at..at + name(&group[at..])]);
                at_start = false;
            }
            _ => {}
        }
    }
    heads
}

/// A file that is too long; the decrees are data and may be.
fn too_long(file: &File) -> Vec<String> {
    let lines = file.text.lines().count();
    let is_decree = file.path.starts_with("src/form/v20");
    if lines > LINES && !is_decree {
        vec![file.complain(lines, "is longer than 400 lines")]
    } else {
        Vec::new()
    }
}

/// A file that does not begin by saying what it is for.
fn no_purpose(file: &File) -> Vec<String> {
    if file.text.starts_with("//! ") {
        Vec::new()
    } else {
        vec![file.complain(1, "does not say what it is for")]
    }
}

/// Names of files and items that say nothing, and the file name that hides which module it is.
fn empty_names(file: &File) -> Vec<String> {
    let stem = file.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
    let mut complaints = Vec::new();
    if stem == "mod" || says_nothing(stem) {
        complaints.push(file.complain(1, "has a name that says nothing"));
    }
    for (number, line) in file.code() {
        let mut words = line.split_whitespace().peekable();
        let declares = words.peek().is_some_and(|word| declares(word));
        let name = words.find(|word| !self::declares(word)).filter(|_| declares).unwrap_or_default();
        let name = &name[..name.find(|c: char| c != '_' && !c.is_alphanumeric()).unwrap_or(name.len())];
        if says_nothing(name) {
            complaints.push(file.complain(number, &format!("{name} says nothing")));
        }
    }
    complaints
}

/// Whether a word at the head of a line says that an item follows.
fn declares(word: &str) -> bool {
    let items = ["fn", "mod", "struct", "enum", "trait", "type", "static", "const", "async"];
    items.contains(&word) || word.starts_with("pub")
}

/// Whether a name, in snake case or camel case, has an empty word in it.
fn says_nothing(name: &str) -> bool {
    let mut words = vec![String::new()];
    for char in name.chars() {
        match words.last_mut() {
            Some(word) if char != '_' && !char.is_uppercase() => word.push(char),
            _ => words.push(char.to_lowercase().filter(|c| *c != '_').collect()),
        }
    }
    words.iter().any(|word| EMPTY_WORDS.contains(&word.as_str()))
}

/// Printing outside the one place that prints.
fn stray_prints(file: &File) -> Vec<String> {
    if !file.path.starts_with("src/") || file.path == "src/cli/print.rs" || file.path.ends_with("tests.rs") {
        return Vec::new();
    }
    let prints = |line: &str| {
        ["print!(", "println!(", "eprint!(", "eprintln!(", "dbg!("].iter().any(|p| line.contains(p))
    };
    file.code().filter(|(_, line)| prints(line)).map(|(n, _)| file.complain(n, "prints")).collect()
}

/// Words that say that something is not finished.
fn unfinished(file: &File) -> Vec<String> {
    let markers = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("HA", "CK"),
        concat!("to", "do!("),
        concat!("unimpl", "emented!("),
        concat!("#[ig", "nore"),
    ];
    let lines = file.text.lines().enumerate();
    let found = lines.filter(|(_, line)| markers.iter().any(|marker| line.contains(marker)));
    found.map(|(index, _)| file.complain(index + 1, "is unfinished")).collect()
}

/// Files that no other file declares as a module: they look like code and are never compiled.
fn orphans(files: &[File]) -> Vec<String> {
    let is_declared = |file: &File| {
        let (parent, name) = file.path.trim_end_matches(".rs").rsplit_once('/').unwrap_or_default();
        let declared_in = match parent {
            "src" => "src/lib.rs".to_owned(),
            "tests/suite" => "tests/suite/main.rs".to_owned(),
            "tests/county" => "tests/county/generated.rs".to_owned(),
            "tests/fuzz" => "tests/fuzz/targets.rs".to_owned(),
            other => format!("{other}.rs"),
        };
        let declares = |line: &str| line.ends_with(&format!("mod {name};"));
        // What the suite and the benches share is declared by its path.
        let by_path = format!("#[path = \"../{}/{name}.rs\"]", parent.trim_start_matches("tests/"));
        let is_root =
            matches!(name, "lib" | "main") || parent == "tests/bench" || file.path == "tests/fuzz/any.rs";
        is_root
            || files.iter().any(|f| f.text.contains(&by_path))
            || files.iter().any(|f| f.path == declared_in && f.text.lines().any(declares))
    };
    files.iter().filter(|file| !is_declared(file)).map(|file| file.complain(1, "is never compiled")).collect()
}

/// Things at the top of the repository that do not belong there.
fn strays<'a>(entries: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    entries.into_iter().filter(|name| !name.starts_with('.') && !TOP.contains(name)).collect()
}

#[test]
fn a_module_uses_only_modules_above_it() {
    let order = modules("//! x\n\npub mod number;\npub mod form;\npub mod tui;\nmod private;\n");
    assert_eq!(order, ["number", "form", "tui"]);
    for bad in [
        "use crate::tui::App;",
        "use crate::{\n    number::Decimal,\n    tui::{App, Key},\n};",
        "fn f() { super::tui::run() }",
        "fn f() { nianbao::tui::run() }",
    ] {
        assert_eq!(upward_uses(&File::new("src/form.rs", bad), &order).len(), 1, "{bad}");
    }
    assert_eq!(upward_uses(&File::new("src/form/v.rs", "use super::super::tui;"), &order).len(), 1);
    assert_eq!(upward_uses(&File::new("src/extra.rs", ""), &order).len(), 1);
    for good in ["use crate::number::{Decimal, tui};", "//! [`x`](crate::tui)", "use super::tuition;"] {
        assert!(upward_uses(&File::new("src/form.rs", good), &order).is_empty(), "{good}");
    }

    let order = modules(&fs::read_to_string(root().join("src/lib.rs")).unwrap());
    assert!(order.len() > 5, "{order:?}");
    assert_tidy(|file| upward_uses(file, &order));
}

#[test]
fn no_file_is_too_long() {
    let long = "//! x\n".repeat(LINES + 1);
    assert_eq!(too_long(&File::new("src/form.rs", &long)).len(), 1);
    assert!(too_long(&File::new("src/form/v2021.rs", &long)).is_empty());
    assert!(too_long(&File::new("src/form.rs", &"//! x\n".repeat(LINES))).is_empty());
    assert_tidy(too_long);
}

#[test]
fn every_file_says_what_it_is_for() {
    assert_eq!(no_purpose(&File::new("src/form.rs", "use std::fmt;\n//! late")).len(), 1);
    assert!(no_purpose(&File::new("src/form.rs", "//! The form.")).is_empty());
    assert_tidy(no_purpose);
}

#[test]
fn names_say_something() {
    for (path, text) in [
        ("src/utils.rs", ""),
        ("src/form/mod.rs", ""),
        ("src/cell_helpers.rs", ""),
        ("src/form.rs", "pub(crate) struct CellManager;"),
        ("src/form.rs", "    fn key_handler<T>(x: T) {}"),
        ("src/form.rs", "mod common;"),
    ] {
        assert_eq!(empty_names(&File::new(path, text)).len(), 1, "{path} {text}");
    }
    for good in
        ["struct OtherServices;", "fn commonly() {}", "let utils = 1;", "// fn helper", "enum Kind {}"]
    {
        assert!(empty_names(&File::new("src/form.rs", good)).is_empty(), "{good}");
    }
    assert_tidy(empty_names);
}

#[test]
fn one_file_prints() {
    let printing = File::new("src/store.rs", "//! x\nfn f() {\n    eprintln!(\"x\");\n}\n");
    assert_eq!(stray_prints(&printing), ["src/store.rs:3: prints"]);
    assert!(stray_prints(&File::new("src/cli/print.rs", &printing.text)).is_empty());
    assert!(stray_prints(&File::new("src/store.rs", "#[cfg(test)]\nmod tests { println!() }")).is_empty());
    assert_tidy(stray_prints);
}

#[test]
fn nothing_is_unfinished() {
    for bad in [concat!("// TO", "DO: later"), concat!("to", "do!()"), concat!("#[ig", "nore = \"slow\"]")] {
        assert_eq!(unfinished(&File::new("src/form.rs", bad)).len(), 1, "{bad}");
    }
    assert_tidy(unfinished);
}

#[test]
fn every_file_is_compiled() {
    let bad = [
        File::new("src/lib.rs", "pub mod form;"),
        File::new("src/form.rs", "mod terms;"),
        File::new("src/form/terms.rs", ""),
        File::new("src/form/extra.rs", ""),
        File::new("tests/suite/extra.rs", ""),
        File::new("tests/bench/checks.rs", "#[path = \"../county/generated.rs\"]\nmod generated;"),
        File::new("tests/county/generated.rs", "mod files;"),
        File::new("tests/county/files.rs", ""),
        File::new("tests/county/extra.rs", ""),
    ];
    let orphaned: Vec<String> = orphans(&bad);
    assert_eq!(orphaned.len(), 3, "{orphaned:?}");
    assert_eq!(orphans(&files()), [""; 0]);
}

#[test]
fn the_top_of_the_repository_is_clear() {
    assert_eq!(strays(["src", "notes.txt", ".ci", "src2"]), ["notes.txt", "src2"]);
    let entries =
        fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let entries: Vec<String> = entries.collect();
    assert!(entries.iter().any(|name| name == "Cargo.toml"));
    assert_eq!(strays(entries.iter().map(String::as_str)), [""; 0]);
}

/// Whether source that goes on behind the name of a command makes it an arm, alone or with others: not one that is told or sent.
fn is_arm(rest: &str) -> bool {
    let is_whole = !rest.starts_with(|char: char| char.is_alphanumeric());
    let payload = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let Some((pattern, _)) = payload.map_or(rest, |(_, rest)| rest).split_once("=>") else { return false };
    // Of a pair, as `(Command::Enter, NewField::Year)`, the end is still to come, and then nothing but the arm.
    let mut depth = 0;
    let end = pattern.find(|char: char| {
        depth += i32::from(char == '(') - i32::from(char == ')');
        depth < 0
    });
    let behind = end.map_or("", |end| pattern[end + 1..].trim());
    let is_pattern = behind.is_empty() || behind.starts_with('|') || behind.starts_with("if ");
    is_whole && !pattern.contains([';', '{', '}']) && is_pattern
}

/// The commands of this source of which that other has no arm.
fn undone(commands: &str, done: &str) -> Vec<String> {
    let (_, rest) = commands.split_once("pub enum Command {").unwrap();
    let (variants, _) = rest.split_once("\n}").unwrap();
    let variants = variants.lines().filter_map(|line| line.strip_prefix("    "));
    let names = variants.filter(|line| line.starts_with(|char: char| char.is_ascii_uppercase()));
    let names = names.map(|line| line.split(['(', ',']).next().unwrap());
    let is_done = |name: &&str| {
        let named = format!("Command::{name}");
        let is_asked = |at: usize| done[..at].ends_with("== ");
        done.match_indices(&named).any(|(at, _)| is_asked(at) || is_arm(&done[at + named.len()..]))
    };
    names.filter(|name| !is_done(name)).map(str::to_owned).collect()
}

/// A command that nothing is done for would be bound, listed in the help, and do nothing.
#[test]
fn every_command_is_done_somewhere() {
    let commands = "pub enum Command {\n    Go(Step),\n    Up,\n    Down,\n    Told,\n    No,\n    Tour,\n}";
    let done = "Command::Gone => app.way(Command::Go)),\n(Command::Up | Command::Down, _) => app.say(Command::Told),\n\
                Command::No if is_so() => f(),\nif command == Command::Tour {";
    assert_eq!(undone(commands, done), ["Go", "Told"]);
    let files = files();
    let text = |is_it: fn(&str) -> bool| -> String {
        files.iter().filter(|file| is_it(&file.path)).map(|file| file.text.as_str()).collect()
    };
    let done = text(|path| path == "src/tui.rs" || path.starts_with("src/tui/update"));
    assert_eq!(undone(&text(|path| path == "src/keymap/command.rs"), &done), [""; 0]);
}
