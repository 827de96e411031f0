-- The tools every room uses: subjects, cases, acts, holds, timers, hearings, files, messages, sessions, the clock.
-- The application's role owns nothing. What it may do is granted below; what it may see is cut by reach.
create schema base;

-- Who is asking: set once in a transaction by base.enter, read by every policy.
create function base.enter(keys text[]) returns void language sql
  as $$ select set_config('plumbline.keys', keys::text, true) $$;
create function base.keys() returns text[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('plumbline.keys', true), ''), '{}')::text[] $$;

-- The legal clock: the machine's clock plus an offset that only a demo county can have.
create table base.clock (
  one       boolean primary key default true check (one),
  offset_ms bigint not null default 0,
  -- A jump of the clock runs what fell due inside it at its own legal time.
  jump_from timestamptz,
  jump_to   timestamptz,
  demo      boolean not null default false,
  ever_demo boolean not null default false
);
insert into base.clock default values;

-- Facts of this installation: the county, the authority's name and its document word, the town polygons.
create table base.setting (name text primary key, value jsonb not null);

-- Document numbers: no gaps, one series for each kind and year.
create table base.serial (kind text, year int, last int not null, primary key (kind, year));

-- Regional overrides of the dated rules in core/law. A rule is superseded, never changed.
create table base.rule (
  id uuid primary key, code text not null, value jsonb not null, unit text not null, clause text not null,
  source text not null, "from" date not null, "to" date, region text not null, case_id uuid not null
);
create index on base.rule (code);

-- What holds and assignments stand on: projects, units, people, devices.
create table base.subject (
  id       uuid primary key,
  kind     text not null check (kind in ('project', 'org', 'person', 'device')),
  name     text not null,
  district text not null,
  reach    text[] not null,
  -- Conclusions of higher rooms (status, grade, tier), with the act that caused each.
  standing jsonb not null default '{}'
);
create index on base.subject using gin (reach);

create table base.assignment (
  person_id  uuid not null,
  subject_id uuid not null references base.subject,
  lead       boolean not null default false,
  since      timestamptz not null,
  until      timestamptz,
  primary key (person_id, subject_id, since)
);
create unique index on base.assignment (person_id, subject_id) where until is null;
create index on base.assignment (subject_id) where until is null;

-- One row for each statutory procedure, whichever room it belongs to. It is derived from the room's record by head().
create table base.case (
  id         uuid primary key,
  room       text not null,
  number     text,
  title      text not null,
  state      text not null,
  open       boolean not null,
  project_id uuid,
  parties    uuid[] not null default '{}',
  reach      text[] not null,
  waits      text[] not null default '{}',
  since      timestamptz not null,
  due        timestamptz,
  tier       text not null default 'calm' check (tier in ('calm', 'yellow', 'red')),
  words      text[] not null default '{}',
  opened_at  timestamptz not null,
  closed_at  timestamptz
-- Room on the page: a step that moves neither words nor reach leaves the indexes alone.
) with (fillfactor = 75);
create unique index case_number on base.case (room, number);
create index on base.case (project_id, room);
create index on base.case using gin (words) with (fastupdate = off);
create index on base.case using gin (reach) with (fastupdate = off);

-- The same cases by key, in the order a list shows them: `&&` is not leakproof, so a list under the policy alone scans.
create table base.reach (
  key     text not null,
  room    text not null,
  open    boolean not null,
  due     timestamptz not null default 'infinity',
  case_id uuid not null references base.case on delete cascade
);
create index reach_order on base.reach (key, room, open, due, case_id);
create index reach_inbox on base.reach (key, due, case_id) where open and key like 'w:%';
create index on base.reach (case_id);

-- Every official act, once: the evidence, the history a page shows, the event other rooms hear. Insert only.
create table base.act (
  id         bigint generated always as identity primary key,
  request_id uuid not null unique,
  digest     text not null,
  topic      text not null,
  case_id    uuid not null references base.case deferrable initially deferred,
  from_state text,
  to_state   text not null,
  actor_id   uuid,
  actor_name text not null,
  capacity   text not null,
  org_id     uuid,
  input      jsonb not null,
  change     jsonb not null default '{}',
  rules      jsonb not null default '[]',
  origin     text,
  caused_by  bigint references base.act,
  done_at    timestamptz not null,
  written_at timestamptz not null default clock_timestamp()
);
create index on base.act (case_id, id);
create index on base.act (topic, id);

-- Who still has to hear an act. In order for each case and listener; a poisoned one stops nobody else.
create table base.hearing (
  act_id   bigint not null references base.act,
  listener text not null,
  case_id  uuid not null,
  done_at  timestamptz,
  tries    int not null default 0,
  next_try timestamptz not null default now(),
  error    text,
  primary key (act_id, listener)
);
create index on base.hearing (next_try) where done_at is null;
create index on base.hearing (case_id, listener, act_id) where done_at is null;

-- Steps the clock carries out. At most one of a kind waits for a case.
create table base.timer (
  case_id uuid not null references base.case on delete cascade,
  room    text not null,
  action  text not null,
  at      timestamptz not null,
  tries   int not null default 0,
  error   text,
  primary key (case_id, action)
) with (fillfactor = 75);
create index on base.timer (at, room, action);

