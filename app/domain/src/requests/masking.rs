//! Covering what tells who somebody is: phones, ID and card numbers, number plates, WeChat accounts, in
//! the spellings that people use. Doses, prices, dates, times and door numbers stay readable.

mod wechat;

/// Fewest digits that are covered: shorter ones are times, doses and prices.
const TELLING_DIGITS: usize = 7;
/// The same where digits and words for digits are mixed: 周一8:30-9:30 is not a phone.
const TELLING_MIXED: usize = 11;
/// An ID number has so many digits before the X that may end it.
const BEFORE_X: usize = 17;
/// At most so many signs that are neither letter nor digit stand between two digits of a number.
const MOST_BETWEEN: usize = 3;

/// Words as strangers may read them.
pub fn masked(words: &str) -> String {
    let letters: Vec<char> = words.chars().collect();
    let mut out = String::with_capacity(words.len());
    let mut at = 0;
    while at < letters.len() {
        let here = &letters[at..];
        let run = number_run(here).max(plate_run(here)).max(embassy_run(here));
        let account = wechat::account(out.chars().next_back(), here).filter(|_| run == 0);
        if let Some((from, end)) = account {
            out.extend(&here[..from]);
            out.push_str("****");
            at += end;
            continue;
        }
        let moment = if run == 0 { moment_run(here) } else { 0 };
        if run > 0 {
            out.push_str("****");
        } else {
            out.extend(&here[..moment.max(1)]);
        }
        at += run.max(moment).max(1);
    }
    out
}

/// A digit of any script: ASCII, full-width, circled, Arabic-Indic; 〇 is a word.
fn is_digit(letter: char) -> bool {
    letter.is_numeric() && letter != '〇'
}

/// A word for one digit. 十 and 百 are none: nobody spells a phone with them, but dates.
fn is_digit_word(letter: char) -> bool {
    "〇零一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖".contains(letter)
}

/// What may stand between the digits of one number.
fn is_between(letter: char) -> bool {
    !letter.is_alphanumeric()
}

/// How many digits stand at the start, a few signs between them, and where the last one ends.
fn digits_at_start(letters: &[char], is_digit: impl Fn(char) -> bool) -> (usize, usize) {
    let (mut digits, mut end) = (0, 0);
    for (at, &letter) in letters.iter().enumerate() {
        if is_digit(letter) {
            digits += 1;
            end = at + 1;
        } else if digits == 0 || !is_between(letter) || at - end >= MOST_BETWEEN {
            break;
        }
    }
    (digits, end)
}

/// Letters of a telling number at the start.
fn number_run(letters: &[char]) -> usize {
    if !letters.first().is_some_and(|first| is_digit(*first) || is_digit_word(*first)) {
        return 0;
    }
    let (digits, end) = digits_at_start(letters, is_digit);
    let (words, end_of_words) = digits_at_start(letters, is_digit_word);
    let (mixed, end_of_mixed) = digits_at_start(letters, |one| is_digit(one) || is_digit_word(one));
    let mut run = 0;
    if digits >= TELLING_DIGITS && !is_moment_or_door(&letters[..end]) {
        run = end;
    }
    if words >= TELLING_DIGITS {
        run = run.max(end_of_words);
    }
    if mixed >= TELLING_MIXED && digits < mixed {
        run = run.max(end_of_mixed);
    }
    let x = letters[run..].iter().take(MOST_BETWEEN + 1).position(|one| !is_between(*one));
    match x {
        Some(at) if mixed >= BEFORE_X && matches!(letters[run + at], 'X' | 'x' | 'Ｘ' | 'ｘ') => {
            run + at + 1
        }
        _ => run,
    }
}

/// Letters of a date, time or door at the start that has as many digits as a number to cover.
fn moment_run(letters: &[char]) -> usize {
    let (digits, end) = digits_at_start(letters, is_digit);
    if digits >= TELLING_DIGITS { end } else { 0 }
}

