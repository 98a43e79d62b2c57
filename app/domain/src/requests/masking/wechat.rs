//! WeChat accounts: 加微信 abc_123, vx:abc123, wxid_abc. One that nothing announces is a word like any
//! other; 微信 with no account behind it stays as it is.

use super::{half_width, is_between};

/// What announces an account, or says what one has trouble with.
const LABELS: [&str; 5] = ["微信", "薇信", "威信", "wechat", "weixin"];
/// The same for short, written where an account is given.
const SHORT_LABELS: [&str; 4] = ["v信", "vxin", "vx", "wx"];
/// What announces one behind 加.
const BEHIND_ADD: [&str; 3] = ["微", "薇", "v"];
/// Who or how, between 加 and the label: 加我微信, 加一下微信.
const WITHIN_ADD: &str = "我你您他她的个一下";
/// At most so many letters stand between 加 and the label.
const MOST_WITHIN_ADD: usize = 6;
/// Words between a label and an account, and whether they say that one follows.
const LINK_WORDS: [(&str, bool); 3] = [("id", true), ("account", false), ("is", false)];
/// What an account begins with that was never renamed.
const NEVER_RENAMED: &str = "wxid_";
/// An account has so many signs at least.
const FEWEST_SIGNS: usize = 6;
/// At most so many letters or words stand between the label and the account.
const MOST_BETWEEN: usize = 8;
/// What people have WeChat on, with a number behind it or none.
const DEVICES: [&str; 6] = ["windows", "android", "iphone", "harmony", "harmonyos", "wechat"];
/// What the names of phones begin with: OPPOReno5, Mate60Pro.
const BRANDS: [&str; 9] =
    ["oppo", "vivo", "huawei", "honor", "redmi", "xiaomi", "mate", "nova", "iphone"];
/// The name of a phone has at most so many signs.
const MOST_IN_PHONE: usize = 20;

/// Where an account begins and ends, when the letters say here that one comes; `before` is the letter
/// before them.
pub(super) fn account(before: Option<char>, letters: &[char]) -> Option<(usize, usize)> {
    // The middle of a word announces nothing.
    if [before, letters.first().copied()].iter().all(|one| one.is_some_and(is_latin)) {
        return None;
    }
    let add = add(letters);
    let here = &letters[add..];
    if begin_with(here, NEVER_RENAMED) {
        let end = add + signs(here);
        return (end - add >= FEWEST_SIGNS).then_some((add, end));
    }
    let spaced = add > 1 && letters[add - 1].is_whitespace();
    let (label, short) = label(here, add > 0, spaced)?;
    let (link, named) = link(&here[label..]);
    let from = add + label + link;
    let name = &letters[from..];
    let name = &name[..signs(name)];
    let called = named || add > 0;
    // 微信 Android: a word of letters alone is an account only where it is called one.
    let tells = called || name.iter().any(|one| !is_latin(*one));
    let phone = is_device(name) || !called && !short && is_phone(name);
    (name.len() >= FEWEST_SIGNS && tells && !phone).then_some((from, from + name.len()))
}

/// Letters of 加 at the start and of what stands between it and a label; none without 加.
fn add(letters: &[char]) -> usize {
    let Some((&'加', rest)) = letters.split_first() else { return 0 };
    let within = |one: &&char| one.is_whitespace() || WITHIN_ADD.contains(**one);
    1 + rest.iter().take(MOST_WITHIN_ADD).take_while(within).count()
}

/// Letters of the label at the start, and whether it is a short one. The v of 加 visitor, with a space
/// before it, and of 加vivo begins a word and is no label.
fn label(letters: &[char], added: bool, spaced: bool) -> Option<(usize, bool)> {
    let longest = |labels: &[&str]| {
        let labels = labels.iter().filter(|label| begin_with(letters, label));
        labels.map(|label| label.chars().count()).max()
    };
    let full = longest(&LABELS).map(|end| (end, false));
    let short = || longest(&SHORT_LABELS).map(|end| (end, true));
    let word = spaced && letters.iter().take(2).filter(|one| is_latin(**one)).count() == 2
        || begin_with(letters, "vivo");
    let behind_add = || longest(&BEHIND_ADD).filter(|_| added && !word).map(|end| (end, true));
    full.or_else(short).or_else(behind_add)
}

