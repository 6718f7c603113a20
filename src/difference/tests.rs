//! A difference says what stayed, went and came, and nothing else.

use super::*;
use crate::arbitrary;
use crate::assignment::Content;
use crate::testing::{assert_clean, full_record, text};
use proptest::prelude::*;

fn read(pieces: &[Piece], earlier: bool) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Kept(text) => text.clone(),
        Piece::Removed(text) if earlier => text.clone(),
        Piece::Added(text) if !earlier => text.clone(),
        Piece::Removed(_) | Piece::Added(_) => String::new(),
    };
    pieces.iter().map(piece).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn kept_and_removed_read_as_the_earlier_text_and_kept_and_added_as_the_later(
        earlier in "[ab ]{0,40}", later in "[ab ]{0,40}", any_text in ".{0,40}",
    ) {
        for (earlier, later) in [(&earlier, &later), (&earlier, &any_text), (&any_text, &any_text)] {
            let pieces = compare(earlier, later);
            prop_assert_eq!(&read(&pieces, true), earlier);
            prop_assert_eq!(&read(&pieces, false), later);
            prop_assert_eq!(earlier == later, pieces.iter().all(|piece| matches!(piece, Piece::Kept(_))));
        }
    }

    #[test]
    fn two_answers_that_differ_have_a_difference_and_two_that_do_not_have_none(
        one in arbitrary::answer(), other in arbitrary::answer(),
    ) {
        let (old, new) = (Content::OwnFile(Box::new(one)), Content::OwnFile(Box::new(other)));
        prop_assert_eq!(between(&old, &new).is_empty(), old == new);
        prop_assert!(between(&old, &old).is_empty());
    }
}

#[test]
fn only_the_words_that_changed_went_and_came() {
    let pieces = compare("Er is geen gevaar thuis.", "Er is nu wel gevaar thuis.");
    let kept = |text: &str| Piece::Kept(text.to_owned());
    let (removed, added) = (Piece::Removed("geen ".into()), Piece::Added("nu wel ".into()));
    assert!(pieces == [kept("Er is "), removed, added, kept("gevaar thuis.")]);
}

#[test]
fn very_long_texts_that_share_little_are_shown_whole() {
    let long = |word: &str| format!("{word} ").repeat(5_000);
    let pieces = compare(&long("een"), &long("twee"));
    assert_eq!(pieces.len(), 2);
}

#[test]
fn a_dossier_differs_by_its_parts_and_prints_nothing() {
    let later = crate::police::PoliceRecord {
        dossier: Some(crate::police::Document::Absent { because: text("niet opgemaakt") }),
        ..full_record()
    };
    let changes = between(&Content::Dossier(Box::new(full_record())), &Content::Dossier(Box::new(later)));
    assert_eq!(changes.iter().map(|change| change.part).collect::<Vec<_>>(), [Part::Dossier]);
    assert_clean(&changes);
}
