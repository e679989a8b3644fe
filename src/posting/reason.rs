//! Why a payment waits, and why a person should look: stable words, each with its sentence.
use crate::word::words;

words! {
    /// Why the machine does not go on alone.
    pub enum Reason {
        /// Below iikoFront 7.7.4 no payment can be posted.
        PosTooOld = "pos_too_old",
        VersionUnknown = "version_unknown",
        /// The payment type of our code is missing, deleted, or takes nothing from outside.
        TypeUnfit = "payment_type",
        /// iiko does not let our key do it.
        NoRight = "no_right",
        OrderMissing = "order_missing",
        /// iiko is still making the order, or could not.
        OrderNotMade = "order_not_made",
        OrderClosed = "order_closed",
        OrderDeleted = "order_deleted",
        /// The bill is less than what the guest has paid.
        NotEnoughLeft = "not_enough_left",
        /// A share, or a bill with payments on it, needs iikoFront 8.2.6.
        NeedsAddPayments = "needs_add_payments",
        /// An earlier attempt may still land, and the bill is no longer one on which it would bar a second.
        BillChanged = "bill_changed",
        /// A payment we saw on the bill is not there any more.
        PaymentVanished = "payment_vanished",
        /// There are more payments of this sum than we know of.
        UnknownPayment = "unknown_payment",
        /// iiko said «Success», the bill says no.
        SuccessButAbsent = "success_but_absent",
        /// It may have been taken or not, and asking again cannot tell.
        Unproven = "unproven",
        RefusedTooOften = "refused_too_often",
        /// Paid, not closed: the till wants more than was paid.
        CloseSum = "close_sum",
        /// Paid, not closed: no cash shift is open.
        CloseSession = "close_session",
        CloseRefused = "close_refused",
    }
}

words! {
    /// What passes by itself.
    pub enum Hitch {
        /// Another payment of the order is under way.
        Behind = "behind",
        TerminalAway = "terminal_away",
        /// The till gives no readable answer.
        TillSilent = "till_silent",
        /// The till said no and may say yes later.
        Refused = "refused",
        /// Sent; what became of it is being found out.
        Settling = "settling",
    }
}

impl Reason {
    /// How many looks in a row must say the same before a person is asked: reads may be older than they seem.
    pub fn patience(self) -> i64 {
        match self {
            Reason::UnknownPayment | Reason::OrderClosed | Reason::OrderDeleted => 2,
            Reason::NotEnoughLeft | Reason::SuccessButAbsent | Reason::BillChanged => 3,
            Reason::OrderMissing | Reason::OrderNotMade | Reason::PaymentVanished => 8,
            _ => 1,
        }
    }
}
