//! Lists to choose from: what is in them, and what follows from a choice.

use super::super::action::{Effect, Errand};
use super::super::app::{App, Overlay, Pick};
use super::super::keymap::Command;
use super::{apply, library, prose, report};
use crate::form::terms::{Field, Section};
use crate::prose::{Topic, compose as compose_sentence};
use crate::report::{Edit, Place, Value};
use crate::text;
use crate::width::{Ambiguous, fit};

/// Lists every place to go to, by its label and its spelling.
pub(super) fn go_to(app: &mut App) {
    let Some(open) = &app.open else { return };
    let form = open.report().form();
    let sections = Section::ALL.iter().map(|&section| Place::Section(section));
    let fields = Field::ALL.iter().map(|&field| Place::Field(field));
    let cells = form.cells().iter().map(|info| Place::Cell(info.cell));
    let items = sections
        .chain(fields)
        .chain(cells)
        .map(|place| (format!("{}  {place}", place.label(form)), Pick::Place(place)));
    let items: Vec<(String, Pick)> = items.collect();
    app.pick("转到（输入标题或位置的一部分，空格隔开）", items);
}

/// Lists the rows of the table, or the sentences of the prose.
pub(super) fn find(app: &mut App) {
    let Some(open) = &app.open else { return };
    let items: Vec<(String, Pick)> = match (open.cell(), open.editor()) {
        (Some(cell), _) => {
            let sheet = open.sheet(cell.section(), app.size);
            let column = sheet.find(cell).map_or(0, |(_, column)| column);
            let cells = sheet.rows().filter_map(|row| row.get(column).or(row.last())).copied();
            let label = |cell| Place::Cell(cell).label(open.report().form());
            cells.map(|cell| (label(cell), Pick::Place(cell.into()))).collect()
        }
        (None, Some(editor)) => sentences(editor.text()),
        (None, None) => return,
    };
    let title = match open.cell() {
        Some(_) => "在这一部分里查找".to_owned(),
        None => format!("在这一部分里查找；{} 替换", app.way(Command::Replace)),
    };
    app.pick(title, items);
}

/// Lists the sentences that tell numbers of the tables; where numbers are missing, which.
pub(super) fn compose(app: &mut App) {
    let Some(open) = &app.open else { return };
    let form = open.report().form();
    let item = |topic: Topic| match compose_sentence(open.report(), topic)? {
        Ok(sentence) => {
            Some((format!("{}  {sentence}", app.language.say(topic.label())), Pick::Sentence(sentence)))
        }
        Err(missing) => {
            let first = *missing.first()?;
            let which: Vec<String> = missing.iter().take(3).map(|place| place.label(form)).collect();
            let more = if missing.len() > 3 { format!("等 {} 格", missing.len()) } else { String::new() };
            let text =
                format!("{}  写不成：{}{more}空白或者不是数；选定就到那里", topic.label(), which.join("、"));
            Some((text, Pick::Place(first)))
        }
    };
    let items: Vec<(String, Pick)> = Topic::ALL.into_iter().filter_map(item).collect();
    app.pick("插入表中数字的句子", items);
}

/// The sentences of a text, with where they stand.
fn sentences(text: &str) -> Vec<(String, Pick)> {
    text::sentences(text).map(|range| (text[range.clone()].trim().to_owned(), Pick::Words(range))).collect()
}

/// Lists every command that has a name here.
pub(super) fn palette(app: &mut App) {
    let bindings =
        app.keys.bindings(app.context()).filter(|binding| !binding.title.is_empty() && app.offers(binding));
    let items: Vec<(String, Pick)> = bindings
        .map(|binding| {
            let key = fit(&app.language.say(&binding.key()), 10, Ambiguous::Safe);
            let title = fit(&app.language.say(binding.title), 16, Ambiguous::Safe);
            (
                format!("{key}{title}{}", app.language.say(&binding.explained())),
                Pick::Command(binding.command),
            )
        })
        .collect();
    // Said before they were measured.
    app.overlay = Some(Overlay::picker("命令（输入名称、拼音或拼音首字母）", items));
}

/// Does what follows from a choice.
pub(super) fn chosen(app: &mut App, pick: Pick, sought: &str) -> Vec<Effect> {
    match pick {
        Pick::Words(range) => {
            if let Some(editor) = app.open.as_mut().and_then(|open| open.editor_mut()) {
                // The words themselves, where they stand together.
                let at = editor.text().get(range.clone()).and_then(|sentence| sentence.find(sought));
                let at = at.filter(|_| !sought.is_empty()).map(|at| range.start + at);
                editor.select(at.map_or(range, |at| at..at + sought.len()));
            }
            Vec::new()
        }
        Pick::Level(level) => {
            let value = Value::Text(level.key().to_owned());
            apply(app, &format!("层级：{}", level.label()), Edit::set(Field::Level, Some(value)))
                .unwrap_or_default()
        }
        Pick::TakeIn(report) => {
            app.overlay = None;
            library::add(app, *report, library::READ, true)
        }
        Pick::Fix(fix) => report::apply_fix(app, &fix),
        Pick::Place(place) => {
            if let Some(open) = &mut app.open {
                open.go(place);
            }
            Vec::new()
        }
        Pick::Sentence(sentence) => prose::put_in(app, "插入表中数字的句子", &sentence),
        Pick::Restore(id) => vec![Effect::Restore(id)],
        Pick::Command(command) => super::command_at(app, command),
        Pick::Total { accepted } => vec![Effect::Desk(Errand::Total { accepted })],
        Pick::Stay => Vec::new(),
        Pick::Leave(then) => report::leave_at_once(app, then),
    }
}
