//! The contract of [`ObjectStorage`].

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::future::join_all;

use super::{Capability, Report, Suite, equal, fails, holds};
use crate::error::{Error, ErrorKind, Result};
use crate::service::{Object, ObjectStorage, PutCondition};

/// Where the suite gets buckets from.
#[async_trait]
pub trait ObjectStorageHarness: Send + Sync {
    /// An empty bucket.
    async fn fresh(&self) -> Result<Arc<dyn ObjectStorage>>;

    /// Lets that much time pass.
    async fn advance(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }

    /// An HTTP PUT to a presigned URL of the bucket that was made last. A refusal is
    /// [`ErrorKind::PermissionDenied`].
    async fn http_put(&self, url: &str, bytes: Bytes, content_type: &str) -> Result<()> {
        let _ = (url, bytes, content_type);
        Err(no_http())
    }

    /// An HTTP GET of a presigned URL of the bucket that was made last. A refusal is
    /// [`ErrorKind::PermissionDenied`].
    async fn http_get(&self, url: &str) -> Result<Bytes> {
        let _ = url;
        Err(no_http())
    }

    /// What the bucket cannot do.
    fn lacks(&self) -> &[Capability] {
        &[]
    }
}

fn no_http() -> Error {
    let message = "this harness has no HTTP client: have it lack Capability::PresignedUrls";
    Error::new(ErrorKind::Unsupported, message)
}

const STRONG: &str = "Strong consistency: after a `put` or `delete` answered, every `get`, `head` and `list` shows it.";
const ETAG: &str = "The etag changes with the content, and is the same for the same content.";
const LAST: &str = "Two puts at once: the last one wins, and no one reads a mixture.";
const KEYS: &str = "Keys are 1 to 1024 bytes of UTF-8; another key is [`InvalidArgument`](crate::ErrorKind::InvalidArgument).";
const MISSING: &str =
    "A missing object is [`NotFound`](crate::ErrorKind::NotFound), but `delete` answers false.";
const CONDITION: &str = "Stores an object if the condition holds.";
const FAILED: &str = "[`PreconditionFailed`](crate::ErrorKind::PreconditionFailed) if it does not; [`NotFound`](crate::ErrorKind::NotFound) for [`PutCondition::IfMatch`] if there is no object.";
const RANGE: &str = "[`InvalidArgument`](crate::ErrorKind::InvalidArgument) if the range starts behind the end (S3's `InvalidRange`). A range that ends behind it is cut.";
const LIST: &str =
    "Describes all objects whose key starts with the prefix, in the order of their keys' bytes.";
const PRESIGN_PUT: &str = "A URL that anyone can put that object with, until it expires.";
const PRESIGN_GET: &str = "A URL that anyone can get that object with, until it expires.";
const EXPIRY: &str =
    "[`InvalidArgument`](crate::ErrorKind::InvalidArgument) unless `expires_in` is 1 s to 7 days.";

const TEXT: &str = "text/plain";

/// Runs all checks.
pub async fn suite(harness: &dyn ObjectStorageHarness) -> Report {
    let mut suite = Suite::new("object_storage", harness.lacks());
    objects(&mut suite, harness).await;
    keys(&mut suite, harness).await;
    conditions(&mut suite, harness).await;
    ranges(&mut suite, harness).await;
    presigned(&mut suite, harness).await;
    suite.report()
}

