//! The types that cross between a driver and the loaded submission.

use std::any::Any;
use std::future::Future;
use std::pin::Pin;

pub use futures::Stream;

/// A value of a type that only the driver knows; the submission passes it on.
pub type Value = Box<dyn Any + Send>;

pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
pub type LocalBoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;
pub type BoxStream<'a, T> = Pin<Box<dyn Stream<Item = T> + Send + 'a>>;
pub type LocalBoxStream<'a, T> = Pin<Box<dyn Stream<Item = T> + 'a>>;
