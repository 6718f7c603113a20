//! A history: what the police registered, and what happens then, step by step.

mod chance;
mod step;

pub use chance::histories;
pub use step::Step;

use super::people::{Listed, Undone};
use super::tale::Tale;
use super::world::{Broken, World};
use crate::case::{CloseReason, Registration};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What is registered, and every step.
#[derive(Clone, Debug)]
pub struct History {
    /// What the police registered.
    pub facts: Registration,
    /// What happens before everybody does their work.
    pub early: Vec<Step>,
    /// For what reason the prosecutor closes the case then, if so.
    pub closed: Option<CloseReason>,
    /// What happens after that.
    pub late: Vec<Step>,
    /// What happens once the case is opened again, if it is.
    pub again: Option<Vec<Step>>,
}

impl History {
    /// Lets it happen; the world that comes of it, or what broke.
    ///
    /// # Errors
    /// The invariant that broke.
    pub fn happen(&self) -> Result<World, Broken> {
        let mut world = World::new(self.facts.clone());
        self.happen_to(&mut world)?;
        Ok(world)
    }

    /// Lets it happen once more, and tells it in sentences.
    pub fn tell(&self) -> String {
        let mut world = World::new(self.facts.clone());
        world.tale = Tale::begin();
        let end = match catch_unwind(AssertUnwindSafe(|| self.happen_to(&mut world))) {
            Ok(Ok(())) => "Nothing broke.".to_owned(),
            Ok(Err(broken)) => format!("Then {broken}."),
            Err(_) => "Then it panicked.".to_owned(),
        };
        let open = match crate::case::gate(world.case()) {
            Ok(_) => "nothing: the gate is open".to_owned(),
            Err(incomplete) => {
                let points = incomplete.open().iter();
                points
                    .map(|open| format!("{} {}", open.subject.slug(), open.reason.code()))
                    .collect::<Vec<_>>()
                    .join(", ")
            }
        };
        format!("A case is registered.\n{}{end}\nOpen is {open}.", world.tale)
    }

    fn happen_to(&self, world: &mut World) -> Result<(), Broken> {
        world.confirm(Listed::AsItIs);
        after(world, World::check)?;
        happen_in_turn(&self.early, world)?;
        if let Some(reason) = self.closed {
            world.close(reason);
            after(world, World::check)?;
        }
        to_its_end(world)?;
        happen_in_turn(&self.late, world)?;
        // Also a case that was opened again.
        to_its_end(world)?;
        if let Some(again) = &self.again {
            world.reopen();
            after(world, World::check)?;
            happen_in_turn(again, world)?;
            to_its_end(world)?;
        }
        world.carry_all();
        after(world, World::check_at_rest)
    }
}

fn happen_in_turn(steps: &[Step], world: &mut World) -> Result<(), Broken> {
    steps.iter().try_for_each(|step| {
        step.happens(world);
        after(world, World::check)
    })
}

/// Whatever happened, people who do their work bring an open case to its end (invariants 7 and 15).
fn to_its_end(world: &mut World) -> Result<(), Broken> {
    if world.has_ended() {
        return Ok(());
    }
    world.work(Undone::Nothing);
    after(world, World::check)?;
    world.end();
    after(world, |world| {
        world.check();
        world.expect(world.has_ended(), 15, || "everybody did their work, and there is no end to it".into());
    })
}

fn after(world: &mut World, look: impl Fn(&mut World)) -> Result<(), Broken> {
    look(world);
    world.broken.clone().map_or(Ok(()), Err)
}
