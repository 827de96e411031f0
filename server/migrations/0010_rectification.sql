-- Legal orders and their items. Items are rows of their own: the hazard ledger lists items, not notices.
create schema rectification;

create table rectification.notice (
  id               uuid primary key references base.case,
  state            text not null,
  kind             text not null,
  number           text unique,
  project_id       uuid not null,
  project_name     text not null,
  address          text not null,
  permit_no        text,
  district         text not null,
  site             jsonb,
  inspection_id    uuid,
  found_on         date not null,
  org_id           uuid not null,
  org_name         text not null,
  org_role         text not null,
  supervision_id   uuid,
  supervision_name text,
  owner_id         uuid,
  owner_name       text,
  officers         jsonb not null,
  scope            text not null,
  basis            jsonb not null,
  protection       jsonb not null,
  resume_when      jsonb not null,
  drafted_at       timestamptz not null,
  issued_at        timestamptz,
  served_at        timestamptz,
  service          jsonb,
  yellow_at        timestamptz,
  red_at           timestamptz,
  tier             text not null,
  yellowed_at      timestamptz,
  locked_at        timestamptz,
  closed_at        timestamptz,
  withdrawn        jsonb,
  reopenings       jsonb not null,
  resume_opinion   jsonb,
  resumed          jsonb,
  paper_id         uuid,
  resume_paper_id  uuid
);
create index on rectification.notice (drafted_at desc, id desc);
create index on rectification.notice (issued_at desc, id desc) where issued_at is not null;
create index on rectification.notice (project_id);
create index on rectification.notice (org_id);
create index on rectification.notice (inspection_id);

create table rectification.item (
  notice_id     uuid not null references rectification.notice,
  id            uuid not null,
  position      int not null,
  finding_id    uuid,
  item_code     text,
  text          text not null,
  clause        text not null,
  severity      text not null,
  requirement   text not null,
  days          int,
  photos        jsonb not null,
  point         jsonb,
  state         text not null,
  due           timestamptz,
  warn_at       timestamptz,
  warned_at     timestamptz,
  accepted_at   timestamptz,
  extensions    jsonb not null,
  rounds        jsonb not null,
  visit_ordered jsonb,
  visits        jsonb not null,
  -- False once the notice is withdrawn: its findings may then be ordered anew.
  standing      boolean not null,
  primary key (notice_id, id)
);
-- One finding is ordered once, whoever drafts at the same moment.
create unique index item_finding_once on rectification.item (finding_id) where finding_id is not null and standing;

grant usage on schema rectification to :app;
select base.wall('rectification.notice', 'id', replace(':app', '"', ''));
select base.wall('rectification.item', 'notice_id', replace(':app', '"', ''));
