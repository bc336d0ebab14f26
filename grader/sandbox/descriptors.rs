//! Open descriptors on their way from one process to another.

use std::io::{self, IoSlice, IoSliceMut};
use std::mem::MaybeUninit;
use std::os::fd::{BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;

use rustix::net::{
    RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, ReturnFlags, SendAncillaryBuffer,
    SendAncillaryMessage, SendFlags, recvmsg, sendmsg,
};

/// The most that go together.
const MOST: usize = 4;

/// Sends descriptors, with a byte for them to come along with.
///
/// # Errors
/// Those of the socket.
pub fn send(socket: &UnixStream, descriptors: &[BorrowedFd<'_>]) -> io::Result<()> {
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(MOST))];
    let mut sent = SendAncillaryBuffer::new(&mut space);
    if !descriptors.is_empty() && !sent.push(SendAncillaryMessage::ScmRights(descriptors)) {
        return Err(io::Error::other("too many descriptors at once"));
    }
    sendmsg(
        socket,
        &[IoSlice::new(&[1])],
        &mut sent,
        SendFlags::NOSIGNAL,
    )?;
    Ok(())
}

/// What [`send`] sent; none when the other end is closed.
///
/// # Errors
/// Those of the socket.
pub fn receive(socket: &UnixStream) -> io::Result<Option<Vec<OwnedFd>>> {
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(MOST))];
    let mut received = RecvAncillaryBuffer::new(&mut space);
    let mut byte = [0];
    let message = recvmsg(
        socket,
        &mut [IoSliceMut::new(&mut byte)],
        &mut received,
        RecvFlags::CMSG_CLOEXEC,
    )?;
    if message.bytes == 0 || message.flags.contains(ReturnFlags::CTRUNC) {
        return Ok(None);
    }
    let descriptors = received.drain().filter_map(|message| match message {
        RecvAncillaryMessage::ScmRights(descriptors) => Some(descriptors),
        _ => None,
    });
    Ok(Some(descriptors.flatten().collect()))
}
