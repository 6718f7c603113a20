//! What keeps two runs on the same offices apart: the numbers that an office knows a case and a request by.

use crate::contract::request;
use serde_json::{Map, Value};
use uuid::Uuid;

/// `value` with the BVH numbers and request ids of a scenario made those of this run: the same ones again within a run,
/// other ones in the next. What is wrong on purpose stays as wrong as it is; what was kept from a reply is of this run.
pub(super) fn apart(value: &Value, run: &str) -> Value {
    match value {
        Value::Object(fields) if !run.is_empty() => {
            fields.iter().map(|(name, value)| (name.clone(), field(name, value, run))).collect::<Map<_, _>>().into()
        }
        Value::Array(elements) if !run.is_empty() => elements.iter().map(|element| apart(element, run)).collect(),
        other => other.clone(),
    }
}

fn field(name: &str, value: &Value, run: &str) -> Value {
    match (name, value) {
        ("bvh_number" | "bvhNumber", Value::String(number)) if !number.is_empty() && !number.contains('$') => {
            format!("{number}-{run}").into()
        }
        ("request_id" | "requestId", Value::String(id)) if Uuid::try_parse(id).is_ok() => {
            request::id(&format!("{run}/{id}")).into()
        }
        _ => apart(value, run),
    }
}

#[cfg(test)]
mod tests {
    //! The same within a run, another in the next.

    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_and_ids_are_those_of_the_run() {
        let id = "11111111-2222-4333-8444-000000002701";
        let told = json!({"cases": [{"bvh_number": "PL-1", "name": "x"}], "request_id": id});
        let first = apart(&told, "a");
        assert_eq!(first["cases"], json!([{"bvh_number": "PL-1-a", "name": "x"}]));
        assert!(Uuid::try_parse(first["request_id"].as_str().unwrap()).is_ok() && first["request_id"] != id);
        assert_eq!(apart(&told, "a"), first);
        assert_ne!(apart(&told, "b")["request_id"], first["request_id"]);
        assert_eq!(apart(&told, ""), told);
    }

    #[test]
    fn what_is_wrong_on_purpose_or_was_kept_stays() {
        let told =
            json!({"bvh_number": "", "case": {"bvhNumber": "$number"}, "request_id": "eerste", "requestId": null});
        assert_eq!(apart(&told, "a"), told);
    }
}