async fn objects(suite: &mut Suite<'_>, harness: &dyn ObjectStorageHarness) {
    suite
        .check("an_object_is_read_as_it_was_put", STRONG, async {
            let bucket = harness.fresh().await?;
            for (bytes, content_type) in
                [(&b"one"[..], TEXT), (b"\0\xff\r\n", "image/png"), (b"", TEXT)]
            {
                let meta = bucket.put("k", Bytes::from_static(bytes), content_type).await?;
                equal("size", meta.size, bytes.len() as u64)?;
                equal("content type", &*meta.content_type, content_type)?;
                equal("key", &*meta.key, "k")?;
                let Object { meta: read, bytes: content } = bucket.get("k").await?;
                equal("bytes", &content[..], bytes)?;
                let described = [read, bucket.head("k").await?];
                for (what, found) in ["get", "head"].iter().zip(described) {
                    let found = (found.key, found.size, found.etag, found.content_type);
                    let put = meta.clone();
                    equal(what, found, (put.key, put.size, put.etag, put.content_type))?;
                }
            }
            Ok(())
        })
        .await;
    suite
        .check("a_missing_object_is_not_found", MISSING, async {
            let bucket = harness.fresh().await?;
            for round in ["never put", "deleted"] {
                fails(format!("get, {round}"), bucket.get("k").await, ErrorKind::NotFound)?;
                fails(format!("head, {round}"), bucket.head("k").await, ErrorKind::NotFound)?;
                let range = bucket.get_range("k", (0..1).into()).await;
                fails(format!("get_range, {round}"), range, ErrorKind::NotFound)?;
                equal("delete", bucket.delete("k").await?, false)?;
                bucket.put("k", "v".into(), TEXT).await?;
                equal("delete of an object", bucket.delete("k").await?, true)?;
            }
            Ok(())
        })
        .await;
    suite
        .check("the_etag_follows_the_content", ETAG, async {
            let bucket = harness.fresh().await?;
            let one = bucket.put("a", "1".into(), TEXT).await?.etag;
            let other = bucket.put("a", "2".into(), TEXT).await?.etag;
            holds(one != other, format!("different content has the etag {one}"))?;
            equal(
                "the etag of the same content",
                bucket.put("b", "1".into(), TEXT).await?.etag,
                &*one,
            )?;
            holds(one.starts_with('"') && one.ends_with('"'), format!("not in quotes: {one}"))
        })
        .await;
    suite
        .check("puts_at_once_do_not_mix", LAST, async {
            let bucket = harness.fresh().await?;
            let contents: Vec<_> = (0..10u8).map(|byte| Bytes::from(vec![byte; 10_000])).collect();
            let puts = contents.iter().map(|bytes| bucket.put("k", bytes.clone(), TEXT));
            let metas = join_all(puts).await.into_iter().collect::<Result<Vec<_>>>()?;
            let object = bucket.get("k").await?;
            let winner = contents.iter().position(|bytes| *bytes == object.bytes);
            let Some(winner) = winner else { return holds(false, "the object is a mixture") };
            equal("the etag", object.meta.etag, &*metas[winner].etag)
        })
        .await;
}

async fn keys(suite: &mut Suite<'_>, harness: &dyn ObjectStorageHarness) {
    suite
        .check("keys_have_1_to_1024_bytes", KEYS, async {
            let bucket = harness.fresh().await?;
            let longest = "ä".repeat(512);
            bucket.put(&longest, "v".into(), TEXT).await?;
            equal("bytes", bucket.get(&longest).await?.bytes, "v")?;
            for wrong in [String::new(), "k".repeat(1025), format!("{longest}k")] {
                let what = format!("a key of {} bytes", wrong.len());
                let invalid = ErrorKind::InvalidArgument;
                fails(format!("put, {what}"), bucket.put(&wrong, "v".into(), TEXT).await, invalid)?;
                fails(format!("get, {what}"), bucket.get(&wrong).await, invalid)?;
                fails(format!("head, {what}"), bucket.head(&wrong).await, invalid)?;
                fails(format!("delete, {what}"), bucket.delete(&wrong).await, invalid)?;
            }
            Ok(())
        })
        .await;
    suite
        .check("a_list_is_complete_and_in_order", LIST, async {
            let bucket = harness.fresh().await?;
            for key in ["b", "a/2", "a/10", "a", "a/ä", "a0", "A"] {
                bucket.put(key, "v".into(), TEXT).await?;
            }
            let list = async |prefix| -> Result<Vec<String>> {
                Ok(bucket.list(prefix).await?.into_iter().map(|meta| meta.key).collect())
            };
            equal("list of all", list("").await?, ["A", "a", "a/10", "a/2", "a/ä", "a0", "b"])?;
            equal("list of a/", list("a/").await?, ["a/10", "a/2", "a/ä"])?;
            equal("list of nothing", list("c").await?, [""; 0])?;
            bucket.delete("a/10").await?;
            equal("list after delete", list("a/").await?, ["a/2", "a/ä"])
        })
        .await;
}

async fn conditions(suite: &mut Suite<'_>, harness: &dyn ObjectStorageHarness) {
    let failed = ErrorKind::PreconditionFailed;
    suite
        .check_if(Capability::IfNoneMatch, "if_none_match_creates_once", CONDITION, async {
            let bucket = harness.fresh().await?;
            let put = || bucket.put_if("k", "1".into(), TEXT, PutCondition::IfNoneMatch);
            put().await?;
            fails("the second", put().await, failed)?;
            bucket.delete("k").await?;
            put().await.map(drop).map_err(Into::into)
        })
        .await;
    suite
        .check_if(Capability::IfNoneMatch, "one_of_many_at_once_creates", CONDITION, async {
            let bucket = harness.fresh().await?;
            let put = |_| bucket.put_if("k", "1".into(), TEXT, PutCondition::IfNoneMatch);
            let results = join_all((0..10).map(put)).await;
            equal("the number that created it", results.iter().filter(|put| put.is_ok()).count(), 1)
        })
        .await;
    suite
        .check_if(Capability::IfMatch, "if_match_replaces_what_was_read", CONDITION, async {
            let bucket = harness.fresh().await?;
            let first = bucket.put("k", "1".into(), TEXT).await?.etag;
            let put = |bytes: &'static str, etag: &str| {
                bucket.put_if("k", bytes.into(), TEXT, PutCondition::IfMatch(etag.to_owned()))
            };
            let second = put("2", &first).await?.etag;
            fails("an old etag", put("3", &first).await, failed)?;
            equal("the content after it", bucket.get("k").await?.bytes, "2")?;
            put("4", &second).await?;
            Ok(())
        })
        .await;
    suite
        .check_if(Capability::IfMatch, "if_match_needs_an_object", FAILED, async {
            let bucket = harness.fresh().await?;
            let condition = PutCondition::IfMatch("\"0\"".to_owned());
            let error = bucket.put_if("k", "1".into(), TEXT, condition).await;
            fails("put_if", error, ErrorKind::NotFound)?;
            equal("delete", bucket.delete("k").await?, false)
        })
        .await;
}

