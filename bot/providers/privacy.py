"""How long things are kept, and the erasing of what is older."""

from dishka import Provider, Scope, provide

from bot.settings import Settings
from services.privacy.erase_old import EraseOld
from services.privacy.terms import Terms


class PrivacyProvider(Provider):
    scope = Scope.APP
    erase_old = provide(EraseOld)

    @provide
    def terms(self, settings: Settings) -> Terms:
        return Terms(settings.privacy.keep_days)
