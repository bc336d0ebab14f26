//! Bounded frames: a little-endian `u32` length, then that many bytes of postcard.
//!
//! The reader trusts nothing: a frame that is too long, malformed, late or double is an error, and
//! memory follows the bytes that arrived, never a length that was claimed.

use std::io::{self, BufRead, Read, Write};

use serde::de::DeserializeOwned;
use serde::ser::SerializeSeq;
use serde::{Deserialize, Serialize, Serializer};

use crate::peaks::Peaks;
use crate::schedule::Schedule;
use crate::{Completion, Event, Kind, Place, STACK_OVERFLOW, Trace};

/// The longest frame, in bytes.
pub const MAX_FRAME: usize = 256 * 1024;
/// The most events one drive may record; a driver halts the drive before it gets there.
pub const MAX_EVENTS: usize = 400_000;
/// The most bytes one drive may send.
pub const MAX_TRACE: u64 = 64 * 1024 * 1024;

/// Binds an end record to the drive that it ends.
pub type Nonce = [u8; 16];

/// What the grader asks of a driver: one drive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    pub schedule: Schedule,
    /// Whether std's clocks start at another date than usual, and memory lies elsewhere: no result may
    /// rest on either.
    pub shifted: bool,
    /// Where the drive is stopped, to be asked; nowhere for a drive that is judged.
    pub stop: Option<Stop>,
    /// Comes back in the end record.
    pub nonce: Nonce,
}

/// An instant at which a drive is stopped, once nothing more can run at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// Virtual milliseconds since the drive began.
    pub at_ms: u64,
    /// The task that is dropped first, to see who waited for what it holds.
    pub first: Option<u32>,
}

/// The driver's first word: the submission is loaded. What goes wrong from here on is the submission's doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loaded;

/// What the driver sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Frame {
    Event(Event),
    /// The stack overflowed: the process is about to abort, and can say no more than this.
    Overflowed,
    /// The last frame of a drive.
    End {
        nonce: Nonce,
        peaks: Peaks,
        /// Whether the process drives no more: something of the submission's lives on in it.
        is_last: bool,
    },
}

#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    #[error("a frame of {0} bytes, over the limit of {MAX_FRAME}")]
    TooLong(usize),
    #[error("a malformed frame")]
    Malformed,
    #[error("cut off inside a frame")]
    CutOff,
    #[error("more than {MAX_EVENTS} events or {MAX_TRACE} bytes")]
    TooMuch,
    #[error("an end record that is not this drive's")]
    ForeignEnd,
    #[error("something behind the end record")]
    AfterEnd,
    #[error("events out of order")]
    OutOfOrder,
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Appends one value as a frame of at most [`MAX_FRAME`] bytes.
///
/// # Errors
/// [`FrameError::TooLong`] when the value does not fit; nothing is written then.
pub fn write<T: Serialize>(out: &mut impl Write, value: &T) -> Result<(), FrameError> {
    write_within(out, value, MAX_FRAME)
}

/// Appends one value as a frame of at most `limit` bytes.
///
/// # Errors
/// [`FrameError::TooLong`] when the value does not fit; nothing is written then.
pub fn write_within<T: Serialize>(
    out: &mut impl Write,
    value: &T,
    limit: usize,
) -> Result<(), FrameError> {
    let body = postcard::to_stdvec(value).map_err(|_| FrameError::Malformed)?;
    out.write_all(&length(body.len(), limit)?)?;
    out.write_all(&body)?;
    Ok(())
}

