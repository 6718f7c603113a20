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

fn partly(question: &Question) -> Command {
    let substance = || known(2).substance().cloned().unwrap();
    let rest = |_| Outcome::Partly { substance: substance(), still_to_come: text("de rest") };
    Command::Answer(Box::new(answer_to(question, rest)))
}

#[test]
fn while_the_desk_works_on_the_rest_of_an_answer_in_part_its_answer_is_not_current() {
    // D28: also where the rest was said by telephone.
    let question = oudercheck();
    let mut enquiry = received(&question);
    enquiry.done(partly(&question), &desk(Kind::Reclassering));
    assert_eq!(says(&enquiry, 1), Finding::Current, "nobody took it up");
    let mut enquiry = received(&question);
    enquiry.done(Command::TakeUp, &desk(Kind::Reclassering));
    enquiry.done(partly(&question), &desk(Kind::Reclassering));
    assert_eq!(says(&enquiry, 1), Finding::InProgress);
    let mut put_down = enquiry.clone();
    enquiry.done(answer(&question), &desk(Kind::Reclassering));
    assert_eq!(says(&enquiry, 2), Finding::Current);
    // Every case can end: what was said by telephone is all there is.
    put_down.done(Command::PutDown, &desk(Kind::Reclassering));
    assert_eq!(says(&put_down, 1), Finding::Current);
    assert_eq!(put_down.done(Command::PutDown, &desk(Kind::Reclassering)), []);
}

#[test]
fn who_took_up_what_was_refused_or_belongs_to_somebody_else_works_on_nothing_any_more() {
    // D28: what can only be settled by telephone or in another region is no work that is under way.
    let question = oudercheck();
    let refused = |_| Outcome::Refused { ground: text("grond") };
    let unsure = |_| Outcome::Ambiguous { candidates: 2 };
    for said in [answer_to(&question, refused), answer_to(&question, unsure)] {
        let mut enquiry = received(&question);
        enquiry.done(Command::TakeUp, &desk(Kind::Reclassering));
        enquiry.done(Command::Answer(Box::new(said)), &desk(Kind::Reclassering));
        assert_eq!(says(&enquiry, 1), Finding::Current);
    }
}
