//! Chinese text found by its pinyin, in full or by initials, so that things are found without an input method.
//!
//! The first level of GB 2312 stands in the order of pinyin; the first character of each syllable is all the table there
//! is, and no crate with a reading of every character is needed. A character with two readings has the one that it is sorted by, but for the
//! few that the form and the commands read otherwise.

use std::sync::LazyLock;

use encoding_rs::GBK;

/// Each syllable with the first character that GB 2312 has of it; ü is v, as it is typed.
const SYLLABLES: &str = "\
    a啊 ai埃 an鞍 ang肮 ao凹 ba芭 bai白 ban斑 bang邦 bao苞 bei杯 ben奔 beng崩 bi逼 bian鞭 \
    biao标 bie鳖 bin彬 bing兵 bo玻 bu捕 ca擦 cai猜 can餐 cang苍 cao操 ce厕 ceng层 cha插 \
    chai拆 chan搀 chang昌 chao超 che车 chen郴 cheng撑 chi吃 chong充 chou抽 chu初 chuai揣 \
    chuan川 chuang疮 chui吹 chun春 chuo戳 ci疵 cong聪 cou凑 cu粗 cuan蹿 cui摧 cun村 cuo磋 \
    da搭 dai呆 dan耽 dang当 dao刀 de德 deng蹬 di堤 dian颠 diao碉 die跌 ding丁 diu丢 dong东 \
    dou兜 du督 duan端 dui堆 dun墩 duo掇 e蛾 en恩 er而 fa发 fan藩 fang坊 fei菲 fen芬 feng丰 \
    fo佛 fou否 fu夫 ga噶 gai该 gan干 gang冈 gao篙 ge哥 gei给 gen根 geng耕 gong工 gou钩 gu辜 \
    gua刮 guai乖 guan棺 guang光 gui瑰 gun辊 guo锅 ha哈 hai骸 han酣 hang夯 hao壕 he呵 hei嘿 \
    hen痕 heng哼 hong轰 hou喉 hu呼 hua花 huai槐 huan欢 huang荒 hui灰 hun荤 huo豁 ji击 jia嘉 \
    jian歼 jiang僵 jiao蕉 jie揭 jin巾 jing荆 jiong炯 jiu揪 ju鞠 juan捐 jue撅 jun均 ka喀 \
    kai开 kan刊 kang康 kao考 ke坷 ken肯 keng坑 kong空 kou抠 ku枯 kua夸 kuai块 kuan宽 kuang匡 \
    kui亏 kun坤 kuo括 la垃 lai莱 lan蓝 lang琅 lao捞 le勒 lei雷 leng棱 li厘 lia俩 lian联 \
    liang粮 liao撩 lie列 lin琳 ling玲 liu溜 long龙 lou楼 lu芦 lv驴 luan峦 lve掠 lun抡 luo萝 \
    ma妈 mai埋 man瞒 mang芒 mao猫 me么 mei玫 men门 meng萌 mi眯 mian棉 miao苗 mie蔑 min民 \
    ming明 miu谬 mo摸 mou谋 mu拇 na拿 nai氖 nan南 nang囊 nao挠 ne呢 nei馁 nen嫩 neng能 ni妮 \
    nian蔫 niang娘 niao鸟 nie捏 nin您 ning柠 niu牛 nong脓 nu奴 nv女 nuan暖 nve虐 nuo挪 o哦 \
    ou欧 pa啪 pai拍 pan攀 pang乓 pao抛 pei呸 pen喷 peng砰 pi坯 pian篇 piao飘 pie撇 pin拼 \
    ping乒 po坡 pu扑 qi期 qia掐 qian牵 qiang枪 qiao橇 qie切 qin钦 qing青 qiong琼 qiu秋 qu趋 \
    quan圈 que缺 qun裙 ran然 rang瓤 rao饶 re惹 ren壬 reng扔 ri日 rong戎 rou揉 ru茹 ruan软 \
    rui蕊 run闰 ruo若 sa撒 sai腮 san三 sang桑 sao搔 se瑟 sen森 seng僧 sha莎 shai筛 shan珊 \
    shang墒 shao梢 she奢 shen砷 sheng声 shi师 shou收 shu蔬 shua刷 shuai摔 shuan栓 shuang霜 \
    shui谁 shun吮 shuo说 si斯 song松 sou搜 su苏 suan酸 sui虽 sun孙 suo蓑 ta塌 tai胎 tan坍 \
    tang汤 tao掏 te特 teng藤 ti梯 tian天 tiao挑 tie贴 ting厅 tong通 tou偷 tu凸 tuan湍 tui推 \
    tun吞 tuo拖 wa挖 wai歪 wan豌 wang汪 wei威 wen瘟 weng嗡 wo挝 wu巫 xi昔 xia瞎 xian掀 \
    xiang相 xiao萧 xie楔 xin薪 xing星 xiong兄 xiu休 xu墟 xuan轩 xue靴 xun勋 ya压 yan焉 \
    yang殃 yao邀 ye椰 yi一 yin茵 ying英 yo哟 yong拥 you幽 yu迂 yuan鸳 yue曰 yun耘 za匝 zai栽 \
    zan咱 zang赃 zao遭 ze责 zei贼 zen怎 zeng增 zha扎 zhai摘 zhan瞻 zhang樟 zhao招 zhe遮 \
    zhen珍 zheng蒸 zhi芝 zhong中 zhou舟 zhu珠 zhua抓 zhuai拽 zhuan专 zhuang桩 zhui椎 \
    zhun谆 zhuo捉 zi兹 zong鬃 zou邹 zu租 zuan钻 zui嘴 zun尊 zuo昨";

