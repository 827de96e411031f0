-- Durable ingest: a frame is one row. What pages and detectors read by quantity are views of these rows.
drop table telemetry.reading;
drop table telemetry.latest;
drop function telemetry.make_day(date);

-- The quantities of a frame in their order, so that no row repeats their names.
-- no wall: telemetry.layout: names of quantities; nobody's rows
create table telemetry.layout (
  id         int generated always as identity primary key,
  span       text not null,
  quantities text[] not null,
  unique (span, quantities)
);

-- What a device measured at one moment. A reading counts once, whatever the network does: of one device, span and moment
-- there is one row, and what a second frame says of the same moment is added to it (packets.ts).
create table telemetry.packet (
  device_id   uuid not null,
  at          timestamptz not null,
  received_at timestamptz not null,
  layout      int not null,
  span        "char" not null,
  -- A letter for each value, blank for none; null when every value is normal (N).
  marks       text,
  measured    double precision[] not null,
  primary key (device_id, span, at)
) partition by range (at);

-- Of each device and layout the newest values, and when each was last normal: kept for ever, one row rewritten in place.
create table telemetry.newest (
  device_id   uuid not null references device.device,
  layout      int not null,
  at          timestamptz not null,
  received_at timestamptz not null,
  marks       text,
  measured    double precision[] not null,
  -- '-infinity' for never.
  normal_at   timestamptz[] not null,
  primary key (device_id, layout)
) with (fillfactor = 70);

-- What happened on site and is no value: an exit, a passage, an intrusion, a lift, a place.
create table telemetry.event (
  device_id   uuid not null references device.device,
  kind        text not null,
  at          timestamptz not null,
  id          text not null,
  body        jsonb not null,
  received_at timestamptz not null,
  primary key (device_id, kind, at, id)
);

-- Frames whose time cannot be: nothing of them is stored, and the list says why.
create table telemetry.quarantine (
  device_id uuid not null references device.device,
  at        timestamptz not null,
  verdict   text not null check (verdict in ('in_future', 'too_old')),
  heard_at  timestamptz not null,
  primary key (device_id, at)
);
create index on telemetry.quarantine (heard_at);

-- Hours that were over when data for them still came: their means are made anew.
create table telemetry.reopened (
  device_id uuid not null references device.device,
  hour      timestamptz not null,
  marked_at timestamptz not null,
  primary key (device_id, hour)
);
create index on telemetry.reopened (marked_at);

-- Raw bytes in both directions, by day of hearing: each row a frame and what was answered to it.
drop table device.conversation;
create sequence device.conversation_id;
create table device.conversation (
  id        bigint not null default nextval('device.conversation_id'),
  device_id uuid not null,
  at        timestamptz not null,
  way       text not null check (way in ('in', 'out', 'note')),
  verdict   text not null,
  verified  boolean not null,
  raw       bytea not null,
  answers   bytea[],
  fault     jsonb
) partition by range (at);
create index on device.conversation (device_id, id desc);

-- A line changes with every frame: no index on what changes, and room on the page.
drop index device.line_freshness_fresh_at_idx;
alter table device.line set (fillfactor = 70);

-- The rows of a batch come as one parameter in binary form. COPY is refused under row security, and a temporary stage
-- for it costs more than it spares.
create type telemetry.packet_told as (place int, device_id uuid, span "char", at timestamptz, received_at timestamptz, layout int,
  marks text, measured double precision[]);
create type telemetry.newest_told as (device_id uuid, layout int, at timestamptz, received_at timestamptz, marks text,
  measured double precision[], normal_at timestamptz[]);
create type device.line_told as (device_id uuid, address text, heard_at timestamptz, fresh_at timestamptz, good int, bad int,
  refused int, quarantined int, duplicates int, skew_millis double precision);
create type device.conversation_told as (device_id uuid, at timestamptz, way text, verdict text, verified boolean, raw bytea,
  answers bytea[], fault text);

-- A day of Asia/Shanghai. The application owns nothing, so the owner makes the partition for it; readers get no grant on
-- it. A day is dropped only when it is over for three days: the longest that late data is taken.
create function base.make_day(parent regclass, day date) returns void language plpgsql as $$
declare
  one text := (select relname from pg_class where oid = parent) || '_' || to_char(day, 'YYYYMMDD');
  home text := (select relnamespace::regnamespace::text from pg_class where oid = parent);
begin
  perform pg_advisory_xact_lock(212008);
  execute format('create table if not exists %I.%I partition of %s for values from (%L) to (%L)', home, one, parent,
    day::timestamp at time zone 'Asia/Shanghai', (day + 1)::timestamp at time zone 'Asia/Shanghai');
