//! What a campaign saw, cell by cell: printed whole, and only then judged.
use std::time::Duration;

/// Nothing may take longer: a person would have gone.
const CAP: Duration = Duration::from_secs(40);

#[derive(Default)]
pub struct Report {
    lines: Vec<String>,
    wrong: Vec<String>,
    ran: usize,
    none: usize,
    longest: Duration,
}

impl Report {
    /// A cell: what was seen must be among what is expected («a|b»), within the cap.
    pub fn cell(&mut self, of: &str, (seen, expected): (&str, &str), took: Duration) {
        self.ran += 1;
        self.longest = self.longest.max(took);
        self.lines.push(format!("{of}: {seen} ({:.1} s)", took.as_secs_f32()));
        if !expected.split('|').any(|one| one == seen) {
            self.wrong.push(format!("{of}: «{seen}», not «{expected}»"));
        }
        if took > CAP {
            self.wrong.push(format!("{of}: {took:?}"));
        }
    }

    /// A cell that does not exist, and why.
    pub fn none(&mut self, of: &str, why: &str) {
        self.none += 1;
        self.lines.push(format!("{of}: no such cell, {why}"));
    }

    /// Something else that must hold of it.
    pub fn must(&mut self, of: &str, holds: bool, said: impl FnOnce() -> String) {
        if !holds {
            self.wrong.push(format!("{of}: {}", said()));
        }
    }

    pub fn joins(&mut self, other: Report) {
        self.lines.extend(other.lines);
        self.wrong.extend(other.wrong);
        (self.ran, self.none) = (self.ran + other.ran, self.none + other.none);
        self.longest = self.longest.max(other.longest);
    }

    #[track_caller]
    pub fn ends(mut self, name: &str) {
        self.lines.sort();
        println!("{}", self.lines.join("\n"));
        println!(
            "T41 {name}: {} cells ran, {} do not exist, the longest took {:.1} s, {} are wrong",
            self.ran,
            self.none,
            self.longest.as_secs_f32(),
            self.wrong.len()
        );
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
    }
}