/// The last character that stands in the order of pinyin.
const LAST: u16 = 0xd7f9;

/// Characters that the form and the commands read otherwise than they are sorted by.
const READINGS: [(char, &str); 3] = [('重', "chong"), ('了', "le"), ('什', "shen")];

/// The code of each syllable's first character, with the syllable.
static STARTS: LazyLock<Vec<(u16, &str)>> = LazyLock::new(|| {
    let start = |entry: &'static str| {
        let first = entry.chars().next_back()?;
        Some((code(first)?, entry.strip_suffix(first)?))
    };
    SYLLABLES.split(' ').filter_map(start).collect()
});

/// Whether a word, in small letters, spells a part of the text: each character by its initial or in full, the last one as
/// far as it was typed; letters and digits stand for themselves, marks for nothing.
pub fn spells(text: &str, word: &str) -> bool {
    let readings = readings(text);
    (0..readings.len()).any(|from| is_spelled(&readings[from..], word))
}

/// Whether a word spells, in the same way, what one of the parts between the blanks of a text begins with.
pub fn spells_beginning(text: &str, word: &str) -> bool {
    text.split_whitespace().any(|part| is_spelled(&readings(part), word))
}

fn readings(text: &str) -> Vec<String> {
    text.chars().filter_map(reading).collect()
}

fn is_spelled(readings: &[String], word: &str) -> bool {
    let Some((first, rest)) = readings.split_first() else { return word.is_empty() };
    let initial = first.get(..1).unwrap_or_default();
    let after = |part: &str| word.strip_prefix(part).is_some_and(|word| is_spelled(rest, word));
    first.starts_with(word) || after(first) || (first.len() > 1 && after(initial))
}

/// How a character is read; nothing if that is not known, or it is a mark.
fn reading(char: char) -> Option<String> {
    if char.is_ascii_alphanumeric() {
        return Some(char.to_ascii_lowercase().to_string());
    }
    let known = READINGS.iter().find(|(known, _)| *known == char).map(|(_, reading)| *reading);
    known.or_else(|| sorted_by(char)).map(str::to_owned)
}

/// The syllable that a character is sorted by.
fn sorted_by(char: char) -> Option<&'static str> {
    let code = code(char).filter(|code| *code <= LAST)?;
    let after = STARTS.partition_point(|(start, _)| *start <= code);
    after.checked_sub(1).and_then(|at| STARTS.get(at)).map(|(_, syllable)| *syllable)
}

/// The code of a character in GB 2312.
fn code(char: char) -> Option<u16> {
    let mut buffer = [0; 4];
    let (bytes, _, failed) = GBK.encode(char.encode_utf8(&mut buffer));
    let &[first, second] = bytes.as_ref() else { return None };
    // A second byte below is one of the characters that GBK has added, in another order.
    (!failed && second >= 0xa1).then(|| u16::from_be_bytes([first, second]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Form;
    use crate::keymap::BINDINGS;
    use crate::report::Place;

    fn spelled(text: &str) -> String {
        text.chars().filter_map(reading).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn readings_are_those_of_pinyin() {
        assert_eq!(spelled("三（五）2.重复申请，商业企业"), "san wu 2 chong fu shen qing shang ye qi ye");
        assert_eq!(
            spelled("啊八擦搭蛾发嘎哈击喀垃妈拿哦啪期然撒塌挖昔压匝座"),
            "a ba ca da e fa ga ha ji ka la ma na o pa qi ran sa ta wa xi ya za zuo"
        );
        assert_eq!(spelled("律略女虐履绿掠"), "lv lve nv nve lv lv lve");
        assert_eq!(spelled("镕 Ａ…x"), "x");
        assert!(STARTS.is_sorted() && STARTS.len() == 396);
    }

    #[test]
    fn a_word_spells_what_it_is_the_pinyin_of_in_full_or_by_initials() {
        for word in ["xycwt", "xiayichuwenti", "xiayicwt", "wenti", "wt", "wen", "y", "xiayichuw"] {
            assert!(spells("到下一处问题（Ctrl+N）", word), "{word}");
        }
        for word in ["xyw", "iayi", "wentix", "xiaychuwt2", "tiw"] {
            assert!(!spells("到下一处问题（Ctrl+N）", word), "{word}");
        }
        assert!(spells_beginning("F6  零报告  把空白格", "lbg") && !spells_beginning("F6  把空白格", "bg"));
        assert!(spells("2025 年", "2025n") && spells("规则 A08", "a08"));
    }

    #[test]
    fn every_character_of_every_label_and_of_every_command_has_a_reading() {
        let labels = Form::all()
            .iter()
            .flat_map(|form| form.cells().iter().map(|info| Place::Cell(info.cell).label(form)));
        for text in labels.chain(BINDINGS.iter().map(|binding| binding.title.to_owned())) {
            let han = text.chars().filter(|char| ('\u{4e00}'..='\u{9fff}').contains(char));
            let missing: String = han.filter(|&char| reading(char).is_none()).collect();
            assert_eq!(missing, "", "{text}");
        }
    }
}