end $$;
create function base.drop_days(parent regclass, before date) returns int language plpgsql as $$
declare
  today date := ((select now() + offset_ms * interval '1 millisecond' from base.clock) at time zone 'Asia/Shanghai')::date;
  one record;
  dropped int := 0;
begin
  perform pg_advisory_xact_lock(212008);
  for one in select c.relname, c.relnamespace::regnamespace as home from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = parent and to_date(right(c.relname, 8), 'YYYYMMDD') < least(before, today - 3) order by 1
  loop
    execute format('drop table %s.%I', one.home, one.relname);
    dropped := dropped + 1;
  end loop;
  return dropped;
end $$;
revoke execute on function base.make_day(regclass, date), base.drop_days(regclass, date) from public;

create function telemetry.make_day(day date) returns void language sql security definer set search_path = telemetry, pg_temp
  as $$ select base.make_day('telemetry.packet', day) $$;
create function telemetry.drop_days(before date) returns int language sql security definer set search_path = telemetry, pg_temp
  set lock_timeout = '2s' as $$ select base.drop_days('telemetry.packet', before) $$;
create function device.make_day(day date) returns void language sql security definer set search_path = device, pg_temp
  as $$ select base.make_day('device.conversation', day) $$;
create function device.drop_days(before date) returns int language sql security definer set search_path = device, pg_temp
  set lock_timeout = '2s' as $$ select base.drop_days('device.conversation', before) $$;
revoke execute on function telemetry.make_day(date), telemetry.drop_days(date), device.make_day(date), device.drop_days(date) from public;

-- A gateway knows its devices by heart: it is told when one of them, or its password, changes.
create function device.tell_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('plumbline_device', case tg_table_name when 'secret' then to_jsonb(new) ->> 'device_id' else to_jsonb(new) ->> 'id' end);
  return null;
end $$;
create trigger device_changed after update on device.device for each row execute function device.tell_changed();
create trigger secret_changed after insert or update on device.secret for each row execute function device.tell_changed();

grant select, insert on telemetry.layout to :app;
grant usage on sequence device.conversation_id to :app;
grant execute on function telemetry.make_day(date), telemetry.drop_days(date), device.make_day(date), device.drop_days(date) to :app;
select base.wall('telemetry.event', 'device_id', replace(':app', '"', ''));
select base.wall('telemetry.quarantine', 'device_id', replace(':app', '"', ''));
select base.wall('telemetry.reopened', 'device_id', replace(':app', '"', ''));

-- The wall of what is written with every frame. 'd:' reaches every case and is asked once for a statement, where the
-- other walls ask for every row; nobody else writes here.
drop policy reach on device.line;
do $$
declare
  target text;
  all_of_it constant text := '(select ''d:'' = any(base.keys()))';
begin
  foreach target in array array['telemetry.packet', 'telemetry.newest', 'device.conversation', 'device.line'] loop
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format('create policy reach on %s for select using (%s or (select true from base.case c where c.id = %s.device_id))',
      target, all_of_it, target);
    execute format('create policy kept on %s for insert with check (%s)', target, all_of_it);
    execute format('create policy rewritten on %s for update using (%s) with check (%s)', target, all_of_it, all_of_it);
    if target <> 'device.line' then
      execute format('create policy owner on %s to %I using (true) with check (true)', target, current_user);
    end if;
  end loop;
end $$;
grant select, insert, update on telemetry.packet, telemetry.newest to :app;
grant select, insert on device.conversation to :app;

create view telemetry.reading with (security_invoker = true) as
  select p.device_id, q.quantity, l.span, p.at, p.measured[q.place] as value,
    case when p.marks is null then 'N' else nullif(substr(p.marks, q.place::int, 1), ' ') end as flag, p.received_at
  from telemetry.packet p join telemetry.layout l on l.id = p.layout
  cross join lateral unnest(l.quantities) with ordinality q(quantity, place);

create view telemetry.latest with (security_invoker = true) as
  select distinct on (device_id, quantity) device_id, quantity, at, value, flag, received_at,
    nullif(max(normal_at) over (partition by device_id, quantity), '-infinity') as normal_at
  from (
    select n.device_id, q.quantity, n.at, n.measured[q.place] as value,
      case when n.marks is null then 'N' else nullif(substr(n.marks, q.place::int, 1), ' ') end as flag,
      n.received_at, n.normal_at[q.place] as normal_at
    from telemetry.newest n join telemetry.layout l on l.id = n.layout
    cross join lateral unnest(l.quantities) with ordinality q(quantity, place)) each
  order by device_id, quantity, at desc, received_at desc;
grant select on telemetry.reading, telemetry.latest to :app;
