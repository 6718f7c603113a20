//! The configuration that holds, as TOML, with the source of every setting beside it and without secrets.

use super::effective::Effective;
use super::keys::table;
use std::io::{self, Write};
use toml::{Table, Value};

impl Effective {
    /// Writes it whole.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let table = table(&self.config).map_err(io::Error::other)?;
        self.write_section(&table, "", out)
    }

    fn write_section(&self, section: &Table, name: &str, out: &mut impl Write) -> io::Result<()> {
        let key = |setting: &str| if name.is_empty() { setting.to_owned() } else { format!("{name}.{setting}") };
        // Sections come last: what stands below a heading belongs to it.
        let (sections, settings): (Vec<_>, Vec<_>) =
            section.iter().partition(|(_, value)| value.is_table() || is_list_of_tables(value));
        if !name.is_empty() && !settings.is_empty() {
            writeln!(out, "\n[{name}]")?;
        }
        for (setting, value) in settings {
            writeln!(out, "{setting} = {}  # {}", redacted(value), self.source(&key(setting)))?;
        }
        for (setting, value) in sections {
            let key = key(setting);
            match value {
                Value::Table(inner) => self.write_section(inner, &key, out)?,
                list => self.write_list(list, &key, out)?,
            }
        }
        Ok(())
    }

    fn write_list(&self, list: &Value, key: &str, out: &mut impl Write) -> io::Result<()> {
        for element in list.as_array().into_iter().flatten().filter_map(Value::as_table) {
            writeln!(out, "\n[[{key}]]  # {}", self.source(key))?;
            for (name, value) in element {
                writeln!(out, "{name} = {}", redacted(value))?;
            }
        }
        Ok(())
    }
}

fn is_list_of_tables(value: &Value) -> bool {
    value.as_array().is_some_and(|elements| !elements.is_empty() && elements.iter().all(Value::is_table))
}

/// A value without what may be secret in it: the user and password of an address. Nothing follows its host and port, so
/// the last `@` ends them, and whatever a password holds goes with it.
fn redacted(value: &Value) -> Value {
    match value {
        Value::String(text) => {
            let hidden = text.split_once("://").and_then(|(scheme, rest)| {
                let (_, open) = rest.rsplit_once('@')?;
                Some(format!("{scheme}://***@{open}"))
            });
            Value::String(hidden.unwrap_or_else(|| text.clone()))
        }
        Value::Array(elements) => elements.iter().map(redacted).collect::<Vec<_>>().into(),
        other => other.clone(),
    }
}