/// Letters between a label and an account, and whether they say that one follows: 号：, 是, ID.
fn link(letters: &[char]) -> (usize, bool) {
    let (mut at, mut named) = (0, false);
    for _ in 0..MOST_BETWEEN {
        let Some((letters, names)) = link_part(&letters[at..]) else { break };
        at += letters;
        named |= names;
    }
    (at, named)
}

/// Letters of one part of a link at the start, and whether it says that an account follows.
fn link_part(letters: &[char]) -> Option<(usize, bool)> {
    let is_whole = |word: &str| !letters.get(word.len()).is_some_and(|one| is_sign(*one));
    let word = LINK_WORDS.iter().find(|(word, _)| begin_with(letters, word) && is_whole(word));
    if let Some((word, names)) = word {
        return Some((word.len(), *names));
    }
    let letter = *letters.first()?;
    let names = "号码:：=＝是叫搜".contains(letter);
    (names || "账帐为加我的".contains(letter) || may_part(letter)).then_some((1, names))
}

/// A sign within a sentence that is no part of an account; what is covered already is none.
fn may_part(letter: char) -> bool {
    is_between(letter) && !"。！？；!?;_＿*".contains(letter)
}

/// Signs of an account at the start.
fn signs(letters: &[char]) -> usize {
    match letters.first() {
        Some(&first) if is_latin(first) || half_width(first) == '_' => {
            letters.iter().take_while(|one| is_sign(**one)).count()
        }
        _ => 0,
    }
}

fn is_sign(letter: char) -> bool {
    let letter = half_width(letter);
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-')
}

fn is_latin(letter: char) -> bool {
    half_width(letter).is_ascii_alphabetic()
}

/// A system with or without its number, or a phone's brand alone.
fn is_device(name: &[char]) -> bool {
    let name: String = name.iter().map(|one| half_width(*one).to_ascii_lowercase()).collect();
    let system = name.trim_end_matches(|one: char| one.is_ascii_digit());
    DEVICES.contains(&system) || BRANDS.contains(&name.as_str())
}

/// A brand and a model in one word. One that is longer than any phone's is none, so that no letters
/// are left to be looked through again from every label within them.
fn is_phone(name: &[char]) -> bool {
    let is_word = name.iter().all(|one| half_width(*one).is_ascii_alphanumeric());
    is_word && name.len() <= MOST_IN_PHONE && BRANDS.iter().any(|brand| begin_with(name, brand))
}

/// Whether the letters begin with this word, in either width and case.
fn begin_with(letters: &[char], word: &str) -> bool {
    let mut letters = letters.iter().map(|one| half_width(*one).to_ascii_lowercase());
    word.chars().all(|one| letters.next() == Some(one))
}