/// A whole run of digits that is 2026-11-25 10:30, 14:00-16:00 or 12-3-1203: as many digits as a
/// number to cover, but what it says is needed. No phone looks so: none begins with 20, and
/// eight digits are fewer than it has.
fn is_moment_or_door(run: &[char]) -> bool {
    let text: String = run.iter().map(|letter| half_width(*letter)).collect();
    let groups: Vec<&str> = text.split(|one: char| !one.is_ascii_digit()).collect();
    let between: String = text.chars().filter(|one| !one.is_ascii_digit()).collect();
    let number = |at: usize| groups.get(at).and_then(|digits| digits.parse::<u16>().ok());
    let within = |at: usize, most: u16| {
        groups.get(at).is_some_and(|digits| digits.len() <= 2) && number(at) <= Some(most)
    };
    let time = |at| within(at, 24) && within(at + 1, 59);
    let date = |at| within(at, 12) && within(at + 1, 31);
    let year = groups[0].len() == 4 && groups[0].starts_with("20");
    let rest = between.strip_prefix("--").or(between.strip_prefix(".."));
    let rest = rest.or(between.strip_prefix("//"));
    match (groups.len(), between.as_str(), rest) {
        (3, _, Some("")) if year => date(1),
        (5, _, Some(" :")) if year => date(1) && time(3),
        (7, _, Some(" :-:" | " :~:" | " :—:")) if year => date(1) && time(3) && time(5),
        (4, ":-:" | ":~:" | ":—:" | ":–:" | ": :" | ":、:", _) => time(0) && time(2),
        (4, ". :" | "/ :" | "- :", _) => date(0) && time(2),
        (3, "--", _) => within(0, 99) && within(1, 99) && groups[2].len() <= 4,
        _ => false,
    }
}

fn half_width(letter: char) -> char {
    match letter {
        '！'..='～' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '　' => ' ',
        other => other,
    }
}

/// A sign of a number plate, in either width.
fn is_sign(letter: char) -> bool {
    half_width(letter).is_ascii_alphanumeric()
}

/// Letters of a number plate at the start: province, office letter, five or six signs, of which
/// the last may be a word (警, 挂, 学, 港, 澳, 领).
fn plate_run(letters: &[char]) -> usize {
    const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
    let [province, rest @ ..] = letters else { return 0 };
    if !PROVINCES.contains(*province) {
        return 0;
    }
    let gap = rest.iter().take_while(|one| is_between(**one)).count();
    let Some(office) = rest.get(gap).filter(|_| gap <= MOST_BETWEEN) else { return 0 };
    if !half_width(*office).is_ascii_alphabetic() {
        return 0;
    }
    match signs_run(&rest[gap + 1..]) {
        0 => 0,
        signs => 2 + gap + signs,
    }
}

/// Letters of the signs of a plate at the start, up to the end of a group that makes it whole.
fn signs_run(letters: &[char]) -> usize {
    const LAST: &str = "警挂学港澳领使";
    let (mut signs, mut digits, mut end) = (0, 0, 0);
    for (at, &letter) in letters.iter().enumerate() {
        if is_sign(letter) {
            signs += 1;
            digits += usize::from(half_width(letter).is_ascii_digit());
            end = at + 1;
            continue;
        }
        let whole = digits > 0 && end > 0;
        if whole && signs >= 4 && at == end && LAST.contains(letter) {
            return at + 1;
        }
        if whole && signs >= 5 || !is_between(letter) || at - end >= MOST_BETWEEN {
            break;
        }
    }
    if signs >= 5 && digits > 0 { end } else { 0 }
}

