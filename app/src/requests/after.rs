//! After it is closed: the question a week later, and thanks that others may read. Plain pages.

pub mod moves;
pub mod question;
pub mod thanks;
