//! What the demo county says: the texts of `server/store/data/demo_*.txt`, and the small words
//! beside them.

use domain::requests::{Category, Urgency, reasons::DeclineReason};

/// A difficulty as neighbours tell it, and how it ended.
#[derive(Clone, Copy, Debug)]
pub(super) struct Story {
    pub category: Category,
    pub urgency: Urgency,
    pub needed: u8,
    pub minutes: i64,
    pub words: &'static str,
    pub wanted: Option<&'static str>,
    pub risks: Option<&'static str>,
    pub result: &'static str,
}

/// Something that was not taken on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declined {
    pub story: Story,
    pub reason: DeclineReason,
    /// Where to turn. `{code}` stands for the code of the first that said the same.
    pub note: &'static str,
    /// The first that said the same.
    pub first: Option<Story>,
}

const REQUESTS: &str = include_str!("../../data/demo_requests.txt");
const DECLINED: &str = include_str!("../../data/demo_declined.txt");

/// Every story. A test holds that no line is lost on the way.
pub(super) fn stories() -> Vec<Story> {
    lines(REQUESTS).filter_map(|line| story(&line)).collect()
}

/// Everything that was declined.
pub(super) fn declined() -> Vec<Declined> {
    lines(DECLINED).filter_map(|line| decline(&line)).collect()
}

fn lines(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('|').map(str::trim).collect())
}

fn story(line: &[&'static str]) -> Option<Story> {
    let [category, urgency, needed, minutes, words, wanted, risks, result] = *line else {
        return None;
    };
    Some(Story {
        category: Category::from_key(category)?,
        urgency: Urgency::from_key(urgency)?,
        needed: needed.parse().ok()?,
        minutes: minutes.parse().ok()?,
        words,
        wanted: said(wanted),
        risks: said(risks),
        result,
    })
}

fn decline(line: &[&'static str]) -> Option<Declined> {
    let [category, urgency, words, reason, note, first, result] = *line else { return None };
    let story = Story {
        category: Category::from_key(category)?,
        urgency: Urgency::from_key(urgency)?,
        needed: 1,
        minutes: 40,
        words,
        wanted: None,
        risks: None,
        result: "",
    };
    let first = said(first).map(|words| Story { words, result, ..story });
    Some(Declined { story, reason: DeclineReason::from_key(reason)?, note, first })
}

fn said(text: &'static str) -> Option<&'static str> {
    (!text.is_empty()).then_some(text)
}

/// What those who were helped say with five stars, whatever it was.
pub(super) const PRAISE: &[&str] = &[
    "叫一声就来，比亲儿子还勤快",
    "一口水没喝就走了，过意不去",
    "都是街坊，心里热乎",
    "原以为要等到明天，一袋烟的工夫就来了",
    "有困难找队长，这话不假",
    "说话暖心，办事实在",
];
const HANDY: &[&str] = &[
    "来得快，还帮我把地拖干净",
    "手艺好，话也暖心",
    "仔细，走前又试了一遍",
    "干活利索，收拾得干干净净",
    "第二天还拐过来问好不好使",
];
const PATIENT: &[&str] =
    &["说了好几遍我才听懂，人家一点不急", "怕我忘，还给写了张大字条", "讲得明白，心里有底了"];
const KIND: &[&str] = &[
    "陪着跑上跑下，没一句烦的",
    "家里人在外头也放心了",
    "比自家人还上心",
    "走的时候还说有事随时喊",
];

/// What is said with four stars.
pub(super) const CONTENT: &[&str] =
    &["挺好，就是等了会儿", "办妥了，下回早点说一声", "人好，就是太客气，连口水都不喝"];

/// What is said with three stars.
pub(super) const LUKEWARM: &[&str] = &["来晚了点，说清楚就行", "先这么着，过后可能还得麻烦大伙"];

/// Words that only somebody with grandchildren would say.
const ELDERS: &[&str] = &[
    "老伴",
    "孙",
    "老年",
    "养老金",
    "老战友",
    "儿媳",
    "闺女",
    "遗嘱",
    "老花",
    "眼花",
    "看不清",
    "大字",
    "怕点错",
    "找不着戏曲台",
];
/// Words that nobody of that age would say.
const YOUNGER: &[&str] = &[
    "我爹",
    "老娘",
    "媳妇坐月子",
    "奶娃",
    "孩子放学",
    "孩子打疫苗",
    "孩子中考",
    "孩子转学",
    "新生儿",
    "孩子数学",
    "裁了我",
    "爷爷",
    "奶奶",
    "一岁多",
    "孩子让",
    "白事上忙",
];

impl Story {
    /// Whether somebody who is called so would say it.
    pub(super) fn is_said_by(&self, title: &str) -> bool {
        let says = |words: &[&str]| words.iter().any(|part| self.words.contains(part));
        let elder = matches!(title, "大娘" | "奶奶" | "大爷" | "爷爷");
        let young_woman = matches!(title, "嫂子" | "姑娘");
        (elder || !says(ELDERS)) && (!elder || !says(YOUNGER)) && (young_woman || !says(&["产检"]))
    }

    /// Done with the hands, so that parts may be missing and a fault may come back.
    pub(super) const fn is_handiwork(&self) -> bool {
        matches!(self.category, Category::Repair | Category::Environment | Category::Tech)
    }

    /// Praise that fits what was done.
    pub(super) const fn praise(&self) -> &'static [&'static str] {
        match self.category {
            Category::Repair | Category::Environment => HANDY,
            Category::Tech | Category::Paperwork | Category::Legal => PATIENT,
            Category::Escort | Category::Care | Category::Company => KIND,
            Category::Errand | Category::Mediation | Category::Other => PRAISE,
        }
    }
}

/// Why the captain corrected the minutes.
pub(super) const CORRECTED: &[&str] =
    &["路上的时候不算，按干活的时候记", "问过当事人，中间歇了一阵", "两家连着干的，分开记"];

/// What the captain wants to know before it is done with.
pub(super) const RETURNED: &[&str] =
    &["写两句干了什么", "明天再过去看一眼，再报", "时候对不上，问问再填"];

/// Why it could not be done on the spot.
pub(super) const COULD_NOT: &[&str] =
    &["敲了半天没人应，电话也没人接", "缺个零件，集上才有", "得等个懂行的来看"];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_line_is_lost_and_no_words_are_said_twice() {
        let stories = stories();
        let words: HashSet<_> = stories.iter().map(|story| story.words).collect();

        assert_eq!(stories.len(), lines(REQUESTS).count());
        assert_eq!(declined().len(), lines(DECLINED).count());
        assert_eq!(words.len(), stories.len());
        assert!(stories.len() >= 90);
    }

    #[test]
    fn every_kind_and_every_reason_has_its_words() {
        let (stories, declined) = (stories(), declined());

        for &category in Category::ALL {
            assert!(stories.iter().filter(|story| story.category == category).count() >= 7);
        }
        for &urgency in Urgency::ALL {
            assert!(stories.iter().any(|story| story.urgency == urgency));
        }
        for &reason in DeclineReason::ALL {
            assert!(declined.iter().any(|one| one.reason == reason), "{reason:?}");
        }
        for one in declined {
            assert_eq!(one.first.is_some(), one.reason == DeclineReason::Duplicate);
        }
    }
}
