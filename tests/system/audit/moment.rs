//! What must hold between journals of one moment, whatever is under way: what one says that it brought to another, the
//! other holds; and what one says that it got, the other gave.

use super::{Advised, AtLead, AtOm, AtSource, Record, given_answer, received};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeSet;
use zsm::advice::Advice;
use zsm::assignment::{self, Errand as OfLead};
use zsm::case::Errand as OfOm;
use zsm::enquiry::Errand as OfSource;

impl Record {
    /// News that is lost: nobody has it, and nobody will bring it any more; or that came from nowhere.
    pub(crate) fn lost(&self) -> Vec<String> {
        let mut lost = Vec::new();
        let mut must = |holds: bool, fault: String| {
            if !holds {
                lost.push(fault);
            }
        };
        for (case, events) in &self.cases {
            self.between_om_and_lead(case, events, &mut must);
        }
        for (name, events) in self.assignments.values().flatten() {
            self.between_lead_and_source(name, events, &mut must);
        }
        for (name, events) in self.questions.values().flatten() {
            self.between_source_and_lead(name, events, &mut must);
        }
        lost
    }

    /// The cases in which a decision was taken.
    pub(crate) fn decided(&self) -> BTreeSet<String> {
        let decided = |events: &[AtOm]| events.iter().any(|event| matches!(event, AtOm::Decided(_)));
        self.cases.iter().filter(|(_, events)| decided(events)).map(|(name, _)| name.clone()).collect()
    }

    /// What is still to be done for a stream.
    fn open<E: DeserializeOwned>(&self, stream: &str) -> Vec<E> {
        let of_stream = self.errands.iter().filter(|(_, errand)| errand.stream == stream);
        let errand = |subject: &str| -> E {
            let kept: Value = serde_json::from_str(subject).unwrap();
            serde_json::from_value(kept["errand"].clone()).unwrap()
        };
        of_stream.map(|(_, one)| errand(&one.subject)).collect()
    }

    fn assignment(&self, name: &str) -> &[AtLead] {
        self.assignments.values().find_map(|all| all.get(name)).map_or(&[], Vec::as_slice)
    }

    fn question(&self, name: &str) -> &[AtSource] {
        self.questions.values().find_map(|all| all.get(name)).map_or(&[], Vec::as_slice)
    }

    fn between_om_and_lead(&self, case: &str, events: &[AtOm], must: &mut impl FnMut(bool, String)) {
        let briefed = events.iter().rev().find_map(|event| match event {
            AtOm::Briefed { assignment, version, .. } => Some((assignment.to_string(), *version)),
            _ => None,
        });
        let Some((name, version)) = briefed else { return };
        let at_lead = self.assignment(&name);
        let brings = self.open::<OfOm>(case).iter().any(|errand| matches!(errand, OfOm::Brief { .. }));
        let has = at_lead.iter().any(|event| matches!(event, AtLead::Briefed { brief } if brief.version >= version));
        must(brings || has, format!("{case}: nobody brings {name} at {version} to the lead, who does not have it"));

        let open = self.open::<OfLead>(&name);
        let received: Vec<&Advice> = events
            .iter()
            .filter_map(|one| if let AtOm::AdviceReceived { advice } = one { Some(&**advice) } else { None })
            .collect();
        let signed = Advised::from(at_lead).signed;
        for advice in &signed {
            let brings = open.contains(&OfLead::Submit { version: advice.version });
            let version = advice.version;
            must(brings || received.contains(&advice), format!("{name}: nobody brings advice {version} to OM"));
        }
        for advice in received {
            must(signed.contains(advice), format!("{case}: nobody signed advice {}", advice.version));
        }
        let news = at_lead.iter().zip(1..).filter(|(event, _)| assignment::react(event).contains(&OfLead::Report));
        let newest: u64 = news.map(|(_, version)| version).last().unwrap_or(0);
        let heard = events.iter().filter_map(|event| match event {
            AtOm::Progressed { snapshot } => Some(snapshot.sequence),
            _ => None,
        });
        let heard = heard.max().unwrap_or(0);
        let brings = open.contains(&OfLead::Report);
        must(brings || heard >= newest, format!("{name}: nobody reports version {newest} to OM, who heard {heard}"));
        let last = at_lead.len() as u64;
        must(heard <= last, format!("{case}: OM heard version {heard}, and the lead has only {last}"));
    }

    fn between_lead_and_source(&self, name: &str, events: &[AtLead], must: &mut impl FnMut(bool, String)) {
        let open = self.open::<OfLead>(name);
        let advised = Advised::from(events);
        for question in &advised.asked {
            let at_source = self.question(&question.to_string());
            let asks =
                open.iter().any(|errand| matches!(errand, OfLead::Ask { question: asked, .. } if asked == question));
            let has = at_source.iter().any(|event| received(event).is_some());
            must(asks || has, format!("{name}: nobody asks {question}, and no source has it"));
            for (version, answer) in advised.answers.get(question).into_iter().flatten() {
                let gave = at_source.iter().filter_map(given_answer).any(|given| given == (*version, answer));
                must(gave, format!("{name}: no source gave {question} at {version}"));
            }
        }
    }

    fn between_source_and_lead(&self, name: &str, events: &[AtSource], must: &mut impl FnMut(bool, String)) {
        let Some(question) = events.iter().find_map(received) else { return };
        let assignment = question.assignment.to_string();
        let advised = Advised::from(self.assignment(&assignment));
        must(advised.asked.contains(&question.name), format!("{name}: no lead asked it"));
        let brought = advised.answers.get(&question.name);
        let asks = self.open::<OfLead>(&assignment);
        let asks = asks.iter().any(|one| matches!(one, OfLead::Ask { question: asked, .. } if *asked == question.name));
        let open = self.open::<OfSource>(name);
        for (version, answer) in events.iter().filter_map(given_answer) {
            let brings = open.contains(&OfSource::Deliver { version }) || (version == 1 && asks);
            let has = brought.and_then(|brought| brought.get(&version)) == Some(answer);
            must(brings || has, format!("{name}: nobody brings answer {version} to the lead, who does not have it"));
        }
    }
}
