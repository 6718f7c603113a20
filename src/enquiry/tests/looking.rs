//! The last look at a question that the source did not answer itself: the lead has it by telephone (D20, D28).

use super::*;

fn says(enquiry: &Story<EnquiryLaw>, version: u32) -> Finding {
    confirm(&enquiry.state, version, &service(Kind::Om)).expect("OM asks at its own table")
}

#[test]
fn a_source_that_said_nothing_itself_has_nothing_newer_until_someone_works_on_it() {
    let question = oudercheck();
    let mut enquiry = received(&question);
    assert_eq!(says(&enquiry, 0), Finding::Current);
    enquiry.done(Command::TakeUp, &desk(Kind::Reclassering));
    assert_eq!(says(&enquiry, 0), Finding::InProgress);
    enquiry.done(answer(&question), &desk(Kind::Reclassering));
    assert_eq!((says(&enquiry, 0), says(&enquiry, 1)), (Finding::Newer, Finding::Current));
    enquiry.done(Command::Retract { version: 1, reason: text("een ander") }, &desk(Kind::Reclassering));
    assert_eq!(says(&enquiry, 2), Finding::Current);
    enquiry.done(Command::TakeUp, &desk(Kind::Reclassering));
    assert_eq!(says(&enquiry, 2), Finding::InProgress);
}
