//! The columns of the lists and their names in a header, Chinese and English.

use super::{FileFault, List, cells::Cells};
use unicode_normalization::UnicodeNormalization;

keyed! {
    /// A column. Its key is the English header.
    pub enum Column {
        /// An area's twelve digits.
        Code = "code",
        /// The name of an area or team.
        Name = "name",
        /// What kind of area or team.
        Kind = "kind",
        /// The code of the area above.
        Parent = "parent",
        /// The station accepts public requests at once.
        AtOnce = "accepts_at_once",
        /// The township, by name or code.
        Township = "township",
        /// The village or community, by name or code.
        Village = "village",
        /// The number of a company or squad.
        Number = "number",
        /// The number of the company that a squad stands under.
        Company = "company",
        /// Who leads it; only written, never read.
        Captain = "captain",
        /// The squad, by number or name.
        Squad = "squad",
        /// The place of a door along its lane.
        Position = "position",
        /// The plate of a door.
        Door = "door",
        /// The phones of those who live there.
        Phones = "phones",
        /// Degrees north of where a door stands.
        Latitude = "latitude",
        /// Degrees east.
        Longitude = "longitude",
        /// In which coordinates: WGS-84 or GCJ-02.
        Datum = "coordinates",
        /// A mobile number.
        Phone = "phone",
        /// Surname and given name.
        FullName = "full_name",
        /// The surname, where the name does not tell.
        Surname = "surname",
        /// How neighbours address them.
        Title = "title",
        /// The volunteer's number.
        VolunteerNo = "volunteer_no",
        /// Serves once a month.
        Official = "official",
    }
}

impl Column {
    /// The Chinese header.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Code => "区域代码",
            Self::Name => "名称",
            Self::Kind => "类别",
            Self::Parent => "上级代码",
            Self::AtOnce => "直接受理",
            Self::Township => "乡镇街道",
            Self::Village => "村社区",
            Self::Number => "编号",
            Self::Company => "所属中队",
            Self::Captain => "队长",
            Self::Squad => "小队",
            Self::Position => "序号",
            Self::Door => "门牌",
            Self::Phones => "住户手机号",
            Self::Latitude => "纬度",
            Self::Longitude => "经度",
            Self::Datum => "坐标系",
            Self::Phone => "手机号",
            Self::FullName => "姓名",
            Self::Surname => "姓",
            Self::Title => "称呼",
            Self::VolunteerNo => "志愿者编号",
            Self::Official => "领导干部",
        }
    }

    /// What else people call it.
    const fn also(self) -> &'static [&'static str] {
        match self {
            Self::Code => &["代码", "行政区划代码", "area_code"],
            Self::Name => &["区域名称", "队伍名称"],
            Self::Kind => &["类型", "级别", "type"],
            Self::Parent => &["上级区域代码", "parent_code"],
            Self::AtOnce => &["自动受理"],
            Self::Township => &["乡镇", "街道", "所属乡镇", "town"],
            Self::Village => &["村", "社区", "村居", "村(社区)", "村/社区", "所属村", "community"],
            Self::Number => &["队号", "no"],
            Self::Company => &["中队", "company_number"],
            Self::Captain => &["现任队长"],
            Self::Squad => &["所属小队", "队伍", "team", "squad_number"],
            Self::Position => &["门序", "order"],
            Self::Door => &["门牌号", "地址", "label"],
            Self::Phones => &["住户", "住户电话", "residents"],
            Self::Latitude => &["北纬", "lat"],
            Self::Longitude => &["东经", "lon", "lng"],
            Self::Datum => &["坐标", "datum"],
            Self::Phone => &["手机", "手机号码", "电话", "联系电话", "mobile"],
            Self::FullName => &["名字", "志愿者姓名", "name"],
            Self::Surname => &["姓氏", "family_name"],
            Self::Title => &["怎么称呼"],
            Self::VolunteerNo => &["志愿者号", "志愿者编码", "volunteer_number"],
            Self::Official => &["干部"],
        }
    }

    fn is_called(self, header: &str) -> bool {
        let mut names = [self.key(), self.chinese()].into_iter().chain(self.also().iter().copied());
        names.any(|name| plain(name) == header)
    }
}

/// A header as it is compared: half-width, small, without spaces and marks.
fn plain(header: &str) -> String {
    let letters = header.nfkc().flat_map(char::to_lowercase);
    letters.filter(|letter| letter.is_alphanumeric()).collect()
}

