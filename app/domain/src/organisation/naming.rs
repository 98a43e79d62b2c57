//! What areas and teams are called, and the codes of areas.

use crate::{
    areas::{AreaId, AreaKind, RENQIU},
    forms::{self, Fault},
    teams::TeamKind,
};

/// The longest name of an area or a team, in characters.
pub const LONGEST_NAME: u16 = 30;

/// A name of an area or a team, on one line. That no sibling has it is for the books to say.
///
/// # Errors
/// [`Fault::Missing`], [`Fault::TooLong`].
pub fn name(typed: &str) -> Result<String, Fault> {
    forms::words(&on_one_line(typed), LONGEST_NAME)
}

/// Words without line ends and double spaces.
pub fn on_one_line(typed: &str) -> String {
    typed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name of a team that follows into a place where `taken` are the names: its own, or with the name
/// of where it came from in front.
pub fn name_among(name: &str, from: &str, taken: impl Fn(&str) -> bool) -> String {
    let origin = format!("{from} {name}");
    if !taken(name) {
        return name.to_owned();
    }
    let numbered = (2..).map(|n| format!("{origin} {n}"));
    std::iter::once(origin.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or(origin)
}

/// The name that a new team has when nobody types another.
pub fn name_of_new(kind: TeamKind, area: &str, number: i64) -> String {
    match kind {
        TeamKind::Corps => format!("{area}志愿服务总队"),
        TeamKind::Detachment => format!("{area}支队"),
        TeamKind::Branch => format!("{area}分队 {number}"),
        TeamKind::Brigade => format!("{area}大队"),
        TeamKind::Company => format!("{area} {number} 中队"),
        TeamKind::Squad => format!("{area} {number} 小队"),
    }
}

/// How many areas one kind of parent's codes leave room for: the digits of its children.
const CHILDREN: i64 = 1_000;
/// The statistical office gives these out last: until it has, ours begin here.
pub const OWN_CODES_FROM: i64 = 900;

/// What the codes of areas of this kind under `parent` lie between, and how far apart they are.
pub const fn codes(kind: AreaKind, parent: AreaId) -> (i64, i64) {
    match kind {
        AreaKind::City => (RENQIU.0, 0),
        AreaKind::Township => (RENQIU.0, CHILDREN),
        AreaKind::Village | AreaKind::Community => (parent.0 / CHILDREN * CHILDREN, 1),
    }
}

/// The twelve-digit statistical code of a new area under `parent`; nothing typed means that the house
/// chooses one of [`OWN_CODES_FROM`] and above.
///
/// # Errors
/// [`Fault::CodeShape`] when it is not twelve digits that begin like its parent's.
pub fn code(typed: &str, kind: AreaKind, parent: AreaId) -> Result<Option<AreaId>, Fault> {
    let digits: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
    if digits.is_empty() {
        return Ok(None);
    }
    let whole = digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number: i64 = digits.parse().map_err(|_| Fault::CodeShape)?;
    let (first, step) = codes(kind, parent);
    let under = number > first && number < first + step * CHILDREN && number % step.max(1) == 0;
    if whole && under { Ok(Some(AreaId(number))) } else { Err(Fault::CodeShape) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STREET: AreaId = AreaId(130_982_003_000);

    #[test]
    fn a_name_is_kept_as_people_say_it_on_one_line() {
        assert_eq!(name("  荷花村 \n 3  小队"), Ok("荷花村 3 小队".to_owned()));
        assert_eq!(name(""), Err(Fault::Missing));
        assert_eq!(name(&"村".repeat(31)), Err(Fault::TooLong { most: LONGEST_NAME }));
    }

    #[test]
    fn who_follows_keeps_the_name_unless_somebody_there_has_it() {
        let there = ["东头中队", "荷花村 西头中队", "西头中队"];
        let among = |name| name_among(name, "荷花村", |one| there.contains(&one));

        assert_eq!(among("南头中队"), "南头中队");
        assert_eq!(among("东头中队"), "荷花村 东头中队");
        assert_eq!(among("西头中队"), "荷花村 西头中队 2");
    }

    #[test]
    fn a_code_begins_like_its_parent_and_has_twelve_digits() {
        let village = |typed| code(typed, AreaKind::Village, STREET);
        let township = |typed| code(typed, AreaKind::Township, RENQIU);

        assert_eq!(village("130982003299"), Ok(Some(AreaId(130_982_003_299))));
        assert_eq!(village(" 130982 003 299 "), Ok(Some(AreaId(130_982_003_299))));
        assert_eq!(village(""), Ok(None));
        assert_eq!(township("130982900000"), Ok(Some(AreaId(130_982_900_000))));
        for wrong in ["130982003000", "130982004299", "13098200329", "1309820032999", "x", "-1"] {
            assert_eq!(village(wrong), Err(Fault::CodeShape), "{wrong}");
        }
        for wrong in ["130982900001", "130983000000", "130982000000"] {
            assert_eq!(township(wrong), Err(Fault::CodeShape), "{wrong}");
        }
    }
}
