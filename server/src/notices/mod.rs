//! How people are told: one file for each channel, and below it one for each gateway.

pub mod aliyun;
pub mod chain;
pub mod failure;
pub mod log;
pub mod mail;
pub mod outbox;
pub mod push;
pub mod secret;
pub mod signing;
pub mod sms;
pub mod tencent;
pub mod webhook;
pub mod wire;