impl List {
    /// Its columns, in the order in which they are written.
    pub const fn columns(self) -> &'static [Column] {
        use Column as C;
        match self {
            Self::Areas => &[C::Code, C::Name, C::Kind, C::Parent, C::AtOnce],
            Self::Teams => {
                &[C::Kind, C::Township, C::Village, C::Number, C::Company, C::Name, C::Captain]
            }
            Self::Households => &[
                C::Township,
                C::Village,
                C::Squad,
                C::Position,
                C::Door,
                C::Phones,
                C::Latitude,
                C::Longitude,
                C::Datum,
            ],
            Self::People => &[
                C::Phone,
                C::FullName,
                C::Surname,
                C::Title,
                C::VolunteerNo,
                C::Township,
                C::Village,
                C::Squad,
                C::Official,
            ],
        }
    }

    /// Those that a file cannot do without.
    pub const fn needs(self) -> &'static [Column] {
        use Column as C;
        match self {
            Self::Areas => &[C::Code, C::Name, C::Kind, C::Parent],
            Self::Teams => &[C::Kind, C::Village, C::Name],
            Self::Households => &[C::Village, C::Squad, C::Position, C::Door],
            Self::People => &[C::Phone, C::FullName, C::Village],
        }
    }

    /// Whether a column must stand in every file of this list.
    pub fn needs_column(self, column: Column) -> bool {
        self.needs().contains(&column)
    }
}

/// Which column stands where in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    columns: Vec<Option<Column>>,
}

impl Layout {
    /// Reads the header.
    ///
    /// # Errors
    /// [`FileFault`]: a header that is not of this list, twice there, or missing.
    pub fn read(list: List, header: &[String]) -> Result<Self, FileFault> {
        let mut columns = Vec::with_capacity(header.len());
        for (at, name) in header.iter().enumerate() {
            let name = plain(name);
            if name.is_empty() {
                columns.push(None);
                continue;
            }
            let found = list.columns().iter().copied().find(|column| column.is_called(&name));
            let at = u16::try_from(at + 1).unwrap_or(u16::MAX);
            let column = found.ok_or(FileFault::ColumnUnknown { at })?;
            if columns.contains(&Some(column)) {
                return Err(FileFault::ColumnTwice(column));
            }
            columns.push(Some(column));
        }
        if columns.iter().all(Option::is_none) {
            return Err(FileFault::Empty);
        }
        let missing = list.needs().iter().find(|needed| !columns.contains(&Some(**needed)));
        match missing {
            Some(column) => Err(FileFault::ColumnMissing(*column)),
            None => Ok(Self { columns }),
        }
    }

    /// The cells of a row by their columns.
    pub fn cells<'a>(&'a self, row: &'a [String]) -> Cells<'a> {
        Cells::new(&self.columns, row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn header(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn every_list_reads_its_own_headers_in_both_languages() {
        for &list in List::ALL {
            let chinese: Vec<_> = list.columns().iter().map(|one| one.chinese()).collect();
            let english: Vec<_> = list.columns().iter().map(|one| one.key()).collect();
            let expected: Vec<_> = list.columns().iter().copied().map(Some).collect();
            for names in [chinese, english] {
                assert_eq!(Layout::read(list, &header(&names)).unwrap().columns, expected);
            }
        }
    }

    #[test]
    fn no_header_means_two_columns_of_one_list() {
        for &list in List::ALL {
            for column in list.columns() {
                for name in [column.key(), column.chinese()].iter().chain(column.also()) {
                    let means =
                        list.columns().iter().filter(|other| other.is_called(&plain(name))).count();
                    assert_eq!(means, 1, "{list:?} {name}");
                }
            }
            assert!(list.needs().iter().all(|one| list.columns().contains(one)), "{list:?}");
        }
    }

    #[rstest]
    #[case(&["手机号", "姓名", "村（社区）"])]
    #[case(&[" Phone ", "NAME", "Village"])]
    #[case(&["手 机 号", "姓名*", "村/社区", "", ""])]
    #[case(&["\u{feff}手机号", "姓名", "社区"])]
    fn a_header_is_understood_as_people_write_it(#[case] names: &[&str]) {
        assert!(Layout::read(List::People, &header(names)).is_ok(), "{names:?}");
    }

    #[rstest]
    #[case(&[], FileFault::Empty)]
    #[case(&["", " "], FileFault::Empty)]
    #[case(&["手机号", "村"], FileFault::ColumnMissing(Column::FullName))]
    #[case(&["手机号", "姓名", "村", "电话"], FileFault::ColumnTwice(Column::Phone))]
    #[case(&["手机号", "姓名", "村", "身份证号"], FileFault::ColumnUnknown { at: 4 })]
    fn a_wrong_header_says_what_is_wrong(#[case] names: &[&str], #[case] fault: FileFault) {
        assert_eq!(Layout::read(List::People, &header(names)), Err(fault));
    }
}
