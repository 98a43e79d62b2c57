//! A whole name as a list has it, and its two parts.

use super::CellFault;
use crate::{forms, names};
use unicode_normalization::UnicodeNormalization;

/// The longest given name, in characters.
const LONGEST: u16 = 16;

/// Surnames of two characters: 欧阳修 is 欧阳 and 修, but 欧明 is 欧 and 明.
const COMPOUND: &[&str] = &[
    "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛",
    "尉迟", "公羊", "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容",
    "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于", "司空", "闾丘", "子车", "亓官", "司寇", "巫马",
    "公西", "颛孙", "壤驷", "公良", "漆雕", "乐正", "宰父", "谷梁", "拓跋", "夹谷", "轩辕", "令狐",
    "段干", "百里", "呼延", "东郭", "南门", "羊舌", "微生", "梁丘", "左丘", "东门", "西门", "第五",
];

/// Surname and given name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name {
    /// 王.
    pub surname: String,
    /// 秀兰; none where only the surname is known.
    pub given: Option<String>,
}

impl Name {
    /// Reads a whole name; `surname` says where it ends, where that is not plain.
    ///
    /// # Errors
    /// [`CellFault::Missing`], [`CellFault::TooLong`], [`CellFault::LettersOnly`] of the name;
    /// [`CellFault::SurnameFirst`] when the surname is not its beginning.
    pub fn read(typed: &str, surname: Option<&str>) -> Result<Self, CellFault> {
        let whole = tidy(typed);
        if whole.is_empty() {
            return Err(CellFault::Missing);
        }
        if !whole.chars().all(|one| one.is_alphabetic() || "·' -".contains(one)) {
            return Err(CellFault::LettersOnly);
        }
        let surname = match surname {
            Some(typed) => names::surname(&tidy(typed))?,
            None => names::surname(guess(&whole))?,
        };
        let given = whole.strip_prefix(&surname).ok_or(CellFault::SurnameFirst)?.trim_start();
        // 王 as a surname, 志强 as a name: what only looks like a longer word in letters is none.
        let runs_on =
            surname.is_ascii() && given.starts_with(|one: char| one.is_ascii_alphabetic());
        if runs_on && !whole[surname.len()..].starts_with(' ') {
            return Err(CellFault::SurnameFirst);
        }
        let given = match given {
            "" => None,
            given => Some(forms::words(given, LONGEST)?),
        };
        Ok(Self { surname, given })
    }

    /// Both parts as one: the inverse of [`Name::read`] with the surname given.
    pub fn whole(surname: &str, given: Option<&str>) -> String {
        let given = given.unwrap_or_default();
        let latin = surname.is_ascii() && given.starts_with(|one: char| one.is_ascii());
        let between = if latin && !given.is_empty() { " " } else { "" };
        format!("{surname}{between}{given}")
    }
}

/// Half-width letters; no space between Chinese ones, one between others.
fn tidy(typed: &str) -> String {
    let typed: String = typed.nfkc().collect();
    let typed = typed.replace(['•', '．', '・', '‧'], "·");
    let parts: Vec<_> = typed.split_whitespace().collect();
    parts.iter().enumerate().fold(String::new(), |mut whole, (at, part)| {
        let latin = |one: Option<char>| one.is_some_and(|one| one.is_ascii());
        if at > 0 && latin(whole.chars().next_back()) && latin(part.chars().next()) {
            whole.push(' ');
        }
        whole.push_str(part);
        whole
    })
}

/// Where the surname most likely ends.
fn guess(whole: &str) -> &str {
    let upto =
        |count: usize| whole.char_indices().nth(count).map_or(whole, |(end, _)| &whole[..end]);
    if let Some((first, _)) = whole.split_once(' ') {
        return first;
    }
    if let Some((first, _)) = whole.split_once('·').filter(|(first, _)| !first.is_empty()) {
        return if first.chars().count() <= 4 { first } else { upto(1) };
    }
    if whole.is_ascii() {
        return whole;
    }
    let length = whole.chars().count();
    let two = upto(2);
    if length >= 3 && COMPOUND.contains(&two) { two } else { upto(1) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("王秀兰", "王", Some("秀兰"))]
    #[case("王 秀 兰", "王", Some("秀兰"))]
    #[case("欧阳修", "欧阳", Some("修"))]
    #[case("欧阳", "欧", Some("阳"))]
    #[case("佟", "佟", None)]
    #[case("买买提·艾力", "买买提", Some("·艾力"))]
    #[case("阿卜杜热依木·托合提", "阿", Some("卜杜热依木·托合提"))]
    #[case("Li Wei", "Li", Some("Wei"))]
    fn a_name_comes_apart_where_people_would_part_it(
        #[case] typed: &str,
        #[case] surname: &str,
        #[case] given: Option<&str>,
    ) {
        let name = Name::read(typed, None).unwrap();

        assert_eq!((name.surname.as_str(), name.given.as_deref()), (surname, given));
        let whole = Name::whole(&name.surname, name.given.as_deref());
        assert_eq!(Name::read(&whole, Some(&name.surname)), Ok(name));
    }

    #[rstest]
    #[case("", None, CellFault::Missing)]
    #[case("王1", None, CellFault::LettersOnly)]
    #[case("=王", None, CellFault::LettersOnly)]
    #[case("王秀兰", Some("李"), CellFault::SurnameFirst)]
    #[case("王秀兰", Some("1"), CellFault::LettersOnly)]
    #[case("Liwei", Some("Li"), CellFault::SurnameFirst)]
    #[case("王一二三四五六七八九十一二三四五六七", None, CellFault::TooLong { most: 16 })]
    fn a_wrong_name_says_what_is_wrong(
        #[case] typed: &str,
        #[case] surname: Option<&str>,
        #[case] fault: CellFault,
    ) {
        assert_eq!(Name::read(typed, surname), Err(fault));
    }

    proptest! {
        #[test]
        fn a_name_that_was_read_is_read_again_from_its_parts(typed in "[\u{4e00}-\u{4fff}·a-z ]{1,9}") {
            if let Ok(name) = Name::read(&typed, None) {
                let whole = Name::whole(&name.surname, name.given.as_deref());
                prop_assert_eq!(Name::read(&whole, Some(&name.surname)), Ok(name));
            }
        }
    }
}
