//! The page of the county: that it stands by itself, is well-formed, and shows the figures that there are.

use nianbao::trends::bar::percent;
use nianbao::trends::{Figures, Measure, Trends};
use nianbao::units::{Scope, Units};
use nianbao::{export, import};
use quick_xml::Reader;
use quick_xml::events::Event;
use scraper::{Html, Selector};

use super::{county, desk};

/// The trends of the county, and what there is to see of them.
fn with<T>(look: impl FnOnce(&Trends<'_>, &str) -> T) -> T {
    let units = Units::read(&import::list(county::REGISTER.as_bytes()).unwrap()).unwrap();
    let scope: Scope = units.scope(None, None).unwrap();
    let figures = county::reports().iter().map(|(file, report)| Figures::new(file, report)).collect();
    let trends = Trends::new((&units, true), scope, figures);
    let page = export::trends::page(&trends, 2025, &trends.set_aside()).unwrap();
    look(&trends, &page)
}

fn texts(page: &Html, selector: &str) -> Vec<Vec<String>> {
    let rows = Selector::parse(selector).unwrap();
    let cells = Selector::parse("th, td").unwrap();
    let text = |cell: scraper::ElementRef<'_>| cell.text().collect::<String>();
    page.select(&rows).map(|row| row.select(&cells).map(text).collect()).collect()
}

#[test]
fn the_page_asks_for_nothing_and_runs_nothing() {
    with(|_, page| {
        let without_its_head = page.replace("http-equiv", "");
        for word in ["http", "src=", "<script", "url(", "@import", "<link", "onload", "javascript"] {
            assert!(!without_its_head.contains(word), "{word}");
        }
        assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"zh-CN\">") && page.contains("@page{size:A4"));
        let xml = page.replace("<!DOCTYPE html>", "");
        let xml = xml.lines().map(|line| match line.starts_with("<meta") {
            true => line.replace('>', "/>"),
            false => line.to_owned(),
        });
        let xml: String = xml.collect();
        let mut reader = Reader::from_str(&xml);
        reader.config_mut().check_end_names = true;
        let (mut depth, mut elements) = (0, 0);
        loop {
            match reader.read_event().unwrap() {
                Event::Start(_) => (depth, elements) = (depth + 1, elements + 1),
                Event::End(_) => depth -= 1,
                Event::Eof => break,
                _ => {}
            }
        }
        assert!(depth == 0 && elements > 500, "{depth} {elements}");
    });
}

#[test]
fn every_number_on_the_page_is_a_figure() {
    with(|trends, text| {
        let page = Html::parse_document(text);
        let years: Vec<i64> = trends.years().collect();
        let shown = |count: Option<i64>| count.map_or_else(|| "没有数".to_owned(), |count| count.to_string());
        let totals = texts(&page, "section:nth-of-type(1) tbody tr");
        assert_eq!(totals.len(), Measure::ALL.len() + 1);
        for (row, measure) in totals[1..].iter().zip(Measure::ALL) {
            assert_eq!(row[0], measure.label());
            for (cell, year) in row[1..].iter().zip(&years) {
                let sum = trends.sum(*year, measure);
                let mark = if trends.is_partial(*year, measure) { "*" } else { "" };
                assert_eq!(*cell, format!("{}{mark}", sum.sum), "{measure:?} {year}");
            }
        }
        // The columns say what the table below them says.
        let figure = Selector::parse(".charts figure").unwrap();
        let (title, number) =
            (Selector::parse("figcaption").unwrap(), Selector::parse("text.number").unwrap());
        for chart in page.select(&figure) {
            let title: String = chart.select(&title).flat_map(|title| title.text()).collect();
            let numbers: Vec<String> = chart.select(&number).map(|text| text.text().collect()).collect();
            let row = totals.iter().find(|row| row[0] == title).unwrap();
            let cells: Vec<String> = row[1..=years.len()].iter().map(|cell| cell.replace('*', "")).collect();
            assert_eq!(numbers, cells, "{title}");
        }
        for (row, unit) in
            texts(&page, "section:nth-of-type(3) tbody tr").iter().zip(trends.by_requests(2025))
        {
            assert_eq!(row[0], trends.short_name(unit, "岚桥县"));
            for (cell, year) in row[1..].iter().zip(&years) {
                let there = trends.report(unit, *year).is_some();
                let count = trends.count(unit, *year, Measure::Received);
                assert_eq!(*cell, if there { shown(count) } else { "没有报告".to_owned() });
            }
        }
        for (row, shares) in
            texts(&page, "section:nth-of-type(4) tbody tr")[1..].iter().zip(trends.shares(2025))
        {
            assert_eq!(row[1], shown(shares.whole));
            for (nth, cell) in row[2..].iter().enumerate() {
                let none =
                    || if shares.whole.is_some() { "–".to_owned() } else { shown(shares.counts[nth]) };
                assert_eq!(*cell, shares.per_mille(nth).map_or_else(none, percent));
            }
        }
        let all = texts(&page, "section.many tbody tr");
        let reported = years.iter().map(|year| trends.reported(*year).count());
        assert_eq!(all.len(), reported.sum::<usize>());
        let expected = trends.by_requests(2025).into_iter().flat_map(|unit| {
            let filed = years.iter().filter_map(move |year| Some((year, trends.report(unit, *year)?)));
            filed.map(|(year, one)| (*year, Measure::ALL.map(|measure| shown(one.count(measure)))))
        });
        for (row, (year, counts)) in all.iter().zip(expected) {
            let cells = &row[row.len() - counts.len()..];
            assert_eq!((&row[row.len() - counts.len() - 1], cells), (&year.to_string(), &counts[..]));
        }
    });
}

#[test]
fn a_bar_begins_at_0_and_is_as_long_as_its_number() {
    with(|trends, text| {
        let page = Html::parse_document(text);
        let row = Selector::parse("section:nth-of-type(3) tbody tr").unwrap();
        let (cell, rect) = (Selector::parse("td").unwrap(), Selector::parse("rect").unwrap());
        let most = 182;
        let mut seen = 0;
        for (row, unit) in page.select(&row).zip(trends.by_requests(2025)) {
            for (cell, year) in row.select(&cell).zip(trends.years()) {
                let width =
                    cell.select(&rect).next().map_or(0, |rect| rect.attr("width").unwrap().parse().unwrap());
                let count = trends.count(unit, year, Measure::Received).unwrap_or_default();
                assert_eq!(width, nianbao::trends::bar::length(count, most, 100), "{count}");
                seen += width;
            }
        }
        assert!(seen > 500, "{seen}");
        let base: i64 = 116;
        let column = Selector::parse(".charts rect").unwrap();
        for column in page.select(&column) {
            let [y, height] = ["y", "height"].map(|name| column.attr(name).unwrap().parse::<i64>().unwrap());
            assert_eq!(y + height, base);
        }
    });
}

#[test]
fn names_from_files_are_text_on_the_page() {
    let desk = desk();
    let agency = "<script>alert(1)</script>&\u{202e}镇人民政府";
    desk.write("年报/x.json", crate::cli::saved(&[("@agency", agency)]));
    let run = desk.run(&["trends", "年报", "-o", "趋势.html"]);
    assert_eq!(run.err, "已写入 趋势.html\n");
    let page = desk.read("趋势.html");
    assert!(!page.contains("<script") && page.contains("&lt;script&gt;"), "escaped");
    run.clean();
}
