//! What may be done in a venue, and who may: one table. The guard asks it, the page «Доступы» shows it, the tests expect it.
use crate::lang::Lang;
use crate::venues::member::Role::{self, Accountant, Content as Editor, Lead, Manager, Owner, Viewer};

/// What support may during a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visit {
    /// In every visit: it only shows something.
    Look,
    /// Only in a visit that may change things; one that looks is refused it, its pages too.
    Change,
    /// Neither see nor change.
    Never,
}

/// A line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    pub roles: &'static [Role],
    /// Who changes something by it has proved within ten minutes that it is them.
    pub step_up: bool,
    pub visit: Visit,
}

/// What a handler asks for: a type per permission, so that its first argument names it.
pub trait Right: 'static {
    const PERMISSION: Permission;
}

/// A line each: the type, its word, roles, step-up, visit. What has no line here cannot be asked for.
macro_rules! table {
    ($($(#[$about:meta])* $name:ident = $word:literal: [$($role:ident),+], $step_up:literal, $visit:ident;)+) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Permission { $($(#[$about])* $name),+ }

        impl Permission {
            pub const ALL: &[Permission] = &[$(Permission::$name),+];

            pub const fn row(self) -> Row {
                match self {
                    $(Permission::$name => Row {
                        roles: &[$($role),+],
                        step_up: $step_up,
                        visit: Visit::$visit,
                    }),+
                }
            }

            /// In the locale's keys, in the audit.
            pub fn word(self) -> &'static str {
                match self { $(Permission::$name => $word),+ }
            }
        }

        $(
            $(#[$about])*
            #[derive(Clone, Copy, Debug)]
            pub struct $name;
            impl Right for $name {
                const PERMISSION: Permission = Permission::$name;
            }
        )+
    };
}

table! {
    /// Look at the venue: everyone in it. Phones, accounts and iiko's own words are masked for who has no more.
    View = "view": [Owner, Manager, Lead, Accountant, Editor, Viewer], false, Look;
    /// Orders under way: take one up, hold, send, close it; ask the till for them again.
    Serve = "serve": [Owner, Manager, Lead], false, Change;
    /// Guests' phones and addresses, whole: who serves has to call them.
    Guests = "guests": [Owner, Manager, Lead], false, Never;
    /// Orders as a file. The accountant's has masked phones: a file is the easiest way out of the house.
    Export = "export": [Owner, Manager, Accountant], false, Never;
    /// The queue into the till: hold bills against the books, settle what differs.
    Queue = "queue": [Owner, Manager, Lead, Accountant], false, Never;
    /// Decide on a payment: on the bill already, or post it once more.
    Repost = "repost": [Owner, Manager, Lead], true, Never;
    /// The menu: sections, dishes of its own, photos.
    Content = "content": [Owner, Manager, Editor], false, Change;
    /// Run the venue: sync, seating, readiness, settings.
    Manage = "manage": [Owner, Manager], false, Change;
    /// Those who work here: take on, change, suspend; their phones and addresses, whole.
    Staff = "staff": [Owner, Manager], false, Never;
    /// Whole requisites, files of contracts, who gets a payment.
    Money = "money": [Owner, Manager, Accountant], false, Never;
    /// Contracts, and the code payments are posted under.
    Contracts = "contracts": [Owner, Manager], true, Never;
    /// iiko's key, organization and terminal, its events and their secret.
    Keys = "keys": [Owner, Manager], true, Never;
    /// Who gets in: people, their roles, links, keys of programs.
    Access = "access": [Owner], true, Never;
    /// The venue's log.
    Audit = "audit": [Owner, Manager], false, Never;
    /// Support's visits: see, end, allow, forbid.
    SupportAccess = "support": [Owner], false, Never;
}

impl Permission {
    pub fn is_of(self, role: Role) -> bool {
        self.row().roles.contains(&role)
    }

    /// «Менять меню».
    pub fn said(self, lang: Lang) -> String {
        lang.word(&format!("permission-{}", self.word()))
    }

    /// «разделы, свои блюда, фотографии».
    pub fn about(self, lang: Lang) -> String {
        lang.word(&format!("permission-{}-about", self.word()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_may_all_and_everyone_may_look() {
        for permission in Permission::ALL {
            assert!(permission.is_of(Owner), "{permission:?}");
        }
        assert!(Role::ALL.iter().all(|role| Permission::View.is_of(*role)));
        let beyond = Permission::ALL.iter().filter(|one| one.is_of(Viewer)).count();
        assert_eq!(beyond, 1, "who views, looks and nothing else");
    }

    #[test]
    fn support_never_gets_at_money_people_or_secrets() {
        let open: Vec<_> = Permission::ALL.iter().filter(|one| one.row().visit != Visit::Never).collect();
        use Permission::*;
        assert_eq!(open, [&View, &Serve, &Content, &Manage]);
    }
}
