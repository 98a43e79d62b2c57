//! Everything wrong with one form.

use super::{Fault, Field};
use serde::{Deserialize, Serialize};

/// Everything wrong with a form, in the order of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FormErrors(pub Vec<(Field, Fault)>);

impl FormErrors {
    /// The first fault of a field.
    pub fn of(&self, field: Field) -> Option<Fault> {
        self.0.iter().find(|(at, _)| *at == field).map(|(_, fault)| *fault)
    }

    /// Takes a parsed value, or notes the fault and goes on, so that all faults are told at once.
    pub fn take<T>(&mut self, field: Field, parsed: Result<T, Fault>) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(fault) => {
                self.0.push((field, fault));
                None
            }
        }
    }
}
