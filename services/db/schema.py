"""All tables in one place: migrations and tests compare the database with this."""

from services.accounts import models as accounts
from services.audit import models as audit
from services.checklists import models as checklists
from services.conversation import models as conversation
from services.db.base import Base
from services.events import models as events
from services.files import models as files
from services.inbox import models as inbox
from services.kits import models as kits
from services.notices import models as notices
from services.organisations import models as organisations
from services.outbox import models as outbox
from services.reviews import models as reviews
from services.submissions import models as submissions
from services.tickets import models as tickets
from services.uploads import models as uploads

TABLES = (
    accounts,
    audit,
    checklists,
    conversation,
    events,
    files,
    inbox,
    kits,
    notices,
    organisations,
    outbox,
    reviews,
    submissions,
    tickets,
    uploads,
)
"""Importing a module registers its tables; naming them here keeps the imports in use."""

metadata = Base.metadata
