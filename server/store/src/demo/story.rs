//! What happened around 荷花村 3 小队: 佟大娘 asks, 翟师傅 helps, 梁队长 and 苑队长 see to it.

use super::{
    lives::{Act, Sketch, Spot, Step, Who},
    people::{CIRCLE, RESIDENT, VOLUNTEER, WEN, XING},
    teams::Village,
    teller::Teller,
    words::Story,
};
use domain::{
    Millis,
    clock::{DAY, HOUR, MINUTE},
    requests::{Category, Urgency, reasons::WithdrawReason},
};

const fn story(
    category: Category,
    urgency: Urgency,
    words: &'static str,
    wanted: Option<&'static str>,
    risks: Option<&'static str>,
    result: &'static str,
) -> Story {
    Story { category, urgency, needed: 1, minutes: 35, words, wanted, risks, result }
}

const LEAK: Story = story(
    Category::Repair,
    Urgency::Urgent,
    "厨房漏水，总阀关不上。地上全是水，老头子腿脚不好。",
    Some("尽快上门"),
    Some("家里有条小黄狗，先喊一声"),
    "",
);
const PILLS: Story = story(
    Category::Errand,
    Urgency::Today,
    "取降压药，捎袋小米。药方在卫生室，说我名儿就行。",
    Some("今天 17:00 前"),
    None,
    "",
);
const PHONE: Story = story(
    Category::Tech,
    Urgency::Today,
    "手机没声了，孙子的视频接不着。音量键按了也不管用。",
    Some("这会儿就在家"),
    None,
    "",
);
const TAP: Story = story(
    Category::Repair,
    Urgency::Normal,
    "洗手池龙头拧不紧，滴答一宿。接了个盆，俩钟头一盆。",
    None,
    Some("家里有狗，先喊一声"),
    "换了接头，不漏了",
);
const FLOUR: Story = story(
    Category::Errand,
    Urgency::Today,
    "磨好的面在磨坊放着，五十斤，我背不动。",
    Some("磨坊六点关门"),
    None,
    "两袋都搬到面缸边上了，磨坊的账大娘先前结过",
);
const GUTTER: Story = story(
    Category::Environment,
    Urgency::Normal,
    "门口水沟让树叶堵了，一下雨就往院里倒灌。",
    None,
    None,
    "掏了三桶淤泥，水流得痛快了",
);
const REGISTER: Story = story(
    Category::Paperwork,
    Urgency::Normal,
    "老头子的老年证要换，上哪儿换，带啥？",
    None,
    None,
    "",
);
const HOSPITAL: Story = story(
    Category::Escort,
    Urgency::Today,
    "明早陪去人民医院复查。挂号的机器我不会使，儿子在天津回不来。",
    Some("明天 7:30"),
    Some("有糖尿病，兜里装着糖"),
    "",
);
const WALL: Story = story(
    Category::Mediation,
    Urgency::Normal,
    "西墙根堆物，两家说不拢。想请队长来看看，别伤了和气。",
    Some("晚饭后都在家"),
    None,
    "",
);
const ALLOWANCE: Story = story(
    Category::Paperwork,
    Urgency::Normal,
    "高龄补贴要开啥证明？奶奶今年满八十，不会用手机，我替她问。",
    None,
    None,
    "",
);
const WIRING: Story = story(
    Category::Repair,
    Urgency::Today,
    "电扇一插就跳闸，闻着有股焦味，不敢再插了。",
    Some("天黑前"),
    Some("插座在床底下，带手电"),
    "",
);
const BOILER: Story = story(
    Category::Repair,
    Urgency::Normal,
    "壁挂炉老报警，说明书的字太小看不清。",
    None,
    None,
    "水压低了，补到一格半，说明书要紧的三条用大字抄了",
);
const SWEEP: Story = story(
    Category::Care,
    Urgency::Today,
    "老头子想下地走走，我一个人架不住他。",
    Some("后半晌"),
    Some("右腿使不上劲"),
    "",
);

/// Tells it all.
pub(super) fn tell(teller: &mut Teller<'_>, village: &Village) {
    running(teller, village);
    over(teller, village);
    helped_before(teller, village);
}

