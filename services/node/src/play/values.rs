//! What a scenario keeps from replies, and where it uses that again.

mod path;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde_json::Value;

pub use path::Path;

/// The values that earlier steps kept, by name.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    values: BTreeMap<String, Value>,
}

impl Kept {
    /// From now on `name` stands for `value`.
    pub fn keep(&mut self, name: &str, value: Value) {
        self.values.insert(name.to_owned(), value);
    }

    /// `value` with every `$name` and `${name}` in its texts replaced. A text that is `$name` as a whole becomes
    /// the kept value itself; `${name}` within a text becomes part of that text.
    pub fn fill(&self, value: &Value) -> Result<Value, String> {
        match value {
            Value::String(text) => self.fill_text(text),
            Value::Array(elements) => elements.iter().map(|element| self.fill(element)).collect(),
            Value::Object(fields) => fields.iter().map(|(key, value)| Ok((key.clone(), self.fill(value)?))).collect(),
            _ => Ok(value.clone()),
        }
    }

    fn fill_text(&self, text: &str) -> Result<Value, String> {
        if let Some(name) = text.strip_prefix('$')
            && is_name(name)
        {
            return self.kept(name).cloned();
        }
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let (name, after) =
                after.split_once('}').ok_or_else(|| format!("in `{text}` ontbreekt de `}}` na `${{`"))?;
            filled.push_str(before);
            match self.kept(name)? {
                Value::String(value) => filled.push_str(value),
                value @ (Value::Number(_) | Value::Bool(_)) => filled.push_str(&value.to_string()),
                _ => return Err(format!("`${{{name}}}` is geen enkele waarde en past niet in een tekst")),
            }
            rest = after;
        }
        filled.push_str(rest);
        Ok(Value::String(filled))
    }

    fn kept(&self, name: &str) -> Result<&Value, String> {
        self.values.get(name).ok_or_else(|| {
            let known: Vec<_> = self.values.keys().map(|known| format!("${known}")).collect();
            let known = if known.is_empty() { "nog niets".to_owned() } else { known.join(", ") };
            format!("`${name}` is niet bewaard; bewaard is {known}")
        })
    }
}

/// Whether `text` can name a kept value: a letter, then letters, digits and underscores.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|each| each.is_ascii_alphanumeric() || each == '_')
}
