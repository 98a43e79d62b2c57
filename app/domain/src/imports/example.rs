//! The example row of each template. Whoever forgets to delete it brings nobody in by that.

use super::List;

impl List {
    /// The cells of the example, one for each column.
    pub const fn example(self) -> &'static [&'static str] {
        match self {
            Self::Areas => &["130982003999", "示例村", "村", "130982003000", "是"],
            Self::Teams => &["小队", "示例街道", "示例村", "3", "1", "示例村 3 小队", ""],
            Self::Households => &[
                "示例街道",
                "示例村",
                "3",
                "21",
                "示例东巷 21 号",
                "15400000000",
                "38.7116",
                "116.0993",
                "WGS-84",
            ],
            Self::People => &[
                "15400000000",
                "示例·王秀兰",
                "示例",
                "大娘",
                "RQ0300000",
                "示例街道",
                "示例村",
                "3",
                "否",
            ],
        }
    }

    /// Whether a row is the example, whatever was made of its empty cells.
    pub fn is_example(self, row: &[String]) -> bool {
        let row = row.iter().map(|cell| cell.trim());
        let example = self.example().iter().copied();
        let written = |cell: &&str| !cell.is_empty();
        row.filter(written).eq(example.filter(written))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::{Layout, Row};

    #[test]
    fn the_example_is_a_valid_row_that_is_known_as_the_example() {
        for &list in List::ALL {
            let header: Vec<_> = list.columns().iter().map(|one| one.chinese().into()).collect();
            let row: Vec<String> = list.example().iter().map(|cell| (*cell).into()).collect();
            let layout = Layout::read(list, &header).unwrap();

            assert_eq!(row.len(), header.len(), "{list:?}");
            assert!(Row::parse(list, &layout.cells(&row)).is_ok(), "{list:?}");
            assert!(list.is_example(&row));
            let mut other = row.clone();
            other[0] = "15400000001".into();
            assert!(!list.is_example(&other) && !list.is_example(&[]));
        }
    }
}
