"""The finish, its confirmation, and what the coordinator knows of it."""

from aiogram import Router
from aiogram.types import CallbackQuery
from dishka.integrations.aiogram import FromDishka, inject

from services.accounts.models import Person
from services.checklists.finish import Finish
from services.checklists.open_step import OpenStep
from services.checklists.report_self import ReportSelf
from services.checklists.screens.answers import after_finish, before_finish
from services.checklists.screens.step import step
from services.conversation.reply import Reply
from services.conversation.screen import Screen
from services.telegram.press import Press
from services.texts import Texts

router = Router(name="finish")


@router.callback_query(Press.on("finish"))
@inject
async def finish(
    _query: CallbackQuery, press: Press, person: Person, texts: Texts, open_step: FromDishka[OpenStep]
) -> Screen:
    return before_finish((await open_step(person, None, press.participation)).walk, texts)


@router.callback_query(Press.on("finish_now"))
@inject
async def finish_now(
    _query: CallbackQuery, press: Press, person: Person, texts: Texts, finish_trial: FromDishka[Finish]
) -> Reply:
    return after_finish(await finish_trial(person, press.participation), texts)


@router.callback_query(Press.on("told_myself"))
@inject
async def told_myself(
    _query: CallbackQuery, press: Press, person: Person, texts: Texts, report: FromDishka[ReportSelf]
) -> Screen:
    opened = await report(person, press.participation)
    return step(opened.walk, opened.step, texts)
