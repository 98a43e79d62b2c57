//! Door cards: what a household without an account asks for, and what captains do with the cards.

pub mod account;
pub mod after;
pub mod api;
pub mod choice;
pub mod circle;
mod draft;
pub mod follow;
pub mod home;
pub mod moves;
pub mod new;
pub mod print;
mod reading;
pub mod spoken;
pub mod view;