create table base.hold (
  id         uuid primary key,
  subject_id uuid not null references base.subject,
  effect     text not null,
  case_id    uuid not null references base.case,
  clause     text not null,
  item       text not null,
  placed_at  timestamptz not null,
  lifted_at  timestamptz
);
create unique index hold_once on base.hold (subject_id, effect, case_id) where lifted_at is null;
create index on base.hold (case_id);

-- Uploaded and printed files: content-addressed bytes lie on disk, the facts here.
create table base.file (
  id         uuid primary key,
  sha256     text not null,
  type       text not null,
  name       text not null,
  size       bigint not null,
  width      int,
  height     int,
  taken_at   timestamptz,
  lon        double precision,
  lat        double precision,
  device     text,
  -- What the phone said when it uploaded, apart from what the picture itself says.
  told       jsonb not null default '{}',
  created_by uuid,
  created_at timestamptz not null
);
create index on base.file (sha256);
create table base.file_use (
  file_id uuid not null references base.file,
  case_id uuid not null references base.case,
  primary key (file_id, case_id)
);
create index on base.file_use (case_id);

-- Messages to people. The recipient is a key: one person, a unit's people on a project, the officers assigned.
create table base.message (
  id         uuid primary key,
  recipient  text not null,
  case_id    uuid not null references base.case,
  kind       text not null,
  level      text not null,
  title      text not null,
  body       text not null,
  created_at timestamptz not null,
  escalate_at timestamptz,
  escalated  boolean not null default false,
  unique (case_id, kind, level, recipient)
);
create index on base.message (recipient, created_at desc);
create index on base.message (escalate_at) where not escalated;
create table base.message_read (
  message_id uuid not null references base.message,
  person_id  uuid not null,
  read_at    timestamptz not null,
  primary key (message_id, person_id)
);

create table base.session (
  token_hash     text primary key,
  account_id     uuid not null,
  appointment_id uuid,
  created_at     timestamptz not null,
  seen_at        timestamptz not null,
  address        text not null,
  agent          text not null,
  revoked_at     timestamptz
);
create index on base.session (account_id, seen_at);
create table base.sign_in_failure (
  subject  text primary key,
  failures int not null,
  last_at  timestamptz not null
);

-- base.reach is never written by hand: it follows base.case. Its owner writes it, so that a party's act can move rows of
-- keys that the party does not hold.
create function base.follow_case() returns trigger language plpgsql security definer set search_path = base, pg_temp as $$
declare moved uuid[];
begin
  if tg_op = 'UPDATE' then
    moved := array(select a.id from after_rows a join before_rows b using (id)
      where (a.reach, a.waits, a.open, a.due, a.room) is distinct from (b.reach, b.waits, b.open, b.due, b.room));
    if moved = '{}' then return null; end if;
    delete from base.reach where case_id = any(moved);
    insert into base.reach (key, room, open, due, case_id)
      select key, a.room, a.open, coalesce(a.due, 'infinity'), a.id
      from after_rows a, unnest(a.reach || a.waits) key where a.id = any(moved);
  else
    insert into base.reach (key, room, open, due, case_id)
      select key, a.room, a.open, coalesce(a.due, 'infinity'), a.id from after_rows a, unnest(a.reach || a.waits) key;
  end if;
  return null;
end $$;

create function base.only_insert() returns trigger language plpgsql as $$
begin raise exception 'base.act is written once'; end $$;
create trigger act_once before update or delete on base.act for each row execute function base.only_insert();

-- Search by bigrams and pinyin initials. `@>` is not leakproof, so it must run before the policy; this is the one narrow
-- door that does so, and it repeats reach.
create function base.search(wanted text[], in_rooms text[], at_most int) returns setof uuid
  language sql stable security definer set search_path = base, pg_temp
  as $$ select id from base.case where words @> wanted and reach && base.keys() and room = any(in_rooms)
        order by open desc, since desc, id limit at_most $$;

-- A hold binds also those who do not see its subject or its case: the lock and the look go behind the wall.
create function base.lock_subjects(ids uuid[], exclusive boolean) returns void
  language plpgsql security definer set search_path = base, pg_temp as $$
declare found int;
begin
  if exclusive then
    perform 1 from base.subject where id = any(ids) order by id for update;
  else
    perform 1 from base.subject where id = any(ids) order by id for share;
  end if;
  get diagnostics found = row_count;
  if found <> (select count(distinct one) from unnest(ids) one) then raise exception 'a subject to lock is not there'; end if;
end $$;
create function base.holds_on(ids uuid[]) returns table (id uuid, "subjectId" uuid, effect text, "caseId" uuid, room text, number text,
    title text, clause text, item text, "placedAt" timestamptz)
  language sql stable security definer set search_path = base, pg_temp
  as $$ select h.id, h.subject_id, h.effect, h.case_id, c.room, c.number, c.title, h.clause, h.item, h.placed_at
        from base.hold h join base.case c on c.id = h.case_id
        where h.subject_id = any(ids) and h.lifted_at is null order by h.placed_at, h.id $$;

