//! Custody of the suspect (D26, A18, T9): what was done, and when the current term ends. It is recorded and never gated,
//! and opens nothing: a term that ends makes no decision, and voorgeleiding is none (D26).

use crate::date::netherlands;
use crate::fault::{Faults, Problem};
use crate::organisation::Actor;
use crate::personal::Sensitive;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

/// An act of custody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Step {
    /// The suspect arrived at the station.
    Aankomst,
    /// Held for questioning (ophouden voor onderzoek).
    Ophouden {
        /// The offence allows voorlopige hechtenis: nine hours, and six otherwise.
        voorlopige_hechtenis: bool,
    },
    /// Inverzekeringstelling: three days.
    Inverzekeringstelling,
    /// The inverzekeringstelling was extended by three days; once.
    Verlenging,
    /// Brought before the rechter-commissaris. No route or disposal.
    Voorgeleiding,
    /// Released.
    Invrijheidstelling,
}

impl Step {
    /// In words, for an official (Dutch, B1).
    pub fn words(self) -> &'static str {
        match self {
            Step::Aankomst => "De verdachte is aangekomen op het bureau.",
            Step::Ophouden { .. } => "De verdachte is opgehouden voor onderzoek.",
            Step::Inverzekeringstelling => "De verdachte is in verzekering gesteld.",
            Step::Verlenging => "De inverzekeringstelling is verlengd.",
            Step::Voorgeleiding => "De verdachte is voorgeleid.",
            Step::Invrijheidstelling => "De verdachte is in vrijheid gesteld.",
        }
    }
}

/// An act of custody as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// What was done.
    pub step: Step,
    /// When.
    pub at: Timestamp,
    /// Who recorded it.
    pub by: Actor,
}

/// That an act was recorded wrongly: it stays readable, and counts no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Struck {
    /// Why.
    pub reason: Sensitive<String>,
    /// Who struck it out.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
}

/// Where the suspect stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Not in custody as far as was recorded.
    Vrij,
    /// At the station.
    Aangekomen,
    /// Held for questioning.
    Opgehouden {
        /// The offence allows voorlopige hechtenis.
        voorlopige_hechtenis: bool,
    },
    /// In verzekering.
    InVerzekering,
    /// In verzekering, extended.
    Verlengd,
    /// Brought before the rechter-commissaris: from there on the judge decides.
    Voorgeleid,
    /// Released.
    InVrijheid,
}

/// The custody of a suspect as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Custody {
    /// Where the suspect stands.
    pub standing: Standing,
    /// Since when; nothing when nothing was recorded.
    pub since: Option<Timestamp>,
    /// From when the current term runs.
    from: Timestamp,
}

impl Custody {
    /// From the arrival that the registration tells, if any, and what was done since, whenever it was recorded.
    pub fn of(arrived_at: Option<Timestamp>, done: &[(Step, Timestamp)]) -> Custody {
        let begun = Custody::begun(arrived_at);
        in_time(done).into_iter().fold(begun, |custody, (step, at)| custody.after(step, at).unwrap_or(custody))
    }

    /// Whether all of this can have been done, each act after the one before it in time.
    pub fn can_be(arrived_at: Option<Timestamp>, done: &[(Step, Timestamp)]) -> bool {
        let begun = Custody::begun(arrived_at);
        let in_order = |custody: Custody, at| custody.since.is_none_or(|since| since <= at);
        let follows = |custody: Custody, (step, at)| custody.after(step, at).filter(|_| in_order(custody, at));
        in_time(done).into_iter().try_fold(begun, follows).is_some()
    }

    /// What is wrong with an act at an instant, beside what was done: it was done already, and in an order that can be. It
    /// may be recorded late.
    pub fn faults(
        arrived_at: Option<Timestamp>,
        done: &[(Step, Timestamp)],
        (step, at): (Step, Timestamp),
        now: Timestamp,
    ) -> Faults {
        let mut faults = Faults::new();
        faults.require(at <= now, "at", Problem::InFuture);
        let with = [done, &[(step, at)]].concat();
        // It would fit as the latest act: so it is the moment that does not.
        let fits = Custody::of(arrived_at, done).after(step, at).is_some();
        let field = if fits { "at" } else { "step" };
        faults.require(Custody::can_be(arrived_at, &with), field, Problem::OutOfOrder);
        faults
    }

