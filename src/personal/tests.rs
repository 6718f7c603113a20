//! Personal data stay out of print and out of the event itself.

use super::*;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Note {
    number: u32,
    text: Sensitive<String>,
    about: Vec<Sensitive<(String, Sensitive<String>)>>,
}

fn note() -> Note {
    Note {
        number: 7,
        text: Sensitive::case("geheim een".into()),
        about: vec![Sensitive::about(2, ("geheim twee".into(), Sensitive::about(3, "geheim drie".into())))],
    }
}

#[test]
fn it_cannot_be_printed() {
    assert!(!format!("{:?}", note()).contains("geheim"));
}

#[test]
fn it_cannot_be_serialised_outside_the_vault() {
    assert!(serde_json::to_string(&note()).is_err());
}

#[test]
fn sealing_takes_it_out_and_unsealing_puts_it_back() {
    let (json, personal) = seal(&note()).unwrap();
    assert!(!json.to_string().contains("geheim"));
    assert_eq!(personal.iter().map(|s| s.about).collect::<Vec<_>>(), [0, 3, 2]);
    assert_eq!(unseal::<Note>(json, personal).unwrap(), note());
}

#[test]
fn a_forgotten_person_leaves_the_event_readable() {
    let (json, mut personal) = seal(&note()).unwrap();
    personal.retain(|s| s.about != 2);
    let read: Note = unseal(json, personal).unwrap();
    assert_eq!(read.text.text(), "geheim een");
    assert!(read.about[0].reveal().is_none());
}

#[test]
fn the_vault_is_closed_again_after_a_failure() {
    assert!(unseal::<Note>(serde_json::json!({"number": "x"}), vec![]).is_err());
    assert!(serde_json::to_string(&note()).is_err());
}

#[test]
fn what_cannot_be_read_back_is_not_quoted_in_the_error() {
    // Invariant 9.
    let (json, mut personal) = seal(&note()).unwrap();
    personal[0].body = serde_json::json!(["geheim"]);
    let error = unseal::<Note>(json, personal).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("geheim"));
    let (json, mut personal) = seal(&Sensitive::case(7u32)).unwrap();
    personal[0].body = serde_json::json!("geheim");
    let error = unseal::<Sensitive<u32>>(json, personal).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("geheim"));
}
