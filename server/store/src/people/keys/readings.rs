//! How names are read. A surname may be read otherwise than the same letter elsewhere: 单 is Shan,
//! 解 is Xie; both are kept, since whoever searches may not know.

use pinyin::ToPinyin;

/// Surnames of two letters with a reading of their own.
const TWO: &[(&str, &[&[&str]])] = &[
    ("万俟", &[&["mo", "qi"]]),
    ("尉迟", &[&["yu", "chi"]]),
    ("长孙", &[&["zhang", "sun"]]),
    ("澹台", &[&["tan", "tai"]]),
    ("单于", &[&["chan", "yu"]]),
    ("乐正", &[&["yue", "zheng"]]),
    ("亓官", &[&["qi", "guan"]]),
];

/// Surnames that are read otherwise, the surname's reading first.
const ONE: &[(char, &[&str])] = &[
    ('单', &["shan", "dan"]),
    ('解', &["xie", "jie"]),
    ('曾', &["zeng", "ceng"]),
    ('仇', &["qiu", "chou"]),
    ('区', &["ou", "qu"]),
    ('翟', &["zhai", "di"]),
    ('任', &["ren"]),
    ('查', &["zha", "cha"]),
    ('盖', &["ge", "gai"]),
    ('葛', &["ge"]),
    ('尉', &["wei", "yu"]),
    ('朴', &["piao", "pu"]),
    ('缪', &["miao", "mou"]),
    ('乐', &["yue", "le"]),
    ('折', &["she", "zhe"]),
    ('种', &["chong", "zhong"]),
    ('繁', &["po", "fan"]),
    ('员', &["yun", "yuan"]),
    ('秘', &["bi", "mi"]),
    ('覃', &["qin", "tan"]),
    ('那', &["na"]),
    ('郇', &["xun", "huan"]),
    ('石', &["shi"]),
    ('召', &["shao", "zhao"]),
    ('么', &["yao", "me"]),
    ('车', &["che"]),
    ('柏', &["bai", "bo"]),
    ('隗', &["wei", "kui"]),
    ('晟', &["cheng", "sheng"]),
    ('盛', &["sheng", "cheng"]),
    ('都', &["du", "dou"]),
    ('祭', &["zhai", "ji"]),
    ('郗', &["xi", "chi"]),
    ('牟', &["mou", "mu"]),
    ('沈', &["shen"]),
    ('谌', &["chen", "shen"]),
    ('郄', &["qie", "xi"]),
    ('俞', &["yu"]),
    ('强', &["qiang", "jiang"]),
    ('句', &["gou", "ju"]),
    ('贾', &["jia"]),
    ('冼', &["xian"]),
    ('洗', &["xian", "xi"]),
    ('黑', &["he", "hei"]),
    ('薄', &["bo", "bao"]),
    ('撒', &["sa"]),
    ('佴', &["nai", "er"]),
    ('逄', &["pang"]),
    ('宓', &["mi", "fu"]),
    ('訾', &["zi"]),
    ('於', &["yu"]),
    ('载', &["dai", "zai"]),
    ('长', &["chang", "zhang"]),
    ('鄚', &["mao", "mo"]),
    ('藏', &["zang", "cang"]),
    ('重', &["chong", "zhong"]),
    ('行', &["xing", "hang"]),
    ('阚', &["kan"]),
    ('臧', &["zang"]),
    ('褚', &["chu"]),
];

/// Letters of given names that people read in two ways.
const GIVEN: &[(char, &[&str])] = &[
    ('乐', &["le", "yue"]),
    ('长', &["chang", "zhang"]),
    ('行', &["xing", "hang"]),
    ('茜', &["qian", "xi"]),
    ('重', &["chong", "zhong"]),
    ('曾', &["zeng", "ceng"]),
    ('朝', &["chao", "zhao"]),
    ('柏', &["bai", "bo"]),
    ('娜', &["na", "nuo"]),
    ('莎', &["sha", "suo"]),
    ('盛', &["sheng", "cheng"]),
    ('藏', &["cang", "zang"]),
];

/// The readings of a surname, each in syllables; one empty reading for no surname.
pub(super) fn surname_readings(surname: &str) -> Vec<Vec<String>> {
    if let Some((_, readings)) = TWO.iter().find(|(two, _)| *two == surname) {
        let own = |syllables: &&[&str]| syllables.iter().map(|one| (*one).to_owned()).collect();
        return readings.iter().map(own).collect();
    }
    let mut all = vec![vec![]];
    for (at, letter) in surname.chars().filter(|letter| letter.is_alphanumeric()).enumerate() {
        let listed = ONE.iter().filter(|_| at == 0).find(|(one, _)| *one == letter);
        let choices: Vec<String> = match listed {
            Some((_, readings)) => readings.iter().map(|one| (*one).to_owned()).collect(),
            None => one_reading(letter).into_iter().collect(),
        };
        all = all
            .iter()
            .flat_map(|begun: &Vec<String>| {
                let with = |next: &String| begun.iter().chain([next]).cloned().collect();
                choices.iter().map(with).collect::<Vec<Vec<String>>>()
            })
            .collect();
    }
    all
}

/// The readings of a letter that is no surname; none when it has none.
pub(super) fn given_readings(letter: char) -> Vec<String> {
    match GIVEN.iter().find(|(one, _)| *one == letter) {
        Some((_, readings)) => readings.iter().map(|one| (*one).to_owned()).collect(),
        None => one_reading(letter).into_iter().collect(),
    }
}

fn one_reading(letter: char) -> Option<String> {
    if letter.is_ascii_alphanumeric() {
        return Some(letter.to_ascii_lowercase().to_string());
    }
    letter.to_pinyin().map(|read| super::plain(read.plain()))
}