    /// Whether the suspect is held.
    pub fn is_held(&self) -> bool {
        !matches!(self.standing, Standing::Vrij | Standing::InVrijheid)
    }

    fn begun(arrived_at: Option<Timestamp>) -> Custody {
        let free = Custody { standing: Standing::Vrij, since: None, from: Timestamp::MIN };
        arrived_at.and_then(|at| free.after(Step::Aankomst, at)).unwrap_or(free)
    }

    /// When the current term ends; nothing where none runs.
    pub fn term_ends(&self) -> Option<Timestamp> {
        let days = |days: i64| self.from.saturating_add(SignedDuration::from_hours(24 * days)).ok();
        match self.standing {
            Standing::Opgehouden { voorlopige_hechtenis: true } => Some(day_hours_after(self.from, 9)),
            Standing::Opgehouden { voorlopige_hechtenis: false } => Some(day_hours_after(self.from, 6)),
            Standing::InVerzekering => days(3),
            Standing::Verlengd => days(6),
            Standing::Vrij | Standing::Aangekomen | Standing::Voorgeleid | Standing::InVrijheid => None,
        }
    }

    /// The custody after an act; nothing when it cannot follow on this.
    fn after(self, step: Step, at: Timestamp) -> Option<Custody> {
        use Standing::{Aangekomen, InVerzekering, InVrijheid, Opgehouden, Verlengd, Voorgeleid, Vrij};
        let (standing, from) = match (step, self.standing) {
            (Step::Aankomst, Vrij | InVrijheid) => (Aangekomen, at),
            // Held anew for another offence: the hours still count from the arrival.
            (Step::Ophouden { voorlopige_hechtenis }, Aangekomen | Opgehouden { .. }) => {
                (Opgehouden { voorlopige_hechtenis }, self.from)
            }
            (Step::Inverzekeringstelling, Aangekomen | Opgehouden { .. }) => (InVerzekering, at),
            (Step::Verlenging, InVerzekering) => (Verlengd, self.from),
            (Step::Voorgeleiding, Aangekomen | Opgehouden { .. } | InVerzekering | Verlengd) => (Voorgeleid, at),
            (Step::Invrijheidstelling, Aangekomen | Opgehouden { .. } | InVerzekering | Verlengd | Voorgeleid) => {
                (InVrijheid, at)
            }
            _ => return None,
        };
        Some(Custody { standing, since: Some(at), from })
    }
}

/// By when they were done; what was done at one instant, as it was recorded.
fn in_time(done: &[(Step, Timestamp)]) -> Vec<(Step, Timestamp)> {
    let mut done = done.to_vec();
    done.sort_by_key(|(_, at)| *at);
    done
}

/// The instant at which this many hours have passed, of which those between midnight and nine in the Netherlands do not
/// count. Hours are elapsed hours, also on a day on which the clock is changed.
fn day_hours_after(from: Timestamp, hours: i64) -> Timestamp {
    let mut left = SignedDuration::from_hours(hours);
    let mut at = from;
    loop {
        let Some((morning, midnight)) = counted_hours(at) else { return at };
        at = at.max(morning);
        let counts = midnight.duration_since(at);
        if left <= counts {
            return at.saturating_add(left).unwrap_or(midnight);
        }
        left -= counts;
        at = midnight;
    }
}

/// Nine o'clock and the midnight after it, of the day of an instant.
fn counted_hours(at: Timestamp) -> Option<(Timestamp, Timestamp)> {
    const NINE: Time = Time::constant(9, 0, 0, 0);
    let zone: TimeZone = netherlands();
    let day = at.to_zoned(zone.clone()).date();
    let morning = day.to_datetime(NINE).to_zoned(zone.clone()).ok()?;
    let midnight = day.checked_add(1.day()).ok()?.to_zoned(zone).ok()?;
    Some((morning.timestamp(), midnight.timestamp()))
}

#[cfg(test)]
mod tests;
