//! What stands beside the gate: custody, the dossier, calls, the other suspects, and what was asked before.

use super::line;
use crate::command::case::words;
use std::io::{self, Write};
use zsm_proto::pb::om::v1 as om;

/// Where the suspect is, and that a term which ends opens nothing (D26).
pub(super) fn custody(case: &om::Case, out: &mut impl Write) -> io::Result<()> {
    let Some(custody) = &case.custody else { return Ok(()) };
    writeln!(out, "Vrijheidsbeneming")?;
    let since = custody.since.as_ref().map(|at| format!(", sinds {}", words::moment(Some(at)))).unwrap_or_default();
    line(out, "Stand", &format!("{}{since}", words::custody(custody.state)))?;
    if custody.term_ends.is_some() {
        line(out, "Termijn tot", &words::moment(custody.term_ends.as_ref()))?;
    }
    if custody.held_back.is_empty() { Ok(()) } else { line(out, "Let op", &custody.held_back) }
}

/// Whether the dossier may travel (A34).
pub(super) fn dossier(case: &om::Case, out: &mut impl Write) -> io::Result<()> {
    use om::dossier_permission::Decision;
    match case.dossier_permission.as_ref().and_then(|one| one.decision.as_ref()) {
        None => Ok(()),
        Some(Decision::Granted(_)) => line(out, "Dossier", "mag naar de adviseur"),
        Some(Decision::Refused(refused)) => line(out, "Dossier", &format!("blijft bij het OM: {}", refused.because)),
    }
}

/// Whom the table called, and what came of it (A16).
pub(super) fn calls(case: &om::Case, out: &mut impl Write) -> io::Result<()> {
    if case.calls.is_empty() {
        return Ok(());
    }
    writeln!(out, "Gebeld ({})", case.calls.len())?;
    case.calls.iter().try_for_each(|one| {
        let at = one.call.as_ref().and_then(|call| call.at.as_ref());
        let whom = one.whom.as_ref().map(words::organisation).unwrap_or_default();
        line(out, &words::moment(at), &format!("{whom}: {}", one.outcome))
    })
}

/// The cases of the other suspects of the incident (A12).
pub(super) fn siblings(case: &om::Case, out: &mut impl Write) -> io::Result<()> {
    if case.siblings.is_empty() {
        return Ok(());
    }
    writeln!(out, "Andere verdachten van dit voorval ({})", case.siblings.len())?;
    case.siblings.iter().try_for_each(|one| {
        let advice = words::advice_state(one.advice).map(|state| format!("; {state}")).unwrap_or_default();
        writeln!(out, "  - {}: {}; stroom {}{advice}", one.name, words::state(one.state), words::flow(one.flow))
    })
}

/// The assignments of before, and what was asked in vain (D23, A36).
pub(super) fn before(case: &om::Case, out: &mut impl Write) -> io::Result<()> {
    if !case.former_assignments.is_empty() {
        writeln!(out, "Eerdere opdrachten ({})", case.former_assignments.len())?;
    }
    case.former_assignments.iter().try_for_each(|one| {
        let lead = one.lead.as_ref().map(words::organisation).unwrap_or_default();
        let why = if one.corrected { "ingetrokken: de gegevens waren anders" } else { "ingetrokken" };
        line(out, &format!("opdracht {}", one.number), &format!("{lead}; {why}"))
    })?;
    if !case.excess.is_empty() {
        writeln!(out, "Gevraagd, en achteraf niet nodig ({})", case.excess.len())?;
    }
    let excess = &case.excess;
    excess.iter().try_for_each(|one| line(out, words::item(one.item), &words::moment(one.asked_at.as_ref())))
}
