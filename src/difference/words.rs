//! Two texts compared word by word.

use std::fmt;

/// More pairs of changed words than this are not compared one by one.
const PAIRS_LIMIT: usize = 1_000_000;

/// A stretch of text that stayed, went or came.
#[derive(Clone, PartialEq, Eq)]
pub enum Piece {
    /// It is in both.
    Kept(String),
    /// It is in the earlier text only.
    Removed(String),
    /// It is in the later text only.
    Added(String),
}

/// Which it is, never what it says.
impl fmt::Debug for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Piece::Kept(_) => "Kept",
            Piece::Removed(_) => "Removed",
            Piece::Added(_) => "Added",
        })
    }
}

/// The pieces of two texts: kept and removed read as the earlier one, kept and added as the later one.
pub fn compare(earlier: &str, later: &str) -> Vec<Piece> {
    let (old, new) = (words(earlier), words(later));
    let same = |(one, other): &(&&str, &&str)| one == other;
    let before = old.iter().zip(&new).take_while(same).count();
    let (old_rest, new_rest) = (&old[before..], &new[before..]);
    let after = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(same).count();
    let (old_middle, old_after) = old_rest.split_at(old_rest.len() - after);
    let new_middle = &new_rest[..new_rest.len() - after];
    let mut pieces = Vec::new();
    old[..before].iter().for_each(|word| keep(&mut pieces, word));
    middle(&mut pieces, old_middle, new_middle);
    old_after.iter().for_each(|word| keep(&mut pieces, word));
    pieces
}

/// Words, each with the white space behind it.
fn words(text: &str) -> Vec<&str> {
    text.split_inclusive(char::is_whitespace).collect()
}

/// By the longest words in common; too much at once went and came as a whole.
fn middle(pieces: &mut Vec<Piece>, old: &[&str], new: &[&str]) {
    if old.len().saturating_mul(new.len()) > PAIRS_LIMIT {
        old.iter().for_each(|word| remove(pieces, word));
        new.iter().for_each(|word| add(pieces, word));
        return;
    }
    let width = new.len() + 1;
    let mut common = vec![0_u32; (old.len() + 1) * width];
    for (row, word) in old.iter().enumerate().rev() {
        for (column, other) in new.iter().enumerate().rev() {
            let here = row * width + column;
            common[here] =
                if word == other { common[here + width + 1] + 1 } else { common[here + width].max(common[here + 1]) };
        }
    }
    let (mut row, mut column) = (0, 0);
    while row < old.len() || column < new.len() {
        let here = row * width + column;
        if row < old.len() && column < new.len() && old[row] == new[column] {
            keep(pieces, old[row]);
            (row, column) = (row + 1, column + 1);
        } else if row < old.len() && (column == new.len() || common[here + width] >= common[here + 1]) {
            remove(pieces, old[row]);
            row += 1;
        } else {
            add(pieces, new[column]);
            column += 1;
        }
    }
}

fn keep(pieces: &mut Vec<Piece>, word: &str) {
    match pieces.last_mut() {
        Some(Piece::Kept(text)) => text.push_str(word),
        _ => pieces.push(Piece::Kept(word.to_owned())),
    }
}

fn remove(pieces: &mut Vec<Piece>, word: &str) {
    match pieces.last_mut() {
        Some(Piece::Removed(text)) => text.push_str(word),
        _ => pieces.push(Piece::Removed(word.to_owned())),
    }
}

fn add(pieces: &mut Vec<Piece>, word: &str) {
    match pieces.last_mut() {
        Some(Piece::Added(text)) => text.push_str(word),
        _ => pieces.push(Piece::Added(word.to_owned())),
    }
}
