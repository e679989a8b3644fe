//! What exactly a person approves: a digest of a plan's rows.
use sha2::{Digest, Sha256};

use crate::secret::hex;
use crate::sync::change::Change;

/// SHA-256 of what a person would approve: the rows, without ids of our own making. Neither the order iiko sends its
/// lists in nor the day of the answer matters: a difference shown in the evening is the same one in the morning.
pub fn digest(changes: &[Change<'_>]) -> String {
    let days = |change: &&Change| !matches!(change.rule, "section_of_day" | "section_no_folder");
    let mut rows: Vec<[u8; 32]> = changes.iter().filter(days).map(row_digest).collect();
    rows.sort_unstable();
    hex(&Sha256::digest(rows.as_flattened()))
}

fn row_digest(change: &Change<'_>) -> [u8; 32] {
    let texts = [
        change.kind.word(),
        change.thing,
        &change.name,
        change.field.unwrap_or(""),
        change.was.as_deref().unwrap_or(""),
        change.became.as_deref().unwrap_or(""),
        change.rule,
        &change.note,
    ];
    let mut sum = Sha256::new();
    for text in texts {
        sum.update((text.len() as u64).to_le_bytes());
        sum.update(text.as_bytes());
    }
    sum.update(change.iiko_id.unwrap_or_default().as_bytes());
    sum.finalize().into()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::sync::change::made;

    fn digest_of(changes: &[(&'static str, &'static str)]) -> String {
        let changes =
            changes.iter().map(|(name, rule)| made("product", Uuid::nil(), *name, rule)).collect::<Vec<_>>();
        digest(&changes)
    }

    #[test]
    fn a_digest_is_of_the_difference_not_of_its_order_or_its_day() {
        let evening =
            [("Борщ", "new_after_first"), ("Уха", "not_in_export"), ("…от 14.06.2025", "section_of_day")];
        let morning =
            [("Уха", "not_in_export"), ("Борщ", "new_after_first"), ("…от 15.06.2025", "section_of_day")];
        assert_eq!(digest_of(&evening), digest_of(&morning));
        assert_ne!(digest_of(&evening), digest_of(&evening[..1]));
        assert_ne!(digest_of(&[("Борщ", "service")]), digest_of(&[("Борщ", "deleted")]));
    }
}
