//! [`StubObjectStorage`].

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use md5::{Digest, Md5};

use super::core::{FIXED_TIME, stub};
use crate::error::{Error, ErrorKind, Result};
use crate::fields;
use crate::service::{ByteRange, Object, ObjectMeta, ObjectStorage, PresignedUrl, PutCondition};

/// The arguments of `put` and `put_if`.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectPut {
    /// The key.
    pub key: String,
    /// The content.
    pub bytes: Bytes,
    /// The MIME type.
    pub content_type: String,
    /// The condition; `None` of `put`.
    pub condition: Option<PutCondition>,
}

/// The arguments of `presign_put` and `presign_get`.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presign {
    /// The key.
    pub key: String,
    /// The MIME type; `None` of `presign_get`.
    pub content_type: Option<String>,
    /// How long the URL is to work.
    pub expires_in: Duration,
}

stub! {
    /// An object store with canned answers.
    ///
    /// Defaults, those of an empty bucket that forgets: `put` and `put_if` succeed and describe the object
    /// (the etag is the content's MD5, as S3's); `get`, `get_range` and `head` are
    /// [`NotFound`](ErrorKind::NotFound); `delete` is false; `list` is empty; a presigned URL is
    /// `https://stub.invalid/KEY`.
    StubObjectStorage, StubObjectStorageBuilder, "object_storage";
    /// What `put` answers.
    put: ObjectPut => Result<ObjectMeta>;
    /// What `put_if` answers.
    put_if: ObjectPut => Result<ObjectMeta>;
    /// What `get` answers. The argument is the key.
    get: str => Result<Object>;
    /// What `get_range` answers. The arguments are the key and the range.
    get_range: (String, ByteRange) => Result<Object>;
    /// What `head` answers. The argument is the key.
    head: str => Result<ObjectMeta>;
    /// What `delete` answers. The argument is the key.
    delete: str => Result<bool>;
    /// What `list` answers. The argument is the prefix.
    list: str => Result<Vec<ObjectMeta>>;
    /// What `presign_put` answers.
    presign_put: Presign => Result<PresignedUrl>;
    /// What `presign_get` answers.
    presign_get: Presign => Result<PresignedUrl>;
}

impl StubObjectStorageBuilder {
    /// That object is always there: for `get` and `head`. It was last modified at
    /// 2030-01-01T00:00:00Z.
    #[track_caller]
    pub fn object(
        mut self,
        key: &str,
        bytes: impl Into<Bytes>,
        content_type: &str,
    ) -> StubObjectStorageBuilder {
        let put = ObjectPut {
            key: key.to_owned(),
            bytes: bytes.into(),
            content_type: content_type.to_owned(),
            condition: None,
        };
        let meta = describe(&put, FIXED_TIME);
        let (name, same) = (key.to_owned(), key.to_owned());
        self.head = self.head.when(move |key| key == name).ok(meta.clone());
        self.get = self.get.when(move |key| key == same).ok(Object { meta, bytes: put.bytes });
        self
    }
}

fn describe(put: &ObjectPut, now: jiff::Timestamp) -> ObjectMeta {
    let digest = Md5::digest(&put.bytes);
    let etag = digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let size = put.bytes.len() as u64;
    ObjectMeta::new(&put.key, size, format!("\"{etag}\""), &put.content_type, now)
}

fn missing<T>(key: &str) -> Result<T> {
    Err(Error::new(ErrorKind::NotFound, format!("there is no object {key:?}")))
}

impl StubObjectStorage {
    fn url(&self, presign: &Presign) -> Result<PresignedUrl> {
        let expires_at = self.inner.core.now().checked_add(presign.expires_in);
        let expires_at = expires_at.map_err(|error| {
            Error::new(ErrorKind::InvalidArgument, "the URL would expire too late")
                .with_source(error)
        })?;
        Ok(PresignedUrl::new(format!("https://stub.invalid/{}", presign.key), expires_at))
    }
}

#[async_trait]
impl ObjectStorage for StubObjectStorage {
    async fn put(&self, key: &str, bytes: Bytes, content_type: &str) -> Result<ObjectMeta> {
        let fields = fields! { key: key, bytes: bytes.len(), content_type: content_type };
        let (key, content_type) = (key.to_owned(), content_type.to_owned());
        let args = ObjectPut { key, bytes, content_type, condition: None };
        let core = &self.inner.core;
        self.inner.put.give(core, &args, fields, |_| Ok(describe(&args, core.now()))).await
    }

    async fn put_if(
        &self,
        key: &str,
        bytes: Bytes,
        content_type: &str,
        condition: PutCondition,
    ) -> Result<ObjectMeta> {
        let fields = fields! { key: key, bytes: bytes.len(), content_type: content_type };
        let (key, content_type) = (key.to_owned(), content_type.to_owned());
        let args = ObjectPut { key, bytes, content_type, condition: Some(condition) };
        let core = &self.inner.core;
        self.inner.put_if.give(core, &args, fields, |_| Ok(describe(&args, core.now()))).await
    }

    async fn get(&self, key: &str) -> Result<Object> {
        self.inner.get.give(&self.inner.core, key, fields! { key: key }, |_| missing(key)).await
    }

    async fn get_range(&self, key: &str, range: ByteRange) -> Result<Object> {
        let fields = fields! { key: key, start: range.start, end: range.end };
        let args = (key.to_owned(), range);
        self.inner.get_range.give(&self.inner.core, &args, fields, |_| missing(key)).await
    }

    async fn head(&self, key: &str) -> Result<ObjectMeta> {
        self.inner.head.give(&self.inner.core, key, fields! { key: key }, |_| missing(key)).await
    }

    async fn delete(&self, key: &str) -> Result<bool> {
        self.inner.delete.give(&self.inner.core, key, fields! { key: key }, |_| Ok(false)).await
    }

    async fn list(&self, prefix: &str) -> Result<Vec<ObjectMeta>> {
        let fields = fields! { prefix: prefix };
        self.inner.list.give(&self.inner.core, prefix, fields, |_| Ok(Vec::new())).await
    }

    async fn presign_put(
        &self,
        key: &str,
        content_type: &str,
        expires_in: Duration,
    ) -> Result<PresignedUrl> {
        let fields = fields! { key: key, content_type: content_type };
        let content_type = Some(content_type.to_owned());
        let args = Presign { key: key.to_owned(), content_type, expires_in };
        self.inner.presign_put.give(&self.inner.core, &args, fields, |_| self.url(&args)).await
    }

    async fn presign_get(&self, key: &str, expires_in: Duration) -> Result<PresignedUrl> {
        let args = Presign { key: key.to_owned(), content_type: None, expires_in };
        let fields = fields! { key: key };
        self.inner.presign_get.give(&self.inner.core, &args, fields, |_| self.url(&args)).await
    }
}