-- The projects an officer is assigned to now: asked before anybody is known, to know what he reaches.
create function base.assigned(person uuid) returns uuid[] language sql stable security definer set search_path = base, pg_temp
  as $$ select coalesce(array_agg(subject_id order by subject_id), '{}') from base.assignment where person_id = person and until is null $$;

-- Whether anything exists yet: told to the first administrator's page, which nobody may see twice.
create function base.is_empty() returns boolean language sql stable security definer set search_path = base, pg_temp
  as $$ select not exists (select 1 from base.session) and not exists (select 1 from base.act) $$;

create trigger case_inserted after insert on base.case
  referencing new table as after_rows for each statement execute function base.follow_case();
create trigger case_updated after update on base.case
  referencing new table as after_rows old table as before_rows for each statement execute function base.follow_case();

-- The wall.
do $$
declare
  policies text[][] := array[
    ['case', 'reach && (select base.keys())'],
    ['subject', 'reach && (select base.keys())'],
    ['reach', 'key = any((select base.keys())::text[])'],
    ['act', '(select true from base.case c where c.id = case_id)'],
    ['hold', '(select true from base.case c where c.id = case_id) or (select true from base.subject s where s.id = subject_id)'],
    ['timer', '(select true from base.case c where c.id = case_id)'],
    ['file', '(''u:'' || created_by) = any((select base.keys())::text[]) or exists (select 1 from base.file_use u where u.file_id = id) or ''d:'' = any((select base.keys())::text[])'],
    ['file_use', '(select true from base.case c where c.id = case_id)'],
    ['message', 'recipient = any((select base.keys())::text[]) or ''d:'' = any((select base.keys())::text[])'],
    ['message_read', '(''u:'' || person_id) = any((select base.keys())::text[]) or ''d:'' = any((select base.keys())::text[])'],
    ['assignment', 'exists (select 1 from base.subject s where s.id = subject_id) or (''u:'' || person_id) = any((select base.keys())::text[])']
  ];
  pair text[];
begin
  foreach pair slice 1 in array policies loop
    execute format('alter table base.%I enable row level security', pair[1]);
    execute format('alter table base.%I force row level security', pair[1]);
    execute format('create policy owner on base.%I to %I using (true) with check (true)', pair[1], current_user);
    execute format('create policy reach on base.%I for select to public using (%s)', pair[1], pair[2]);
  end loop;
end $$;
-- Writing: a case stays within the writer's reach; messages and uses may go to others.
create policy opened on base.case for insert to public with check (reach && (select base.keys()));
create policy changed on base.case for update to public using (reach && (select base.keys())) with check (reach && (select base.keys()));
create policy opened on base.subject for insert to public with check (reach && (select base.keys()));
create policy changed on base.subject for update to public using (reach && (select base.keys())) with check (reach && (select base.keys()));
create policy done on base.act for insert to public with check ((select true from base.case c where c.id = case_id));
create policy placed on base.hold for insert to public with check (true);
create policy lifted on base.hold for update to public using ((select true from base.case c where c.id = case_id));
create policy set_at on base.timer for insert to public with check ((select true from base.case c where c.id = case_id));
create policy moved on base.timer for update to public using ((select true from base.case c where c.id = case_id));
create policy taken on base.timer for delete to public using ((select true from base.case c where c.id = case_id));
create policy uploaded on base.file for insert to public with check (true);
create policy used on base.file_use for insert to public with check ((select true from base.case c where c.id = case_id));
create policy sent on base.message for insert to public with check (true);
create policy escalated on base.message for update to public using ('d:' = any((select base.keys())::text[]));
create policy marked on base.message_read for insert to public with check (('u:' || person_id) = any((select base.keys())::text[]));
create policy given on base.assignment for insert to public with check (exists (select 1 from base.subject s where s.id = subject_id));
create policy ended on base.assignment for update to public using (exists (select 1 from base.subject s where s.id = subject_id));

-- What the application may do. It owns nothing, and can neither change nor remove an act.
grant usage on schema base to :app;
grant select, insert on base.act, base.file, base.file_use, base.message_read, base.rule to :app;
grant select, insert, update on base.clock, base.setting, base.serial, base.subject, base.assignment, base.case, base.hearing,
  base.hold, base.message, base.session, base.sign_in_failure to :app;
grant select, insert, update, delete on base.timer to :app;
grant select on base.reach to :app;
grant delete on base.sign_in_failure, base.session to :app;

-- Puts a room's table behind the same wall: its rows are seen and changed by those who reach the case named in a column.
create function base.wall(target regclass, case_column text, app text) returns void language plpgsql as $$
declare
  -- The column is named with its table: a bare `id` would mean the case's own, and the wall would stand open.
  -- A scalar subselect, because `exists` may be planned as a hash of every case there is.
  test text := format('(select true from base.case c where c.id = %s.%I)', target, case_column);
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy owner on %s to %I using (true) with check (true)', target, current_user);
  execute format('create policy reach on %s using (%s) with check (%s)', target, test, test);
  execute format('grant select, insert, update, delete on %s to %I', target, app);
end $$;
revoke execute on function base.wall(regclass, text, text) from public;
