"""Keep addresses in one form."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "keep_addresses_in_one_form"
down_revision = "keep_forms_while_they_are_typed"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PLAIN = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | dict.fromkeys(map(ord, "。｡"), ".")
PLAIN |= {ord("﹫"): "@", **dict.fromkeys((0xAD, 0x61C, 0x200B, 0x2060, 0xFEFF))}
PLAIN |= dict.fromkeys((0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
ONCE = {"people": "id IS NOT NULL", "invitations": "accepted_at IS NULL AND revoked_at IS NULL"}
"""Where an address stands once only, and among which rows."""


def upgrade() -> None:
    """Where two rows come to the same address the one that has this form, or else the older, has it from now on; the
    other stays as it is, and `flask setup check` names it."""
    _bring("people", "email")
    _bring("invitations", "email", within="organisation_id")
    _bring("organisations", "official_email")
    _bring("account_requests", "official_email")
    _bring("account_request_people", "email")
    _bring("delegates", "email")


def downgrade() -> None:
    """Nothing: each form leads to the same mailbox."""


def _bring(name: str, column: str, *, within: str | None = None) -> None:
    table = sa.table(name, sa.column("id", NUMBER), sa.column(column), *([sa.column(within)] if within else []))
    once = sa.case((sa.text(ONCE[name]), 1), else_=0) if name in ONCE else sa.literal(0)
    place = table.c[within] if within else sa.literal(0)
    rows = op.get_bind().execute(
        sa.select(table.c.id, table.c[column], once, place)
        .where(table.c[column].is_not(None), table.c[column] != "")
        .order_by(table.c.id)
    )
    found = [(number, text, _form(text), bool(in_use), owner) for number, text, in_use, owner in rows]
    taken = {(owner, form) for _number, text, form, in_use, owner in found if in_use and text == form}
    for number, text, form, in_use, owner in found:
        if text == form or (in_use and (owner, form) in taken):
            continue
        if in_use:
            taken.add((owner, form))
        op.execute(sa.update(table).where(table.c.id == number).values({column: form}))


def _form(text: str) -> str:
    """The form of an address that is kept from this revision on."""
    from email_validator import validate_email

    plain = text.translate(PLAIN).strip()
    try:
        found = validate_email(plain, check_deliverability=False, test_environment=True)
        form = f"{_small(found.local_part)}@{found.domain}"
    except ValueError:
        return _small(plain)
    return form if form == form.lower() else _small(plain)


def _small(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())
