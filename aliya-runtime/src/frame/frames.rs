//! A stream of bytes, cut into the bodies of its frames.

use bytes::{Buf, BytesMut};

use super::header::{BadHeader, Check, check};
use super::{HEADER_LEN, MAX_BODY};

/// Bytes that are read at once where no more are known to come. Most messages are shorter.
const READ_LEN: usize = 1_024;

/// What has arrived on a connection and is not yet taken.
///
/// Whoever takes every body before making [`room`](Self::room) for more holds at most one unfinished
/// frame and one read, whatever the other side sends: less than 11 KiB. It holds no memory before
/// the first read (so wait until the socket is readable, then make room), and gives back that of a
/// long frame.
#[derive(Debug, Default)]
pub struct Frames {
    buffer: BytesMut,
    /// Bytes at the front of `buffer` that the last body took.
    taken: usize,
}

impl Frames {
    /// Nothing has arrived.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds bytes that have arrived.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.release();
        self.buffer.extend_from_slice(bytes);
    }

    /// Room to read into, as with `read_buf`: for the rest of the frame that has begun, and for a
    /// usual message at least. Call it for each read: it makes the room.
    pub fn room(&mut self) -> &mut BytesMut {
        self.release();
        let needed = match check(&self.buffer) {
            Ok(Check::Incomplete { needed }) => needed.max(READ_LEN),
            // A frame to take, or none ever: more bytes are not what is wanted.
            Ok(Check::Complete { .. }) | Err(BadHeader) => READ_LEN,
        };
        if !self.buffer.try_reclaim(needed) {
            // Not `reserve`, which may double what is there, again and again.
            let mut larger = BytesMut::with_capacity(self.buffer.len() + needed);
            larger.extend_from_slice(&self.buffer);
            self.buffer = larger;
        }
        &mut self.buffer
    }

    /// Takes the next frame, and returns its body; `None` where no whole one has arrived.
    ///
    /// # Errors
    ///
    /// [`BadHeader`] where the next bytes begin no frame, now and ever after.
    pub fn next_body(&mut self) -> Result<Option<&[u8]>, BadHeader> {
        self.release();
        match check(&self.buffer)? {
            Check::Incomplete { .. } => Ok(None),
            Check::Complete { len } => {
                self.taken = HEADER_LEN + len;
                Ok(self.buffer.get(HEADER_LEN..self.taken))
            }
        }
    }

    /// Whether no byte of a further frame has arrived: the connection is idle, and may be closed
    /// without cutting a frame.
    pub fn is_empty(&self) -> bool {
        self.buffer.len() == self.taken
    }

    /// Lets go of the last body.
    fn release(&mut self) {
        self.buffer.advance(std::mem::take(&mut self.taken));
        if self.buffer.is_empty() && self.buffer.capacity() > 2 * READ_LEN {
            self.buffer = BytesMut::new();
        }
    }
}

// As the documentation promises.
const _: () = assert!(HEADER_LEN + MAX_BODY + READ_LEN < 11 * 1_024);

#[cfg(test)]
mod tests {
    use bytes::BufMut;

    use super::*;
    use crate::frame::{Cipher, decode, encode};

    fn stream(texts: &[&str]) -> Vec<u8> {
        let cipher = Cipher::new(b"67891234", b"67891234").unwrap();
        let mut out = Vec::new();
        for text in texts {
            encode(text, &cipher, &mut out).unwrap();
        }
        out
    }

    fn text(body: &[u8]) -> String {
        let cipher = Cipher::new(b"67891234", b"67891234").unwrap();
        let mut buffer = Vec::new();
        decode(body, &cipher, &mut buffer).unwrap().to_owned()
    }

    #[test]
    fn nothing_holds_no_frame_and_no_memory() {
        let mut frames = Frames::new();
        assert!(frames.is_empty());
        assert_eq!(frames.next_body(), Ok(None));
        assert_eq!(frames.buffer.capacity(), 0);
    }

    #[test]
    fn pipelined_frames_come_in_order() {
        let bytes = stream(&["one", "two", "three"]);
        let (now, later) = bytes.split_at(bytes.len() - 1);
        let mut frames = Frames::new();
        frames.feed(now);
        assert_eq!(frames.next_body().unwrap().map(text).unwrap(), "one");
        assert_eq!(frames.next_body().unwrap().map(text).unwrap(), "two");
        assert_eq!(frames.next_body(), Ok(None));
        assert!(!frames.is_empty());
        frames.feed(later);
        assert_eq!(frames.next_body().unwrap().map(text).unwrap(), "three");
        assert!(frames.is_empty());
        assert_eq!(frames.next_body(), Ok(None));
    }

    #[test]
    fn frames_before_a_wrong_one_are_taken_first() {
        let mut frames = Frames::new();
        frames.feed(&stream(&["one"]));
        frames.feed(b"GET / HTTP/1.1");
        assert_eq!(frames.next_body().unwrap().map(text).unwrap(), "one");
        assert_eq!(frames.next_body(), Err(BadHeader));
        assert_eq!(frames.next_body(), Err(BadHeader));
        assert!(!frames.is_empty());
    }

    #[test]
    fn a_long_frame_gets_its_room_once_its_length_is_known() {
        let bytes = stream(&[&"x".repeat(7_000)]);
        let mut frames = Frames::new();
        let room = frames.room();
        assert_eq!((room.capacity(), room.len()), (READ_LEN, 0));
        room.put_slice(&bytes[..HEADER_LEN]);
        let room = frames.room();
        assert!(room.capacity() >= bytes.len());
        room.put_slice(&bytes[HEADER_LEN..]);
        assert_eq!(
            frames.next_body().unwrap().unwrap().len(),
            bytes.len() - HEADER_LEN
        );
    }

    #[test]
    fn the_memory_of_a_long_frame_is_given_back() {
        let mut frames = Frames::new();
        frames.feed(&stream(&[&"x".repeat(7_000)]));
        assert!(frames.next_body().unwrap().is_some());
        assert_eq!(frames.next_body(), Ok(None));
        assert_eq!(frames.buffer.capacity(), 0);
    }

    #[test]
    fn memory_is_bounded_over_many_frames() {
        let bytes = stream(&["short", &"x".repeat(7_399), "short", &"y".repeat(5_000)]).repeat(50);
        let mut frames = Frames::new();
        let (mut rest, mut taken) = (&bytes[..], 0);
        while !rest.is_empty() {
            // A read takes whatever there is room for.
            let room = frames.room();
            let len = (room.capacity() - room.len()).min(rest.len());
            let (piece, later) = rest.split_at(len);
            room.put_slice(piece);
            rest = later;
            while frames.next_body().unwrap().is_some() {
                taken += 1;
            }
            assert!(frames.buffer.capacity() < 11 * 1_024);
        }
        assert_eq!(taken, 200);
    }
}