#[cfg(test)]
mod tests {
    use super::super::masked;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("加微信 abc_123，谢谢", "加微信 ****，谢谢")]
    #[case("微信号：wxid_abc", "微信号：****")]
    #[case("vx:abc123", "vx:****")]
    #[case("V信 wang-88x 找我", "V信 **** 找我")]
    #[case("ＶＸ：ａｂｃ１２３", "ＶＸ：****")]
    #[case("我的微信是zhangsan88", "我的微信是****")]
    #[case("微信号 zhangsan", "微信号 ****")]
    #[case("加微信zhangsan", "加微信****")]
    #[case("加v：li_ming01", "加v：****")]
    #[case("加我微信，搜 li_ming01", "加我微信，搜 ****")]
    #[case("微信ID: Wang2026x", "微信ID: ****")]
    #[case("WeChat (old_wang)", "WeChat (****)")]
    #[case("wxid_k3j4h5g6 找我", "**** 找我")]
    #[case("打15400000001，微信wang_15400000001", "打****，微信****")]
    #[case("微信同号15400000001", "微信同号****")]
    #[case("加我微信 zhangsan", "加我微信 ****")]
    #[case("微信搜 zhangsan", "微信搜 ****")]
    #[case("我的微信是zhangsan", "我的微信是****")]
    #[case("微信叫 zhangsan", "微信叫 ****")]
    #[case("加我v：abc123", "加我v：****")]
    #[case("加个微：abc123", "加个微：****")]
    #[case("加 v：abc123", "加 v：****")]
    #[case("加vabc123", "加v****")]
    #[case("加你微信 abc_123", "加你微信 ****")]
    #[case("加一下我的微信\nzhangsan", "加一下我的微信\n****")]
    #[case("微信\nabc_123", "微信\n****")]
    #[case("加wxid_abc，加我 wxid_abc", "加****，加我 ****")]
    #[case("My WeChat is zhangsan88", "My WeChat is ****")]
    #[case("WeChat ID is zhangsan88", "WeChat ID is ****")]
    #[case("wechat account: zhangsan88", "wechat account: ****")]
    #[case("My WeChat account ID is: zhangsan", "My WeChat account ID is: ****")]
    #[case("加微信 nova88li，微信号：mate1990", "加微信 ****，微信号：****")]
    #[case("微信 mate_wang，vx nova88li", "微信 ****，vx ****")]
    fn strangers_do_not_read_an_account(#[case] words: &str, #[case] seen: &str) {
        assert_eq!(masked(words), seen);
    }

    #[rstest]
    #[case("微信里说过")]
    #[case("用微信付")]
    #[case("微信群")]
    #[case("加微信群里的人")]
    #[case("微信号忘了，登不上")]
    #[case("微信（WeChat）打不开")]
    #[case("微信 Windows10 登不上，iPhone15 能登")]
    #[case("微信是 Android 版的")]
    #[case("教我用微信、QQ、App，8:30 来")]
    #[case("微信 8.0.50 装不上")]
    #[case("加 2 瓶 VC，加微波炉一台")]
    #[case("群里说。Zhangsan1 号楼漏水")]
    #[case("用微信说。Zhangsan1 漏水")]
    #[case("型号 devx:abc123")]
    #[case("微信 OPPOReno5 登不上")]
    #[case("微信 vivoY35 收不到")]
    #[case("微信 Mate60Pro 装不上")]
    #[case("华为手机微信 HUAWEI P40 打不开")]
    #[case("微信 Redmi12 卡")]
    #[case("微信 huaweiP40 卡")]
    #[case("微信 HonorMagic6 卡")]
    #[case("微信 XIAOMI14 卡")]
    #[case("微信 nova12 卡")]
    #[case("微信 ＯＰＰＯＲｅｎｏ５ 卡")]
    #[case("微信 iPhone15Pro 卡")]
    #[case("微信是 Xiaomi 上的，微信是 HarmonyOS 版的")]
    #[case("微信是什么")]
    #[case("微信叫不出来")]
    #[case("微信搜不到 iPhone")]
    #[case("加个微波炉")]
    #[case("加 visitor 一个，加vivoY35 一台")]
    #[case("WeChat is broken, my WeChat account is locked")]
    fn what_is_said_about_wechat_stays_readable(#[case] words: &str) {
        assert_eq!(masked(words), words);
    }

    proptest! {
        #[test]
        fn an_account_that_is_announced_is_never_left(
            label in "加微信|微信号|微信ID|vx|VX|V信|加v|wechat号",
            between in "[ :：，（]{1,3}",
            name in "[a-z][a-z0-9_-]{4,18}[0-9]",
        ) {
            let seen = masked(&format!("有事{label}{between}{name} 谢谢"));

            prop_assert_eq!(seen, format!("有事{label}{between}**** 谢谢"));
        }

        #[test]
        fn whoever_is_to_be_added_is_never_left(
            who in "[我你个下 ]{0,4}|一下",
            label in "微信|wx|v|微",
            between in "[ :：，\n]{1,3}",
            name in "[a-z][a-z_]{4,18}z",
        ) {
            let seen = masked(&format!("加{who}{label}{between}{name} 谢谢"));

            prop_assert_eq!(seen, format!("加{who}{label}{between}**** 谢谢"));
        }

        #[test]
        fn what_is_covered_once_stays_covered(words in "[微信加号我个是vxwid_ \n:a-c0-9*冀X。-]{0,24}") {
            let seen = masked(&words);

            prop_assert_eq!(masked(&seen), seen.clone(), "{:?}", words);
        }
    }
}
