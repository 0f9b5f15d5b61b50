"""The file store as the settings describe it."""

from bot.settings import FilesSettings
from services.files.object_store import StoreAccess
from services.files.store import FileStore


def make_store(settings: FilesSettings) -> FileStore:
    """Raises OSError where the folder cannot be made."""
    access = StoreAccess(
        endpoint=settings.endpoint,
        region=settings.region,
        access_key=settings.access_key.get_secret_value(),
        secret_key=settings.secret_key.get_secret_value(),
    )
    return FileStore(settings.url, access)
