//! A list that is shown already, brought up to date: only the rows that came, changed or went are drawn. What is shown is told
//! by the page itself, a mark per row, so that nothing is remembered of it here.
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::orders::kind::Kind;
use crate::orders::order::Listed;

/// Hex digits of a mark: of the order, of what its row says.
const NAME: usize = 8;
const MARK: usize = 16;

/// What is to be done to the rows that are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The order at this place says something else now.
    Redraw(usize),
    /// It came, below the one before it (none: at the top).
    Insert(usize),
    /// A row that is not on this page any more, by its name.
    Remove(String),
}

/// A row's name on the page: the random end of the order's id.
pub fn name(order: &Listed) -> String {
    let mut name = order.id.simple().to_string();
    name.split_off(name.len() - NAME)
}

/// The marks of all rows, one after another.
pub fn marks(orders: &[Listed]) -> String {
    orders.iter().map(mark).collect()
}

/// Of what the row says, without guests, phones and addresses: not everybody who sees a row sees those. A short sum is enough:
/// a row whose change it misses is seen at the next whole page.
fn mark(order: &Listed) -> String {
    let mut sum = DefaultHasher::new();
    (&order.status, &order.creation, &order.number, &order.trouble, &order.waiter).hash(&mut sum);
    (order.opened_at.timestamp_micros(), order.sum.0, order.paid.map(|paid| paid.0)).hash(&mut sum);
    if order.kind() == Kind::Table {
        order.place.hash(&mut sum);
    }
    format!("{}{:08x}", name(order), sum.finish() >> 32)
}

/// From what is shown to these; none: it cannot be told row by row, and the page is drawn anew.
pub fn changes(shown: &str, orders: &[Listed]) -> Option<Vec<Change>> {
    let well = shown.len().is_multiple_of(MARK) && shown.bytes().all(|b| b.is_ascii_hexdigit());
    // an empty list has no table to put rows into
    if !well || shown.is_empty() || orders.is_empty() {
        return (shown.is_empty() && orders.is_empty()).then(Vec::new);
    }
    let shown: Vec<&str> = (0..shown.len()).step_by(MARK).filter_map(|at| shown.get(at..at + MARK)).collect();
    let marks: Vec<String> = orders.iter().map(mark).collect();
    let named = |mark: &str| mark.get(..NAME).unwrap_or_default().to_owned();
    let before: Vec<String> = shown.iter().map(|mark| named(mark)).collect();
    let after: Vec<String> = marks.iter().map(|mark| named(mark)).collect();
    let stayed = before.iter().filter(|name| after.contains(name));
    if !stayed.eq(after.iter().filter(|name| before.contains(name))) {
        return None;
    }
    let gone = before.iter().filter(|name| !after.contains(name)).cloned().map(Change::Remove);
    let drawn = marks.iter().zip(&after).enumerate().filter_map(|(at, (mark, name))| {
        match before.iter().position(|one| one == name) {
            None => Some(Change::Insert(at)),
            Some(was) if shown.get(was) != Some(&mark.as_str()) => Some(Change::Redraw(at)),
            Some(_) => None,
        }
    });
    Some(gone.chain(drawn).collect())
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::*;
    use crate::money::Kopecks;

    fn order(id: u128, status: &str) -> Listed {
        Listed {
            id: Uuid::from_u128(id),
            kind: "table".into(),
            status: status.into(),
            creation: "success".into(),
            number: "1".into(),
            place: String::new(),
            waiter: String::new(),
            guest: String::new(),
            phone: String::new(),
            sum: Kopecks(100),
            paid: None,
            opened_at: DateTime::UNIX_EPOCH,
            trouble: String::new(),
        }
    }

    #[test]
    fn only_what_changed_is_told() {
        let shown = [order(3, "new"), order(2, "new"), order(1, "new")];
        let known = marks(&shown);
        assert_eq!(changes(&known, &shown), Some(vec![]));
        let corrected =
            [Listed { guest: "Илья".into(), phone: "+79161234567".into(), ..order(3, "new") }];
        assert_eq!(marks(&corrected), marks(&shown[..1]), "a mark tells nothing of a guest");
        for other in [
            Listed { sum: Kopecks(101), ..order(3, "new") },
            Listed { paid: Some(Kopecks(0)), ..order(3, "new") },
            Listed { place: "Стол 2".into(), ..order(3, "new") },
            Listed { waiter: "Даша Ким".into(), ..order(3, "new") },
            Listed { trouble: "unexported".into(), ..order(3, "new") },
        ] {
            assert_ne!(marks(std::slice::from_ref(&other)), marks(&shown[..1]), "{other:?}");
        }
        let now = [order(4, "new"), order(3, "new"), order(2, "done")];
        let told = vec![Change::Remove("00000001".into()), Change::Insert(0), Change::Redraw(2)];
        assert_eq!(changes(&known, &now), Some(told));
        let between = [order(3, "new"), order(9, "new"), order(2, "new"), order(1, "new")];
        assert_eq!(changes(&known, &between), Some(vec![Change::Insert(1)]));
    }

    #[test]
    fn what_cannot_be_told_row_by_row_is_drawn_anew() {
        let shown = [order(3, "new"), order(2, "new")];
        let known = marks(&shown);
        assert_eq!(changes(&known, &[order(2, "new"), order(3, "new")]), None, "another order of rows");
        assert_eq!(changes("", &shown), None, "there is no table yet");
        assert_eq!(changes(&known, &[]), None, "and now none is left");
        assert_eq!(changes("", &[]), Some(vec![]));
        for nonsense in ["x", "00000001", "zzzzzzzzzzzzzzzz", "«»"] {
            assert_eq!(changes(nonsense, &shown), None, "{nonsense}");
        }
    }
}
