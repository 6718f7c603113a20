//! What an office may begin with. Nobody in these registers exists.

use super::*;
use crate::record::InvolvementKind;
use tempfile::TempDir;

const REGISTER: &str = r#"{"name": "Voorbeeld", "as_of": "2026-11-02T09:00:00Z", "records": [
    {"bsn": "999990020", "involvement": [{"kind": "melding"}], "safety_conditions": [], "judgement": {"acute": "GEEN",
        "structural": "GEEN", "instrument": {"name": "T", "version": "1"}, "date": "2026-01-12"}}]}"#;

#[tokio::test]
async fn an_office_begins_with_nothing_of_another_office() {
    let folder = TempDir::new().unwrap();
    let journal = Journal::open(&folder.path().join("office.db")).await.unwrap();
    let register: Register = serde_json::from_str(REGISTER).unwrap();
    for office in [Kind::Rvdk, Kind::Reclassering] {
        let said = load(&journal, register.clone(), office).await.unwrap_err().to_string();
        for fault in [RecordFault::Involvement, RecordFault::Judgement, RecordFault::SafetyConditions] {
            assert!(said.contains(&format!("record 1: {}", fault.words())), "{said}");
        }
        assert!(journal.register_is_empty().await.unwrap());
    }
    load(&journal, register, Kind::VeiligThuis).await.unwrap();
    assert_eq!(journal.register_find("999990020").await.unwrap().len(), 1);
}

#[test]
fn every_kind_of_involvement_is_of_the_office_that_answers_with_it() {
    // Rules, section 4.
    let kept = [
        (
            Kind::Rvdk,
            r#"["beschermingsonderzoek", "strafonderzoek", "gezag-en-omgang", "maatregel", "verzoek-tot-onderzoek"]"#,
        ),
        (Kind::Reclassering, r#"["toezicht", "advies", "taakstraf", "elektronisch-toezicht"]"#),
        (Kind::VeiligThuis, r#"["melding", "hermelding", "vervolgmelding", "veiligheidsplan", "monitoring"]"#),
    ];
    for (office, kinds) in kept {
        let kinds: Vec<InvolvementKind> = serde_json::from_str(kinds).unwrap();
        assert!(kinds.iter().all(|kind| kind.office() == office), "{office:?}");
    }
}

#[test]
fn a_record_that_no_answer_can_tell_is_found_out_when_it_comes_in() {
    // E3: an answer with it would be refused wherever it arrived, and no desk would know.
    let whole: Register = serde_json::from_str(REGISTER).unwrap();
    let whole = &whole.records[0];
    assert_eq!(faults_of(whole, Kind::VeiligThuis), []);
    let untellable = |change: &dyn Fn(&mut Record)| {
        let mut record = whole.clone();
        change(&mut record);
        assert_eq!(faults_of(&record, Kind::VeiligThuis), [RecordFault::Untellable]);
    };
    untellable(&|record| record.judgement.as_mut().unwrap().instrument.name.clear());
    untellable(&|record| record.judgement.as_mut().unwrap().covers = [String::new()].into());
    untellable(&|record| record.judgement.as_mut().unwrap().covers = (0..101).map(|one| one.to_string()).collect());
    untellable(&|record| record.safety_conditions = Some(vec![" ".to_owned()]));
    untellable(&|record| record.involvement = vec![long(&record.involvement[0]); 3]);
}

fn long(involvement: &crate::record::Involvement) -> crate::record::Involvement {
    crate::record::Involvement { for_advice: "x".repeat(8_000), ..involvement.clone() }
}
