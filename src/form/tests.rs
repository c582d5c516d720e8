//! The cells and sums of the decrees, and the names of rows.

use super::*;

#[test]
fn the_forms_have_the_cells_and_sums_of_the_decrees() {
    let count = |form: &Form, sum| form.equations().iter().filter(|e| e.sum == sum).count();
    let [new, old] = Form::all() else { panic!("two forms") };
    assert_eq!((new.cells().len(), new.equations().len()), (200, 42));
    assert_eq!((old.cells().len(), old.equations().len()), (198, 40));
    for (form, rows) in [(new, 25), (old, 23)] {
        assert_eq!(count(form, Sum::Balance), 7);
        assert_eq!(count(form, Sum::Outcome), 7);
        assert_eq!(count(form, Sum::Row), rows);
        assert_eq!(count(form, Sum::Dispute), 3);
    }
}

#[test]
fn an_outcome_sum_takes_every_outcome_and_nothing_else() {
    let form = Form::current();
    let outcome = form.equations().iter().find(|e| e.sum == Sum::Outcome).unwrap();
    let rows: Vec<Row> = outcome.left.iter().map(|&c| form.cells()[c].cell.row).collect();
    assert_eq!(rows.len(), 21);
    assert_eq!((rows[0], rows[20]), (Row::Granted, Row::HandledOtherwise));
    assert_eq!(form.cells()[outcome.right[0]].cell.row, Row::Concluded);
}

#[test]
fn rows_are_named_by_their_official_labels() {
    let name = |row, column| Form::current().cell(Cell { row, column }).unwrap().row_name.clone();
    assert_eq!(name(Row::ThirdPartyRights, Column::Business), "三（三）4.保护第三方合法权益");
    assert_eq!(name(Row::Concluded, Column::Total), "三（七）总计");
    assert_eq!(name(Row::Received, Column::Total), "一、本年新收政府信息公开申请数量");
    assert_eq!(name(Row::DirectSuit, Column::Pending), "行政诉讼，未经复议直接起诉");
}

#[test]
fn every_year_from_2019_has_one_form() {
    let key = |year| Form::for_year(year).map(|form| form.decree.key);
    assert_eq!(
        [2018, 2019, 2020, 2021, 2030, 202_025].map(key),
        [None, Some("2019"), Some("2019"), Some("2021"), Some("2021"), None]
    );
}

#[test]
fn only_a_number_at_the_head_of_a_label_is_its_mark() {
    for (label, marked) in [
        ("三、本年度办理结果", "三"),
        ("（三）不予公开", "（三）"),
        ("行政诉讼", "行政诉讼"),
        ("公益、服务机构", "公益、服务机构"),
        ("重复申请）", "重复申请）"),
    ] {
        assert_eq!(mark(label), marked);
    }
}

#[test]
fn fewer_than_last_year_is_a_number_and_a_fee_has_decimals() {
    let [new, old] = Form::all() else { panic!("two forms") };
    for (form, column, kind, cells) in [
        (old, Column::Change, Kind::Change, 1),
        (old, Column::Previous, Kind::Count, 1),
        (old, Column::Amount, Kind::Amount, 1),
        (new, Column::Amount, Kind::Amount, 1),
        (new, Column::Business, Kind::Count, 25),
    ] {
        let of_column = form.cells().iter().filter(|info| info.cell.column == column);
        let kinds: Vec<_> = of_column.map(|info| info.kind).collect();
        assert!(kinds.len() >= cells && kinds.iter().all(|of| *of == kind), "{column:?} {kinds:?}");
    }
}
