//! Stands in for the lab: what both halves of a contract need of it, and nothing else.
pub use serde;

pub mod contract {
    use std::any::Any;
    use std::future::Future;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    pub type Value = Box<dyn Any + Send>;
    pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
    pub type LocalBoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;
    pub type BoxStream<'a, T> = Pin<Box<dyn Stream<Item = T> + Send + 'a>>;
    pub type LocalBoxStream<'a, T> = Pin<Box<dyn Stream<Item = T> + 'a>>;

    pub trait Stream {
        type Item;
        fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>>;
    }

    impl<S: Stream + ?Sized> Stream for Pin<Box<S>> {
        type Item = S::Item;
        fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<S::Item>> {
            self.get_mut().as_mut().poll_next(context)
        }
    }
}
