//! HTTP without a network.
//!
//! [`Client`] is shaped like the one in `reqwest`: make one, keep it for as long as you fetch, clone it
//! freely. What it sends and receives are real HTTP/1.1 bytes, written and read by `hyper`; but they go
//! to a [`Site`] in memory, which answers as slowly, or fails in such ways, as you tell it to. The grader
//! has a site of its own, made of this very type.
//!
//! ```
//! use std::time::Duration;
//! use web::{Client, Reply, Site};
//!
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! # async fn main() -> Result<(), web::Error> {
//! let site = Site::new()
//!     .route("http://books.test/1", Reply::ok("a tale").after(Duration::from_millis(300)))
//!     .route("http://books.test/old", Reply::redirect("/1"));
//! let client = Client::new(&site);
//!
//! let response = client.get("http://books.test/old").send().await?;
//! assert_eq!((response.status().as_u16(), response.url()), (200, "http://books.test/1"));
//! assert_eq!(response.text().await?, "a tale");
//! assert_eq!(site.connections(), 1);
//! # Ok(())
//! # }
//! ```
//!
//! # Connections
//!
//! A client opens a connection when it has none to the host that is free, and keeps it when a response was
//! read to its end. Only its clones share what it keeps. A request, or a response that has not been read, that
//! is dropped takes its connection with it. Nothing of a client runs by itself: a connection is driven by whoever
//! awaits its response.

mod body;
mod client;
mod connection;
mod error;
mod pipe;
mod reply;
mod response;
mod site;
mod url;
mod watch;

pub use bytes::Bytes;
pub use client::{Client, ClientBuilder, RequestBuilder};
pub use error::Error;
pub use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
pub use reply::Reply;
pub use response::Response;
pub use site::Site;
pub use watch::{Watch, Watched};
