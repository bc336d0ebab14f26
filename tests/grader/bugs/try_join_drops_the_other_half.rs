//! bug: try_join! drops the other future at the first error, in the middle of what it does
//! finding: wrong-value

use std::sync::atomic::{AtomicI32, Ordering};

use anyhow::ensure;
use service::Service;

#[derive(Default)]
struct Hotel {
    held: AtomicI32,
    booked: AtomicI32,
}

async fn book_hotel(service: &Service, hotel: &Hotel) -> Result<(), &'static str> {
    hotel.held.fetch_add(1, Ordering::Relaxed);
    service.call("hotel", 10).await;
    hotel.held.fetch_sub(1, Ordering::Relaxed);
    hotel.booked.fetch_add(1, Ordering::Relaxed);
    Ok(())
}

async fn book_flight(service: &Service) -> Result<(), &'static str> {
    service.call("flight", 13).await;
    Err("sold out")
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let hotel = Hotel::default();
    let trip = tokio::try_join!(book_hotel(&service, &hotel), book_flight(&service));
    let failed = trip.is_err();
    if failed && hotel.booked.load(Ordering::Relaxed) == 1 {
        hotel.booked.fetch_sub(1, Ordering::Relaxed);
    }
    let held = hotel.held.load(Ordering::Relaxed);
    ensure!(held == 0, "no trip, but {held} room is held");
    Ok(())
}
