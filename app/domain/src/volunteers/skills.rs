//! The tree of skills: eight groups, six skills each, beside the kinds of help that are asked for.

use crate::requests::Category;

keyed! {
    /// A group of skills.
    pub enum Group {
        /// 修修补补.
        Repairs = "repairs",
        /// 跑腿出力.
        Errands = "errands",
        /// 看病护理.
        Health = "health",
        /// 照看老小.
        Care = "care",
        /// 调解法律.
        Law = "law",
        /// 陪伴聊天.
        Company = "company",
        /// 手机电脑.
        Digital = "digital",
        /// 环境活动.
        Village = "village",
    }
}

keyed! {
    /// Something that a volunteer can do.
    pub enum Skill {
        /// 水管龙头.
        Plumbing = "plumbing",
        /// 电灯线路.
        Wiring = "wiring",
        /// 家电.
        Appliances = "appliances",
        /// 木工门窗.
        Carpentry = "carpentry",
        /// 门锁.
        Locks = "locks",
        /// 瓦工屋顶.
        Masonry = "masonry",
        /// 代买东西.
        Shopping = "shopping",
        /// 送饭送药.
        Delivery = "delivery",
        /// 开车接送.
        Driving = "driving",
        /// 排队缴费.
        Queueing = "queueing",
        /// 搬东西.
        Carrying = "carrying",
        /// 做饭.
        Cooking = "cooking",
        /// 陪看病.
        Hospital = "hospital",
        /// 急救.
        FirstAid = "first_aid",
        /// 护理.
        Nursing = "nursing",
        /// 量血压血糖.
        Measuring = "measuring",
        /// 康复.
        Rehab = "rehab",
        /// 认药配药.
        Medicine = "medicine",
        /// 照看老人.
        Elders = "elders",
        /// 看孩子.
        Children = "children",
        /// 帮残疾人.
        Disabled = "disabled",
        /// 辅导功课.
        Homework = "homework",
        /// 理发.
        Haircut = "haircut",
        /// 洗澡擦身.
        Bathing = "bathing",
        /// 邻里调解.
        Mediating = "mediating",
        /// 法律.
        Legal = "legal",
        /// 办手续开证明.
        Paperwork = "paperwork",
        /// 社保医保.
        Insurance = "insurance",
        /// 劳动维权.
        Labour = "labour",
        /// 家庭关系.
        Family = "family",
        /// 聊天.
        Talking = "talking",
        /// 心理疏导.
        Counselling = "counselling",
        /// 读报写信.
        Reading = "reading",
        /// 散步.
        Walking = "walking",
        /// 下棋打牌.
        Games = "games",
        /// 白事陪伴.
        Mourning = "mourning",
        /// 手机.
        Phones = "phones",
        /// 电脑.
        Computers = "computers",
        /// 手机缴费挂号.
        Payments = "payments",
        /// 防诈骗.
        Fraud = "fraud",
        /// 电视宽带.
        Network = "network",
        /// 拍照录像.
        Photos = "photos",
        /// 打扫.
        Cleaning = "cleaning",
        /// 绿化.
        Greening = "greening",
        /// 扫雪清沟.
        Clearing = "clearing",
        /// 交通劝导.
        Traffic = "traffic",
        /// 办活动.
        Events = "events",
        /// 唱戏跳舞.
        Performing = "performing",
    }
}

use Skill as K;

/// At most so many skills fit one kind of help.
pub const MOST_FITTING: usize = 6;

impl Group {
    /// Its skills, in the order of the form.
    pub const fn skills(self) -> [Skill; 6] {
        match self {
            Self::Repairs => {
                [K::Plumbing, K::Wiring, K::Appliances, K::Carpentry, K::Locks, K::Masonry]
            }
            Self::Errands => {
                [K::Shopping, K::Delivery, K::Driving, K::Queueing, K::Carrying, K::Cooking]
            }
            Self::Health => {
                [K::Hospital, K::FirstAid, K::Nursing, K::Measuring, K::Rehab, K::Medicine]
            }
            Self::Care => {
                [K::Elders, K::Children, K::Disabled, K::Homework, K::Haircut, K::Bathing]
            }
            Self::Law => [K::Mediating, K::Legal, K::Paperwork, K::Insurance, K::Labour, K::Family],
            Self::Company => {
                [K::Talking, K::Counselling, K::Reading, K::Walking, K::Games, K::Mourning]
            }
            Self::Digital => {
                [K::Phones, K::Computers, K::Payments, K::Fraud, K::Network, K::Photos]
            }
            Self::Village => {
                [K::Cleaning, K::Greening, K::Clearing, K::Traffic, K::Events, K::Performing]
            }
        }
    }
}

impl Skill {
    /// The skills that fit a kind of help; none where anybody can help.
    pub const fn fitting(category: Category) -> &'static [Self] {
        match category {
            Category::Errand => {
                &[K::Shopping, K::Delivery, K::Driving, K::Queueing, K::Carrying, K::Cooking]
            }
            Category::Repair => {
                &[K::Plumbing, K::Wiring, K::Appliances, K::Carpentry, K::Locks, K::Masonry]
            }
            Category::Escort => {
                &[K::Hospital, K::FirstAid, K::Nursing, K::Driving, K::Rehab, K::Medicine]
            }
            Category::Care => {
                &[K::Elders, K::Children, K::Disabled, K::Homework, K::Haircut, K::Bathing]
            }
            Category::Mediation => &[K::Mediating, K::Family, K::Legal, K::Talking],
            Category::Paperwork => &[K::Paperwork, K::Insurance, K::Queueing, K::Payments],
            Category::Legal => &[K::Legal, K::Labour, K::Mediating],
            Category::Environment => &[K::Cleaning, K::Greening, K::Clearing, K::Traffic],
            Category::Company => {
                &[K::Talking, K::Counselling, K::Reading, K::Walking, K::Games, K::Mourning]
            }
            Category::Tech => {
                &[K::Phones, K::Computers, K::Payments, K::Fraud, K::Network, K::Photos]
            }
            Category::Other => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_skill_stands_in_exactly_one_group_in_the_order_of_the_books() {
        let in_groups: Vec<_> = Group::ALL.iter().flat_map(|group| group.skills()).collect();

        assert_eq!(in_groups, Skill::ALL);
    }

    #[test]
    fn every_kind_of_help_but_the_other_has_skills_that_fit_and_none_too_many() {
        for &category in Category::ALL {
            let fitting = Skill::fitting(category);
            assert_eq!(fitting.is_empty(), category == Category::Other, "{category:?}");
            assert!(fitting.len() <= MOST_FITTING, "{category:?}");
        }
    }
}
