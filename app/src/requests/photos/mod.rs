//! Photos: sent with the forms of a request, shown on its page, taken down again. All of it is drawn
//! by the server: on the pages that the program takes over these parts are markup that it leaves alone.

pub mod api;
pub mod field;
pub mod gallery;
pub mod moves;
pub mod page;
pub mod reading;
pub mod view;
