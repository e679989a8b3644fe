//! A list that is shown already, brought up to date: only the rows that came, changed or went are drawn. What is shown is told
//! by the page itself, a mark per row, so that nothing is remembered of it here.
use crate::orders::order::Order;
use crate::secret::{digest, hex};

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
pub fn name(order: &Order) -> String {
    let id = order.id.simple().to_string();
    id.get(id.len() - NAME..).unwrap_or_default().to_owned()
}

/// The marks of all rows, one after another.
pub fn marks(orders: &[Order]) -> String {
    orders.iter().map(mark).collect()
}

/// Without guests, phones and addresses: not everybody who sees a row sees those.
fn mark(order: &Order) -> String {
    let said = format!(
        "{} {} {} {} {} {:?} {} {:?} {}",
        order.status,
        order.creation,
        order.number,
        order.opened_at,
        order.sum.0,
        order.paid,
        order.trouble,
        order.table_id,
        order.waiter
    );
    let said = hex(&digest(&said));
    format!("{}{}", name(order), said.get(..MARK - NAME).unwrap_or_default())
}

/// From what is shown to these; none: it cannot be told row by row, and the page is drawn anew.
pub fn changes(shown: &str, orders: &[Order]) -> Option<Vec<Change>> {
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

    fn order(id: u128, status: &str) -> Order {
        Order {
            id: Uuid::from_u128(id),
            iiko_id: Uuid::from_u128(id),
            kind: "table".into(),
            status: status.into(),
            iiko_status: String::new(),
            creation: "success".into(),
            number: "1".into(),
            version: 1,
            table_id: None,
            place: String::new(),
            waiter: String::new(),
            guest: String::new(),
            phone: String::new(),
            sum: Kopecks(100),
            paid: None,
            opened_at: DateTime::UNIX_EPOCH,
            closed_at: None,
            due_at: None,
            trouble: String::new(),
            seen_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn only_what_changed_is_told() {
        let shown = [order(3, "new"), order(2, "new"), order(1, "new")];
        let known = marks(&shown);
        assert_eq!(changes(&known, &shown), Some(vec![]));
        let seen_again = [Order { seen_at: DateTime::from_timestamp(9, 0).unwrap(), ..order(3, "new") }];
        assert_eq!(marks(&seen_again), marks(&shown[..1]), "a look that saw nothing new changes no row");
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
