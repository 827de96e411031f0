-- Readings by day, last values, what is watched, alarms and the commands they cause.
create schema telemetry;

create table telemetry.reading (
  device_id   uuid not null,
  quantity    text not null,
  span        text not null,
  at          timestamptz not null,
  value       double precision not null,
  flag        text,
  received_at timestamptz not null,
  -- A reading counts once, whatever the network does.
  primary key (device_id, quantity, span, at)
) partition by range (at);

-- A day of Asia/Shanghai. The application owns nothing, so the owner makes the partition for it; readers get no grant on it.
create function telemetry.make_day(day date) returns void language plpgsql security definer
  set search_path = telemetry, pg_temp as $$
begin
  perform pg_advisory_xact_lock(212008);
  execute format('create table if not exists telemetry.%I partition of telemetry.reading for values from (%L) to (%L)',
    'reading_' || to_char(day, 'YYYYMMDD'),
    day::timestamp at time zone 'Asia/Shanghai', (day + 1)::timestamp at time zone 'Asia/Shanghai');
end $$;
revoke execute on function telemetry.make_day(date) from public;

create table telemetry.latest (
  device_id   uuid not null references device.device,
  quantity    text not null,
  at          timestamptz not null,
  value       double precision not null,
  flag        text,
  received_at timestamptz not null,
  -- The last value with mark N: freshness is asked of this.
  normal_at   timestamptz,
  primary key (device_id, quantity)
);

-- The state of each watch, saved with the readings it has seen.
create table telemetry.watch (
  device_id uuid not null references device.device,
  quantity  text not null,
  state     jsonb not null,
  raised_at timestamptz,
  primary key (device_id, quantity)
);
create index on telemetry.watch (raised_at) where raised_at is not null;

-- What the readings brought about, written with them and carried out as acts right after: a crash between loses nothing.
create table telemetry.happening (
  id        bigint generated always as identity primary key,
  device_id uuid not null references device.device,
  kind      text not null check (kind in ('live', 'raised', 'cleared')),
  detail    jsonb not null,
  at        timestamptz not null,
  done_at   timestamptz,
  tries     int not null default 0,
  error     text
);
create index on telemetry.happening (id) where done_at is null;

create table telemetry.alarm (
  id              uuid primary key references base.case,
  state           text not null,
  device_id       uuid not null references device.device,
  device_name     text not null,
  project_id      uuid not null,
  project_name    text not null,
  district        text not null,
  parties         uuid[] not null,
  cause           text not null,
  quantity        text not null,
  quantity_name   text not null,
  unit            text not null,
  limit_value     double precision not null,
  clause          text not null,
  value           double precision not null,
  raised_at       timestamptz not null,
  acknowledged_at timestamptz,
  acknowledged_by text,
  cleared_at      timestamptz,
  cleared_because text
);
-- One alarm for each cause.
create unique index alarm_open on telemetry.alarm (device_id, cause) where state <> 'cleared';
create index on telemetry.alarm (raised_at desc, id);
create index on telemetry.alarm (project_id, raised_at desc);
create index on telemetry.alarm (device_id, raised_at desc);

create table telemetry.command (
  id              uuid primary key,
  device_id       uuid not null references device.device,
  unit            int not null,
  on_off          boolean not null,
  alarm_id        uuid not null,
  created_at      timestamptz not null,
  expires_at      timestamptz not null,
  max_run_seconds int not null,
  -- The exchange's number: names this command to the device, which carries it out once.
  qn              text,
  sent_at         timestamptz,
  accepted_at     timestamptz,
  executed_at     timestamptz,
  effective_at    timestamptz,
  refused_code    int,
  unique (device_id, qn)
);
create index on telemetry.command (device_id, created_at desc);
create index on telemetry.command (alarm_id);
create index on telemetry.command (expires_at) where sent_at is null;

grant usage on schema telemetry to :app;
grant execute on function telemetry.make_day(date) to :app;
select base.wall('telemetry.reading', 'device_id', replace(':app', '"', ''));
select base.wall('telemetry.latest', 'device_id', replace(':app', '"', ''));
select base.wall('telemetry.watch', 'device_id', replace(':app', '"', ''));
select base.wall('telemetry.happening', 'device_id', replace(':app', '"', ''));
select base.wall('telemetry.alarm', 'id', replace(':app', '"', ''));
select base.wall('telemetry.command', 'device_id', replace(':app', '"', ''));
