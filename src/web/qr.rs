//! QR codes as one path of an SVG: no picture is fetched, no style is needed.
use qrcode::{Color, EcLevel, QrCode};

/// A code drawn: the side in modules with the quiet zone, and one path of its dark ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    pub side: usize,
    pub path: String,
}

/// Draws an address; none where it is too long for a code.
pub fn drawn(address: &str) -> Option<Drawn> {
    const QUIET: usize = 4;
    let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            path.push_str(&format!("M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET));
        }
    }
    Some(Drawn { side: width + 2 * QUIET, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_a_quiet_zone() {
        let drawn = drawn("https://menu.example.com/t/abc").unwrap();
        let dark = |x: usize, y: usize| drawn.path.contains(&format!("M{x} {y}h"));
        for (x, y) in [(4, 4), (drawn.side - 11, 4), (4, drawn.side - 11)] {
            assert!(
                dark(x, y) && dark(x + 6, y) && dark(x + 3, y + 3) && !dark(x + 1, y + 1),
                "a corner at {x} {y}"
            );
        }
        assert!((0..drawn.side).all(|at| !dark(at, 0) && !dark(0, at)), "quiet around");
    }
}
