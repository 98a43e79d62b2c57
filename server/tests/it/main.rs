//! The whole house in one test binary: real router, real books, browsers with and without
//! JavaScript.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod abuse;
mod access;
mod borders;
mod browser;
mod cards;
mod clock;
mod county;
mod county_data;
mod escapes;
mod filing;
mod finding;
mod gateway;
mod guards;
mod health;
mod hostile;
mod house;
mod kept_cards;
mod messages;
mod messages_log;
mod organisation;
mod own_sessions;
mod pages;
mod photos;
mod privacy;
mod program;
mod reader;
mod refused;
mod requests;
mod rights;
mod running;
mod second_proof;
mod sessions;
mod settling;
mod sign_in;
mod site;
mod slow;
mod staff;
mod strangers;
mod taking_over;
mod teams;
mod volunteers;
