"""The probability that two scans show one sheet"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("comparison") as batch_op:
        batch_op.add_column(sa.Column("probability", sa.Double(), nullable=True))
        batch_op.create_check_constraint(batch_op.f("ck_comparison_probability"), "probability BETWEEN 0 AND 1")


def downgrade() -> None:
    with op.batch_alter_table("comparison") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_comparison_probability"), type_="check")
        batch_op.drop_column("probability")
