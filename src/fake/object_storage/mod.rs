//! [`FakeObjectStorage`]: a bucket in memory, with S3's conditions, ranges and presigned URLs.

mod presign;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Bound;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use md5::{Digest, Md5};

use super::{Environment, Journal, lock};
use crate::clock::Clock;
use crate::error::{Error, ErrorKind, Result};
use crate::service::{ByteRange, Object, ObjectMeta, ObjectStorage, PresignedUrl, PutCondition};
use presign::{Method, Signer};

/// A bucket. Clones share the objects.
///
/// - The etag is the content's MD5 in hex, in quotes, as S3 has it for an object that is put whole.
/// - `put_if` with `IfMatch` on a missing object is [`ErrorKind::NotFound`], as in S3; an etag is taken
///   with or without quotes.
/// - An empty content type becomes `binary/octet-stream`.
/// - Presigned URLs are signed with a key of the world's own. They work in
///   [`FakeObjectStorage::http_put`] and [`FakeObjectStorage::http_get`], which stand for the HTTP
///   client that has nothing but the URL. Their time has a resolution of one second.
///
/// ```
/// use std::time::Duration;
/// use stuntdouble::ObjectStorage;
/// use stuntdouble::fake::{Environment, FakeObjectStorage};
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> stuntdouble::Result<()> {
/// let bucket = FakeObjectStorage::new(&Environment::seeded(42));
/// let url = bucket.presign_put("invoices/7.pdf", "application/pdf", Duration::from_secs(60)).await?;
///
/// bucket.http_put(url.expose(), "%PDF".into(), "application/pdf").await?;
/// assert_eq!(bucket.get("invoices/7.pdf").await?.bytes, "%PDF");
///
/// tokio::time::sleep(Duration::from_secs(60)).await; // virtual: takes no time
/// let error = bucket.http_put(url.expose(), "%PDF".into(), "application/pdf").await.unwrap_err();
/// assert_eq!(error.message(), "Request has expired");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct FakeObjectStorage {
    shared: Arc<Shared>,
}

struct Shared {
    clock: Arc<dyn Clock>,
    journal: Journal,
    signer: Signer,
    objects: Mutex<BTreeMap<String, Object>>,
}

impl FakeObjectStorage {
    /// An empty bucket.
    pub fn new(environment: &Environment) -> FakeObjectStorage {
        FakeObjectStorage {
            shared: Arc::new(Shared {
                clock: environment.clock().clone(),
                journal: environment.journal("object_storage"),
                signer: Signer::new(environment.entropy().stream("object_storage")),
                objects: Mutex::default(),
            }),
        }
    }

    /// The number of objects.
    pub fn len(&self) -> usize {
        lock(&self.shared.objects).len()
    }

    /// True if there is no object.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The keys, in the order of their bytes.
    pub fn keys(&self) -> Vec<String> {
        lock(&self.shared.objects).keys().cloned().collect()
    }

    /// An HTTP PUT to a presigned URL, by someone who has nothing else.
    ///
    /// # Errors
    /// [`ErrorKind::PermissionDenied`] if the URL is not one of this bucket's, was changed, was made
    /// for another method or content type, or has expired.
    pub async fn http_put(
        &self,
        url: &str,
        bytes: Bytes,
        content_type: &str,
    ) -> Result<ObjectMeta> {
        let now = self.shared.clock.now();
        let key = self.shared.signer.verify(url, Method::Put, Some(content_type), now);
        let result = key.and_then(|key| self.store(&key, bytes, content_type, None));
        self.noted("http_put", "(presigned)", result)
    }

    /// An HTTP GET of a presigned URL, by someone who has nothing else.
    ///
    /// # Errors
    /// [`ErrorKind::PermissionDenied`] as for [`FakeObjectStorage::http_put`];
    /// [`ErrorKind::NotFound`] if there is no such object.
    pub async fn http_get(&self, url: &str) -> Result<Object> {
        let now = self.shared.clock.now();
        let key = self.shared.signer.verify(url, Method::Get, None, now);
        let result = key.and_then(|key| self.read(&key));
        self.noted("http_get", "(presigned)", result)
    }

    /// What is unfinished: nothing, ever, for a bucket.
    pub fn left_open(&self) -> Vec<String> {
        Vec::new()
    }

    fn read(&self, key: &str) -> Result<Object> {
        check_key(key)?;
        lock(&self.shared.objects).get(key).cloned().ok_or_else(|| no_such_key(key))
    }

    fn store(
        &self,
        key: &str,
        bytes: Bytes,
        content_type: &str,
        condition: Option<PutCondition>,
    ) -> Result<ObjectMeta> {
        check_key(key)?;
        check_content_type(content_type)?;
        let content_type =
            if content_type.is_empty() { "binary/octet-stream" } else { content_type };
        let etag = etag(&bytes);
        let now = self.shared.clock.now();
        let mut objects = lock(&self.shared.objects);
        check_condition(key, condition, objects.get(key))?;
        let meta = ObjectMeta::new(key, bytes.len() as u64, etag, content_type, now);
        objects.insert(key.to_owned(), Object { meta: meta.clone(), bytes });
        Ok(meta)
    }

    fn presign(
        &self,
        method: Method,
        key: &str,
        content_type: Option<&str>,
        expires_in: Duration,
    ) -> Result<PresignedUrl> {
        check_key(key)?;
        check_content_type(content_type.unwrap_or_default())?;
        if !(1..=7 * 24 * 3600).contains(&expires_in.as_secs())
            || expires_in > Duration::from_secs(7 * 24 * 3600)
        {
            let message = format!("a presigned URL is valid for 1 s to 7 days, not {expires_in:?}");
            return Err(Error::new(ErrorKind::InvalidArgument, message));
        }
        let now = self.shared.clock.now();
        Ok(self.shared.signer.sign(method, key, content_type, now, expires_in.as_secs()))
    }

