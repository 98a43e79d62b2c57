//! Words that a captain reads before anybody else: service is unpaid (law: volunteer regulations §2,
//! §37), so whoever offers pay or asks for money is not accepted at once, and the captain sees why.

keyed! {
    /// Why a request waits for the captain although it would be accepted at once.
    pub enum Held {
        /// It offers pay or asks for money.
        Pay = "pay",
    }
}

/// Offers and demands, as people write them.
const OF_PAY: [&str; 30] = [
    "给钱",
    "给点钱",
    "付钱",
    "付费",
    "付款",
    "出钱",
    "收钱",
    "收费",
    "付工钱",
    "给工钱",
    "报酬",
    "酬谢",
    "酬劳",
    "有偿",
    "红包",
    "辛苦费",
    "跑腿费",
    "好处费",
    "感谢费",
    "茶水费",
    "请吃饭",
    "烟钱",
    "借钱",
    "借点钱",
    "转账给你",
    "给你转账",
    "给我转账",
    "打钱",
    "捐款",
    "多少钱一",
];

/// Verbs that make a sum an offer: 给二百块, 出50元.
const VERBS: [&str; 8] = ["给", "付", "出", "加", "赏", "奖", "酬", "支付"];

/// Signs of a sum.
const UNITS: [&str; 4] = ["块钱", "块", "元", "￥"];

/// Whether the captain should read these words first, and why.
pub fn held(words: &str) -> Option<Held> {
    let plain: String = words.chars().filter(|letter| !letter.is_whitespace()).collect();
    // Nobody is to pay: that is the rule itself, and people quote it.
    let plain = ["不给钱", "不收钱", "不要钱", "不收费", "不用给钱", "不付钱"]
        .iter()
        .fold(plain, |plain, quoted| plain.replace(quoted, ""));
    let told = OF_PAY.iter().any(|word| plain.contains(word));
    (told || follows("借", &plain, begins_with_a_loan) || offers_a_sum(&plain)).then_some(Held::Pay)
}

/// A verb of giving, at most four letters, then a number with a unit of money.
fn offers_a_sum(plain: &str) -> bool {
    VERBS.iter().any(|verb| follows(verb, plain, begins_with_a_sum))
}

/// Whether something follows a verb within four letters.
fn follows(verb: &str, plain: &str, something: fn(&[char]) -> bool) -> bool {
    plain.match_indices(verb).any(|(at, _)| {
        let rest: Vec<char> = plain[at + verb.len()..].chars().take(12).collect();
        (0..=4.min(rest.len())).any(|skip| something(&rest[skip..]))
    })
}

/// The number at the start, in any digits, and what comes after it.
fn number(letters: &[char]) -> (&[char], &[char]) {
    const DIGITS: &str = "0123456789０１２３４５６７８９一二两三四五六七八九十百千万几";
    let digits = letters.iter().take_while(|letter| DIGITS.contains(**letter)).count();
    letters.split_at(digits)
}

fn begins_with_a_sum(letters: &[char]) -> bool {
    let (digits, rest) = number(letters);
    let rest: String = rest.iter().collect();
    !digits.is_empty() && UNITS.iter().any(|unit| rest.starts_with(unit))
}

/// Nobody borrows three hundred ladders: a large number needs no unit.
fn begins_with_a_loan(letters: &[char]) -> bool {
    let (digits, _) = number(letters);
    digits.len() > 2 || digits.iter().any(|digit| "百千万".contains(*digit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("谁来帮我搬面，给人家二百块钱")]
    #[case("修好了给 50 元")]
    #[case("有偿，价钱好商量")]
    #[case("来帮忙有红包")]
    #[case("帮我跑一趟，跑腿费 20")]
    #[case("先借我三百，月底还")]
    #[case("出五十块请人修")]
    #[case("给１００元")]
    #[case("完事请吃饭")]
    fn offers_and_demands_wait_for_the_captain(#[case] words: &str) {
        assert_eq!(held(words), Some(Held::Pay));
    }

    #[rstest]
    #[case("买药，一天3次，每次2片，共168元，发票在桌上")]
    #[case("帮我交电费，单子上是 86 块")]
    #[case("志愿服务不收钱，也不给钱，我知道")]
    #[case("厨房漏水，总阀关不上")]
    #[case("给我娘送饭，12 点前")]
    #[case("出门三个台阶，要当心")]
    #[case("加两把椅子")]
    #[case("工地欠我爹三个月工钱，该往哪说。")]
    #[case("老伴正要给手机里的生人转账，我拦不住。")]
    #[case("借我一把梯子")]
    #[case("借两个人抬柜子，出门 12 级台阶")]
    fn everyday_words_do_not(#[case] words: &str) {
        assert_eq!(held(words), None);
    }

    proptest! {
        #[test]
        fn any_words_are_read_without_a_panic(words in ".*") {
            let _ = held(&words);
        }

        #[test]
        fn an_offer_is_seen_wherever_it_stands(before in "[家里水管漏了 ]{0,12}", sum in 1_u32..9_999) {
            let words = format!("{before}给{sum}块");
            prop_assert_eq!(held(&words), Some(Held::Pay));
        }
    }
}
