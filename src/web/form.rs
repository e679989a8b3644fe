//! A form is values and problems. A field is a part; a problem stands at its field and in the summary on top.
use askama::Template;

use crate::lang::Lang;
use crate::part;
use crate::say;

/// What is wrong, by field, in the order of the form.
#[derive(Clone, Debug, Default)]
pub struct Problems(Vec<(&'static str, String)>);

impl Problems {
    pub fn add(&mut self, field: &'static str, said: impl Into<String>) {
        self.0.push((field, said.into()));
    }

    /// Adds the problem unless `fine`.
    pub fn unless(&mut self, fine: bool, field: &'static str, said: impl Into<String>) {
        if !fine {
            self.add(field, said);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn at(&self, field: &str) -> Option<String> {
        self.0.iter().find(|(name, _)| *name == field).map(|(_, said)| said.clone())
    }

    pub fn summary(&self, lang: Lang) -> Option<Summary> {
        (!self.0.is_empty()).then(|| Summary { lang, rows: self.0.clone() })
    }
}

/// «Не сохранили: поправьте 2 поля», with links to the fields; focus goes there.
#[derive(Template, Clone, Debug)]
#[template(path = "form/_summary.html")]
pub struct Summary {
    lang: Lang,
    rows: Vec<(&'static str, String)>,
}
part!(Summary, Field, Choice);

/// A line of text: label, hint, problem. The value is never a secret's: those are drawn empty.
#[derive(Template, Clone, Debug, Default)]
#[template(path = "form/_field.html")]
pub struct Field {
    pub name: &'static str,
    pub label: String,
    pub value: String,
    /// `text`, `email`, `password`, `number`; `area` is many lines.
    pub kind: &'static str,
    pub hint: String,
    pub autocomplete: &'static str,
    pub problem: Option<String>,
    pub required: bool,
    pub autofocus: bool,
}

impl Field {
    pub fn text(name: &'static str, label: String) -> Field {
        Field { name, label, kind: "text", autocomplete: "off", required: true, ..Field::default() }
    }

    pub fn kind(mut self, kind: &'static str, autocomplete: &'static str) -> Field {
        (self.kind, self.autocomplete) = (kind, autocomplete);
        self
    }

    pub fn value(mut self, value: impl Into<String>) -> Field {
        self.value = value.into();
        self
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Field {
        self.hint = hint.into();
        self
    }

    pub fn optional(mut self) -> Field {
        self.required = false;
        self
    }

    pub fn focused(mut self) -> Field {
        self.autofocus = true;
        self
    }

    pub fn problem(mut self, problems: &Problems) -> Field {
        self.problem = problems.at(self.name);
        self
    }
}

/// One of several, as a select.
#[derive(Template, Clone, Debug, Default)]
#[template(path = "form/_choice.html")]
pub struct Choice {
    pub name: &'static str,
    pub label: String,
    /// value, text
    pub options: Vec<(String, String)>,
    pub chosen: String,
    pub hint: String,
    pub problem: Option<String>,
    /// Shown as the first, empty option while nothing is chosen; empty: none.
    pub placeholder: String,
    pub hide_label: bool,
}
