//! A response, whose body is read from the connection that it came on.

use std::fmt;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode, header};
use hyper::body::Incoming;

use crate::Client;
use crate::connection::Connection;
use crate::error::{Error, Kind};
use crate::url::Url;

/// A response. Its body comes as it is read; dropped before its end, it takes its connection with it.
#[must_use = "a response that is not read to its end costs its connection"]
pub struct Response {
    client: Client,
    url: String,
    address: String,
    head: http::response::Parts,
    body: Incoming,
    /// None when the body is at its end.
    connection: Option<Connection>,
}

impl Response {
    pub(crate) fn new(
        client: Client,
        url: &Url,
        response: http::Response<Incoming>,
        connection: Option<Connection>,
    ) -> Self {
        let (head, body) = response.into_parts();
        Self {
            client,
            url: url.to_string(),
            address: url.address(),
            head,
            body,
            connection,
        }
    }

    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// Where it came from: the last URL where there were redirects.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The length of the body in bytes, where the site announced it.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        let length = self.head.headers.get(header::CONTENT_LENGTH)?;
        length.to_str().ok()?.parse().ok()
    }

    /// The response, unless its status is from 400 to 599.
    ///
    /// # Errors
    /// With that status.
    pub fn error_for_status(self) -> Result<Self, Error> {
        let status = self.status();
        if status.is_client_error() || status.is_server_error() {
            return Err(Error::new(&self.url, Kind::Status(status)));
        }
        Ok(self)
    }

    /// The next piece of the body, as it comes; none at its end.
    ///
    /// # Errors
    /// When the connection goes before that.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        let Some(mut connection) = self.connection.take() else {
            return Ok(None);
        };
        // Dropped while it waits, this drops the connection too: the body would lack a piece.
        let piece = connection.piece(&mut self.body).await;
        let piece = piece.map_err(|error| Error::of(&self.url, &error))?;
        if piece.is_some() {
            self.connection = Some(connection);
        } else {
            self.client.keep(&self.address, connection).await;
        }
        Ok(piece)
    }

    /// The whole body.
    ///
    /// # Errors
    /// When the connection goes before its end.
    pub async fn bytes(mut self) -> Result<Bytes, Error> {
        let mut all = BytesMut::new();
        while let Some(piece) = self.chunk().await? {
            all.extend_from_slice(&piece);
        }
        Ok(all.freeze())
    }

    /// The whole body as text; what is not UTF-8 in it becomes `�`.
    ///
    /// # Errors
    /// When the connection goes before its end.
    pub async fn text(self) -> Result<String, Error> {
        let bytes = self.bytes().await?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("url", &self.url)
            .field("status", &self.head.status)
            .field("headers", &self.head.headers)
            .finish_non_exhaustive()
    }
}
