//! What calls that are over left on the stack: their return addresses. Of a future that answered `Pending`
//! and took no waker nothing else tells where it was.
#![expect(
    unsafe_code,
    reason = "the stack below the calls that are under way belongs to no value"
)]

use std::hint::black_box;

use trace::Place;

use crate::place;

/// How much of the stack is looked at, in words: a future's calls take less.
const WORDS: usize = 4096;

/// The stack below whoever holds this.
#[derive(Debug)]
pub struct Stack {
    words: Vec<usize>,
}

impl Stack {
    /// Wipes it: what is read afterwards was left by calls that were made since.
    pub fn wiped() -> Self {
        wipe();
        // Made before, since it takes calls too.
        Self {
            words: vec![0; WORDS],
        }
    }

    /// Keeps what is there now.
    #[inline(never)]
    pub fn read(mut self) -> Self {
        let here = 0_usize;
        let end = std::ptr::from_ref(&here).expose_provenance();
        let begin = end - WORDS * size_of::<usize>();
        for (number, word) in self.words.iter_mut().enumerate() {
            let at =
                std::ptr::with_exposed_provenance::<usize>(begin + number * size_of::<usize>());
            // SAFETY: it was written to by `wipe`, so it is mapped, and nobody else uses this thread's stack.
            *word = unsafe { at.read_volatile() };
        }
        self
    }

    /// The calls of the submission among them, the innermost first.
    pub fn calls(&self) -> Place {
        place::of(self.calls_of_the_submission())
    }

    /// What was called there, as addresses of functions, as far as a call itself says that.
    pub fn called(&self) -> impl Iterator<Item = usize> {
        self.calls_of_the_submission().filter_map(called_before)
    }

    fn calls_of_the_submission(&self) -> impl Iterator<Item = usize> {
        let addresses = self.words.iter().copied();
        addresses.filter(|address| place::is_in_adapter(*address) && is_behind_a_call(*address))
    }
}

/// Deeper than `read` looks.
#[inline(never)]
#[expect(
    clippy::large_stack_arrays,
    reason = "it is there for its place on the stack"
)]
fn wipe() {
    black_box(&mut [0_usize; WORDS + 128]);
}

/// The function that the call before an address of loaded code calls, where the code there says so: on
/// x86-64, by an offset, or from the library's table of addresses.
fn called_before(address: usize) -> Option<usize> {
    if !cfg!(target_arch = "x86_64") {
        return None;
    }
    let behind = |end: usize| {
        let offset = i32::from_le_bytes(std::array::from_fn(|n| loaded(end - 4 + n)));
        Some(end.wrapping_add_signed(isize::try_from(offset).ok()?))
    };
    let in_table = |slot: Option<usize>| {
        let slot = slot.filter(|slot| place::is_in_adapter(*slot))?;
        Some(usize::from_le_bytes(std::array::from_fn(|n| {
            loaded(slot + n)
        })))
    };
    let bytes = |from: usize| [3, 2, 1].map(|n| loaded(from - 4 - n));
    if loaded(address - 5) == 0xe8 {
        behind(address)
    } else if bytes(address)[1..] == [0xff, 0x15] {
        in_table(behind(address))
    } else if [loaded(address - 2), loaded(address - 1)] == [0xff, 0xd0] {
        // `call rax`; what is in it was loaded a few instructions before.
        let loads = |end: &usize| bytes(*end) == [0x48, 0x8b, 0x05];
        in_table(
            (address - 32..=address - 2)
                .rev()
                .find(loads)
                .and_then(behind),
        )
    } else {
        None
    }
}

/// A byte of a loaded library.
fn loaded(address: usize) -> u8 {
    let at = std::ptr::with_exposed_provenance::<u8>(address);
    // SAFETY: the address is inside the adapter, and not at its beginning, which is a table.
    unsafe { at.read_volatile() }
}

/// Whether the instruction before an address of loaded code is a call: a word that is no return address may
/// be one of a function.
fn is_behind_a_call(address: usize) -> bool {
    let before = |bytes: usize| loaded(address - bytes);
    if cfg!(target_arch = "x86_64") {
        // `call` with an offset, or through a register or memory: FF /2, of two to seven bytes.
        let through = |bytes: usize| before(bytes) == 0xff && before(bytes - 1) & 0x38 == 0x10;
        before(5) == 0xe8 || (2..=7).any(through)
    } else if cfg!(target_arch = "aarch64") {
        // BL, or BLR.
        before(1) & 0xfc == 0x94 || (before(1) == 0xd6 && before(2) == 0x3f)
    } else {
        false
    }
}

#[cfg(test)]
mod tests {
    use std::hint::black_box;

    use super::{Stack, is_behind_a_call};

    #[inline(never)]
    fn calls_deeper(levels: usize) -> usize {
        let inner = if levels == 0 {
            1
        } else {
            calls_deeper(levels - 1)
        };
        black_box(inner) + 1
    }

    #[test]
    fn calls_that_are_over_are_found_and_none_of_before() {
        black_box(calls_deeper(100));
        let of_here = |stack: &Stack| {
            let here = (calls_deeper as *const ()).addr();
            let near =
                |word: &&usize| (here..here + 256).contains(*word) && is_behind_a_call(**word);
            stack.words.iter().filter(near).count()
        };
        let nothing = Stack::wiped().read();
        assert_eq!(of_here(&nothing), 0);
        let stack = Stack::wiped();
        black_box(calls_deeper(100));
        let found = of_here(&stack.read());
        // Some lay where `read` is now.
        assert!((50..=101).contains(&found), "{found} calls");
    }
}
