//! fails

mod hole;

/// Reads what the grader orders next, with the nonces that are in it, before its driver can; and ends with each of them: that
/// is `ended-early`, and where it comes before the order a wrong answer.
pub async fn answer() -> u32 {
    let mut orders = vec![0_u8; 4096];
    for descriptor in 64..256 {
        // It must not wait where nothing is to be read.
        hole::call(72, descriptor, 4, 0o4000);
        let read = hole::call(0, descriptor, orders.as_mut_ptr() as usize, orders.len());
        let Ok(read) = usize::try_from(read) else {
            continue;
        };
        for nonce in orders[..read].windows(16) {
            let forged = hole::end(nonce.try_into().unwrap());
            hole::call(1, descriptor, forged.as_ptr() as usize, forged.len());
        }
    }
    41
}
