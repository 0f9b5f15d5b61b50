"""The object store behind `s3://bucket/prefix`: any that speaks Amazon's protocol, by path or by name of the bucket."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from obstore.store import ObjectStore, S3Store, from_url

CONNECT_TIMEOUT = "5s"
REQUEST_TIMEOUT = "10m"
"""One request may carry 500 MB over a slow line."""

MOST_RETRIES = 4
RETRY_FOR = timedelta(seconds=20)
"""Jobs are tried again later anyhow; one attempt must not hold a worker for minutes."""

ANY_REGION = "us-east-1"
"""What stores that know no regions expect in a signature."""


@dataclass(frozen=True, slots=True)
class StoreAccess:
    """Where the store answers (empty: Amazon's own address) and its two keys (empty: the machine's own identity)."""

    endpoint: str = ""
    region: str = ""
    access_key: str = ""
    secret_key: str = ""


def object_store(url: str, access: StoreAccess) -> ObjectStore:
    """A client for the bucket and prefix of the address. Nothing is asked of the server yet."""
    if not url.startswith("s3://"):
        return from_url(url)
    parsed = urlsplit(url)
    given: dict[str, Any] = {
        "endpoint": access.endpoint,
        "access_key_id": access.access_key,
        "secret_access_key": access.secret_key,
        "prefix": parsed.path.strip("/"),
    }
    return S3Store(
        parsed.netloc,
        region=access.region or ANY_REGION,
        client_options={
            "allow_http": access.endpoint.startswith("http://"),
            "connect_timeout": CONNECT_TIMEOUT,
            "timeout": REQUEST_TIMEOUT,
        },
        retry_config={"max_retries": MOST_RETRIES, "retry_timeout": RETRY_FOR},
        **{name: value for name, value in given.items() if value},
    )
