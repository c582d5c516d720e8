//! The names of the fonts of the official layout, and of those that stand in for them, the nearest first.

use crate::export::Role;

/// The names under which Windows, macOS, WPS and the makers know the fonts of a role.
pub(super) const fn own(role: Role) -> &'static [&'static str] {
    match role {
        Role::Title => &[
            "方正小标宋简体",
            "方正小标宋_GBK",
            "FZXiaoBiaoSong-B05S",
            "FZXiaoBiaoSong-B05",
            "小标宋体",
            "华文中宋",
            "STZhongsong",
        ],
        Role::Body => &[
            "仿宋_GB2312",
            "FangSong_GB2312",
            "仿宋",
            "FangSong",
            "方正仿宋_GBK",
            "方正仿宋简体",
            "FZFangSong-Z02S",
            "华文仿宋",
            "STFangsong",
        ],
        Role::Heading => &[
            "黑体",
            "SimHei",
            "方正黑体_GBK",
            "方正黑体简体",
            "FZHei-B01S",
            "华文黑体",
            "STHeiti",
            "Heiti SC",
        ],
        Role::Subheading => &[
            "楷体_GB2312",
            "KaiTi_GB2312",
            "楷体",
            "KaiTi",
            "方正楷体_GBK",
            "方正楷体简体",
            "FZKai-Z03S",
            "华文楷体",
            "STKaiti",
            "Kaiti SC",
            "AR PL UKai CN",
        ],
        Role::Table => {
            &["宋体", "SimSun", "新宋体", "NSimSun", "方正书宋_GBK", "华文宋体", "STSong", "Songti SC"]
        }
    }
}

/// Fonts with serifs for all of 简体中文.
pub(super) const SERIF: [&str; 11] = [
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Source Han Serif CN",
    "思源宋体",
    "Noto Serif SC",
    "宋体",
    "SimSun",
    "Songti SC",
    "STSong",
    "AR PL UMing CN",
    "AR PL SungtiL GB",
];

/// Fonts without serifs for all of 简体中文.
pub(super) const SANS: [&str; 13] = [
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "思源黑体",
    "Noto Sans SC",
    "黑体",
    "SimHei",
    "微软雅黑",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
];

/// Fonts for what the others do not have: rare characters of names, signs, other scripts.
pub(super) const RARE: [&str; 10] = [
    "SimSun-ExtB",
    "HanaMinA",
    "HanaMinB",
    "花园明朝A",
    "花园明朝B",
    "Plangothic P1",
    "Plangothic P2",
    "Noto Sans Symbols2",
    "Noto Sans Symbols 2",
    "DejaVu Sans",
];
