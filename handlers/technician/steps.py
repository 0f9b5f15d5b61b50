"""The checklist: all steps, one step, its mark."""

from aiogram import Router
from aiogram.types import CallbackQuery
from dishka.integrations.aiogram import FromDishka, inject

from services.accounts.models import Account, Person
from services.checklists.complete_step import CompleteStep
from services.checklists.open_step import OpenStep
from services.checklists.screens.answers import after_mark
from services.checklists.screens.step import step
from services.checklists.screens.steps import steps
from services.checklists.undo_step import UndoStep
from services.conversation.screen import Screen
from services.telegram.press import Press
from services.texts import Texts

router = Router(name="steps")


@router.callback_query(Press.on("steps"))
@inject
async def all_steps(
    _query: CallbackQuery, press: Press, person: Person, texts: Texts, open_step: FromDishka[OpenStep]
) -> Screen:
    return steps((await open_step(person, None, press.participation)).walk, texts)


@router.callback_query(Press.on("step"))
@inject
async def one_step(
    _query: CallbackQuery,
    press: Press,
    person: Person,
    account: Account,
    texts: Texts,
    open_step: FromDishka[OpenStep],
) -> Screen:
    opened = await open_step(person, account, press.participation, press.argument)
    return step(opened.walk, opened.step, texts)


@router.callback_query(Press.on("scan"))
@inject
async def scan_step(
    _query: CallbackQuery, press: Press, person: Person, texts: Texts, open_step: FromDishka[OpenStep]
) -> Screen:
    opened = await open_step(person, None, press.participation, "scan")
    return step(opened.walk, opened.step, texts)


@router.callback_query(Press.on("done", "knowingly"))
@inject
async def done(
    _query: CallbackQuery,
    press: Press,
    person: Person,
    account: Account,
    texts: Texts,
    complete: FromDishka[CompleteStep],
) -> Screen:
    opened = await complete(person, account, press.participation, press.argument, knowingly=press.name == "knowingly")
    return after_mark(opened.walk, opened.step, press.argument, texts)


@router.callback_query(Press.on("undo"))
@inject
async def undo(
    _query: CallbackQuery, press: Press, person: Person, texts: Texts, undo_step: FromDishka[UndoStep]
) -> Screen:
    opened = await undo_step(person, press.participation, press.argument)
    return step(opened.walk, opened.step, texts)
