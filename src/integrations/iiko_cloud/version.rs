//! What a version of iikoFront can do, by iiko's own «Allowed from version …», and how a payment would be posted. Pure.

/// Major, minor, patch. iiko writes both `8.6.2` and, of its server, `7.2.8006.0`: the patch is 8 there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u32, pub u32, pub u32);

impl Version {
    pub fn parse(text: &str) -> Option<Version> {
        let mut parts = text.trim().split('.').map(|part| part.parse::<u32>().ok());
        let (major, minor) = (parts.next()??, parts.next()??);
        let third = parts.next().flatten().unwrap_or(0);
        Some(Version(major, minor, if third >= 1_000 { third / 1_000 } else { third }))
    }
}

/// What works from which version on; the words are the keys of the texts.
pub const CAPABILITIES: [(Version, &str); 8] = [
    (Version(7, 1, 5), "tables"),
    (Version(7, 4, 6), "table_orders"),
    (Version(7, 7, 1), "waiters_orders"),
    (Version(7, 7, 4), "change_payments"),
    (Version(7, 7, 4), "tips"),
    (Version(8, 2, 6), "add_payments"),
    (Version(8, 6, 1), "stop_lists"),
    (Version(9, 0, 5), "cancel_table_orders"),
];

/// The oldest that sees the waiter's orders, and the oldest that a payment can be posted to.
pub const SEES_ORDERS: Version = Version(7, 7, 1);
pub const TAKES_PAYMENTS: Version = Version(7, 7, 4);
/// The oldest that takes a share of a bill.
pub const SHARES_PAYMENTS: Version = Version(8, 2, 6);

/// The oldest that takes a comment with a cancellation.
pub const TAKES_COMMENTS: Version = Version(8, 7, 6);

/// The oldest that keeps a number of ours with an order (`externalNumber`).
pub const TAKES_NUMBERS: Version = Version(8, 0, 6);

/// Whether iikoFront of this version, as iiko tells of it, is at least that old; one nobody knows is not.
pub fn is_at_least(told: Option<&str>, least: Version) -> bool {
    told.and_then(Version::parse).is_some_and(|version| version >= least)
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_iiko_writes_them_and_compared_by_number() {
        assert_eq!(Version::parse("8.6.2"), Some(Version(8, 6, 2)));
        assert_eq!(Version::parse("7.2.8006.0.1111111111111"), Some(Version(7, 2, 8)));
        assert_eq!(Version::parse("10.0"), Some(Version(10, 0, 0)));
        assert_eq!((Version::parse(""), Version::parse("новая")), (None, None));
        assert!(
            Version::parse("7.7.10") > Version::parse("7.7.4")
                && Version::parse("10.0.0") > Version::parse("9.9.9")
        );
    }

    #[test]
    fn what_works_grows_with_the_version() {
        let works = |text: &str| {
            let version = Version::parse(text).unwrap();
            CAPABILITIES
                .iter()
                .filter(|(from, _)| *from <= version)
                .map(|(_, word)| *word)
                .collect::<Vec<_>>()
        };
        assert_eq!(works("7.1.4"), Vec::<&str>::new());
        assert_eq!(works("7.1.5"), ["tables"]);
        assert_eq!(works("7.7.3"), ["tables", "table_orders", "waiters_orders"]);
        assert_eq!(works("7.7.4"), ["tables", "table_orders", "waiters_orders", "change_payments", "tips"]);
        assert_eq!(works("8.2.6").last(), Some(&"add_payments"));
        assert_eq!(works("9.0.5").len(), CAPABILITIES.len());
    }
}
