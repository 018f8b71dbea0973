"""The schema of version 0.1.0, whole, as the models described it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "v0_1_0"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('airports',
    sa.Column('iata', sa.String(length=3), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('city', sa.String(length=80), nullable=False),
    sa.Column('country_iso3', sa.String(length=3), nullable=False),
    sa.Column('latitude', sa.Double(), nullable=False),
    sa.Column('longitude', sa.Double(), nullable=False),
    sa.Column('timezone', sa.String(length=40), nullable=False),
    sa.Column('role', sa.String(length=40), nullable=False),
    sa.Column('serves_states', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('iata', name=op.f('pk_airports'))
    )
    op.create_index(op.f('ix_airports_country_iso3'), 'airports', ['country_iso3'], unique=False)
    op.create_table('areas',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('parent', sa.String(length=20), nullable=True),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('name_en', sa.String(length=160), nullable=False),
    sa.Column('name_fr', sa.String(length=160), nullable=False),
    sa.Column('source', sa.String(length=160), nullable=False),
    sa.Column('iati_sector', sa.String(length=5), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.CheckConstraint("kind IN ('group', 'assistance', 'crosscutting', 'participation')", name=op.f('ck_areas_kind_known')),
    sa.ForeignKeyConstraint(['parent'], ['areas.code'], name=op.f('fk_areas_parent')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_areas')),
    sa.UniqueConstraint('code', name=op.f('uq_areas_code'))
    )
    op.create_index(op.f('ix_areas_parent'), 'areas', ['parent'], unique=False)
    op.create_table('clock_rules',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('clock', sa.String(length=30), nullable=False),
    sa.Column('working_days', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("clock IN ('acknowledge', 'decide', 'answer', 'reopen', 'instalment_first', 'instalment_second', 'instalment_last', 'nomination_first', 'nomination_second', 'nomination_last')", name=op.f('ck_clock_rules_clock_known')),
    sa.CheckConstraint('working_days BETWEEN 0 AND 400', name=op.f('ck_clock_rules_days_sensible')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clock_rules'))
    )
    op.create_index('ix_clock_rules_clock', 'clock_rules', ['clock', 'valid_from'], unique=False)
    op.create_index('uq_clock_rules_open', 'clock_rules', ['clock'], unique=True, sqlite_where=sa.text('ended_on IS NULL'), postgresql_where=sa.text('ended_on IS NULL'))
    op.create_table('dated_settings',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('name', sa.String(length=30), nullable=False),
    sa.Column('value', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("name IN ('support_rate')", name=op.f('ck_dated_settings_name_known')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dated_settings'))
    )
    op.create_index('ix_dated_settings_name', 'dated_settings', ['name', 'valid_from'], unique=False)
    op.create_index('uq_dated_settings_open', 'dated_settings', ['name'], unique=True, sqlite_where=sa.text('ended_on IS NULL'), postgresql_where=sa.text('ended_on IS NULL'))
    op.create_table('dispatch_marks',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dispatch_marks'))
    )
    op.create_table('dsa_rates',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('city', sa.String(length=80), nullable=False),
    sa.Column('country_iso3', sa.String(length=3), nullable=False),
    sa.Column('airport_iata', sa.String(length=3), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('season_start', sa.Date(), nullable=True),
    sa.Column('season_end', sa.Date(), nullable=True),
    sa.Column('lodging', sa.BigInteger(), nullable=False),
    sa.Column('meals_incidentals', sa.BigInteger(), nullable=False),
    sa.Column('per_day', sa.BigInteger(), nullable=False),
    sa.Column('effective_from', sa.Date(), nullable=False),
    sa.Column('source', sa.String(length=160), nullable=False),
    sa.Column('note', sa.String(length=160), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dsa_rates')),
    sa.UniqueConstraint('city', 'kind', 'effective_from', 'season_start', name=op.f('uq_dsa_rates_city_kind_effective_from_season_start'))
    )
    op.create_index(op.f('ix_dsa_rates_airport_iata'), 'dsa_rates', ['airport_iata'], unique=False)
    op.create_table('events',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('actor_membership_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('subject_type', sa.String(length=30), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('once_key', sa.String(length=120), nullable=True),
    sa.Column('data', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_events')),
    sa.UniqueConstraint('once_key', name=op.f('uq_events_once_key'))
    )
    op.create_index('ix_events_actor', 'events', ['actor_person_id', 'id'], unique=False)
    op.create_index(op.f('ix_events_at'), 'events', ['at'], unique=False)
    op.create_index('ix_events_organisation', 'events', ['organisation_id', 'id'], unique=False)
    op.create_index('ix_events_subject', 'events', ['subject_type', 'subject_id', 'id'], unique=False)
    op.create_table('exchange_rates',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('units_per_usd', sa.Numeric(precision=24, scale=10), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('source', sa.String(length=160), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('units_per_usd > 0', name=op.f('ck_exchange_rates_above_zero')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exchange_rates'))
    )
    op.create_index('ix_exchange_rates_currency', 'exchange_rates', ['currency', 'valid_from'], unique=False)
    op.create_index('uq_exchange_rates_open', 'exchange_rates', ['currency'], unique=True, sqlite_where=sa.text('ended_on IS NULL'), postgresql_where=sa.text('ended_on IS NULL'))
    op.create_table('existing_projects',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('record_id', sa.String(length=60), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('title_language', sa.String(length=2), nullable=False),
    sa.Column('funder', sa.String(length=160), nullable=False),
    sa.Column('implementer', sa.String(length=160), nullable=False),
    sa.Column('beneficiaries', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('starts', sa.String(length=10), nullable=False),
    sa.Column('ends', sa.String(length=10), nullable=False),
    sa.Column('status', sa.String(length=20), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=True),
    sa.Column('currency', sa.String(length=3), nullable=True),
    sa.Column('source', sa.String(length=160), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_existing_projects')),
    sa.UniqueConstraint('record_id', name=op.f('uq_existing_projects_record_id'))
    )
    op.create_table('files',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('stored_as', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('added_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('subject_type', sa.String(length=30), nullable=True),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("kind IN ('pdf', 'png', 'jpeg', 'docx', 'xlsx', 'odt', 'csv', 'txt', 'table', 'xml', 'json')", name=op.f('ck_files_kind_known')),
    sa.CheckConstraint('size >= 0', name=op.f('ck_files_size')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_files')),
    sa.UniqueConstraint('public_id', name=op.f('uq_files_public_id')),
    sa.UniqueConstraint('stored_as', name=op.f('uq_files_stored_as'))
    )
    op.create_index('ix_files_subject', 'files', ['subject_type', 'subject_id'], unique=False)
    op.create_table('holidays',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('name_en', sa.String(length=120), nullable=False),
    sa.Column('name_fr', sa.String(length=120), nullable=False),
    sa.Column('source', sa.String(length=160), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_holidays'))
    )
    op.create_index('uq_holidays_in_force', 'holidays', ['day'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
    op.create_table('idempotency_keys',
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('verb', sa.String(length=120), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('body_hash', sa.String(length=64), nullable=False),
    sa.Column('outcome', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_idempotency_keys'))
    )
    op.create_index(op.f('ix_idempotency_keys_created_at'), 'idempotency_keys', ['created_at'], unique=False)
    op.create_table('marks',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_marks'))
    )
    op.create_table('people',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('timezone', sa.String(length=60), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('demonstration', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("language IN ('ar', 'zh', 'en', 'fr', 'ru', 'es')", name=op.f('ck_people_language_known')),
    sa.CheckConstraint('email = lower(email)', name=op.f('ck_people_email_in_small_letters')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_people')),
    sa.UniqueConstraint('email', name=op.f('uq_people_email')),
    sa.UniqueConstraint('public_id', name=op.f('uq_people_public_id'))
    )
    op.create_index('ix_people_demonstration', 'people', ['id'], unique=False, sqlite_where=sa.text('demonstration'), postgresql_where=sa.text('demonstration'))
    op.create_table('reference_counters',
    sa.Column('prefix', sa.String(length=4), nullable=False),
    sa.Column('organisation_code', sa.String(length=8), nullable=False),
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('prefix', 'organisation_code', 'year', name=op.f('pk_reference_counters'))
    )
    op.create_table('search_entries',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('subject_type', sa.String(length=30), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('folded', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_entries')),
    sa.UniqueConstraint('subject_type', 'subject_id', name=op.f('uq_search_entries_subject_type_subject_id'))
    )
    op.create_table('sign_in_attempts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('email_hash', sa.String(length=64), nullable=False),
    sa.Column('address', sa.String(length=45), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('succeeded', sa.Boolean(), nullable=False),
    sa.CheckConstraint("kind IN ('sign_in', 'reset', 'account')", name=op.f('ck_sign_in_attempts_kind_known')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_attempts'))
    )
    op.create_index('ix_sign_in_attempts_address', 'sign_in_attempts', ['address', 'at'], unique=False)
    op.create_index('ix_sign_in_attempts_at', 'sign_in_attempts', ['at'], unique=False)
    op.create_index('ix_sign_in_attempts_email', 'sign_in_attempts', ['email_hash', 'at'], unique=False)
    op.create_table('states',
    sa.Column('iso3', sa.String(length=3), nullable=False),
    sa.Column('iso2', sa.String(length=2), nullable=False),
    sa.Column('m49', sa.String(length=3), nullable=True),
    sa.Column('name_ar', sa.String(length=120), nullable=False),
    sa.Column('name_zh', sa.String(length=120), nullable=False),
    sa.Column('name_en', sa.String(length=120), nullable=False),
    sa.Column('name_fr', sa.String(length=120), nullable=False),
    sa.Column('name_ru', sa.String(length=120), nullable=False),
    sa.Column('name_es', sa.String(length=120), nullable=False),
    sa.Column('formal_en', sa.String(length=160), nullable=False),
    sa.Column('article_fr', sa.String(length=5), nullable=False),
    sa.Column('article_es', sa.String(length=5), nullable=False),
    sa.Column('un_status', sa.String(length=20), nullable=False),
    sa.Column('regional_group', sa.String(length=6), nullable=True),
    sa.Column('region', sa.String(length=40), nullable=True),
    sa.Column('sub_region', sa.String(length=60), nullable=True),
    sa.Column('ldc', sa.Boolean(), nullable=False),
    sa.Column('ldc_graduation_date', sa.Date(), nullable=True),
    sa.Column('lldc', sa.Boolean(), nullable=False),
    sa.Column('sids', sa.Boolean(), nullable=False),
    sa.Column('oda_eligible', sa.Boolean(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('gateway_iata', sa.String(length=3), nullable=True),
    sa.Column('alt_gateway_iata', sa.String(length=3), nullable=True),
    sa.Column('invented', sa.Boolean(), nullable=False),
    sa.CheckConstraint("regional_group IN ('AFR', 'APG', 'EEG', 'GRULAC', 'WEOG')", name=op.f('ck_states_regional_group_known')),
    sa.PrimaryKeyConstraint('iso3', name=op.f('pk_states')),
    sa.UniqueConstraint('iso2', name=op.f('uq_states_iso2')),
    sa.UniqueConstraint('m49', name=op.f('uq_states_m49'))
    )
    op.create_index(op.f('ix_states_regional_group'), 'states', ['regional_group'], unique=False)
    op.create_table('dispatches',
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_dispatches_event_id')),
    sa.PrimaryKeyConstraint('event_id', name=op.f('pk_dispatches'))
    )
    op.create_table('event_links',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('subject_type', sa.String(length=30), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_event_links_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_links')),
    sa.UniqueConstraint('subject_type', 'subject_id', 'event_id', name='uq_event_links_subject')
    )
    op.create_table('import_runs',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('what', sa.String(length=20), nullable=False),
    sa.Column('file_name', sa.String(length=255), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('counts', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.CheckConstraint("what IN ('requests', 'pledges')", name=op.f('ck_import_runs_what_known')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_import_runs_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_runs')),
    sa.UniqueConstraint('public_id', name=op.f('uq_import_runs_public_id'))
    )
    op.create_table('jobs',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('params', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('message', sa.Text(), nullable=False),
    sa.Column('message_params', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('result', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('report_file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('membership_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('cancel_asked', sa.Boolean(), nullable=False),
    sa.Column('token', sa.String(length=36), nullable=True),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(status = 'running') = (token IS NOT NULL)", name=op.f('ck_jobs_held_while_running')),
    sa.CheckConstraint("(status IN ('queued', 'running')) = (ended_at IS NULL)", name=op.f('ck_jobs_ended')),
    sa.CheckConstraint("status IN ('queued', 'running', 'done', 'failed', 'cancelled')", name=op.f('ck_jobs_status_known')),
    sa.CheckConstraint('done >= 0 AND total >= 0', name=op.f('ck_jobs_progress')),
    sa.ForeignKeyConstraint(['report_file_id'], ['files.id'], name=op.f('fk_jobs_report_file_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_jobs')),
    sa.UniqueConstraint('public_id', name=op.f('uq_jobs_public_id'))
    )
    op.create_index('ix_jobs_open', 'jobs', ['lease_until'], unique=False, sqlite_where=sa.text("status IN ('queued', 'running')"), postgresql_where=sa.text("status IN ('queued', 'running')"))
    op.create_index('ix_jobs_owner', 'jobs', ['person_id', 'id'], unique=False)
    op.create_table('organisations',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('code', sa.String(length=8), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('state_iso3', sa.String(length=3), nullable=True),
    sa.Column('official_email', sa.String(length=254), nullable=True),
    sa.Column('official_language', sa.String(length=2), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(kind = 'state') = (state_iso3 IS NOT NULL)", name=op.f('ck_organisations_state_names_its_state')),
    sa.CheckConstraint("kind IN ('state', 'donor', 'office')", name=op.f('ck_organisations_kind_known')),
    sa.CheckConstraint("official_language IN ('ar', 'zh', 'en', 'fr', 'ru', 'es')", name=op.f('ck_organisations_official_language_known')),
    sa.CheckConstraint('length(code) BETWEEN 2 AND 8', name=op.f('ck_organisations_code_length')),
    sa.ForeignKeyConstraint(['state_iso3'], ['states.iso3'], name=op.f('fk_organisations_state_iso3')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisations')),
    sa.UniqueConstraint('code', name=op.f('uq_organisations_code')),
    sa.UniqueConstraint('public_id', name=op.f('uq_organisations_public_id')),
    sa.UniqueConstraint('state_iso3', name=op.f('uq_organisations_state_iso3'))
    )
    op.create_index('ix_organisations_kind', 'organisations', ['kind', 'code'], unique=False)
    op.create_table('password_resets',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('nonce', sa.String(length=32), nullable=False),
    sa.Column('key_id', sa.String(length=20), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_password_resets_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_password_resets')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_password_resets_token_hash'))
    )
    op.create_index(op.f('ix_password_resets_person_id'), 'password_resets', ['person_id'], unique=False)
    op.create_table('preferences',
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('cadence', sa.String(length=10), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("cadence IN ('at_once', 'daily', 'weekly', 'none')", name=op.f('ck_preferences_cadence_known')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_preferences_person_id')),
    sa.PrimaryKeyConstraint('person_id', 'kind', name=op.f('pk_preferences'))
    )
    op.create_table('question_templates',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('field', sa.String(length=40), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('made_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['made_by_id'], ['people.id'], name=op.f('fk_question_templates_made_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question_templates'))
    )
    op.create_table('queue_exports',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('query', sa.String(length=500), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('confidential', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_queue_exports_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_queue_exports'))
    )
    op.create_table('saved_views',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('query', sa.String(length=500), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_saved_views_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_views')),
    sa.UniqueConstraint('person_id', 'name', name=op.f('uq_saved_views_person_id_name'))
    )
    op.create_table('sessions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('type', sa.String(length=20), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('title_en', sa.String(length=200), nullable=False),
    sa.Column('title_fr', sa.String(length=200), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('city', sa.String(length=80), nullable=False),
    sa.Column('city_fr', sa.String(length=80), nullable=False),
    sa.Column('country_iso3', sa.String(length=3), nullable=True),
    sa.Column('airport_iata', sa.String(length=3), nullable=True),
    sa.Column('venue', sa.String(length=200), nullable=False),
    sa.Column('documents', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('mode', sa.String(length=20), nullable=True),
    sa.Column('status', sa.String(length=20), nullable=False),
    sa.Column('verified', sa.Boolean(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('closing_on', sa.Date(), nullable=True),
    sa.Column('visa_safe_on', sa.Date(), nullable=True),
    sa.Column('seats_funded', sa.Integer(), nullable=False),
    sa.Column('seats_per_state', sa.Integer(), nullable=False),
    sa.Column('alternates_per_state', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("mode IN ('in person', 'hybrid', 'online')", name=op.f('ck_sessions_mode_known')),
    sa.CheckConstraint("status IN ('planned', 'held', 'cancelled')", name=op.f('ck_sessions_status_known')),
    sa.CheckConstraint("type IN ('organizational', 'substantive', 'concluding', 'rules_of_procedure', 'protocol', 'intersessional', 'related_event')", name=op.f('ck_sessions_type_known')),
    sa.CheckConstraint('closing_on <= starts_on', name=op.f('ck_sessions_closes_before_start')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_sessions_ends_after_start')),
    sa.CheckConstraint('seats_funded >= 0 AND seats_per_state >= 0 AND alternates_per_state >= 0', name=op.f('ck_sessions_seats')),
    sa.CheckConstraint('visa_safe_on <= starts_on', name=op.f('ck_sessions_visa_before_start')),
    sa.ForeignKeyConstraint(['airport_iata'], ['airports.iata'], name=op.f('fk_sessions_airport_iata')),
    sa.ForeignKeyConstraint(['country_iso3'], ['states.iso3'], name=op.f('fk_sessions_country_iso3')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sessions')),
    sa.UniqueConstraint('code', name=op.f('uq_sessions_code'))
    )
    op.create_index(op.f('ix_sessions_airport_iata'), 'sessions', ['airport_iata'], unique=False)
    op.create_index(op.f('ix_sessions_country_iso3'), 'sessions', ['country_iso3'], unique=False)
    op.create_index(op.f('ix_sessions_starts_on'), 'sessions', ['starts_on'], unique=False)
    op.create_table('donor_interests',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('rules', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_donor_interests_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_donor_interests')),
    sa.UniqueConstraint('organisation_id', name=op.f('uq_donor_interests_organisation_id'))
    )
    op.create_table('offices',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('is_authority', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('foreign_ministry', 'mission', 'embassy', 'ministry', 'agency', 'unit')", name=op.f('ck_offices_kind_known')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_offices_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offices')),
    sa.UniqueConstraint('organisation_id', 'name', name=op.f('uq_offices_organisation_id_name')),
    sa.UniqueConstraint('public_id', name=op.f('uq_offices_public_id'))
    )
    op.create_table('pledges',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=30), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('acts_posted', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('support_rate_bp', sa.Integer(), nullable=False),
    sa.Column('conditions', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('offered_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('signed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('agreement_reference', sa.String(length=120), nullable=True),
    sa.Column('agreement_date', sa.Date(), nullable=True),
    sa.Column('agreement_file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('origin', sa.String(length=15), nullable=False),
    sa.Column('source', sa.String(length=60), nullable=True),
    sa.Column('source_id', sa.String(length=120), nullable=True),
    sa.Column('source_hash', sa.String(length=64), nullable=True),
    sa.CheckConstraint("(ended_at IS NULL) = (status IN ('offered', 'signed', 'accepted'))", name=op.f('ck_pledges_ended_has_moment')),
    sa.CheckConstraint("(status IN ('refused', 'withdrawn', 'lapsed')) = (reason IS NOT NULL)", name=op.f('ck_pledges_ended_if_and_only_if_reason')),
    sa.CheckConstraint("origin IN ('form', 'imported', 'demonstration')", name=op.f('ck_pledges_origin_known')),
    sa.CheckConstraint("status IN ('offered', 'signed', 'accepted', 'closed', 'refused', 'withdrawn', 'lapsed')", name=op.f('ck_pledges_status_known')),
    sa.CheckConstraint("status NOT IN ('accepted', 'closed') OR origin = 'imported' OR (accepted_at IS NOT NULL AND agreement_reference IS NOT NULL AND agreement_date IS NOT NULL AND agreement_file_id IS NOT NULL AND ends_on IS NOT NULL)", name=op.f('ck_pledges_accepted_has_agreement')),
    sa.CheckConstraint("status NOT IN ('signed', 'accepted', 'closed') OR signed_at IS NOT NULL OR origin = 'imported'", name=op.f('ck_pledges_signed_has_signature')),
    sa.CheckConstraint('(signed_at IS NULL) = (signed_by_id IS NULL)', name=op.f('ck_pledges_signature_is_whole')),
    sa.CheckConstraint('amount_minor > 0', name=op.f('ck_pledges_amount_above_zero')),
    sa.CheckConstraint('ends_on IS NULL OR agreement_date IS NULL OR ends_on >= agreement_date', name=op.f('ck_pledges_ends_after_start')),
    sa.CheckConstraint('length(currency) = 3', name=op.f('ck_pledges_currency_has_three_letters')),
    sa.CheckConstraint('support_rate_bp BETWEEN 0 AND 10000', name=op.f('ck_pledges_support_rate_is_a_share')),
    sa.ForeignKeyConstraint(['accepted_by_id'], ['people.id'], name=op.f('fk_pledges_accepted_by_id')),
    sa.ForeignKeyConstraint(['agreement_file_id'], ['files.id'], name=op.f('fk_pledges_agreement_file_id')),
    sa.ForeignKeyConstraint(['offered_by_id'], ['people.id'], name=op.f('fk_pledges_offered_by_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_pledges_organisation_id')),
    sa.ForeignKeyConstraint(['signed_by_id'], ['people.id'], name=op.f('fk_pledges_signed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pledges')),
    sa.UniqueConstraint('origin', 'source', 'source_id', name='uq_pledges_source'),
    sa.UniqueConstraint('public_id', name=op.f('uq_pledges_public_id')),
    sa.UniqueConstraint('reference', name=op.f('uq_pledges_reference'))
    )
    op.create_index('ix_pledges_organisation_status', 'pledges', ['organisation_id', 'status'], unique=False)
    op.create_index('ix_pledges_status', 'pledges', ['status', 'id'], unique=False)
    op.create_table('acts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('pledge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=12), nullable=False),
    sa.Column('actor_person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('value_date', sa.Date(), nullable=False),
    sa.Column('external_reference', sa.String(length=120), nullable=True),
    sa.Column('reverses_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('rate', sa.Numeric(precision=20, scale=8), nullable=True),
    sa.Column('rate_date', sa.Date(), nullable=True),
    sa.Column('rate_source', sa.String(length=200), nullable=True),
    sa.CheckConstraint("(name = 'reversal') = (reverses_id IS NOT NULL)", name=op.f('ck_acts_reversal_names_its_act')),
    sa.CheckConstraint("(name IN ('receipt', 'apply')) = (rate IS NOT NULL)", name=op.f('ck_acts_rate_where_used')),
    sa.CheckConstraint("name IN ('accept', 'raise', 'reduce', 'withdraw', 'lapse', 'receipt', 'apply', 'return', 'approve', 'release', 'disburse', 'recover', 'refund', 'reversal')", name=op.f('ck_acts_name_known')),
    sa.CheckConstraint('(rate IS NULL) = (rate_date IS NULL) AND (rate IS NULL) = (rate_source IS NULL)', name=op.f('ck_acts_rate_is_whole')),
    sa.CheckConstraint('rate > 0', name=op.f('ck_acts_rate_above_zero')),
    sa.ForeignKeyConstraint(['actor_person_id'], ['people.id'], name=op.f('fk_acts_actor_person_id')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_acts_event_id')),
    sa.ForeignKeyConstraint(['pledge_id'], ['pledges.id'], name=op.f('fk_acts_pledge_id')),
    sa.ForeignKeyConstraint(['reverses_id'], ['acts.id'], name=op.f('fk_acts_reverses_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_acts')),
    sa.UniqueConstraint('pledge_id', 'number', name='uq_acts_number'),
    sa.UniqueConstraint('public_id', name=op.f('uq_acts_public_id')),
    sa.UniqueConstraint('reverses_id', name='uq_acts_reverses')
    )
    op.create_table('assistance_requests',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('public_number', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('status', sa.String(length=30), nullable=False),
    sa.Column('status_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('marking', sa.String(length=30), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('reference', sa.String(length=30), nullable=True),
    sa.Column('reference_prefix', sa.String(length=2), nullable=True),
    sa.Column('reference_year', sa.Integer(), nullable=True),
    sa.Column('reference_number', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('office_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('drafter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('authorised_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('assigned_to_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('note_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('decision_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('merged_into_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('problem', sa.Text(), nullable=False),
    sa.Column('objectives', sa.Text(), nullable=False),
    sa.Column('expected_results', sa.Text(), nullable=False),
    sa.Column('human_rights', sa.Text(), nullable=False),
    sa.Column('earlier_assistance', sa.Text(), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('session_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('own_contribution', sa.Text(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=True),
    sa.Column('amount_usd_minor', sa.BigInteger(), nullable=True),
    sa.Column('usd_rate_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('unread', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('edit_key', sa.String(length=64), nullable=True),
    sa.Column('consent_proposal', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('origin', sa.String(length=20), nullable=False),
    sa.Column('source', sa.String(length=80), nullable=True),
    sa.Column('source_id', sa.String(length=120), nullable=True),
    sa.Column('source_hash', sa.String(length=64), nullable=True),
    sa.Column('source_texts', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('authorisation_asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_up_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reopened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawal_reason', sa.Text(), nullable=True),
    sa.Column('return_reason', sa.Text(), nullable=True),
    sa.Column('reopen_reason', sa.Text(), nullable=True),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('technical', 'participation')", name=op.f('ck_assistance_requests_kind_known')),
    sa.CheckConstraint("marking IN ('unclassified', 'confidential', 'strictly_confidential')", name=op.f('ck_assistance_requests_marking_known')),
    sa.CheckConstraint("origin = 'imported' OR NOT (status = 'withdrawn') OR (withdrawal_reason IS NOT NULL)", name=op.f('ck_assistance_requests_withdrawn_why')),
    sa.CheckConstraint("origin = 'imported' OR NOT (status IN ('accepted', 'declined', 'referred', 'merged', 'in_implementation', 'completed')) OR (decision_id IS NOT NULL)", name=op.f('ck_assistance_requests_decided')),
    sa.CheckConstraint("origin = 'imported' OR NOT (status IN ('in_review', 'clarification')) OR (taken_up_at IS NOT NULL)", name=op.f('ck_assistance_requests_taken_up')),
    sa.CheckConstraint("origin = 'imported' OR NOT (status NOT IN ('draft')) OR (reference IS NOT NULL OR status = 'withdrawn')", name=op.f('ck_assistance_requests_has_reference')),
    sa.CheckConstraint("origin = 'imported' OR NOT (status NOT IN ('draft', 'awaiting_authorisation', 'withdrawn')) OR (submitted_at IS NOT NULL AND note_id IS NOT NULL)", name=op.f('ck_assistance_requests_submitted_with_note')),
    sa.CheckConstraint("origin IN ('form', 'paper', 'imported', 'demonstration')", name=op.f('ck_assistance_requests_origin_known')),
    sa.CheckConstraint("status IN ('draft', 'awaiting_authorisation', 'submitted', 'in_review', 'clarification', 'accepted', 'declined', 'referred', 'merged', 'in_implementation', 'completed', 'withdrawn')", name=op.f('ck_assistance_requests_status_known')),
    sa.CheckConstraint('(reference IS NULL) = (reference_number IS NULL)', name=op.f('ck_assistance_requests_reference_whole')),
    sa.CheckConstraint('ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on', name=op.f('ck_assistance_requests_dates_in_order')),
    sa.ForeignKeyConstraint(['assigned_to_id'], ['people.id'], name=op.f('fk_assistance_requests_assigned_to_id')),
    sa.ForeignKeyConstraint(['authorised_by_id'], ['people.id'], name=op.f('fk_assistance_requests_authorised_by_id')),
    sa.ForeignKeyConstraint(['decision_id'], ['decisions.id'], name=op.f('fk_assistance_requests_decision_id'), use_alter=True),
    sa.ForeignKeyConstraint(['drafter_id'], ['people.id'], name=op.f('fk_assistance_requests_drafter_id')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['assistance_requests.id'], name=op.f('fk_assistance_requests_merged_into_id')),
    sa.ForeignKeyConstraint(['note_id'], ['notes_verbales.id'], name=op.f('fk_assistance_requests_note_id'), use_alter=True),
    sa.ForeignKeyConstraint(['office_id'], ['offices.id'], name=op.f('fk_assistance_requests_office_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_assistance_requests_organisation_id')),
    sa.ForeignKeyConstraint(['session_id'], ['sessions.id'], name=op.f('fk_assistance_requests_session_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assistance_requests')),
    sa.UniqueConstraint('public_id', name=op.f('uq_assistance_requests_public_id')),
    sa.UniqueConstraint('public_number', name=op.f('uq_assistance_requests_public_number')),
    sa.UniqueConstraint('reference', name=op.f('uq_assistance_requests_reference')),
    sa.UniqueConstraint('source', 'source_id', name='uq_assistance_requests_source')
    )
    op.create_index(op.f('ix_assistance_requests_drafter_id'), 'assistance_requests', ['drafter_id'], unique=False)
    op.create_index(op.f('ix_assistance_requests_office_id'), 'assistance_requests', ['office_id'], unique=False)
    op.create_index('ix_requests_decided', 'assistance_requests', ['organisation_id', 'decision_id'], unique=False, postgresql_where=sa.text('decision_id IS NOT NULL'), sqlite_where=sa.text('decision_id IS NOT NULL'))
    op.create_index('ix_requests_due', 'assistance_requests', ['due_at', 'id'], unique=False)
    op.create_index('ix_requests_officer', 'assistance_requests', ['assigned_to_id', 'status', 'due_at', 'id'], unique=False)
    op.create_index('ix_requests_open_due', 'assistance_requests', ['due_at', 'id'], unique=False, postgresql_where=sa.text("status IN ('submitted','in_review','clarification','accepted','in_implementation')"), sqlite_where=sa.text("status IN ('submitted','in_review','clarification','accepted','in_implementation')"))
    op.create_index('ix_requests_organisation', 'assistance_requests', ['organisation_id', 'updated_at', 'id'], unique=False)
    op.create_index('ix_requests_reference_order', 'assistance_requests', ['reference_prefix', 'reference_year', 'organisation_id', 'reference_number'], unique=False)
    op.create_index('ix_requests_session', 'assistance_requests', ['session_id', 'status'], unique=False)
    op.create_index('ix_requests_status_since', 'assistance_requests', ['status', 'status_since', 'id'], unique=False)
    op.create_index('ix_requests_submitted', 'assistance_requests', ['submitted_at', 'id'], unique=False)
    op.create_table('earmarks',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('pledge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('rule', sa.String(length=10), nullable=False),
    sa.Column('codes', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('share_bp', sa.Integer(), nullable=True),
    sa.CheckConstraint("rule <> 'until' OR share_bp IS NULL", name=op.f('ck_earmarks_a_date_has_no_share')),
    sa.CheckConstraint("rule IN ('kinds', 'areas', 'sessions', 'regions', 'lists', 'states', 'requests', 'until')", name=op.f('ck_earmarks_rule_known')),
    sa.CheckConstraint('share_bp IS NULL OR share_bp BETWEEN 1 AND 9999', name=op.f('ck_earmarks_share_is_a_part')),
    sa.ForeignKeyConstraint(['pledge_id'], ['pledges.id'], name=op.f('fk_earmarks_pledge_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_earmarks'))
    )
    op.create_index('ix_earmarks_pledge', 'earmarks', ['pledge_id'], unique=False)
    op.create_table('instalments',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('pledge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.Column('received_minor', sa.BigInteger(), nullable=False),
    sa.Column('cancelled_minor', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('amount_minor > 0', name=op.f('ck_instalments_amount_above_zero')),
    sa.CheckConstraint('received_minor + cancelled_minor <= amount_minor', name=op.f('ck_instalments_parts_within_amount')),
    sa.CheckConstraint('received_minor >= 0 AND cancelled_minor >= 0', name=op.f('ck_instalments_parts_not_negative')),
    sa.ForeignKeyConstraint(['pledge_id'], ['pledges.id'], name=op.f('fk_instalments_pledge_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_instalments'))
    )
    op.create_index('ix_instalments_due', 'instalments', ['due_on'], unique=False)
    op.create_index('ix_instalments_pledge', 'instalments', ['pledge_id', 'due_on'], unique=False)
    op.create_table('memberships',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('office_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('deputy', sa.Boolean(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['office_id'], ['offices.id'], name=op.f('fk_memberships_office_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_memberships_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_memberships_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_memberships')),
    sa.UniqueConstraint('public_id', name=op.f('uq_memberships_public_id'))
    )
    op.create_index('ix_memberships_organisation', 'memberships', ['organisation_id', 'ended_at'], unique=False)
    op.create_index('uq_memberships_one_at_a_time', 'memberships', ['person_id', 'organisation_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
    op.create_table('account_requests',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('state_iso3', sa.String(length=3), nullable=False),
    sa.Column('office_name', sa.String(length=200), nullable=False),
    sa.Column('office_kind', sa.String(length=20), nullable=False),
    sa.Column('official_email', sa.String(length=254), nullable=False),
    sa.Column('note_reference', sa.String(length=100), nullable=False),
    sa.Column('note_date', sa.Date(), nullable=False),
    sa.Column('note_file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('nonce', sa.String(length=32), nullable=False),
    sa.Column('key_id', sa.String(length=20), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=True),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('checked_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(status = 'approved') = (organisation_id IS NOT NULL)", name=op.f('ck_account_requests_approved_has_its_state')),
    sa.CheckConstraint("(status = 'refused') = (reason IS NOT NULL)", name=op.f('ck_account_requests_refused_has_a_reason')),
    sa.CheckConstraint("(status = 'waiting') = (checked_at IS NULL)", name=op.f('ck_account_requests_checked_has_its_time')),
    sa.CheckConstraint("office_kind IN ('foreign_ministry', 'mission', 'embassy', 'ministry', 'agency', 'unit')", name=op.f('ck_account_requests_office_kind_known')),
    sa.CheckConstraint("status IN ('waiting', 'approved', 'refused')", name=op.f('ck_account_requests_status_known')),
    sa.ForeignKeyConstraint(['checked_by'], ['memberships.id'], name=op.f('fk_account_requests_checked_by')),
    sa.ForeignKeyConstraint(['note_file_id'], ['files.id'], name=op.f('fk_account_requests_note_file_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_account_requests_organisation_id')),
    sa.ForeignKeyConstraint(['state_iso3'], ['states.iso3'], name=op.f('fk_account_requests_state_iso3')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account_requests')),
    sa.UniqueConstraint('public_id', name=op.f('uq_account_requests_public_id')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_account_requests_token_hash'))
    )
    op.create_index('ix_account_requests_status', 'account_requests', ['status', 'id'], unique=False)
    op.create_table('activities',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('planned_on', sa.Date(), nullable=True),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('planned_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('delivered_on', sa.Date(), nullable=True),
    sa.Column('result', sa.Text(), nullable=False),
    sa.Column('women', sa.Integer(), nullable=False),
    sa.Column('men', sa.Integer(), nullable=False),
    sa.Column('not_stated', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('recorded_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('delivered_on IS NULL OR recorded_by_id IS NOT NULL', name=op.f('ck_activities_recorded_by_somebody')),
    sa.CheckConstraint('women >= 0 AND men >= 0 AND not_stated >= 0', name=op.f('ck_activities_people_counted')),
    sa.ForeignKeyConstraint(['file_id'], ['files.id'], name=op.f('fk_activities_file_id')),
    sa.ForeignKeyConstraint(['planned_by_id'], ['people.id'], name=op.f('fk_activities_planned_by_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['people.id'], name=op.f('fk_activities_recorded_by_id')),
    sa.ForeignKeyConstraint(['request_id'], ['assistance_requests.id'], name=op.f('fk_activities_request_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activities')),
    sa.UniqueConstraint('public_id', name=op.f('uq_activities_public_id'))
    )
    op.create_index(op.f('ix_activities_request_id'), 'activities', ['request_id'], unique=False)
    op.create_table('allocations',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('pledge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('planned_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('planned_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('approved_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.CheckConstraint("(ended_at IS NOT NULL) = (status IN ('released', 'closed'))", name=op.f('ck_allocations_ended_has_moment')),
    sa.CheckConstraint("status <> 'planned' OR approved_at IS NULL", name=op.f('ck_allocations_planned_is_not_approved')),
    sa.CheckConstraint("status IN ('planned', 'approved', 'released', 'closed')", name=op.f('ck_allocations_status_known')),
    sa.CheckConstraint("status NOT IN ('approved', 'closed') OR (approved_at IS NOT NULL AND approved_by_id IS NOT NULL)", name=op.f('ck_allocations_approved_has_approval')),
    sa.CheckConstraint('amount_minor > 0', name=op.f('ck_allocations_amount_above_zero')),
    sa.CheckConstraint('approved_by_id IS NULL OR approved_by_id <> planned_by_id', name=op.f('ck_allocations_two_persons')),
    sa.ForeignKeyConstraint(['approved_by_id'], ['people.id'], name=op.f('fk_allocations_approved_by_id')),
    sa.ForeignKeyConstraint(['planned_by_id'], ['people.id'], name=op.f('fk_allocations_planned_by_id')),
    sa.ForeignKeyConstraint(['pledge_id'], ['pledges.id'], name=op.f('fk_allocations_pledge_id')),
    sa.ForeignKeyConstraint(['request_id'], ['assistance_requests.id'], name=op.f('fk_allocations_request_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_allocations')),
    sa.UniqueConstraint('public_id', name=op.f('uq_allocations_public_id'))
    )
    op.create_index('ix_allocations_pledge', 'allocations', ['pledge_id'], unique=False)
    op.create_index('ix_allocations_request', 'allocations', ['request_id'], unique=False)
    op.create_index('ix_allocations_status', 'allocations', ['status', 'id'], unique=False)
    op.create_table('attachments',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('label', sa.String(length=200), nullable=False),
    sa.Column('internal', sa.Boolean(), nullable=False),
    sa.Column('added_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_attachments_added_by_id')),
    sa.ForeignKeyConstraint(['file_id'], ['files.id'], name=op.f('fk_attachments_file_id')),
    sa.ForeignKeyConstraint(['request_id'], ['assistance_requests.id'], name=op.f('fk_attachments_request_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachments'))
    )
    op.create_index(op.f('ix_attachments_request_id'), 'attachments', ['request_id'], unique=False)
    op.create_table('beneficiaries',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['request_id'], ['assistance_requests.id'], name=op.f('fk_beneficiaries_request_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_beneficiaries'))
    )
    op.create_index(op.f('ix_beneficiaries_request_id'), 'beneficiaries', ['request_id'], unique=False)
    op.create_table('budget_lines',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(length=200), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('amount_minor > 0', name=op.f('ck_budget_lines_amount_positive')),
    sa.ForeignKeyConstraint(['request_id'], ['assistance_requests.id'], name=op.f('fk_budget_lines_request_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_budget_lines'))
    )
    op.create_index(op.f('ix_budget_lines_request_id'), 'budget_lines', ['request_id'], unique=False)
    op.create_table('clarifications',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asked_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['answered_by_id'], ['people.id'], name=op.f('fk_clarifications_answered_by_id')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['people.id'], name=op.f('fk_clarifications_asked_by_id')),
    sa.ForeignKeyConstraint(['request_id'], ['assistance_requests.id'], name=op.f('fk_clarifications_request_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clarifications'))
    )
    op.create_index(op.f('ix_clarifications_request_id'), 'clarifications', ['request_id'], unique=False)
    op.create_table('co_drafters',
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_co_drafters_person_id')),
    sa.ForeignKeyConstraint(['request_id'], ['assistance_requests.id'], name=op.f('fk_co_drafters_request_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('request_id', 'person_id', name=op.f('pk_co_drafters'))
    )
    op.create_index(op.f('ix_co_drafters_person_id'), 'co_drafters', ['person_id'], unique=False)
    op.create_table('consents',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('field', sa.String(length=20), nullable=False),
    sa.Column('audience', sa.String(length=20), nullable=False),
    sa.Column('given_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("audience IN ('donors', 'public')", name=op.f('ck_consents_audience_known')),
    sa.CheckConstraint("field IN ('title', 'summary', 'amounts', 'documents')", name=op.f('ck_consents_field_known')),
    sa.ForeignKeyConstraint(['given_by_id'], ['people.id'], name=op.f('fk_consents_given_by_id')),
    sa.ForeignKeyConstraint(['request_id'], ['assistance_requests.id'], name=op.f('fk_consents_request_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['revoked_by_id'], ['people.id'], name=op.f('fk_consents_revoked_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consents'))
    )
    op.create_index('ix_consents_audience', 'consents', ['audience', 'field', 'request_id'], unique=False)
    op.create_index('uq_consents_standing', 'consents', ['request_id', 'field', 'audience'], unique=True, postgresql_where=sa.text('revoked_at IS NULL'), sqlite_where=sa.text('revoked_at IS NULL'))
    op.create_table('decisions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('outcome', sa.String(length=20), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=True),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('scope_language', sa.String(length=2), nullable=False),
    sa.Column('conditions', sa.Text(), nullable=False),
    sa.Column('conditions_language', sa.String(length=2), nullable=False),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('amends_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('referred_to', sa.String(length=200), nullable=False),
    sa.Column('state_agreed_on', sa.Date(), nullable=True),
    sa.Column('merged_into_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('prepared_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('prepared_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('signed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('dropped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('dropped_reason', sa.Text(), nullable=True),
    sa.CheckConstraint("amends_id IS NULL OR (outcome = 'accepted' AND amends_id <> id)", name=op.f('ck_decisions_amends_an_acceptance')),
    sa.CheckConstraint("outcome <> 'accepted' OR (amount_minor IS NOT NULL AND amount_minor >= 0)", name=op.f('ck_decisions_accepted_amount')),
    sa.CheckConstraint("outcome <> 'merged' OR merged_into_id IS NOT NULL", name=op.f('ck_decisions_merged_into_one')),
    sa.CheckConstraint("outcome <> 'referred' OR length(trim(referred_to)) > 0", name=op.f('ck_decisions_referred_to_somebody')),
    sa.CheckConstraint("outcome <> 'referred' OR state_agreed_on IS NOT NULL", name=op.f('ck_decisions_referred_with_consent')),
    sa.CheckConstraint("outcome IN ('accepted', 'declined', 'referred', 'merged')", name=op.f('ck_decisions_outcome_known')),
    sa.CheckConstraint('(signed_at IS NULL) = (signed_by_id IS NULL)', name=op.f('ck_decisions_signed_whole')),
    sa.CheckConstraint('length(trim(reasons)) > 0', name=op.f('ck_decisions_has_reasons')),
    sa.CheckConstraint('signed_by_id IS NULL OR signed_by_id <> prepared_by_id', name=op.f('ck_decisions_two_persons')),
    sa.ForeignKeyConstraint(['amends_id'], ['decisions.id'], name=op.f('fk_decisions_amends_id')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['assistance_requests.id'], name=op.f('fk_decisions_merged_into_id')),
    sa.ForeignKeyConstraint(['prepared_by_id'], ['people.id'], name=op.f('fk_decisions_prepared_by_id')),
    sa.ForeignKeyConstraint(['request_id'], ['assistance_requests.id'], name=op.f('fk_decisions_request_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['signed_by_id'], ['people.id'], name=op.f('fk_decisions_signed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decisions')),
    sa.UniqueConstraint('public_id', name=op.f('uq_decisions_public_id'))
    )
    op.create_index(op.f('ix_decisions_request_id'), 'decisions', ['request_id'], unique=False)
    op.create_index('uq_decisions_amends', 'decisions', ['amends_id'], unique=True, postgresql_where=sa.text('signed_at IS NOT NULL'), sqlite_where=sa.text('signed_at IS NOT NULL'))
    op.create_index('uq_decisions_prepared', 'decisions', ['request_id'], unique=True, postgresql_where=sa.text('signed_at IS NULL AND dropped_at IS NULL'), sqlite_where=sa.text('signed_at IS NULL AND dropped_at IS NULL'))
    op.create_table('delegates',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('alternate', sa.Boolean(), nullable=False),
    sa.Column('head', sa.Boolean(), nullable=False),
    sa.Column('status', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=160), nullable=False),
    sa.Column('function', sa.String(length=200), nullable=False),
    sa.Column('office', sa.String(length=200), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('gender', sa.String(length=12), nullable=False),
    sa.Column('nationality_iso3', sa.String(length=3), nullable=True),
    sa.Column('departure_airport', sa.String(length=80), nullable=False),
    sa.Column('needs_fare', sa.Boolean(), nullable=False),
    sa.Column('needs_dsa', sa.Boolean(), nullable=False),
    sa.Column('needs_terminals', sa.Boolean(), nullable=False),
    sa.Column('needs_visa', sa.Boolean(), nullable=False),
    sa.Column('nominated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("gender IN ('woman', 'man', 'not_stated')", name=op.f('ck_delegates_gender_known')),
    sa.CheckConstraint("status IN ('nominated', 'selected', 'reserve', 'not_selected', 'confirmed', 'declined', 'substituted', 'ticketed', 'travelled', 'no_show', 'settled')", name=op.f('ck_delegates_status_known')),
    sa.CheckConstraint('position >= 1', name=op.f('ck_delegates_position_from_one')),
    sa.ForeignKeyConstraint(['nationality_iso3'], ['states.iso3'], name=op.f('fk_delegates_nationality_iso3')),
    sa.ForeignKeyConstraint(['request_id'], ['assistance_requests.id'], name=op.f('fk_delegates_request_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delegates')),
    sa.UniqueConstraint('public_id', name=op.f('uq_delegates_public_id'))
    )
    op.create_index('ix_delegates_request', 'delegates', ['request_id', 'position'], unique=False)
    op.create_table('deliveries',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('recipient_key', sa.String(length=60), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('membership_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('side', sa.String(length=10), nullable=False),
    sa.Column('channel', sa.String(length=10), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('cadence', sa.String(length=10), nullable=False),
    sa.Column('period', sa.String(length=10), nullable=True),
    sa.Column('digest_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('subject_key', sa.String(length=60), nullable=False),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('token', sa.String(length=32), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('uncertain_count', sa.Integer(), nullable=False),
    sa.Column('unreachable_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('holds_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_error', sa.String(length=300), nullable=True),
    sa.Column('message_id', sa.String(length=160), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("cadence IN ('at_once', 'daily', 'weekly')", name=op.f('ck_deliveries_cadence_known')),
    sa.CheckConstraint("channel IN ('inapp', 'email')", name=op.f('ck_deliveries_channel_known')),
    sa.CheckConstraint("side IN ('state', 'staff', 'donor', 'address', 'self')", name=op.f('ck_deliveries_side_known')),
    sa.CheckConstraint("status <> 'sent' OR sent_at IS NOT NULL", name=op.f('ck_deliveries_sent_when')),
    sa.CheckConstraint("status IN ('pending', 'claimed', 'sending', 'sent', 'bounced', 'failed', 'suppressed', 'uncertain')", name=op.f('ck_deliveries_status_known')),
    sa.CheckConstraint("status NOT IN ('claimed', 'sending') OR lease_until IS NOT NULL", name=op.f('ck_deliveries_leased')),
    sa.CheckConstraint('(event_id IS NULL) = (period IS NOT NULL)', name=op.f('ck_deliveries_event_or_digest')),
    sa.ForeignKeyConstraint(['digest_id'], ['deliveries.id'], name=op.f('fk_deliveries_digest_id')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_deliveries_event_id')),
    sa.ForeignKeyConstraint(['membership_id'], ['memberships.id'], name=op.f('fk_deliveries_membership_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_deliveries_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deliveries')),
    sa.UniqueConstraint('event_id', 'recipient_key', 'channel', name='uq_deliveries_once'),
    sa.UniqueConstraint('public_id', name=op.f('uq_deliveries_public_id'))
    )
    op.create_index('ix_deliveries_due', 'deliveries', ['due_at', 'id'], unique=False, postgresql_where=sa.text("status IN ('pending') AND digest_id IS NULL"), sqlite_where=sa.text("status IN ('pending') AND digest_id IS NULL"))
    op.create_index('ix_deliveries_inbox', 'deliveries', ['person_id', 'id'], unique=False, postgresql_where=sa.text("channel = 'inapp'"), sqlite_where=sa.text("channel = 'inapp'"))
    op.create_index('ix_deliveries_leased', 'deliveries', ['lease_until'], unique=False, postgresql_where=sa.text("status IN ('claimed', 'sending')"), sqlite_where=sa.text("status IN ('claimed', 'sending')"))
    op.create_index('ix_deliveries_members', 'deliveries', ['digest_id'], unique=False, postgresql_where=sa.text('digest_id IS NOT NULL'), sqlite_where=sa.text('digest_id IS NOT NULL'))
    op.create_index('ix_deliveries_order', 'deliveries', ['recipient_key', 'subject_key', 'event_id'], unique=False, postgresql_where=sa.text("status IN ('pending', 'claimed', 'sending') AND digest_id IS NULL"), sqlite_where=sa.text("status IN ('pending', 'claimed', 'sending') AND digest_id IS NULL"))
    op.create_index('ix_deliveries_troubled', 'deliveries', ['id'], unique=False, postgresql_where=sa.text("status IN ('bounced', 'failed', 'uncertain')"), sqlite_where=sa.text("status IN ('bounced', 'failed', 'uncertain')"))
    op.create_index('ix_deliveries_uncertain', 'deliveries', ['due_at'], unique=False, postgresql_where=sa.text("status IN ('uncertain')"), sqlite_where=sa.text("status IN ('uncertain')"))
    op.create_index('ix_deliveries_unreachable', 'deliveries', ['unreachable_at'], unique=False, postgresql_where=sa.text('unreachable_at IS NOT NULL'), sqlite_where=sa.text('unreachable_at IS NOT NULL'))
    op.create_index('ix_deliveries_unread', 'deliveries', ['person_id'], unique=False, postgresql_where=sa.text("channel = 'inapp' AND read_at IS NULL"), sqlite_where=sa.text("channel = 'inapp' AND read_at IS NULL"))
    op.create_index('uq_deliveries_digest', 'deliveries', ['recipient_key', 'cadence', 'period'], unique=True, postgresql_where=sa.text('event_id IS NULL'), sqlite_where=sa.text('event_id IS NULL'))
    op.create_table('internal_notes',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['people.id'], name=op.f('fk_internal_notes_author_id')),
    sa.ForeignKeyConstraint(['request_id'], ['assistance_requests.id'], name=op.f('fk_internal_notes_request_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_internal_notes'))
    )
    op.create_index(op.f('ix_internal_notes_request_id'), 'internal_notes', ['request_id'], unique=False)
    op.create_table('invitations',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('office_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('deputy', sa.Boolean(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('roles', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('nonce', sa.String(length=32), nullable=False),
    sa.Column('key_id', sa.String(length=20), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=True),
    sa.Column('invited_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('membership_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("language IN ('ar', 'zh', 'en', 'fr', 'ru', 'es')", name=op.f('ck_invitations_language_known')),
    sa.CheckConstraint('accepted_at IS NULL OR revoked_at IS NULL', name=op.f('ck_invitations_accepted_or_revoked')),
    sa.CheckConstraint('email = lower(email)', name=op.f('ck_invitations_email_in_small_letters')),
    sa.ForeignKeyConstraint(['invited_by'], ['memberships.id'], name=op.f('fk_invitations_invited_by')),
    sa.ForeignKeyConstraint(['membership_id'], ['memberships.id'], name=op.f('fk_invitations_membership_id')),
    sa.ForeignKeyConstraint(['office_id'], ['offices.id'], name=op.f('fk_invitations_office_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_invitations_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitations')),
    sa.UniqueConstraint('public_id', name=op.f('uq_invitations_public_id')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_invitations_token_hash'))
    )
    op.create_index('uq_invitations_one_open', 'invitations', ['organisation_id', 'email'], unique=True, sqlite_where=sa.text('accepted_at IS NULL AND revoked_at IS NULL'), postgresql_where=sa.text('accepted_at IS NULL AND revoked_at IS NULL'))
    op.create_table('membership_roles',
    sa.Column('membership_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('role', sa.String(length=30), nullable=False),
    sa.CheckConstraint("role IN ('focal_point', 'authorising_officer', 'state_administrator', 'donor_officer', 'donor_signatory', 'donor_administrator', 'triage_officer', 'programme_manager', 'finance_officer', 'administrator', 'auditor')", name=op.f('ck_membership_roles_role_known')),
    sa.ForeignKeyConstraint(['membership_id'], ['memberships.id'], name=op.f('fk_membership_roles_membership_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('membership_id', 'role', name=op.f('pk_membership_roles'))
    )
    op.create_index('ix_membership_roles_role', 'membership_roles', ['role', 'membership_id'], unique=False)
    op.create_table('notes_verbales',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('issuer', sa.String(length=200), nullable=False),
    sa.Column('reference', sa.String(length=80), nullable=False),
    sa.Column('dated', sa.Date(), nullable=False),
    sa.Column('file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('paper', sa.Boolean(), nullable=False),
    sa.Column('filed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('filed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('verified_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('verified_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('returned_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('returned_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('return_reason', sa.Text(), nullable=True),
    sa.CheckConstraint('(returned_at IS NULL) = (return_reason IS NULL)', name=op.f('ck_notes_verbales_returned_with_reason')),
    sa.CheckConstraint('(verified_at IS NULL) = (verified_by_id IS NULL)', name=op.f('ck_notes_verbales_verified_by_somebody')),
    sa.ForeignKeyConstraint(['file_id'], ['files.id'], name=op.f('fk_notes_verbales_file_id')),
    sa.ForeignKeyConstraint(['filed_by_id'], ['people.id'], name=op.f('fk_notes_verbales_filed_by_id')),
    sa.ForeignKeyConstraint(['request_id'], ['assistance_requests.id'], name=op.f('fk_notes_verbales_request_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['returned_by_id'], ['people.id'], name=op.f('fk_notes_verbales_returned_by_id')),
    sa.ForeignKeyConstraint(['verified_by_id'], ['people.id'], name=op.f('fk_notes_verbales_verified_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notes_verbales'))
    )
    op.create_index(op.f('ix_notes_verbales_request_id'), 'notes_verbales', ['request_id'], unique=False)
    op.create_table('receipt_shares',
    sa.Column('act_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('instalment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('amount_minor > 0', name=op.f('ck_receipt_shares_amount_above_zero')),
    sa.ForeignKeyConstraint(['act_id'], ['acts.id'], name=op.f('fk_receipt_shares_act_id')),
    sa.ForeignKeyConstraint(['instalment_id'], ['instalments.id'], name=op.f('fk_receipt_shares_instalment_id')),
    sa.PrimaryKeyConstraint('act_id', 'instalment_id', name=op.f('pk_receipt_shares'))
    )
    op.create_table('receipts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('pledge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('act_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.Column('applied_minor', sa.BigInteger(), nullable=False),
    sa.Column('unapplied_minor', sa.BigInteger(), nullable=False),
    sa.Column('charge_minor', sa.BigInteger(), nullable=False),
    sa.Column('fund_minor', sa.BigInteger(), nullable=False),
    sa.Column('support_minor', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('amount_minor > 0', name=op.f('ck_receipts_amount_above_zero')),
    sa.CheckConstraint('applied_minor >= 0 AND unapplied_minor >= 0 AND charge_minor >= 0 AND applied_minor + unapplied_minor = amount_minor', name=op.f('ck_receipts_parts_add_up')),
    sa.CheckConstraint('fund_minor >= 0 AND support_minor >= 0 AND support_minor <= fund_minor', name=op.f('ck_receipts_support_within')),
    sa.ForeignKeyConstraint(['act_id'], ['acts.id'], name=op.f('fk_receipts_act_id')),
    sa.ForeignKeyConstraint(['pledge_id'], ['pledges.id'], name=op.f('fk_receipts_pledge_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_receipts')),
    sa.UniqueConstraint('act_id', name=op.f('uq_receipts_act_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_receipts_public_id'))
    )
    op.create_index('ix_receipts_pledge', 'receipts', ['pledge_id'], unique=False)
    op.create_table('recusals',
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_recusals_person_id')),
    sa.ForeignKeyConstraint(['request_id'], ['assistance_requests.id'], name=op.f('fk_recusals_request_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('request_id', 'person_id', name=op.f('pk_recusals'))
    )
    op.create_table('request_areas',
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('area_code', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['area_code'], ['areas.code'], name=op.f('fk_request_areas_area_code')),
    sa.ForeignKeyConstraint(['request_id'], ['assistance_requests.id'], name=op.f('fk_request_areas_request_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('request_id', 'area_code', name=op.f('pk_request_areas'))
    )
    op.create_index(op.f('ix_request_areas_area_code'), 'request_areas', ['area_code'], unique=False)
    op.create_table('request_clocks',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=20), nullable=False),
    sa.Column('working_days', sa.Integer(), nullable=False),
    sa.Column('rule_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('days_left', sa.Integer(), nullable=True),
    sa.Column('paused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('paused_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('met', sa.Boolean(), nullable=True),
    sa.CheckConstraint("name IN ('acknowledge', 'decide', 'answer', 'reopen')", name=op.f('ck_request_clocks_name_known')),
    sa.ForeignKeyConstraint(['paused_by_id'], ['people.id'], name=op.f('fk_request_clocks_paused_by_id')),
    sa.ForeignKeyConstraint(['request_id'], ['assistance_requests.id'], name=op.f('fk_request_clocks_request_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['rule_id'], ['clock_rules.id'], name=op.f('fk_request_clocks_rule_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_clocks'))
    )
    op.create_index('ix_request_clocks_due', 'request_clocks', ['due_at'], unique=False, postgresql_where=sa.text('stopped_at IS NULL'), sqlite_where=sa.text('stopped_at IS NULL'))
    op.create_index(op.f('ix_request_clocks_request_id'), 'request_clocks', ['request_id'], unique=False)
    op.create_index('uq_request_clocks_running', 'request_clocks', ['request_id', 'name'], unique=True, postgresql_where=sa.text('stopped_at IS NULL'), sqlite_where=sa.text('stopped_at IS NULL'))
    op.create_table('request_funding',
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('approved_minor', sa.BigInteger(), nullable=False),
    sa.Column('allocated_minor', sa.BigInteger(), nullable=False),
    sa.Column('paid_minor', sa.BigInteger(), nullable=False),
    sa.Column('open', sa.Boolean(), nullable=False),
    sa.CheckConstraint('allocated_minor <= approved_minor', name=op.f('ck_request_funding_allocated_within_approved')),
    sa.CheckConstraint('approved_minor >= 0 AND paid_minor >= 0', name=op.f('ck_request_funding_not_negative')),
    sa.CheckConstraint('paid_minor <= allocated_minor', name=op.f('ck_request_funding_paid_within_allocated')),
    sa.ForeignKeyConstraint(['request_id'], ['assistance_requests.id'], name=op.f('fk_request_funding_request_id')),
    sa.PrimaryKeyConstraint('request_id', name=op.f('pk_request_funding'))
    )
    op.create_table('web_sessions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('membership_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('touched_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('user_agent', sa.String(length=200), nullable=False),
    sa.Column('address', sa.String(length=45), nullable=False),
    sa.ForeignKeyConstraint(['membership_id'], ['memberships.id'], name=op.f('fk_web_sessions_membership_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_web_sessions_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_web_sessions')),
    sa.UniqueConstraint('public_id', name=op.f('uq_web_sessions_public_id')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_web_sessions_token_hash'))
    )
    op.create_index('ix_web_sessions_person', 'web_sessions', ['person_id', 'ended_at'], unique=False)
    op.create_table('account_request_people',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('account_request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.CheckConstraint("language IN ('ar', 'zh', 'en', 'fr', 'ru', 'es')", name=op.f('ck_account_request_people_language_known')),
    sa.ForeignKeyConstraint(['account_request_id'], ['account_requests.id'], name=op.f('fk_account_request_people_account_request_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account_request_people')),
    sa.UniqueConstraint('account_request_id', 'position', name=op.f('uq_account_request_people_account_request_id_position'))
    )
    op.create_table('confirmations',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('activity_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('rating', sa.Integer(), nullable=False),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('confirmed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('rating BETWEEN 1 AND 5', name=op.f('ck_confirmations_rating_range')),
    sa.ForeignKeyConstraint(['activity_id'], ['activities.id'], name=op.f('fk_confirmations_activity_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['people.id'], name=op.f('fk_confirmations_confirmed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_confirmations')),
    sa.UniqueConstraint('activity_id', name=op.f('uq_confirmations_activity_id'))
    )
    op.create_table('disbursements',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('allocation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('act_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('direction', sa.String(length=10), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.Column('payee_kind', sa.String(length=20), nullable=False),
    sa.Column('method', sa.String(length=20), nullable=False),
    sa.CheckConstraint("direction IN ('paid', 'recovered')", name=op.f('ck_disbursements_direction_known')),
    sa.CheckConstraint("method IN ('bank_transfer', 'interoffice', 'card', 'cheque', 'cash')", name=op.f('ck_disbursements_method_known')),
    sa.CheckConstraint("payee_kind IN ('supplier', 'consultant', 'delegate', 'travel_agent', 'government', 'un_entity', 'other')", name=op.f('ck_disbursements_payee_kind_known')),
    sa.CheckConstraint('amount_minor > 0', name=op.f('ck_disbursements_amount_above_zero')),
    sa.ForeignKeyConstraint(['act_id'], ['acts.id'], name=op.f('fk_disbursements_act_id')),
    sa.ForeignKeyConstraint(['allocation_id'], ['allocations.id'], name=op.f('fk_disbursements_allocation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disbursements')),
    sa.UniqueConstraint('act_id', name=op.f('uq_disbursements_act_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_disbursements_public_id'))
    )
    op.create_index('ix_disbursements_allocation', 'disbursements', ['allocation_id'], unique=False)
    op.create_table('ledger_accounts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('pledge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('allocation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('balance_minor', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(allocation_id IS NOT NULL) = (kind IN ('held', 'paid'))", name=op.f('ck_ledger_accounts_allocation_where_due')),
    sa.CheckConstraint("kind = 'exchange' OR (kind = 'donor' AND balance_minor <= 0) OR (kind NOT IN ('donor', 'exchange') AND balance_minor >= 0)", name=op.f('ck_ledger_accounts_balance_has_its_sign')),
    sa.CheckConstraint("kind IN ('donor', 'expected', 'exchange', 'available', 'support', 'lost', 'unapplied', 'held', 'paid')", name=op.f('ck_ledger_accounts_kind_known')),
    sa.CheckConstraint("kind NOT IN ('available', 'support', 'held', 'paid') OR currency = 'USD'", name=op.f('ck_ledger_accounts_fund_currency')),
    sa.ForeignKeyConstraint(['allocation_id'], ['allocations.id'], name=op.f('fk_ledger_accounts_allocation_id')),
    sa.ForeignKeyConstraint(['pledge_id'], ['pledges.id'], name=op.f('fk_ledger_accounts_pledge_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ledger_accounts')),
    sa.UniqueConstraint('allocation_id', 'kind', name='uq_ledger_accounts_allocation')
    )
    op.create_index('ix_ledger_accounts_pledge', 'ledger_accounts', ['pledge_id', 'kind'], unique=False)
    op.create_index('uq_ledger_accounts_kind', 'ledger_accounts', ['pledge_id', 'kind', 'currency'], unique=True, sqlite_where=sa.text('allocation_id IS NULL'), postgresql_where=sa.text('allocation_id IS NULL'))
    op.create_table('questions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('clarification_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('field', sa.String(length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answer_language', sa.String(length=2), nullable=True),
    sa.Column('before', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=True),
    sa.Column('after', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=True),
    sa.ForeignKeyConstraint(['clarification_id'], ['clarifications.id'], name=op.f('fk_questions_clarification_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questions'))
    )
    op.create_index(op.f('ix_questions_clarification_id'), 'questions', ['clarification_id'], unique=False)
    op.create_table('transfers',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('act_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('from_account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('to_account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('amount_minor > 0', name=op.f('ck_transfers_amount_above_zero')),
    sa.CheckConstraint('from_account_id <> to_account_id', name=op.f('ck_transfers_two_accounts')),
    sa.ForeignKeyConstraint(['act_id'], ['acts.id'], name=op.f('fk_transfers_act_id')),
    sa.ForeignKeyConstraint(['from_account_id'], ['ledger_accounts.id'], name=op.f('fk_transfers_from_account_id')),
    sa.ForeignKeyConstraint(['to_account_id'], ['ledger_accounts.id'], name=op.f('fk_transfers_to_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_transfers'))
    )
    op.create_index('ix_transfers_act', 'transfers', ['act_id'], unique=False)
    op.create_index('ix_transfers_from', 'transfers', ['from_account_id'], unique=False)
    op.create_index('ix_transfers_to', 'transfers', ['to_account_id'], unique=False)
    if op.get_bind().dialect.name == "postgresql":  # SQLite has them in its tables
        op.create_foreign_key("fk_assistance_requests_decision_id", "assistance_requests", "decisions", ['decision_id'], ['id'])
        op.create_foreign_key("fk_assistance_requests_note_id", "assistance_requests", "notes_verbales", ['note_id'], ['id'])


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":  # SQLite has them in its tables
        op.drop_constraint("fk_assistance_requests_decision_id", "assistance_requests", type_="foreignkey")
        op.drop_constraint("fk_assistance_requests_note_id", "assistance_requests", type_="foreignkey")
    op.drop_index('ix_transfers_to', table_name='transfers')
    op.drop_index('ix_transfers_from', table_name='transfers')
    op.drop_index('ix_transfers_act', table_name='transfers')
    op.drop_table('transfers')
    op.drop_index(op.f('ix_questions_clarification_id'), table_name='questions')
    op.drop_table('questions')
    op.drop_index('uq_ledger_accounts_kind', table_name='ledger_accounts', sqlite_where=sa.text('allocation_id IS NULL'), postgresql_where=sa.text('allocation_id IS NULL'))
    op.drop_index('ix_ledger_accounts_pledge', table_name='ledger_accounts')
    op.drop_table('ledger_accounts')
    op.drop_index('ix_disbursements_allocation', table_name='disbursements')
    op.drop_table('disbursements')
    op.drop_table('confirmations')
    op.drop_table('account_request_people')
    op.drop_index('ix_web_sessions_person', table_name='web_sessions')
    op.drop_table('web_sessions')
    op.drop_table('request_funding')
    op.drop_index('uq_request_clocks_running', table_name='request_clocks', postgresql_where=sa.text('stopped_at IS NULL'), sqlite_where=sa.text('stopped_at IS NULL'))
    op.drop_index(op.f('ix_request_clocks_request_id'), table_name='request_clocks')
    op.drop_index('ix_request_clocks_due', table_name='request_clocks', postgresql_where=sa.text('stopped_at IS NULL'), sqlite_where=sa.text('stopped_at IS NULL'))
    op.drop_table('request_clocks')
    op.drop_index(op.f('ix_request_areas_area_code'), table_name='request_areas')
    op.drop_table('request_areas')
    op.drop_table('recusals')
    op.drop_index('ix_receipts_pledge', table_name='receipts')
    op.drop_table('receipts')
    op.drop_table('receipt_shares')
    op.drop_index(op.f('ix_notes_verbales_request_id'), table_name='notes_verbales')
    op.drop_table('notes_verbales')
    op.drop_index('ix_membership_roles_role', table_name='membership_roles')
    op.drop_table('membership_roles')
    op.drop_index('uq_invitations_one_open', table_name='invitations', sqlite_where=sa.text('accepted_at IS NULL AND revoked_at IS NULL'), postgresql_where=sa.text('accepted_at IS NULL AND revoked_at IS NULL'))
    op.drop_table('invitations')
    op.drop_index(op.f('ix_internal_notes_request_id'), table_name='internal_notes')
    op.drop_table('internal_notes')
    op.drop_index('uq_deliveries_digest', table_name='deliveries', postgresql_where=sa.text('event_id IS NULL'), sqlite_where=sa.text('event_id IS NULL'))
    op.drop_index('ix_deliveries_unread', table_name='deliveries', postgresql_where=sa.text("channel = 'inapp' AND read_at IS NULL"), sqlite_where=sa.text("channel = 'inapp' AND read_at IS NULL"))
    op.drop_index('ix_deliveries_unreachable', table_name='deliveries', postgresql_where=sa.text('unreachable_at IS NOT NULL'), sqlite_where=sa.text('unreachable_at IS NOT NULL'))
    op.drop_index('ix_deliveries_uncertain', table_name='deliveries', postgresql_where=sa.text("status IN ('uncertain')"), sqlite_where=sa.text("status IN ('uncertain')"))
    op.drop_index('ix_deliveries_troubled', table_name='deliveries', postgresql_where=sa.text("status IN ('bounced', 'failed', 'uncertain')"), sqlite_where=sa.text("status IN ('bounced', 'failed', 'uncertain')"))
    op.drop_index('ix_deliveries_order', table_name='deliveries', postgresql_where=sa.text("status IN ('pending', 'claimed', 'sending') AND digest_id IS NULL"), sqlite_where=sa.text("status IN ('pending', 'claimed', 'sending') AND digest_id IS NULL"))
    op.drop_index('ix_deliveries_members', table_name='deliveries', postgresql_where=sa.text('digest_id IS NOT NULL'), sqlite_where=sa.text('digest_id IS NOT NULL'))
    op.drop_index('ix_deliveries_leased', table_name='deliveries', postgresql_where=sa.text("status IN ('claimed', 'sending')"), sqlite_where=sa.text("status IN ('claimed', 'sending')"))
    op.drop_index('ix_deliveries_inbox', table_name='deliveries', postgresql_where=sa.text("channel = 'inapp'"), sqlite_where=sa.text("channel = 'inapp'"))
    op.drop_index('ix_deliveries_due', table_name='deliveries', postgresql_where=sa.text("status IN ('pending') AND digest_id IS NULL"), sqlite_where=sa.text("status IN ('pending') AND digest_id IS NULL"))
    op.drop_table('deliveries')
    op.drop_index('ix_delegates_request', table_name='delegates')
    op.drop_table('delegates')
    op.drop_index('uq_decisions_prepared', table_name='decisions', postgresql_where=sa.text('signed_at IS NULL AND dropped_at IS NULL'), sqlite_where=sa.text('signed_at IS NULL AND dropped_at IS NULL'))
    op.drop_index('uq_decisions_amends', table_name='decisions', postgresql_where=sa.text('signed_at IS NOT NULL'), sqlite_where=sa.text('signed_at IS NOT NULL'))
    op.drop_index(op.f('ix_decisions_request_id'), table_name='decisions')
    op.drop_table('decisions')
    op.drop_index('uq_consents_standing', table_name='consents', postgresql_where=sa.text('revoked_at IS NULL'), sqlite_where=sa.text('revoked_at IS NULL'))
    op.drop_index('ix_consents_audience', table_name='consents')
    op.drop_table('consents')
    op.drop_index(op.f('ix_co_drafters_person_id'), table_name='co_drafters')
    op.drop_table('co_drafters')
    op.drop_index(op.f('ix_clarifications_request_id'), table_name='clarifications')
    op.drop_table('clarifications')
    op.drop_index(op.f('ix_budget_lines_request_id'), table_name='budget_lines')
    op.drop_table('budget_lines')
    op.drop_index(op.f('ix_beneficiaries_request_id'), table_name='beneficiaries')
    op.drop_table('beneficiaries')
    op.drop_index(op.f('ix_attachments_request_id'), table_name='attachments')
    op.drop_table('attachments')
    op.drop_index('ix_allocations_status', table_name='allocations')
    op.drop_index('ix_allocations_request', table_name='allocations')
    op.drop_index('ix_allocations_pledge', table_name='allocations')
    op.drop_table('allocations')
    op.drop_index(op.f('ix_activities_request_id'), table_name='activities')
    op.drop_table('activities')
    op.drop_index('ix_account_requests_status', table_name='account_requests')
    op.drop_table('account_requests')
    op.drop_index('uq_memberships_one_at_a_time', table_name='memberships', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
    op.drop_index('ix_memberships_organisation', table_name='memberships')
    op.drop_table('memberships')
    op.drop_index('ix_instalments_pledge', table_name='instalments')
    op.drop_index('ix_instalments_due', table_name='instalments')
    op.drop_table('instalments')
    op.drop_index('ix_earmarks_pledge', table_name='earmarks')
    op.drop_table('earmarks')
    op.drop_index('ix_requests_submitted', table_name='assistance_requests')
    op.drop_index('ix_requests_status_since', table_name='assistance_requests')
    op.drop_index('ix_requests_session', table_name='assistance_requests')
    op.drop_index('ix_requests_reference_order', table_name='assistance_requests')
    op.drop_index('ix_requests_organisation', table_name='assistance_requests')
    op.drop_index('ix_requests_open_due', table_name='assistance_requests', postgresql_where=sa.text("status IN ('submitted','in_review','clarification','accepted','in_implementation')"), sqlite_where=sa.text("status IN ('submitted','in_review','clarification','accepted','in_implementation')"))
    op.drop_index('ix_requests_officer', table_name='assistance_requests')
    op.drop_index('ix_requests_due', table_name='assistance_requests')
    op.drop_index('ix_requests_decided', table_name='assistance_requests', postgresql_where=sa.text('decision_id IS NOT NULL'), sqlite_where=sa.text('decision_id IS NOT NULL'))
    op.drop_index(op.f('ix_assistance_requests_office_id'), table_name='assistance_requests')
    op.drop_index(op.f('ix_assistance_requests_drafter_id'), table_name='assistance_requests')
    op.drop_table('assistance_requests')
    op.drop_table('acts')
    op.drop_index('ix_pledges_status', table_name='pledges')
    op.drop_index('ix_pledges_organisation_status', table_name='pledges')
    op.drop_table('pledges')
    op.drop_table('offices')
    op.drop_table('donor_interests')
    op.drop_index(op.f('ix_sessions_starts_on'), table_name='sessions')
    op.drop_index(op.f('ix_sessions_country_iso3'), table_name='sessions')
    op.drop_index(op.f('ix_sessions_airport_iata'), table_name='sessions')
    op.drop_table('sessions')
    op.drop_table('saved_views')
    op.drop_table('queue_exports')
    op.drop_table('question_templates')
    op.drop_table('preferences')
    op.drop_index(op.f('ix_password_resets_person_id'), table_name='password_resets')
    op.drop_table('password_resets')
    op.drop_index('ix_organisations_kind', table_name='organisations')
    op.drop_table('organisations')
    op.drop_index('ix_jobs_owner', table_name='jobs')
    op.drop_index('ix_jobs_open', table_name='jobs', sqlite_where=sa.text("status IN ('queued', 'running')"), postgresql_where=sa.text("status IN ('queued', 'running')"))
    op.drop_table('jobs')
    op.drop_table('import_runs')
    op.drop_table('event_links')
    op.drop_table('dispatches')
    op.drop_index(op.f('ix_states_regional_group'), table_name='states')
    op.drop_table('states')
    op.drop_index('ix_sign_in_attempts_email', table_name='sign_in_attempts')
    op.drop_index('ix_sign_in_attempts_at', table_name='sign_in_attempts')
    op.drop_index('ix_sign_in_attempts_address', table_name='sign_in_attempts')
    op.drop_table('sign_in_attempts')
    op.drop_table('search_entries')
    op.drop_table('reference_counters')
    op.drop_index('ix_people_demonstration', table_name='people', sqlite_where=sa.text('demonstration'), postgresql_where=sa.text('demonstration'))
    op.drop_table('people')
    op.drop_table('marks')
    op.drop_index(op.f('ix_idempotency_keys_created_at'), table_name='idempotency_keys')
    op.drop_table('idempotency_keys')
    op.drop_index('uq_holidays_in_force', table_name='holidays', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
    op.drop_table('holidays')
    op.drop_index('ix_files_subject', table_name='files')
    op.drop_table('files')
    op.drop_table('existing_projects')
    op.drop_index('uq_exchange_rates_open', table_name='exchange_rates', sqlite_where=sa.text('ended_on IS NULL'), postgresql_where=sa.text('ended_on IS NULL'))
    op.drop_index('ix_exchange_rates_currency', table_name='exchange_rates')
    op.drop_table('exchange_rates')
    op.drop_index('ix_events_subject', table_name='events')
    op.drop_index('ix_events_organisation', table_name='events')
    op.drop_index(op.f('ix_events_at'), table_name='events')
    op.drop_index('ix_events_actor', table_name='events')
    op.drop_table('events')
    op.drop_index(op.f('ix_dsa_rates_airport_iata'), table_name='dsa_rates')
    op.drop_table('dsa_rates')
    op.drop_table('dispatch_marks')
    op.drop_index('uq_dated_settings_open', table_name='dated_settings', sqlite_where=sa.text('ended_on IS NULL'), postgresql_where=sa.text('ended_on IS NULL'))
    op.drop_index('ix_dated_settings_name', table_name='dated_settings')
    op.drop_table('dated_settings')
    op.drop_index('uq_clock_rules_open', table_name='clock_rules', sqlite_where=sa.text('ended_on IS NULL'), postgresql_where=sa.text('ended_on IS NULL'))
    op.drop_index('ix_clock_rules_clock', table_name='clock_rules')
    op.drop_table('clock_rules')
    op.drop_index(op.f('ix_areas_parent'), table_name='areas')
    op.drop_table('areas')
    op.drop_index(op.f('ix_airports_country_iso3'), table_name='airports')
    op.drop_table('airports')


# As `make migration` wrote it: 8e9d41fb6ee6dd59
