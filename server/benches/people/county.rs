//! The files of a county: the same for ever, since everything falls from one seed.

use domain::{
    areas::{Area, AreaId, AreaKind, RENQIU},
    imports::{
        List, areas,
        people::{Known, PersonOut},
        teams::TeamOut,
    },
    teams::TeamKind,
};
use sheets::{Format, Writer};
use std::{fs::File, io, path::Path};

pub const TOWNSHIPS: usize = 20;
pub const VILLAGES: usize = 381;
pub const PEOPLE: usize = 141_000;
/// Villages with a company of four squads: together with the corps, the detachments and the brigades
/// these make 907 teams.
pub const COVERED: usize = 101;
const SQUADS: usize = 4;

const SURNAMES: &[char] = &[
    '王', '李', '张', '刘', '赵', '杨', '高', '郭', '孙', '马', '陈', '田', '宋', '韩', '边', '史',
    '郝', '季', '蒋', '林', '谢', '段', '冯', '于', '董', '崔', '魏', '石', '许', '范', '贾', '侯',
    '白', '常', '邵', '庞', '单', '解', '曾', '仇',
];
const GIVEN: &[char] = &[
    '秀', '英', '华', '玉', '兰', '桂', '芳', '红', '明', '军', '建', '国', '伟', '志', '强', '小',
    '丽', '海', '燕', '春', '梅', '金', '凤', '文', '平', '晓', '东', '永', '福', '振', '宇', '立',
    '新', '树', '林', '洪', '涛', '素', '珍', '乐',
];
const TITLES: [&str; 8] = ["大娘", "大叔", "大哥", "大姐", "师傅", "老师", "嫂子", "奶奶"];

/// Falls the same way for the same seed: splitmix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % most as u64).unwrap()
    }

    /// The first ones more often than the last ones.
    fn rather_first(&mut self, list: &[char]) -> char {
        list[self.below(list.len()).min(self.below(list.len()))]
    }
}

pub fn township(at: usize) -> AreaId {
    AreaId(RENQIU.0 + (at as i64 + 1) * 1000)
}

pub fn village(at: usize) -> AreaId {
    AreaId(township(at % TOWNSHIPS).0 + 200 + (at / TOWNSHIPS) as i64)
}

fn township_name(at: usize) -> String {
    format!("第{}镇", at + 1)
}

fn village_name(at: usize) -> String {
    format!("第{}村", at + 1)
}

/// The phone of a person, by place in the file.
pub fn phone(at: usize) -> String {
    format!("155{at:08}")
}

/// Writes areas, teams and people into a folder, people in both formats.
pub fn write(folder: &Path) {
    keep(folder, List::Areas, Format::Csv, areas());
    keep(folder, List::Teams, Format::Csv, teams());
    for format in Format::ALL {
        keep(folder, List::People, format, people());
    }
}

fn keep(folder: &Path, list: List, format: Format, rows: impl Iterator<Item = Vec<String>>) {
    let header: Vec<_> = list.columns().iter().map(|one| one.chinese().to_owned()).collect();
    let mut writer = Writer::begin(format, &header).unwrap();
    rows.for_each(|row| writer.row(&row).unwrap());
    let mut finished = writer.finish().unwrap();
    let path = folder.join(format!("{}.{}", list.key(), format.key()));
    io::copy(&mut finished.file, &mut File::create(path).unwrap()).unwrap();
}

fn areas() -> impl Iterator<Item = Vec<String>> {
    let area = |id, kind, parent, name: String| {
        areas::cells(&Area { id, kind, parent, name, accepts_at_once: true })
    };
    let city = area(RENQIU, AreaKind::City, None, "任丘市".into());
    let townships = (0..TOWNSHIPS)
        .map(move |at| area(township(at), AreaKind::Township, Some(RENQIU), township_name(at)));
    let villages = (0..VILLAGES).map(move |at| {
        let above = Some(township(at % TOWNSHIPS));
        area(village(at), AreaKind::Village, above, village_name(at))
    });
    [city].into_iter().chain(townships).chain(villages)
}

fn teams() -> impl Iterator<Item = Vec<String>> {
    let team = |kind, at: Option<(usize, bool)>, number: usize, company, name: String| {
        let township = at.map(|(at, _)| township_name(at % TOWNSHIPS));
        let village = at.filter(|(_, below)| *below).map(|(at, _)| village_name(at));
        let number = i32::try_from(number).unwrap();
        TeamOut { kind, township, village, number, company, name, captain: None }.cells()
    };
    let corps = team(TeamKind::Corps, None, 0, None, "任丘市志愿服务总队".into());
    let detachments = (0..TOWNSHIPS).map(move |at| {
        let name = format!("{}支队", township_name(at));
        team(TeamKind::Detachment, Some((at, false)), 0, None, name)
    });
    let below = (0..VILLAGES).flat_map(move |at| {
        let (here, name) = (Some((at, true)), village_name(at));
        let mut all = vec![team(TeamKind::Brigade, here, 0, None, format!("{name}大队"))];
        if at < COVERED {
            all.push(team(TeamKind::Company, here, 1, None, format!("{name} 1 中队")));
            all.extend((1..=SQUADS).map(|number| {
                team(TeamKind::Squad, here, number, Some(1), format!("{name} {number} 小队"))
            }));
        }
        all
    });
    [corps].into_iter().chain(detachments).chain(below)
}

fn people() -> impl Iterator<Item = Vec<String>> {
    let mut dice = Dice(15);
    (0..PEOPLE).map(move |at| {
        let mut given = String::from(dice.rather_first(GIVEN));
        if dice.below(10) < 8 {
            given.push(dice.rather_first(GIVEN));
        }
        let home = at % VILLAGES;
        let squad = (home < COVERED).then(|| (dice.below(SQUADS) + 1).to_string());
        PersonOut {
            known: Known {
                phone: Some(phone(at)),
                surname: dice.rather_first(SURNAMES).to_string(),
                given: Some(given),
                title: TITLES[dice.below(TITLES.len())].to_owned(),
                volunteer_no: Some(format!("RQ{at:08}")),
                ..Known::default()
            },
            township: Some(township_name(home % TOWNSHIPS)),
            village: Some(village_name(home)),
            squad,
        }
        .cells()
    })
}