    /// Names the method in an error, and logs the outcome.
    fn noted<T>(&self, method: &'static str, key: &str, result: Result<T>) -> Result<T> {
        let result = result.map_err(|error| error.at("object_storage", method));
        self.shared.journal.note(method, key, || match &result {
            Ok(_) => "ok",
            Err(error) => error.kind().name(),
        });
        result
    }
}

fn check_key(key: &str) -> Result<()> {
    if (1..=1024).contains(&key.len()) {
        return Ok(());
    }
    let message = format!("a key has 1 to 1024 bytes, not {}", key.len());
    Err(Error::new(ErrorKind::InvalidArgument, message))
}

fn check_content_type(content_type: &str) -> Result<()> {
    if content_type.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Ok(());
    }
    let message = format!("not a content type: {content_type:?} (visible ASCII only)");
    Err(Error::new(ErrorKind::InvalidArgument, message))
}

fn check_condition(
    key: &str,
    condition: Option<PutCondition>,
    found: Option<&Object>,
) -> Result<()> {
    let unquoted = |etag: &str| etag.trim_matches('"').to_owned();
    let (failed, detail) = match (condition, found) {
        (None, _) | (Some(PutCondition::IfNoneMatch), None) => return Ok(()),
        (Some(PutCondition::IfMatch(_)), None) => return Err(no_such_key(key)),
        (Some(PutCondition::IfMatch(wanted)), Some(object)) => {
            if unquoted(&wanted) == unquoted(&object.meta.etag) {
                return Ok(());
            }
            let etag = &object.meta.etag;
            ("If-Match", format!("the object {key:?} has the etag {etag}, not {wanted}"))
        }
        (Some(PutCondition::IfNoneMatch), Some(_)) => {
            ("If-None-Match", format!("there is an object {key:?}"))
        }
    };
    let message =
        format!("At least one of the preconditions you specified did not hold ({failed})");
    Err(Error::new(ErrorKind::PreconditionFailed, message).with_detail(detail))
}

fn no_such_key(key: &str) -> Error {
    Error::new(ErrorKind::NotFound, format!("there is no object {key:?}"))
}

fn etag(bytes: &[u8]) -> String {
    format!("\"{}\"", presign::hex(&Md5::digest(bytes)))
}

/// The part that a range asks for.
fn cut(bytes: &Bytes, range: ByteRange) -> Result<Bytes> {
    let size = bytes.len() as u64;
    let end = range.end.unwrap_or(size).min(size);
    if range.start >= size || range.start >= end {
        let wanted = match range.end {
            Some(end) => format!("{}..{end}", range.start),
            None => format!("{}..", range.start),
        };
        let message = format!("the range {wanted} holds no byte of an object of {size} bytes");
        return Err(Error::new(ErrorKind::InvalidArgument, message).with_detail("InvalidRange"));
    }
    // Both fit: they are at most the length of a slice.
    Ok(bytes.slice(range.start as usize..end as usize))
}

impl fmt::Debug for FakeObjectStorage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeObjectStorage").field("keys", &self.keys()).finish()
    }
}

// Nothing here awaits: a put whose future is dropped has happened, or has not begun.
#[async_trait]
impl ObjectStorage for FakeObjectStorage {
    async fn put(&self, key: &str, bytes: Bytes, content_type: &str) -> Result<ObjectMeta> {
        let result = self.store(key, bytes, content_type, None);
        self.noted("put", key, result)
    }

    async fn put_if(
        &self,
        key: &str,
        bytes: Bytes,
        content_type: &str,
        condition: PutCondition,
    ) -> Result<ObjectMeta> {
        let result = self.store(key, bytes, content_type, Some(condition));
        self.noted("put_if", key, result)
    }

    async fn get(&self, key: &str) -> Result<Object> {
        self.noted("get", key, self.read(key))
    }

    async fn get_range(&self, key: &str, range: ByteRange) -> Result<Object> {
        let result = self.read(key).and_then(|mut object| {
            object.bytes = cut(&object.bytes, range)?;
            Ok(object)
        });
        self.noted("get_range", key, result)
    }

    async fn head(&self, key: &str) -> Result<ObjectMeta> {
        self.noted("head", key, self.read(key).map(|object| object.meta))
    }

    async fn delete(&self, key: &str) -> Result<bool> {
        let result = check_key(key).map(|()| lock(&self.shared.objects).remove(key).is_some());
        self.noted("delete", key, result)
    }

    async fn list(&self, prefix: &str) -> Result<Vec<ObjectMeta>> {
        let found = {
            let objects = lock(&self.shared.objects);
            objects
                .range::<str, _>((Bound::Included(prefix), Bound::Unbounded))
                .take_while(|(key, _)| key.starts_with(prefix))
                .map(|(_, object)| object.meta.clone())
                .collect()
        };
        self.noted("list", prefix, Ok(found))
    }

    async fn presign_put(
        &self,
        key: &str,
        content_type: &str,
        expires_in: Duration,
    ) -> Result<PresignedUrl> {
        let result = self.presign(Method::Put, key, Some(content_type), expires_in);
        self.noted("presign_put", key, result)
    }

    async fn presign_get(&self, key: &str, expires_in: Duration) -> Result<PresignedUrl> {
        let result = self.presign(Method::Get, key, None, expires_in);
        self.noted("presign_get", key, result)
    }
}
