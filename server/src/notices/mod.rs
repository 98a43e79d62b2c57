//! How people are told: one file for each channel.

pub mod sms;
