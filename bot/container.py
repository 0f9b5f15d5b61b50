"""The composition root: what is made of what."""

from dishka import STRICT_VALIDATION, AsyncContainer, make_async_container

from bot.providers.accounts import AccountsProvider
from bot.providers.checklists import ChecklistsProvider
from bot.providers.events import EventsProvider
from bot.providers.foundation import Foundation
from bot.providers.kits import KitsProvider
from bot.providers.monitoring import MonitoringProvider
from bot.providers.notices import NoticesProvider
from bot.providers.privacy import PrivacyProvider
from bot.providers.reviews import ReviewsProvider
from bot.providers.submissions import SubmissionsProvider
from bot.providers.tickets import TicketsProvider
from bot.providers.uploads import UploadsProvider
from bot.settings import Settings
from services.db.clock import Clock

PROVIDERS = (
    Foundation,
    MonitoringProvider,
    AccountsProvider,
    EventsProvider,
    ChecklistsProvider,
    SubmissionsProvider,
    KitsProvider,
    NoticesProvider,
    ReviewsProvider,
    TicketsProvider,
    PrivacyProvider,
    UploadsProvider,
)


def make_container(settings: Settings, clock: Clock | None = None) -> AsyncContainer:
    """The whole product, wired. `clock` may be another in a test."""
    return make_async_container(
        *(provider() for provider in PROVIDERS),
        context={Settings: settings, Clock: clock or Clock()},
        validation_settings=STRICT_VALIDATION,
    )
