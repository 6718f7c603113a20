//! How far an import is: a line that is written over on a terminal, a line now and then elsewhere.

use std::io::Write;
use std::time::{Duration, Instant};

/// After how many lines a terminal is told.
const OFTEN: u64 = 1_000;
/// After how many lines anything else is told.
const NOW_AND_THEN: u64 = 10_000;
/// Width of the bar.
const WIDTH: u64 = 30;
/// Back to the begin of the line, and nothing on it.
const CLEAR: &str = "\r\x1b[K";

/// How far an import is. That it cannot be told is no reason to stop.
#[derive(Debug)]
pub(super) struct Progress<W> {
    on_terminal: bool,
    /// Bytes of the file, where that is known.
    whole: Option<u64>,
    begun: Instant,
    out: W,
}

impl<W: Write> Progress<W> {
    /// An import that begins now.
    pub(super) fn new(on_terminal: bool, whole: Option<u64>, out: W) -> Self {
        Self { on_terminal, whole, begun: Instant::now(), out }
    }

    /// So much was read.
    pub(super) fn read(&mut self, lines: u64, bytes: u64) {
        if self.on_terminal && lines.is_multiple_of(OFTEN) {
            let bar = self.percent(bytes).map(bar).unwrap_or_default();
            let speed = per_second(lines, self.begun.elapsed());
            self.write(&format!("{CLEAR}{bar}{lines} lines{speed}"));
        } else if !self.on_terminal && lines.is_multiple_of(NOW_AND_THEN) {
            let far = self.percent(bytes).map(|percent| format!(", {percent} %")).unwrap_or_default();
            self.write(&format!("{lines} lines read{far}\n"));
        }
    }

    /// Something that stays to be read.
    pub(super) fn say(&mut self, line: &str) {
        let clear = if self.on_terminal { CLEAR } else { "" };
        self.write(&format!("{clear}{line}\n"));
    }

    /// Everything was read.
    pub(super) fn end(&mut self) {
        if self.on_terminal {
            self.write(CLEAR);
        }
    }

    fn percent(&self, bytes: u64) -> Option<u64> {
        let whole = self.whole.filter(|whole| *whole > 0)?;
        Some((bytes.saturating_mul(100) / whole).min(100))
    }

    fn write(&mut self, text: &str) {
        let _ = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush());
    }
}

fn bar(percent: u64) -> String {
    let done = percent * WIDTH / 100;
    let part = |sign: &str, length: u64| sign.repeat(usize::try_from(length).unwrap_or_default());
    format!("[{}{}] {percent:>3} %  ", part("#", done), part(".", WIDTH - done))
}

fn per_second(lines: u64, passed: Duration) -> String {
    let millis = u64::try_from(passed.as_millis()).unwrap_or(u64::MAX);
    lines.saturating_mul(1000).checked_div(millis).map(|speed| format!(", {speed} a second")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    //! What is shown where.

    use super::*;

    fn shown(on_terminal: bool, whole: Option<u64>) -> String {
        let mut out = Vec::new();
        let mut progress = Progress::new(on_terminal, whole, &mut out);
        for lines in 1..=20_000 {
            progress.read(lines, lines * 10);
            if lines == 12_345 {
                progress.say("line 12345: it is not json (column 1)");
            }
        }
        progress.end();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_terminal_sees_one_line_that_is_written_over() {
        let shown = shown(true, Some(400_000));
        let frames: Vec<&str> = shown.split(CLEAR).collect();
        assert!(frames[1].starts_with("[..............................]   2 %  1000 lines"), "{:?}", frames[1]);
        assert!(frames[20 + 1].starts_with("[###############...............]  50 %  20000 lines"), "{:?}", frames[21]);
        assert_eq!((frames.len(), frames[22]), (23, ""), "a frame a thousand lines, the fault, and nothing is left");
        assert_eq!(shown.matches('\n').count(), 1);
        assert!(frames.contains(&"line 12345: it is not json (column 1)\n"), "{frames:?}");
    }

    #[test]
    fn anything_else_gets_a_line_now_and_then() {
        let fault = "line 12345: it is not json (column 1)\n";
        assert_eq!(shown(false, Some(200_000)), format!("10000 lines read, 50 %\n{fault}20000 lines read, 100 %\n"));
        assert_eq!(shown(false, None), format!("10000 lines read\n{fault}20000 lines read\n"));
    }

    #[test]
    fn the_speed_is_told_once_there_is_one() {
        assert_eq!(per_second(3_000, Duration::from_secs(2)), ", 1500 a second");
        assert_eq!(per_second(3_000, Duration::ZERO), "");
    }
}