/// What still runs: three on the board of the circle, one offer in the lane, five for the captain.
fn running(teller: &mut Teller<'_>, village: &Village) {
    let liang = village.circles[CIRCLE].captain;
    let next = village.circles[1].captain;
    let accepted = |minutes| (liang, Act::Accept, minutes);
    let now = teller.now;
    let ago = |minutes: i64| now - minutes * MINUTE;

    let told: Vec<(Story, Who, Spot, Vec<Step>, Millis)> = vec![
        (LEAK, RESIDENT, Spot::Home, vec![accepted(2)], ago(18)),
        (PILLS, WEN, Spot::Home, vec![accepted(8)], ago(26)),
        (
            PHONE,
            RESIDENT,
            Spot::Home,
            vec![accepted(12), (VOLUNTEER, Act::Claim, 9), (VOLUNTEER, Act::Start, 21)],
            ago(14),
        ),
        (TAP, RESIDENT, Spot::Home, served(liang, VOLUNTEER, 35, TAP.result), ago(75)),
        (REGISTER, RESIDENT, Spot::Home, vec![], ago(110)),
        (HOSPITAL, XING, Spot::Home, vec![], ago(72)),
        (WALL, WEN, Spot::Home, vec![accepted(45)], ago(190)),
        // He helped himself, so 苑队长 has to look at it.
        (BOILER, XING, Spot::Home, served(liang, liang, 25, BOILER.result), ago(150)),
    ];
    for (story, asker, spot, steps, last) in told {
        one(teller, village, CIRCLE, story, asker, spot, steps, last);
    }
    let last = ago(55);
    if let Some(asker) = teller.asker(village, CIRCLE, &ALLOWANCE) {
        one(teller, village, CIRCLE, ALLOWANCE, asker, Spot::Of(XING), vec![], last);
    }
    let last = ago(16);
    if let Some(asker) = teller.asker(village, 1, &WIRING) {
        let steps = vec![(next, Act::Accept, 11), (next, Act::Dispatch(VOLUNTEER), 6)];
        one(teller, village, 1, WIRING, asker, Spot::Home, steps, last);
    }
}

/// What is over for 佟大娘: unrated, rated, taken back.
fn over(teller: &mut Teller<'_>, village: &Village) {
    let liang = village.circles[CIRCLE].captain;
    let other = village.company_captain(CIRCLE);
    let now = teller.now;

    let steps = approved(served(liang, VOLUNTEER, 30, FLOUR.result), liang, VOLUNTEER, 30);
    one(teller, village, CIRCLE, FLOUR, RESIDENT, Spot::Home, steps, now - 20 * HOUR);

    let mut steps = approved(served(liang, other, 55, GUTTER.result), liang, other, 55);
    steps.push((RESIDENT, Act::Rate(5, Some("来得快，还帮我把地拖干净")), 130));
    one(teller, village, CIRCLE, GUTTER, RESIDENT, Spot::Home, steps, now - 9 * DAY);

    let reason = WithdrawReason::SolvedByOthers;
    let steps = vec![(liang, Act::Accept, 20), (RESIDENT, Act::Withdraw(reason), 25)];
    one(teller, village, CIRCLE, SWEEP, RESIDENT, Spot::Home, steps, now - 5 * DAY);
}

/// 翟师傅 has helped up and down the lane before.
fn helped_before(teller: &mut Teller<'_>, village: &Village) {
    const SAID: [Option<&str>; 4] = [
        Some("叫一声就来，比亲儿子还勤快"),
        None,
        Some("都是街坊，心里热乎"),
        Some("走前又问了一遍，放心"),
    ];
    for at in 0..12_u8 {
        let circle = usize::from(at) % 3;
        let captain = village.circles[circle].captain;
        let handy = |story: &Story| {
            matches!(story.category, Category::Repair | Category::Tech | Category::Errand)
                && story.needed == 1
                && story.urgency != Urgency::Urgent
        };
        let story = teller.draw(handy);
        let Some(asker) = teller.asker(village, circle, &story) else { continue };
        let helped = served(captain, VOLUNTEER, story.minutes, story.result);
        let mut steps = approved(helped, captain, VOLUNTEER, story.minutes);
        if at % 5 != 4 {
            let stars = if at == 7 { 4 } else { 5 };
            steps.push((asker, Act::Rate(stars, SAID[usize::from(at) % 4]), 90));
        }
        let last = teller.now - i64::from(at + 1) * 36 * HOUR - teller.dice.between(0, 5) * HOUR;
        let last = super::lives::awake(last, &mut teller.dice);
        one(teller, village, circle, story, asker, Spot::Home, steps, last);
    }
}

/// Accepted, claimed, started and done.
fn served(captain: Who, helper: Who, minutes: i64, result: &'static str) -> Vec<Step> {
    vec![
        (captain, Act::Accept, 17),
        (helper, Act::Claim, 26),
        (helper, Act::Start, 40),
        (helper, Act::Finish(vec![(helper, minutes)], result), minutes + 2),
    ]
}

fn approved(mut steps: Vec<Step>, captain: Who, helper: Who, minutes: i64) -> Vec<Step> {
    steps.push((captain, Act::Approve(vec![(helper, minutes)], None), 95));
    steps
}

#[expect(clippy::too_many_arguments, reason = "who, what, where and when")]
fn one(
    teller: &mut Teller<'_>,
    village: &Village,
    circle: usize,
    story: Story,
    asker: Who,
    spot: Spot,
    after: Vec<Step>,
    last: Millis,
) {
    let mut steps: Vec<Step> = vec![(asker, Act::Submit, 0)];
    steps.extend(after);
    let on_board = !story.category.is_private();
    let sketch = Sketch { story, village, circle, asker, spot, on_board, steps, last };
    let life = sketch.life(&mut teller.dice, teller.people, &teller.teams.doors);
    teller.keep(life);
}
