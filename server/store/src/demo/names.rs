//! Surnames of Hebei, and how neighbours address each other by age.

use super::dice::Dice;

/// How somebody is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Neighbour {
    pub surname: &'static str,
    pub title: &'static str,
}

const fn called(surname: &'static str, title: &'static str) -> Neighbour {
    Neighbour { surname, title }
}

/// Those who can be tried, in the order of their parts, and two neighbours of theirs.
pub(super) const KNOWN: [Neighbour; 9] = [
    called("佟", "大娘"),
    called("翟", "师傅"),
    called("梁", "老师"),
    called("苑", "大哥"),
    called("蔺", "大哥"),
    called("佘", "干事"),
    called("阚", "干事"),
    called("温", "大爷"),
    called("邢", "奶奶"),
];

/// The most frequent first.
const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "赵", "杨", "高", "郭", "孙", "马", "陈", "田", "宋", "韩", "边", "史",
    "郝", "季", "蒋", "林", "谢", "段", "冯", "于", "董", "崔", "魏", "石", "许", "范", "贾", "侯",
    "白", "常", "邵", "庞", "阎", "尹", "吕", "苗", "商", "籍", "惠", "么", "鄚", "齐", "褚", "宗",
];

/// For those who hold an office: rarer ones, so that nobody takes one for somebody real.
const RARE: &[&str] = &[
    "逯", "臧", "亓", "闵", "冉", "郄", "栗", "亢", "晏", "牟", "鞠", "卜", "麻", "娄", "聂", "庄",
    "柴", "耿", "霍", "桑", "柳", "骆", "裴", "滕", "荣", "祝", "傅", "敖", "车", "褚", "戚", "殷",
    "管", "焦", "靳", "甄", "桂", "米", "岳", "鲍",
];

/// Women by age: from this age on.
const WOMEN: [(i64, &str); 5] =
    [(75, "奶奶"), (58, "大娘"), (45, "大姐"), (28, "嫂子"), (0, "姑娘")];
/// Men by age.
const MEN: [(i64, &str); 5] = [(78, "爷爷"), (63, "大爷"), (52, "大叔"), (30, "大哥"), (0, "兄弟")];

impl Neighbour {
    /// Young enough to carry something for others.
    pub(super) fn is_able(self) -> bool {
        is_able(self.title)
    }
}

/// Whether somebody who is called so helps others rather than being helped.
pub(super) fn is_able(title: &str) -> bool {
    !matches!(title, "奶奶" | "爷爷" | "大爷")
}

/// Anybody; somebody in their working years when they lead.
pub(super) fn neighbour(dice: &mut Dice, leads: bool) -> Neighbour {
    let surname = if leads { *dice.one_of(RARE) } else { *dice.rather_first(SURNAMES) };
    let age = if leads { dice.between(34, 57) } else { dice.between(23, 86) };
    let woman = dice.chance(if leads { 30 } else { 50 });
    let trade = (35..58).contains(&age) && dice.chance(30);
    let title = match (trade, woman) {
        (true, false) => "师傅",
        (true, true) => "老师",
        (false, true) => by_age(&WOMEN, age),
        (false, false) => by_age(&MEN, age),
    };
    Neighbour { surname, title }
}

/// Somebody behind a desk.
pub(super) fn official(dice: &mut Dice, title: &'static str) -> Neighbour {
    let surname = *dice.one_of(RARE);
    Neighbour { surname, title }
}

fn by_age(titles: &[(i64, &'static str)], age: i64) -> &'static str {
    titles.iter().find(|(from, _)| age >= *from).map_or("街坊", |(_, title)| title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_go_with_the_age() {
        assert_eq!(by_age(&WOMEN, 88), "奶奶");
        assert_eq!(by_age(&WOMEN, 60), "大娘");
        assert_eq!(by_age(&MEN, 30), "大哥");
        assert_eq!(by_age(&MEN, 23), "兄弟");
        assert!(is_able("大娘") && !is_able("奶奶"));
    }

    #[test]
    fn nobody_who_leads_is_past_their_working_years() {
        let mut dice = Dice::new(1);

        assert!((0..300).all(|_| neighbour(&mut dice, true).is_able()));
    }
}
