//! The typed reasons of the moves of a membership. Worded in `app/locales/*/volunteers.json`.

keyed! {
    /// Why an application is refused 不同意.
    pub enum RefuseReason {
        /// Nobody here knows the person; they come by once.
        NotKnown = "not_known",
        /// What they wrote is not enough.
        Incomplete = "incomplete",
        /// Another team is nearer.
        OtherTeam = "other_team",
        /// The team has enough people for now.
        Full = "full",
        /// Not suited to go into people's homes.
        NotSuited = "not_suited",
    }
}

keyed! {
    /// Why a member is asked to leave 请出.
    pub enum RemoveReason {
        /// Moved away.
        MovedAway = "moved_away",
        /// Has not come for a long time.
        Inactive = "inactive",
        /// Broke the rules of volunteering: took money, told what is private.
        BrokeRules = "broke_rules",
        /// Not suited to go into people's homes.
        NotSuited = "not_suited",
        /// Is no longer alive.
        Deceased = "deceased",
    }
}
