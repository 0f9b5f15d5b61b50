"""Questions to the coordinator and their decisions."""

from dishka import Provider, Scope, provide

from services.reviews.ask_accept import AskAccept
from services.reviews.ask_number import AskNumber
from services.reviews.ask_reason import AskReason
from services.reviews.decide import Decide
from services.reviews.decide_alike import DecideAlike
from services.reviews.give_reason import GiveReason
from services.reviews.name_page import NamePage
from services.reviews.put_question import PutQuestion
from services.reviews.show_review import ShowReview
from services.reviews.show_reviews import ShowKits, ShowReviews
from services.reviews.take_back import TakeBack


class ReviewsProvider(Provider):
    """A decision and all that follows from it are one transaction; a question's pictures are a job."""

    scope = Scope.REQUEST
    ask_accept = provide(AskAccept)
    ask_number = provide(AskNumber)
    ask_reason = provide(AskReason)
    decide = provide(Decide)
    decide_alike = provide(DecideAlike)
    give_reason = provide(GiveReason)
    name_page = provide(NamePage)
    show_review = provide(ShowReview)
    show_reviews = provide(ShowReviews)
    show_kits = provide(ShowKits)
    take_back = provide(TakeBack)
    put_question = provide(PutQuestion, scope=Scope.APP)
