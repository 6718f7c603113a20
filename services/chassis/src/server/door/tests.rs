//! Who says nothing is shown out; who said the first words may be silent.

use std::io::ErrorKind;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep, timeout};

use super::{FIRST_WORDS, Guest};

const WORDS: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

fn guest() -> (Guest<DuplexStream>, DuplexStream) {
    let (inside, outside) = duplex(64);
    let place = Arc::new(Semaphore::new(1)).try_acquire_owned().unwrap();
    (Guest::new(inside, place), outside)
}

#[tokio::test(start_paused = true)]
async fn who_says_nothing_is_shown_out() {
    let (mut guest, _outside) = guest();
    let begun = Instant::now();
    assert_eq!(guest.read_u8().await.unwrap_err().kind(), ErrorKind::TimedOut);
    assert_eq!(begun.elapsed(), FIRST_WORDS);
}

#[tokio::test(start_paused = true)]
async fn who_spells_the_first_words_too_slowly_is_shown_out() {
    let (mut guest, mut outside) = guest();
    let spelling = tokio::spawn(async move {
        for letter in WORDS {
            sleep(FIRST_WORDS / 20).await;
            outside.write_u8(*letter).await.ok();
        }
        outside
    });
    let mut heard = [0; WORDS.len()];
    assert_eq!(guest.read_exact(&mut heard).await.unwrap_err().kind(), ErrorKind::TimedOut);
    assert!(heard.starts_with(b"PRI"));
    spelling.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn who_said_the_first_words_may_be_silent() {
    let (mut guest, mut outside) = guest();
    outside.write_all(WORDS).await.unwrap();
    let mut heard = [0; WORDS.len()];
    guest.read_exact(&mut heard).await.unwrap();
    assert!(timeout(FIRST_WORDS * 100, guest.read_u8()).await.is_err(), "it still waits");
    outside.write_u8(7).await.unwrap();
    assert_eq!(guest.read_u8().await.unwrap(), 7);
}
