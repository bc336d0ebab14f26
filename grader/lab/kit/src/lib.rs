//! The kit: every crate that a submission, a handed crate, a driver or an adapter may use, in one dynamic
//! library, so that all of them share one copy of its statics, and linking is short.

pub use {
    anyhow, async_stream, bytes, futures, http, http_body_util, hyper, lab, thiserror, tokio,
    tokio_stream, tokio_test, tokio_util,
};