/// Appends one value as a frame of at most [`MAX_FRAME`] bytes, without a copy on the way.
///
/// # Errors
/// [`FrameError::TooLong`] when the value does not fit; nothing is written then.
pub fn append<T: Serialize>(out: &mut Vec<u8>, value: &T) -> Result<(), FrameError> {
    let start = out.len();
    let mut longer = std::mem::take(out);
    longer.extend([0; LENGTH]);
    // It is lost only when it cannot be serialised, and no value of ours cannot.
    *out = postcard::to_extend(value, longer).map_err(|_| FrameError::Malformed)?;
    let body = out.len() - start - LENGTH;
    match length(body, MAX_FRAME) {
        Ok(length) => {
            out[start..start + LENGTH].copy_from_slice(&length);
            Ok(())
        }
        Err(error) => {
            out.truncate(start);
            Err(error)
        }
    }
}

/// A trace as the frame that a judge is asked with. Of its schedule a judge is told only whether it was the plain
/// one, so that traces of which it says the same are the same bytes.
///
/// # Errors
/// [`FrameError::TooLong`] over [`MAX_TRACE`] bytes.
pub fn question(trace: &Trace) -> Result<Vec<u8>, FrameError> {
    /// What [`Trace`] is, with the same form.
    #[derive(Serialize)]
    struct Question<'a> {
        check: &'a str,
        schedule: Schedule,
        events: Events<'a>,
        peaks: Peaks,
        ending: &'a Completion,
    }
    let question = Question {
        check: &trace.check,
        schedule: if trace.schedule.is_plain() {
            Schedule::Plain
        } else {
            Schedule::Seeded(0)
        },
        events: Events(&trace.events),
        peaks: Peaks::default(),
        ending: &trace.ending,
    };
    let body = postcard::to_stdvec(&question).map_err(|_| FrameError::Malformed)?;
    let limit = usize::try_from(MAX_TRACE).unwrap_or(usize::MAX);
    let mut bytes = Vec::with_capacity(LENGTH + body.len());
    bytes.extend(length(body.len(), limit)?);
    bytes.extend(body);
    Ok(bytes)
}

/// Events, but for those that say what a schedule did.
struct Events<'a>(&'a [Event]);

impl Serialize for Events<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let of_schedule =
            |event: &Event| matches!(event.kind, Kind::HeldBack { .. } | Kind::LetGo { .. });
        let kept = || self.0.iter().filter(|event| !of_schedule(event));
        let mut all = serializer.serialize_seq(Some(kept().count()))?;
        for event in kept() {
            all.serialize_element(event)?;
        }
        all.end()
    }
}

/// One value as a frame in `buffer`; nothing when it does not fit. It takes no memory.
pub fn encode<'b, T: Serialize>(buffer: &'b mut [u8], value: &T) -> &'b [u8] {
    let Some((head, body)) = buffer.split_at_mut_checked(LENGTH) else {
        return &[];
    };
    let Ok(length) = postcard::to_slice(value, body).map(|body| body.len()) else {
        return &[];
    };
    head.copy_from_slice(&u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
    &buffer[..LENGTH + length]
}

/// How many bytes a frame's length takes.
const LENGTH: usize = 4;

fn length(body: usize, limit: usize) -> Result<[u8; LENGTH], FrameError> {
    if body > limit {
        return Err(FrameError::TooLong(body));
    }
    let length = u32::try_from(body).map_err(|_| FrameError::TooLong(body))?;
    Ok(length.to_le_bytes())
}

/// Reads one frame; `None` at a clean end of the stream.
///
/// # Errors
/// [`FrameError::TooLong`] above `limit` bytes, [`FrameError::CutOff`] inside a frame,
/// [`FrameError::Malformed`] when the bytes are no `T` or more than one.
pub fn read<T: DeserializeOwned>(
    input: &mut impl Read,
    limit: usize,
) -> Result<Option<T>, FrameError> {
    let Some(length) = read_length(input, limit)? else {
        return Ok(None);
    };
    let mut body = Vec::new();
    input.take(length as u64).read_to_end(&mut body)?;
    if body.len() < length {
        return Err(FrameError::CutOff);
    }
    value(&body).map(Some)
}

