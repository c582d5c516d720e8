//! The units of a fictional county, and the register that lists them. Says nothing of what they report.

use nianbao::form::terms::Level;

use super::LAST_YEAR;

/// A unit of the register.
#[derive(Clone)]
pub(crate) struct Unit {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) short_name: Option<String>,
    pub(crate) level: Level,
    /// The code of the unit above it.
    pub(crate) parent: Option<String>,
    /// The names of what it was renamed or merged from at the beginning of [`LAST_YEAR`].
    pub(crate) former_names: Vec<String>,
}

impl Unit {
    /// The names of the organs that reported for it in a year.
    pub(super) fn names_in(&self, year: i64) -> Vec<String> {
        if year < LAST_YEAR && !self.former_names.is_empty() {
            return self.former_names.clone();
        }
        vec![self.name.clone()]
    }

    /// The name without 人民政府.
    pub(super) fn name_without_kind(&self) -> &str {
        self.name.trim_end_matches("人民政府")
    }
}

const TOWNS: [&str; 30] = [
    "云溪镇",
    "青石镇",
    "西坪镇",
    "柳河镇",
    "沙湾镇",
    "龙泉镇",
    "白塔镇",
    "枫林镇",
    "石桥镇",
    "东岭镇",
    "南浦镇",
    "北渡镇",
    "双河镇",
    "金谷镇",
    "梅坞镇",
    "竹园镇",
    "红旗镇",
    "新安镇",
    "太平镇",
    "永丰镇",
    "清水乡",
    "高田乡",
    "黄羊乡",
    "马蹄乡",
    "团山乡",
    "桃源乡",
    "东关街道",
    "西关街道",
    "河滨街道",
    "学府街道",
];

const DEPARTMENTS: [&str; 20] = [
    "财政局",
    "教育局",
    "民政局",
    "司法局",
    "人力资源和社会保障局",
    "自然资源局",
    "住房和城乡建设局",
    "交通运输局",
    "水利局",
    "农业农村局",
    "商务局",
    "文化和旅游局",
    "卫生健康局",
    "应急管理局",
    "审计局",
    "市场监督管理局",
    "统计局",
    "医疗保障局",
    "林业局",
    "发展和改革委员会",
];

/// What the names of counties are made of; the first of each give 岚桥县.
const HEADS: &str =
    "岚云青柳石枫沧霁梧珠锦怀瑶鹤栗凤雁溆槐苍浔曲鹿桂松柏兰芷蓝碧丹玉银铜虹霞晴雪霜露波涛浪汐泉潭湖洲渚";
const TAILS: &str =
    "桥岭河山川溪江浦塘湾坪原谷屿岗陵阳阴泽津渡关堡寨坊集店营屯庄埠洋淀圩垸坳峪冲垭坝堰陂渠闸港汊洼坎崖峰";

/// A county, and the first of its units: towns, townships, streets and departments by turns, as many as are asked for.
pub(super) fn units(number: usize, count: usize) -> Vec<Unit> {
    let (heads, tails): (Vec<char>, Vec<char>) = (HEADS.chars().collect(), TAILS.chars().collect());
    let side = ["", "南", "北"][number / (heads.len() * tails.len())];
    let (head, tail) = (heads[number % heads.len()], tails[number / heads.len() % tails.len()]);
    let county = format!("{side}{head}{tail}县");
    let code = |unit: usize| format!("{:07}", number * 1_000 + unit);
    let mut units = vec![Unit {
        code: code(0),
        name: format!("{county}人民政府"),
        short_name: None,
        level: Level::County,
        parent: None,
        former_names: Vec::new(),
    }];
    assert!(count <= TOWNS.len() + DEPARTMENTS.len(), "no more names");
    let (mut towns, mut departments) = (TOWNS.iter(), DEPARTMENTS.iter());
    for unit in 1..=count {
        let is_department = unit % 5 > 2;
        let next = if is_department { departments.next() } else { towns.next() };
        let Some(name) = next.or_else(|| towns.next()).or_else(|| departments.next()) else { break };
        let full = match name.chars().last().unwrap() {
            '镇' | '乡' => format!("{county}{name}人民政府"),
            '道' => format!("{county}{name}办事处"),
            _ => format!("{county}{name}"),
        };
        let former_names = match unit {
            7 => vec![full.replace("镇人民", "乡人民")],
            11 => ["上", "下"].map(|side| full.replace(name, &format!("{side}{name}"))).to_vec(),
            _ => Vec::new(),
        };
        units.push(Unit {
            code: code(unit),
            level: Level::of_name(&full).unwrap(),
            short_name: (unit % 4 == 1).then(|| format!("{county}{name}")).filter(|short| *short != full),
            name: full,
            parent: Some(code(0)),
            former_names,
        });
    }
    units
}

/// The register as a list between commas.
pub(super) fn list(units: &[Unit]) -> String {
    let line = |unit: &Unit| {
        let (short, parent) = (unit.short_name.as_deref(), unit.parent.as_deref());
        let [short, parent] = [short, parent].map(Option::unwrap_or_default);
        let former = unit.former_names.join("、");
        format!("{},{},{short},{},{parent},{former}\n", unit.code, unit.name, unit.level.label())
    };
    "代码,全称,简称,层级,上级,原名\n".to_owned() + &units.iter().map(line).collect::<String>()
}
