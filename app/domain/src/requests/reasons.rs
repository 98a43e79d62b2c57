//! The typed reasons of the moves. Worded in `app/locales/*/reasons.json`.

/// What the history keeps beside the claim of a minor.
pub const GUARDIAN_ALONG: &str = "guardian_along";

/// What the history keeps beside what the clock raises: its deadline passed.
pub const PASSED: &str = "passed";
/// What the history keeps beside a claim that the clock gives back: nobody came in time.
pub const TIME_UP: &str = "time_up";
/// What the history keeps beside what a captain entered from paper, with who agreed to it.
pub const ON_PAPER: &str = "on_paper";
/// What the history keeps beside an offer that the clock takes back: nobody answered in time.
pub const NO_ANSWER: &str = "no_answer";

/// What the history keeps beside a request that the clock made, since it comes again.
pub const RECURS: &str = "recurs";

/// What the history keeps beside a request that goes on as a long deed of the village.
pub const LONG_TERM: &str = "long_term";

keyed! {
    /// Why a request is declined 不予受理.
    pub enum DeclineReason {
        /// Not for neighbours to do.
        NotSuitable = "not_suitable",
        /// Pay was offered or money asked for (volunteer regulations §2, §37).
        Money = "money",
        /// For 110, 119 or 120.
        Emergency = "emergency",
        /// Somebody filed the same; the note names its code.
        Duplicate = "duplicate",
        /// Sent to whoever does this: `referral` names the places.
        Referred = "referred",
    }
}

keyed! {
    /// Why the requester takes it back 撤回.
    pub enum WithdrawReason {
        /// Help is no longer needed.
        NoLongerNeeded = "no_longer_needed",
        /// Others solved it.
        SolvedByOthers = "solved_by_others",
    }
}

keyed! {
    /// Why a helper's claim is given back.
    pub enum ReleaseReason {
        /// The helper cannot come after all.
        CannotCome = "cannot_come",
        /// It needs skills or tools that the helper lacks.
        LacksSkill = "lacks_skill",
        /// The helper did not come.
        DidNotCome = "did_not_come",
    }
}

keyed! {
    /// Why it could not be done on the spot.
    pub enum CannotReason {
        /// Nobody was at home.
        NobodyHome = "nobody_home",
        /// It needs a tradesman or an office.
        NeedsProfessional = "needs_professional",
        /// Parts or tools are missing.
        LacksParts = "lacks_parts",
        /// Too dangerous.
        Unsafe = "unsafe",
    }
}

keyed! {
    /// Why the captain returns it 退回补充.
    pub enum ReturnReason {
        /// It is not finished.
        NotFinished = "not_finished",
        /// The minutes cannot be right.
        MinutesDoubtful = "minutes_doubtful",
        /// The words do not say what was done.
        WordsMissing = "words_missing",
    }
}

keyed! {
    /// Why the requester reopens it.
    pub enum ReopenReason {
        /// It was not solved.
        NotSolved = "not_solved",
        /// It came back.
        CameBack = "came_back",
    }
}

keyed! {
    /// Why a captain hands it up 上报.
    pub enum RaiseReason {
        /// Nobody here is free.
        NobodyFree = "nobody_free",
        /// It is more than this team can do.
        BeyondUs = "beyond_us",
        /// An office has to deal with it.
        NeedsOffice = "needs_office",
    }
}

keyed! {
    /// Why a deadline gets more time 延期.
    pub enum ExtendReason {
        /// Agreed with who asked: another day suits better.
        Agreed = "agreed",
        /// Parts or papers have to come first.
        WaitsForParts = "waits_for_parts",
        /// Somebody is on the way.
        OnTheWay = "on_the_way",
    }
}

keyed! {
    /// Why a photo is taken down 撤下照片.
    pub enum DropReason {
        /// It shows somebody's face, door or papers.
        Private = "shows_somebody",
        /// It is about something else.
        Unrelated = "unrelated",
        /// Indecent or frightening.
        Unsuitable = "unsuitable",
        /// The wrong one was sent.
        Mistake = "wrong_photo",
    }
}
