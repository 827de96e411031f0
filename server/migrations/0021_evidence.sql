-- 存证: acts and files become leaves of an append-only Merkle log. The tree lies in tiles beside the database; here stand its
-- entries and what each is of.
create schema evidence;
grant usage on schema evidence to :app;

-- The log takes rows in the order of the transactions that wrote them, and only such as no open transaction may still precede.
alter table base.act add column written_in xid8 not null default pg_current_xact_id();
create index on base.act (written_in, id);
alter table base.file_use add column used_in xid8 not null default pg_current_xact_id();
create index on base.file_use (used_in, file_id, case_id);

create table evidence.entry (
  seq       bigint primary key,
  kind      text not null check (kind in ('act', 'file')),
  -- No foreign key: the log would lock cases, in another order than the acts that wait for it. The act and the file have one.
  case_id   uuid not null,
  act_id    bigint unique references base.act,
  file_id   uuid references base.file,
  -- Destroyed to forget: the entry stays, and nobody can show any more what it was of.
  salt      bytea,
  sha256    bytea not null,
  sm3       bytea not null,
  logged_at timestamptz not null,
  unique (file_id, case_id),
  check ((kind = 'act') = (act_id is not null) and (kind = 'file') = (file_id is not null))
);
create index on evidence.entry (case_id, seq);
select base.wall('evidence.entry', 'case_id', replace(':app', '"', ''));
-- An entry is written once; only its salt can be taken from it.
revoke update, delete on evidence.entry from :app;
grant update (salt) on evidence.entry to :app;

-- no wall: evidence.log: one row: how far the log has come
create table evidence.log (
  one      boolean primary key default true check (one),
  origin   text not null,
  size     bigint not null default 0,
  -- Up to where acts and files have been taken.
  act_in   xid8 not null default '0',
  act_id   bigint not null default 0,
  use_in   xid8 not null default '0',
  use_file uuid not null default '00000000-0000-0000-0000-000000000000',
  use_case uuid not null default '00000000-0000-0000-0000-000000000000'
);
grant select, insert, update on evidence.log to :app;
