"""Coming in and going home."""

from dishka import Provider, Scope, provide

from services.accounts.agree import Agree
from services.accounts.ask_consent import AskConsent
from services.accounts.come_in import ComeIn
from services.accounts.decline import Decline
from services.accounts.go_home import GoHome
from services.accounts.redeem_invite import RedeemInvite
from services.accounts.show_home import ShowHome
from services.accounts.show_privacy import ShowPrivacy


class AccountsProvider(Provider):
    scope = Scope.REQUEST
    agree = provide(Agree)
    ask_consent = provide(AskConsent)
    come_in = provide(ComeIn)
    decline = provide(Decline)
    go_home = provide(GoHome)
    redeem_invite = provide(RedeemInvite)
    show_home = provide(ShowHome)
    show_privacy = provide(ShowPrivacy)