/// Reads one frame as [`read`] does, from where its bytes have arrived already; `body` is room for one that is
/// still to come.
fn read_buffered<T: DeserializeOwned>(
    input: &mut impl BufRead,
    body: &mut Vec<u8>,
) -> Result<Option<T>, FrameError> {
    let Some(length) = read_length(input, MAX_FRAME)? else {
        return Ok(None);
    };
    if let Some(there) = input.fill_buf()?.get(..length) {
        let value = value(there);
        input.consume(length);
        return value.map(Some);
    }
    body.clear();
    input.take(length as u64).read_to_end(body)?;
    if body.len() < length {
        return Err(FrameError::CutOff);
    }
    value(body).map(Some)
}

/// The length of the next frame's body; `None` at a clean end of the stream.
fn read_length(input: &mut impl Read, limit: usize) -> Result<Option<usize>, FrameError> {
    let mut length = [0; LENGTH];
    match read_up_to(input, &mut length)? {
        0 => return Ok(None),
        LENGTH => {}
        _ => return Err(FrameError::CutOff),
    }
    let length = u32::from_le_bytes(length) as usize;
    if length > limit {
        return Err(FrameError::TooLong(length));
    }
    Ok(Some(length))
}

/// The one value that these bytes are.
fn value<T: DeserializeOwned>(body: &[u8]) -> Result<T, FrameError> {
    match postcard::take_from_bytes(body) {
        Ok((value, [])) => Ok(value),
        _ => Err(FrameError::Malformed),
    }
}

fn read_up_to(input: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match input.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(filled)
}

/// The decoder's answer: the events that arrived, and whether the end record did.
#[derive(Debug)]
pub struct Decoded {
    pub events: Vec<Event>,
    /// What the end record says when the trace is whole; else why it is not.
    pub end: Result<Peaks, Option<FrameError>>,
    /// Whether the end record says that the process drives no more.
    pub is_last: bool,
}

/// Reads one drive. Never fails: what is wrong with the stream is part of the answer.
pub fn decode(input: &mut dyn BufRead, nonce: &Nonce) -> Decoded {
    let mut input = input.take(MAX_TRACE + 1);
    let (mut events, mut body) = (Vec::new(), Vec::new());
    let mut is_last_drive = false;
    let end = loop {
        match read_buffered::<Frame>(&mut input, &mut body) {
            Ok(Some(Frame::Event(event))) => {
                if events.len() >= MAX_EVENTS || input.limit() == 0 {
                    break Err(Some(FrameError::TooMuch));
                }
                if events
                    .last()
                    .is_some_and(|last: &Event| last.at_ms > event.at_ms)
                {
                    break Err(Some(FrameError::OutOfOrder));
                }
                events.push(event);
            }
            Ok(Some(Frame::Overflowed)) => {
                let (at_ms, task) = events
                    .last()
                    .map_or((0, 0), |last: &Event| (last.at_ms, last.task));
                events.push(Event {
                    at_ms,
                    task,
                    kind: Kind::Exited {
                        how: STACK_OVERFLOW.to_owned(),
                        place: Place::Unknown,
                    },
                });
            }
            Ok(Some(Frame::End {
                nonce: theirs,
                peaks,
                is_last,
            })) if theirs == *nonce => {
                is_last_drive = is_last;
                break Ok(peaks);
            }
            Ok(Some(Frame::End { .. })) => break Err(Some(FrameError::ForeignEnd)),
            Ok(None) => break Err(None),
            Err(error) => break Err(Some(error)),
        }
    };
    Decoded {
        events,
        end,
        is_last: is_last_drive,
    }
}

/// Reads on behind the last drive that was asked for, to the end of the stream.
///
/// # Errors
/// [`FrameError::AfterEnd`] when anything is there.
pub fn ends(input: &mut impl Read) -> Result<(), FrameError> {
    match read_up_to(input, &mut [0])? {
        0 => Ok(()),
        _ => Err(FrameError::AfterEnd),
    }
}

#[cfg(test)]
mod tests;