async fn ranges(suite: &mut Suite<'_>, harness: &dyn ObjectStorageHarness) {
    suite
        .check("a_range_is_a_part", RANGE, async {
            let bucket = harness.fresh().await?;
            bucket.put("k", "0123456789".into(), TEXT).await?;
            let part = async |range| bucket.get_range("k", range).await;
            equal("2..5", part((2..5).into()).await?.bytes, "234")?;
            equal("0..10", part((0..10).into()).await?.bytes, "0123456789")?;
            equal("7..", part((7..).into()).await?.bytes, "789")?;
            equal("8..100", part((8..100).into()).await?.bytes, "89")?;
            equal("the whole size", part((2..5).into()).await?.meta.size, 10)?;
            fails("10..11", part((10..11).into()).await, ErrorKind::InvalidArgument)?;
            fails("11..", part((11..).into()).await, ErrorKind::InvalidArgument).map(drop)
        })
        .await;
}

async fn presigned(suite: &mut Suite<'_>, harness: &dyn ObjectStorageHarness) {
    let urls = Capability::PresignedUrls;
    let denied = ErrorKind::PermissionDenied;
    let second = Duration::from_secs(1);
    suite
        .check_if(urls, "a_url_puts", PRESIGN_PUT, async {
            let bucket = harness.fresh().await?;
            let url = bucket.presign_put("a b", TEXT, 60 * second).await?;
            harness.http_put(url.expose(), "v".into(), TEXT).await?;
            let object = bucket.get("a b").await?;
            equal(
                "the object",
                (&object.bytes[..], &*object.meta.content_type),
                (&b"v"[..], TEXT),
            )?;
            let other = harness.http_put(url.expose(), "v".into(), "text/html").await;
            fails("another content type", other, denied)?;
            fails("another method", harness.http_get(url.expose()).await, denied)?;
            let changed = url.expose().replacen("a%20b", "a%20c", 1);
            fails("another key", harness.http_put(&changed, "v".into(), TEXT).await, denied)
                .map(drop)
        })
        .await;
    suite
        .check_if(urls, "a_url_gets", PRESIGN_GET, async {
            let bucket = harness.fresh().await?;
            let url = bucket.presign_get("k", 60 * second).await?;
            fails("no object yet", harness.http_get(url.expose()).await, ErrorKind::NotFound)?;
            bucket.put("k", "v".into(), TEXT).await?;
            equal("the content", harness.http_get(url.expose()).await?, "v")
        })
        .await;
    suite
        .check_if(urls, "a_url_expires", PRESIGN_GET, async {
            let bucket = harness.fresh().await?;
            bucket.put("k", "v".into(), TEXT).await?;
            let get = bucket.presign_get("k", 2 * second).await?;
            let put = bucket.presign_put("k", TEXT, 2 * second).await?;
            harness.http_get(get.expose()).await?;
            harness.advance(3 * second).await;
            fails("get", harness.http_get(get.expose()).await, denied)?;
            let late = harness.http_put(put.expose(), "w".into(), TEXT).await;
            fails("put", late, denied)?;
            equal("the content", bucket.get("k").await?.bytes, "v")
        })
        .await;
    suite
        .check_if(urls, "the_expiry_is_limited", EXPIRY, async {
            let bucket = harness.fresh().await?;
            let invalid = ErrorKind::InvalidArgument;
            for wrong in [Duration::ZERO, Duration::from_secs(7 * 24 * 3600 + 1)] {
                fails(format!("{wrong:?}"), bucket.presign_get("k", wrong).await, invalid)?;
                fails(format!("{wrong:?}"), bucket.presign_put("k", TEXT, wrong).await, invalid)?;
            }
            Ok(())
        })
        .await;
}
