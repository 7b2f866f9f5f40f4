//! [`ObjectStorage`]: objects by key, as S3 has them.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use jiff::Timestamp;

use crate::error::Result;

/// An object store of one bucket.
///
/// # Contract
/// - Strong consistency: after a `put` or `delete` answered, every `get`, `head` and `list` shows it.
/// - The etag changes with the content, and is the same for the same content.
/// - Two puts at once: the last one wins, and no one reads a mixture.
/// - Keys are 1 to 1024 bytes of UTF-8; another key is
///   [`InvalidArgument`](crate::ErrorKind::InvalidArgument).
/// - A missing object is [`NotFound`](crate::ErrorKind::NotFound), but `delete` answers false.
#[async_trait]
pub trait ObjectStorage: Send + Sync {
    /// Stores an object, replacing what was there.
    async fn put(&self, key: &str, bytes: Bytes, content_type: &str) -> Result<ObjectMeta>;

    /// Stores an object if the condition holds.
    ///
    /// # Errors
    /// [`PreconditionFailed`](crate::ErrorKind::PreconditionFailed) if it does not;
    /// [`NotFound`](crate::ErrorKind::NotFound) for [`PutCondition::IfMatch`] if there is no object.
    async fn put_if(
        &self,
        key: &str,
        bytes: Bytes,
        content_type: &str,
        condition: PutCondition,
    ) -> Result<ObjectMeta>;

    /// Reads an object.
    async fn get(&self, key: &str) -> Result<Object>;

    /// Reads a part of an object.
    ///
    /// # Errors
    /// [`InvalidArgument`](crate::ErrorKind::InvalidArgument) if the range starts behind the end (S3's
    /// `InvalidRange`). A range that ends behind it is cut.
    async fn get_range(&self, key: &str, range: ByteRange) -> Result<Object>;

    /// Describes an object.
    async fn head(&self, key: &str) -> Result<ObjectMeta>;

    /// Deletes an object; false if there was none.
    async fn delete(&self, key: &str) -> Result<bool>;

    /// Describes all objects whose key starts with the prefix, in the order of their keys' bytes.
    async fn list(&self, prefix: &str) -> Result<Vec<ObjectMeta>>;

    /// A URL that anyone can put that object with, until it expires.
    ///
    /// # Errors
    /// [`InvalidArgument`](crate::ErrorKind::InvalidArgument) unless `expires_in` is 1 s to 7 days.
    async fn presign_put(
        &self,
        key: &str,
        content_type: &str,
        expires_in: Duration,
    ) -> Result<PresignedUrl>;

    /// A URL that anyone can get that object with, until it expires.
    ///
    /// # Errors
    /// [`InvalidArgument`](crate::ErrorKind::InvalidArgument) unless `expires_in` is 1 s to 7 days.
    async fn presign_get(&self, key: &str, expires_in: Duration) -> Result<PresignedUrl>;
}

/// What is known of an object without reading it.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectMeta {
    /// The key.
    pub key: String,
    /// The size of the whole object in bytes.
    pub size: u64,
    /// Changes with the content. Quoted, as in HTTP.
    pub etag: String,
    /// The MIME type that it was stored with.
    pub content_type: String,
    /// When it was stored.
    pub last_modified: Timestamp,
}

impl ObjectMeta {
    /// Describes an object.
    pub fn new(
        key: impl Into<String>,
        size: u64,
        etag: impl Into<String>,
        content_type: impl Into<String>,
        last_modified: Timestamp,
    ) -> ObjectMeta {
        ObjectMeta {
            key: key.into(),
            size,
            etag: etag.into(),
            content_type: content_type.into(),
            last_modified,
        }
    }
}

/// An object that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// What it is.
    pub meta: ObjectMeta,
    /// Its content, or the part that was asked for.
    pub bytes: Bytes,
}

/// When [`ObjectStorage::put_if`] may store.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PutCondition {
    /// There must be no object of that key (`If-None-Match: *`).
    IfNoneMatch,
    /// The object must have this etag (`If-Match`).
    IfMatch(String),
}

/// The bytes `start..end`, without `end`; `None` means to the end of the object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByteRange {
    /// The first byte, from 0.
    pub start: u64,
    /// The byte behind the last one.
    pub end: Option<u64>,
}

impl From<std::ops::Range<u64>> for ByteRange {
    fn from(range: std::ops::Range<u64>) -> ByteRange {
        ByteRange { start: range.start, end: Some(range.end) }
    }
}

impl From<std::ops::RangeFrom<u64>> for ByteRange {
    fn from(range: std::ops::RangeFrom<u64>) -> ByteRange {
        ByteRange { start: range.start, end: None }
    }
}

/// A URL that grants access to one object by itself. Its text is a credential: `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct PresignedUrl {
    url: String,
    /// When it stops to work.
    pub expires_at: Timestamp,
}

impl PresignedUrl {
    /// Wraps a URL.
    pub fn new(url: impl Into<String>, expires_at: Timestamp) -> PresignedUrl {
        PresignedUrl { url: url.into(), expires_at }
    }

    /// The URL itself.
    pub fn expose(&self) -> &str {
        &self.url
    }
}

impl fmt::Debug for PresignedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PresignedUrl(****, expires {})", self.expires_at)
    }
}
