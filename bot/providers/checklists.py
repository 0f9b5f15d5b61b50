"""The technician's way."""

from dishka import Provider, Scope, provide

from services.checklists.answer_check_item import AnswerCheckItem
from services.checklists.complete_step import CompleteStep
from services.checklists.finish import Finish
from services.checklists.open_step import OpenStep
from services.checklists.report_self import ReportSelf
from services.checklists.send_materials import SendMaterials
from services.checklists.set_participants import SetParticipants
from services.checklists.undo_step import UndoStep


class ChecklistsProvider(Provider):
    scope = Scope.REQUEST
    answer_check_item = provide(AnswerCheckItem)
    complete_step = provide(CompleteStep)
    finish = provide(Finish)
    open_step = provide(OpenStep)
    report_self = provide(ReportSelf)
    send_materials = provide(SendMaterials)
    set_participants = provide(SetParticipants)
    undo_step = provide(UndoStep)
