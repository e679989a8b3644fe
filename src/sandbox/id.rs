//! Ids: the same name gives the same UUID in every run, so a demo rebuilt is the same restaurant.
use uuid::Uuid;

/// A UUID made of a name: FNV-1a twice, stirred; good enough to differ, never secret.
pub fn named(name: &str) -> Uuid {
    let half = |seed: u64| {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ seed;
        for byte in name.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        stirred(hash)
    };
    let both = (u128::from(half(0)) << 64) | u128::from(half(0x9e37_79b9_7f4a_7c15));
    uuid::Builder::from_random_bytes(both.to_be_bytes()).into_uuid()
}

/// A new UUID, as the till gives to what is made anew.
pub fn fresh() -> Uuid {
    Uuid::new_v4()
}

/// A number spread over all 64 bits (splitmix64's finish).
pub fn stirred(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
