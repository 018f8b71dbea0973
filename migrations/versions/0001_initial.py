"""The whole schema as the models describe it; `make migration` writes this file."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
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
    sa.Column('role', sa.String(length=20), nullable=False),
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
    sa.CheckConstraint("kind IN ('pdf', 'png', 'jpeg', 'docx', 'xlsx', 'odt', 'csv', 'txt', 'xml', 'json')", name=op.f('ck_files_kind_known')),
    sa.CheckConstraint('size >= 0', name=op.f('ck_files_size')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_files')),
    sa.UniqueConstraint('public_id', name=op.f('uq_files_public_id')),
    sa.UniqueConstraint('stored_as', name=op.f('uq_files_stored_as'))
    )
    op.create_index('ix_files_subject', 'files', ['subject_type', 'subject_id'], unique=False)
    op.create_table('holidays',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
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
    op.create_table('offices',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('is_authority', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('foreign_ministry', 'mission', 'embassy', 'ministry', 'agency', 'unit')", name=op.f('ck_offices_kind_known')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_offices_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offices')),
    sa.UniqueConstraint('organisation_id', 'name', name=op.f('uq_offices_organisation_id_name')),
    sa.UniqueConstraint('public_id', name=op.f('uq_offices_public_id'))
    )
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
    sa.UniqueConstraint('public_id', name=op.f('uq_account_requests_public_id'))
    )
    op.create_index('ix_account_requests_status', 'account_requests', ['status', 'id'], unique=False)
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


def downgrade() -> None:
    op.drop_table('account_request_people')
    op.drop_index('ix_web_sessions_person', table_name='web_sessions')
    op.drop_table('web_sessions')
    op.drop_index('ix_membership_roles_role', table_name='membership_roles')
    op.drop_table('membership_roles')
    op.drop_index('uq_invitations_one_open', table_name='invitations', sqlite_where=sa.text('accepted_at IS NULL AND revoked_at IS NULL'), postgresql_where=sa.text('accepted_at IS NULL AND revoked_at IS NULL'))
    op.drop_table('invitations')
    op.drop_index('ix_account_requests_status', table_name='account_requests')
    op.drop_table('account_requests')
    op.drop_index('uq_memberships_one_at_a_time', table_name='memberships', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
    op.drop_index('ix_memberships_organisation', table_name='memberships')
    op.drop_table('memberships')
    op.drop_table('offices')
    op.drop_index(op.f('ix_sessions_starts_on'), table_name='sessions')
    op.drop_index(op.f('ix_sessions_country_iso3'), table_name='sessions')
    op.drop_index(op.f('ix_sessions_airport_iata'), table_name='sessions')
    op.drop_table('sessions')
    op.drop_index(op.f('ix_password_resets_person_id'), table_name='password_resets')
    op.drop_table('password_resets')
    op.drop_index('ix_organisations_kind', table_name='organisations')
    op.drop_table('organisations')
    op.drop_index('ix_jobs_owner', table_name='jobs')
    op.drop_index('ix_jobs_open', table_name='jobs', sqlite_where=sa.text("status IN ('queued', 'running')"), postgresql_where=sa.text("status IN ('queued', 'running')"))
    op.drop_table('jobs')
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
