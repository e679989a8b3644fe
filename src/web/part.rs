//! A part is a value: every piece of a page is a struct drawn by one partial; a page holds its parts, htmx gets one alone.

/// Marks a template struct as a part: nested in another template it is not escaped a second time.
#[macro_export]
macro_rules! part {
    ($($t:ty),+ $(,)?) => { $(impl ::askama::filters::HtmlSafe for $t {})+ };
}
