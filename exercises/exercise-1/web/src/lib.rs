//! A small web to crawl.
//!
//! [`Client`] is shaped like the one in `reqwest`: make one, clone it freely, and
//! [`get`](Client::get) pages with it. What is different is where the pages come from. A client
//! asks a [`Transport`], and the one in this crate is a [`Site`]: a few pages kept in memory that
//! answer as slowly, or fail in such ways, as you tell them to. The grader brings a transport of
//! its own, so your code cannot tell the two apart and need not try.
//!
//! ```
//! use std::time::Duration;
//! use web::{Client, FetchError, Site};
//!
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! # async fn main() -> Result<(), FetchError> {
//! let site = Site::new("http://pets.test")
//!     .page("/", &["/cats", "/dogs#small"])
//!     .page("/cats", &["/"])
//!     .latency("/cats", Duration::from_millis(300))
//!     .fault("/dogs", FetchError::ConnectionReset);
//! let client = Client::new(site);
//!
//! let home = client.get("http://pets.test/").await?;
//! assert_eq!(home.links(), ["http://pets.test/cats", "http://pets.test/dogs#small"]);
//!
//! let dogs = client.get("http://pets.test/dogs").await;
//! assert_eq!(dogs, Err(FetchError::ConnectionReset));
//! # Ok(())
//! # }
//! ```
//!
//! # How URLs are written
//!
//! One URL can be written in many ways. This crate always writes it in one, in [`Page::url`] and
//! in [`Page::links`]: scheme and host in lower case, no port where it is the scheme's own (80 for
//! `http`, 443 for `https`), a path that is at least `/`, and no `.` or `..` in it. So two of its
//! URLs name the same page exactly when their text before `#` is the same.

mod client;
mod crawl;
mod error;
mod page;
mod site;
mod url;

pub use client::{Answer, Client, Transport};
pub use crawl::{Limits, Outcome};
pub use error::FetchError;
pub use page::Page;
pub use site::Site;
