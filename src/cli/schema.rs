//! `schema`: the shapes that other programs rely on, as JSON Schema, made from the forms, the places and the rules.
//!
//! It reads and checks nothing; that what is printed elsewhere has these shapes is tested.

use serde_json::{Map, Value, json};

use super::arguments::{Schema, Shape};
use super::print::Output;
use super::{Error, Status};
use crate::check::{RULES, Severity};
use crate::form::terms::{Column, Field, Level};
use crate::form::{Cell, Form};
use crate::report::{NoticeKind, Place, SCHEMA};

/// The language that the schemas are written in.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The version of a line of `check --json`; it is another only where a program that read it would misread it.
const VERDICT: u64 = 1;

/// Prints a schema, laid out for people too.
pub(super) fn run(arguments: &Schema, output: &mut Output) -> Result<Status, Error> {
    let schema = match arguments.shape {
        Shape::Report => saved(),
        Shape::Check => verdict(),
    };
    output.text(&serde_json::to_string_pretty(&schema).unwrap_or_default());
    Ok(Status::Clean)
}

/// A saved report.
fn saved() -> Value {
    let keys: Vec<&str> = Form::all().iter().map(|form| form.decree.key).collect();
    let of = |form: &Form| {
        let places = Place::all().filter(|place| place.is_in(form));
        let values: Map<String, Value> =
            places.map(|place| (place.to_string(), value_at(place, form))).collect();
        json!({ "properties": {
            "form": { "const": form.decree.key },
            "values": { "properties": values, "additionalProperties": false },
        } })
    };
    json!({
        "$schema": DIALECT,
        "$id": format!("urn:nianbao:report:{SCHEMA}"),
        "title": "nianbao 保存的报告",
        "description": "没有填的不写；0 是填了 0。values 以外不认识的字段，读的程序要放过。",
        "type": "object",
        "required": ["form", "values"],
        "properties": {
            "schema": { "const": SCHEMA, "description": "格式的版本" },
            "form": { "enum": keys, "description": "表样" },
            "values": { "type": "object", "description": "位置和那里的内容" },
            "notices": { "type": "array", "items": notice(), "description": "读入时的说明" },
            "waivers": { "type": "array", "items": waiver(), "description": "写明了理由、不再算问题的检查结果" },
        },
        "oneOf": Form::all().iter().map(of).collect::<Vec<_>>(),
    })
}

/// One line of `check --json`.
fn verdict() -> Value {
    let count = json!({ "type": "integer", "minimum": 0 });
    let checked = json!({
        "required": ["file", "agency", "year", "form", "counts", "findings", "unknown"],
        "properties": {
            "file": { "type": "string", "description": "文件，或者库里的编号" },
            "agency": { "type": ["string", "null"], "description": "机关全称" },
            "year": { "type": ["integer", "null"], "description": "年度" },
            "form": { "enum": Form::all().iter().map(|form| form.decree.key).collect::<Vec<_>>() },
            "counts": {
                "type": "object",
                "required": ["error", "warning", "info", "unknown"],
                "properties": { "error": count, "warning": count, "info": count, "unknown": count },
            },
            "findings": { "type": "array", "items": finding() },
            "unknown": { "type": "array", "items": {
                "type": "object",
                "required": ["rule", "reason"],
                "properties": { "rule": rule(), "reason": { "type": "string", "description": "缺什么，所以没有核对" } },
            } },
        },
    });
    let unreadable = json!({
        "required": ["file", "error"],
        "properties": { "file": { "type": "string" }, "error": { "type": "string", "description": "为什么读不了" } },
    });
    json!({
        "$schema": DIALECT,
        "$id": format!("urn:nianbao:check:{VERDICT}"),
        "title": "nianbao check --json 的一行",
        "type": "object",
        "oneOf": [checked, unreadable],
    })
}

fn finding() -> Value {
    let severities: Vec<&str> = Severity::ALL.iter().map(|severity| severity.key()).collect();
    json!({
        "type": "object",
        "required": ["rule", "name", "severity", "message", "places", "quote", "fixes", "waived"],
        "properties": {
            "rule": rule(),
            "name": { "enum": RULES.iter().map(|rule| rule.name).collect::<Vec<_>>() },
            "severity": { "enum": severities },
            "message": { "type": "string" },
            "places": { "type": "array", "items": place(), "description": "涉及的位置，先看第一个" },
            "quote": { "description": "说的是哪些字", "oneOf": [{ "type": "null" }, {
                "type": "object",
                "required": ["section", "start", "end", "text"],
                "properties": {
                    "section": place(),
                    "start": { "type": "integer", "minimum": 0, "description": "从第几个字起，从 0 数" },
                    "end": { "type": "integer", "minimum": 0, "description": "到第几个字之前" },
                    "text": { "type": "string" },
                },
            }] },
            "fixes": { "description": "改法，最像的在前", "type": "array", "items": {
                "type": "object",
                "required": ["title", "set"],
                "properties": {
                    "title": { "type": "string" },
                    "set": {
                        "description": "一起改的各处；null 是清空",
                        "type": "object",
                        "propertyNames": place(),
                        "additionalProperties": { "type": ["integer", "string", "null"] },
                    },
                },
            } },
            "waived": { "type": ["string", "null"], "description": "写明的理由；不再算问题" },
        },
    })
}

fn notice() -> Value {
    let kinds: Vec<Value> = NoticeKind::ALL.iter().map(|kind| json!(kind)).collect();
    json!({
        "type": "object",
        "required": ["kind", "place"],
        "properties": {
            "kind": { "enum": kinds },
            "place": place_or_none(),
            "quote": { "type": "string", "description": "原文" },
            "at": { "type": "string", "description": "在原文件的哪里" },
            "message": { "type": "string" },
        },
    })
}

fn waiver() -> Value {
    json!({
        "type": "object",
        "required": ["rule", "place", "finding", "reason"],
        "properties": {
            // Rules may be gone by the time that a waiver is read.
            "rule": { "type": "string" },
            "place": place_or_none(),
            "finding": { "type": "string", "description": "当时的检查结果" },
            "reason": { "type": ["string", "null"] },
        },
    })
}

fn rule() -> Value {
    json!({ "enum": RULES.iter().map(|rule| rule.id).collect::<Vec<_>>() })
}

fn place() -> Value {
    json!({ "enum": Place::all().map(|place| place.to_string()).collect::<Vec<_>>() })
}

fn place_or_none() -> Value {
    json!({ "oneOf": [{ "type": "null" }, place()] })
}

/// What may stand at a place.
fn value_at(place: Place, form: &Form) -> Value {
    let (kind, rest) = match place {
        Place::Cell(Cell { column: Column::Amount, .. }) => (json!("string"), "，万元，小数写成文字"),
        Place::Cell(_) => (json!(["integer", "string"]), "，件数；不是数的是原来的文字"),
        Place::Field(Field::Level) => {
            return json!({ "enum": Level::ALL.iter().map(|level| level.key()).collect::<Vec<_>>() });
        }
        Place::Field(Field::Year) => (json!(["integer", "string"]), ""),
        Place::Field(_) | Place::Section(_) => (json!("string"), ""),
    };
    json!({ "type": kind, "description": format!("{}{rest}", place.label(form)) })
}
