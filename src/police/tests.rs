//! What the police bring.

use super::*;
use crate::testing::*;

fn found(record: &PoliceRecord, route: EntryRoute, hg_km: bool) -> Vec<(String, Problem)> {
    let faults = record.faults("p", route, hg_km, &parent_and_child(FIFTEEN));
    faults.iter().map(|fault| (fault.field.clone(), fault.problem)).collect()
}

fn report_not_due(vt_reference: Option<&str>) -> PoliceRecord {
    PoliceRecord { report_to_vt: Some(not_due(vt_reference)), ..full_record() }
}

#[test]
fn in_hg_km_cases_the_report_is_not_due_only_on_the_route_via_vt_with_its_reference() {
    // D6, A40.
    let not_due = "p.report_to_vt.not_due";
    assert_eq!(
        found(&report_not_due(Some("VT-1")), EntryRoute::Police, true),
        [(not_due.to_owned(), Problem::NotInHgKm)]
    );
    assert_eq!(
        found(&report_not_due(None), EntryRoute::VeiligThuis, true),
        [(format!("{not_due}.vt_reference"), Problem::Missing)]
    );
    assert_eq!(found(&report_not_due(Some("VT-1")), EntryRoute::VeiligThuis, true), []);
    assert_eq!(found(&report_not_due(None), EntryRoute::Police, false), []);
}

#[test]
fn a_notice_is_recorded_under_someone_on_the_list() {
    // R-b2-2: the mother, for an unborn child.
    let under = |person| PoliceRecord {
        zorgmelding: Some(Notice::Made { reference: "ZM-1".into(), under: Some(person) }),
        ..full_record()
    };
    assert_eq!(found(&under(2), EntryRoute::Police, true), []);
    assert_eq!(
        found(&under(9), EntryRoute::Police, true),
        [("p.zorgmelding.made.person".to_owned(), Problem::UnknownPerson)]
    );
}

#[test]
fn a_later_record_replaces_only_what_it_brings() {
    let absent = Document::Absent { because: text("nog niet") };
    let later = PoliceRecord { lij: Some(absent.clone()), ..PoliceRecord::default() };
    assert_eq!(full_record().updated(&later), PoliceRecord { lij: Some(absent), ..full_record() });
    assert_eq!(full_record().updated(&PoliceRecord::default()), full_record());
}
