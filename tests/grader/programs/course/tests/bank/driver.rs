//! Transfers that are dropped wherever they wait, and transfers that are refused.

use contract::Bank;
use lab::{Lab, drive};

lab::driver!(contract);

#[drive]
async fn a_dropped_transfer_loses_nothing(lab: Lab) {
    let approvals = lab.service("approval");
    lab.cancel_everywhere(20, async |cancel| {
        let bank = Bank::new(100, 0);
        let approvals = approvals.clone();
        let approve = move |amount: u64| approvals.call(&amount.to_string(), 10, Ok(()));
        let done = cancel.run(bank.transfer(30, approve)).await;
        lab.note("done", done.is_some());
        lab.note("balances", bank.balances());
    })
    .await;
}

/// Three transfers at a time, to a desk that has room for two: who is refused is the order's to say.
#[drive(schedules = plain)]
async fn a_refused_transfer_changes_nothing(lab: Lab) {
    let desk = lab.service("approval").capacity(2);
    let bank = std::rc::Rc::new(Bank::new(100, 0));
    let transfers = [10, 20, 40].map(|amount| {
        let (desk, bank, lab) = (desk.clone(), bank.clone(), lab.clone());
        let approve = move |amount: u64| {
            desk.call(&amount.to_string(), 10, Ok(()), "the desk is full".to_owned())
        };
        async move { lab.note("answer", bank.transfer(amount, approve).await) }
    });
    lab.all(transfers).await;
    lab.note("balances", bank.balances());
}