/// Letters of an embassy's plate at the start: 使 or 领 before or after six digits.
fn embassy_run(letters: &[char]) -> usize {
    let [first, rest @ ..] = letters else { return 0 };
    let six = |letters: &[char]| {
        let (digits, end) = digits_at_start(letters, is_digit);
        (digits == 6).then_some(end)
    };
    if matches!(first, '使' | '领') {
        let gap = rest.iter().take_while(|one| is_between(**one)).count();
        return six(&rest[gap..]).filter(|_| gap <= MOST_BETWEEN).map_or(0, |end| 1 + gap + end);
    }
    match six(letters) {
        Some(end) if matches!(letters.get(end), Some('使' | '领')) => end + 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("打我电话15400000001", "打我电话****")]
    #[case("打 154-0000-0001 或 8:30 来", "打 **** 或 8:30 来")]
    #[case("身份证13098219500101123X。", "身份证****。")]
    #[case("身份证 130982 19500101 123 X。", "身份证 ****。")]
    #[case("１５４００００００００", "****")]
    #[case("154\u{a0}0000\n0001", "****")]
    #[case("154.0000.0001 / 154、0000、0002", "****")]
    #[case("(154) 0000—0001，急", "(****，急")]
    #[case("154 – 0000 _ 0001", "****")]
    #[case("①⑤④⓪⓪⓪⓪⓪⓪⓪①", "****")]
    #[case("١٥٤٠٠٠٠٠٠٠١", "****")]
    #[case("𝟏𝟓𝟒𝟎𝟎𝟎𝟎𝟎𝟎𝟎𝟏", "****")]
    #[case("1️⃣5️⃣4️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣1️⃣", "****️⃣")]
    #[case("一五四零零〇〇幺两三四", "****")]
    #[case("一五四 0000 零零零一", "****")]
    #[case("车牌冀J·12345挡路", "车牌****挡路")]
    #[case("冀JD12345 挡了门", "**** 挡了门")]
    #[case("冀Ｊ １２３４５ 2 点挪", "**** 2 点挪")]
    #[case("冀 J 12 345", "****")]
    #[case("冀J1234警开来", "****开来")]
    #[case("冀J1234挂", "****")]
    #[case("粤Z1234港", "****")]
    #[case("沪A0023领", "****")]
    #[case("使 014·578", "****")]
    #[case("014578使", "****")]
    fn strangers_do_not_read_numbers_that_tell_who(#[case] words: &str, #[case] seen: &str) {
        assert_eq!(masked(words), seen);
    }

    #[rstest]
    #[case("药一天3次，每次2片，共168元")]
    #[case("2026年11月25日 下午3点")]
    #[case("8:30-9:30")]
    #[case("周一10:30-11:30")]
    #[case("１４：００－１６：００")]
    #[case("11.25 10:30")]
    #[case("2026-11-25")]
    #[case("2026/11/25 10:30")]
    #[case("2026-11-25 10:30-11:30 都行")]
    #[case("十一月二十五日")]
    #[case("二〇二六年十一月二十五日")]
    #[case("3号楼2单元1203")]
    #[case("12-3-1203")]
    #[case("米 50 斤，油 2 桶，共 1,234.50 元")]
    #[case("三五个人，七八个人，两三天")]
    #[case("新A来了")]
    #[case("云南菜、川A的车")]
    #[case("使 3 次，领 2 袋")]
    fn what_neighbours_need_stays_readable(#[case] words: &str) {
        assert_eq!(masked(words), words);
    }

    /// Eleven digits in some script, as no two people type them.
    fn phone() -> impl Strategy<Value = (String, Vec<char>)> {
        const SCRIPTS: [&str; 4] =
            ["0123456789", "０１２３４５６７８９", "⓪①②③④⑤⑥⑦⑧⑨", "〇一二三四五六七八九"];
        let digit = (0_usize..4, 0_usize..10);
        let between = "[ .,、/—–_():·\u{a0}\n-]{0,3}";
        (3_usize..10, prop::collection::vec((digit, between), 9)).prop_map(|(second, rest)| {
            let all = [(0, 1), (0, second)].map(|digit| (digit, String::new()));
            let all = all.into_iter().chain(rest).map(|((script, digit), between)| {
                let sign = SCRIPTS[script].chars().nth(digit).expect("ten signs");
                (sign, between)
            });
            let all: Vec<_> = all.collect();
            let text = all.iter().map(|(sign, between)| format!("{between}{sign}")).collect();
            (text, all.into_iter().map(|(sign, _)| sign).collect())
        })
    }

    proptest! {
        #[test]
        fn no_seven_digits_in_a_row_are_ever_left(words in "[0-9 a-zA-Z冀J·-]{0,40}") {
            let seen = masked(&words);
            let longest = seen.split(|c: char| !c.is_ascii_digit()).map(str::len).max();

            prop_assert!(longest.unwrap_or(0) < TELLING_DIGITS, "{seen}");
        }

        #[test]
        fn signs_between_its_digits_never_leave_a_phone_readable((text, digits) in phone()) {
            let seen = masked(&format!("电话{text}谢谢"));
            let left = seen.chars().filter(|one| digits.contains(one)).count();

            prop_assert!(left < TELLING_DIGITS, "{text:?} {seen:?}");
        }

        #[test]
        fn what_is_covered_once_is_covered(words in "[0-9一二〇冀京A-C ,:./使警-]{0,30}") {
            let seen = masked(&words);

            prop_assert_eq!(masked(&seen), seen.clone(), "{:?}", words);
        }
    }
}
