//! The budget: how many KB a visit may weigh, and the table that says how many it does.

use crate::tools::Outcome;
use std::fmt::Write;

/// The limits of `budget.txt`, in bytes.
#[derive(Debug, PartialEq, Eq)]
pub struct Budget {
    pub first_visit_br: u64,
    pub scripts_br: u64,
}

impl Budget {
    /// Reads lines of `name kilobytes`; `#` starts a comment.
    pub fn parse(text: &str) -> Outcome<Budget> {
        let (mut first_visit, mut scripts) = (None, None);
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            let (name, kilobytes) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            let limit = kilobytes.trim().parse::<u64>().map(|kb| kb * 1024);
            let limit =
                limit.map_err(|_| format!("the budget line `{line}` has no number of KB"))?;
            match name {
                "first_visit_br" => first_visit = Some(limit),
                "scripts_br" => scripts = Some(limit),
                other => return Err(format!("the budget names `{other}`, which nothing measures")),
            }
        }
        Ok(Budget {
            first_visit_br: first_visit.ok_or("the budget lacks first_visit_br")?,
            scripts_br: scripts.ok_or("the budget lacks scripts_br")?,
        })
    }
}

/// One limit and what was weighed against it.
pub struct Line {
    pub name: &'static str,
    pub parts: Vec<(String, u64)>,
    pub limit: u64,
}

impl Line {
    fn sum(&self) -> u64 {
        self.parts.iter().map(|(_, bytes)| bytes).sum()
    }

    /// Whether it weighs more than it may.
    pub fn is_over(&self) -> bool {
        self.sum() > self.limit
    }
}

/// All of it for the terminal, KB with one digit after the point.
pub fn table(lines: &[Line]) -> String {
    let kb = |bytes: u64| format!("{:.1}", bytes as f64 / 1024.0);
    let mut text = String::new();
    for line in lines {
        for (name, bytes) in &line.parts {
            writeln!(text, "  {name:<18}{:>9} KB", kb(*bytes)).ok();
        }
        let verdict = if line.is_over() { "OVER" } else { "ok" };
        let (sum, limit) = (kb(line.sum()), kb(line.limit));
        writeln!(text, "{:<20}{sum:>9} KB of {limit:>6} KB  {verdict}", line.name).ok();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_kilobytes_of_1024() {
        let budget = Budget::parse("# why\nfirst_visit_br 35\n\nscripts_br  320 # both\n");

        assert_eq!(budget, Ok(Budget { first_visit_br: 35_840, scripts_br: 327_680 }));
    }

    #[test]
    fn the_budget_of_this_house_can_be_read() {
        assert!(Budget::parse(include_str!("../budget.txt")).is_ok());
    }

    #[test]
    fn a_line_that_is_wrong_or_lacking_is_named() {
        for (text, word) in [
            ("first_visit_br 35", "scripts_br"),
            ("first_visit_br many\nscripts_br 1", "first_visit_br many"),
            ("first_visit_br 1\nscripts_br 1\nfonts 9", "fonts"),
        ] {
            let fault = Budget::parse(text).expect_err(text);
            assert!(fault.contains(word), "{fault}");
        }
    }

    #[test]
    fn exactly_the_limit_is_not_over() {
        let line = |bytes| Line {
            name: "x",
            parts: vec![("a".into(), 1), ("b".into(), bytes)],
            limit: 1024,
        };

        assert!(!line(1023).is_over());
        assert!(line(1024).is_over());
        assert!(table(&[line(1024)]).contains("OVER"));
    }
}
