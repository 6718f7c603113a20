//! Values and refusals in one readable line.

use serde_json::Value;

/// Longer lines end in `…`.
const LONGEST: usize = 240;

/// `value` without quotes and on one line.
pub(crate) fn compact(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    if text.chars().count() > LONGEST {
        text = text.chars().take(LONGEST).collect();
        text.push('…');
    }
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Null => text.push_str("niets"),
        Value::String(plain) if plain.is_empty() => text.push_str("\"\""),
        Value::String(plain) => text.push_str(plain),
        Value::Array(elements) => {
            text.push('[');
            for (index, element) in elements.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                write(element, text);
            }
            text.push(']');
        }
        Value::Object(fields) => {
            text.push('{');
            for (index, (name, field)) in fields.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                text.push_str(name);
                text.push_str(": ");
                write(field, text);
            }
            text.push('}');
        }
        single => text.push_str(&single.to_string()),
    }
}
