"""Coming in and going home."""

from dishka import Provider, Scope, provide

from services.accounts.go_home import GoHome
from services.accounts.redeem_invite import RedeemInvite


class AccountsProvider(Provider):
    scope = Scope.REQUEST
    go_home = provide(GoHome)
    redeem_invite = provide(RedeemInvite)
