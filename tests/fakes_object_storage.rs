//! What the fake bucket does beyond its contract: presigned URLs, S3's error cases, log.
#![cfg(feature = "test-util")]

use std::sync::Arc;
use std::time::Duration;

use stuntdouble::fake::{Environment, FakeLogger, FakeObjectStorage};
use stuntdouble::{ErrorKind, ObjectStorage, PutCondition, Result};
use tokio::time::sleep;

fn bucket() -> FakeObjectStorage {
    FakeObjectStorage::new(&Environment::seeded(1))
}

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test(start_paused = true)]
async fn a_presigned_url_grants_one_request_and_nothing_else() -> Result<()> {
    let bucket = bucket();
    let put = bucket.presign_put("ä b/?#%&+.txt", "text/plain; charset=utf-8", MINUTE).await?;
    let url = put.expose();
    bucket.http_put(url, "hello".into(), "text/plain; charset=utf-8").await?;
    assert_eq!(bucket.keys(), ["ä b/?#%&+.txt"]);

    let get = bucket.presign_get("ä b/?#%&+.txt", MINUTE).await?;
    assert_eq!(bucket.http_get(get.expose()).await?.bytes, "hello");

    let refused = |result: Result<()>| {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::PermissionDenied);
        error.message().to_owned()
    };
    assert_eq!(
        refused(bucket.http_put(url, "x".into(), "text/html").await.map(drop)),
        "the URL was signed for the content type text/plain; charset=utf-8, not text/html"
    );
    assert_eq!(
        refused(bucket.http_get(url).await.map(drop)),
        "the URL was signed for PUT, not for GET"
    );
    for changed in [
        get.expose().replace(".txt", ".exe"),
        get.expose().replace("Expires=60", "Expires=600"),
        format!("{}0", get.expose()),
        get.expose().replace("Signature=", "Signature=00"),
    ] {
        let message = refused(bucket.http_get(&changed).await.map(drop));
        assert!(message.starts_with("the signature"), "{changed}: {message}");
    }
    let other = FakeObjectStorage::new(&Environment::seeded(2));
    refused(other.http_get(get.expose()).await.map(drop));
    refused(bucket.http_get("https://example.com/").await.map(drop));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_presigned_url_expires_in_virtual_time() -> Result<()> {
    let bucket = bucket();
    bucket.put("k", "v".into(), "text/plain").await?;
    let url = bucket.presign_get("k", MINUTE).await?;
    assert_eq!(url.expires_at.to_string(), "2030-01-01T00:01:00Z");
    sleep(MINUTE - Duration::from_millis(1)).await;
    bucket.http_get(url.expose()).await?;
    sleep(Duration::from_millis(1)).await;
    let error = bucket.http_get(url.expose()).await.unwrap_err();
    assert_eq!(error.to_string(), "object_storage.http_get: Request has expired");
    for wrong in [Duration::ZERO, Duration::from_millis(999), 7 * 24 * 60 * MINUTE + MINUTE] {
        let error = bucket.presign_get("k", wrong).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{wrong:?}");
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn conditions() -> Result<()> {
    let bucket = bucket();
    let put = async |condition| bucket.put_if("k", "v".into(), "text/plain", condition).await;
    let missing = put(PutCondition::IfMatch("\"x\"".into())).await.unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::NotFound);
    let meta = put(PutCondition::IfNoneMatch).await?;
    assert_eq!(meta.etag, "\"9e3669d19b675bd57058fd4664205d2a\"");
    let error = put(PutCondition::IfNoneMatch).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PreconditionFailed);
    put(PutCondition::IfMatch(meta.etag.clone())).await?;
    put(PutCondition::IfMatch(meta.etag.trim_matches('"').into())).await?;
    let error = put(PutCondition::IfMatch("\"x\"".into())).await.unwrap_err();
    assert_eq!(
        error.detail(),
        Some(r#"the object "k" has the etag "9e3669d19b675bd57058fd4664205d2a", not "x""#)
    );
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn ranges_and_types() -> Result<()> {
    let bucket = bucket();
    assert_eq!(bucket.put("k", "0123456789".into(), "").await?.content_type, "binary/octet-stream");
    assert_eq!(bucket.get_range("k", (2..5).into()).await?.bytes, "234");
    assert_eq!(bucket.get_range("k", (8..99).into()).await?.bytes, "89");
    assert_eq!(bucket.get_range("k", (8..).into()).await?.bytes, "89");
    for wrong in [10..12, 3..3, u64::MAX - 1..u64::MAX] {
        let error = bucket.get_range("k", wrong.into()).await.unwrap_err();
        assert_eq!(error.detail(), Some("InvalidRange"));
    }
    bucket.put("empty", "".into(), "text/plain").await?;
    assert!(bucket.get_range("empty", (0..).into()).await.is_err());
    let error = bucket.put("k", "".into(), "text/plain\r\nX: y").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_presigned_url_is_not_logged() -> Result<()> {
    let environment = Environment::seeded(1);
    let logger = FakeLogger::new(&environment);
    let bucket = FakeObjectStorage::new(&environment.with_logger(Arc::new(logger.clone())));
    let url = bucket.presign_put("k", "text/plain", MINUTE).await?;
    bucket.http_put(url.expose(), "v".into(), "text/plain").await?;
    assert!(logger.contains("object_storage.http_put"));
    assert!(!logger.contains("Signature"));
    Ok(())
}
