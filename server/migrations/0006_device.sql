-- Devices in the field, their secrets, their lines and what was said on them.
create schema device;

create table device.device (
  id           uuid primary key references base.case,
  state        text not null,
  model_code   text not null,
  kind         text not null,
  mn           text not null,
  name         text not null,
  project_id   uuid not null,
  project_name text not null,
  district     text not null,
  parties      uuid[] not null,
  unit_profile text not null,
  crc_mode     text not null,
  ending       text not null,
  linked_to    uuid references device.device,
  linked_unit  int,
  point        jsonb,
  live_at      timestamptz
);
create unique index device_mn on device.device (mn) where state <> 'retired';
create index on device.device (project_id);
create index on device.device (name, id);
create index on device.device (linked_to);

-- Passwords apart, where no list and no act can reach them.
create table device.secret (device_id uuid primary key references device.device, password text not null);

-- How the line stands: counters and freshness, written by the gateway, no acts.
create table device.line (
  device_id   uuid primary key references device.device,
  address     text,
  connected   boolean not null default false,
  heard_at    timestamptz,
  good        bigint not null default 0,
  bad         bigint not null default 0,
  refused     bigint not null default 0,
  quarantined bigint not null default 0,
  duplicates  bigint not null default 0,
  skew_millis bigint,
  freshness   text not null default 'never' check (freshness in ('live', 'stale', 'never')),
  fresh_at    timestamptz
);
create index on device.line (freshness, fresh_at);

-- Raw bytes in both directions, for some days.
create table device.conversation (
  id        bigint generated always as identity primary key,
  device_id uuid not null references device.device,
  way       text not null check (way in ('in', 'out', 'note')),
  at        timestamptz not null,
  raw       bytea not null,
  verdict   text not null,
  verified  boolean not null,
  fault     jsonb
);
create index on device.conversation (device_id, id desc);
create index on device.conversation (at);

-- Numbers that nobody has entered. They belong to no project and hence to no reach: only the route's permission opens them.
-- no wall: device.unknown: belongs to no project; only the route's permission opens it
create table device.unknown (
  mn         text primary key,
  first_seen timestamptz not null,
  last_seen  timestamptz not null,
  count      bigint not null,
  address    text not null,
  raw        bytea not null
);
create index on device.unknown (last_seen);

grant usage on schema device to :app;
grant select, insert, update, delete on device.unknown to :app;
select base.wall('device.device', 'id', replace(':app', '"', ''));
select base.wall('device.secret', 'device_id', replace(':app', '"', ''));
select base.wall('device.line', 'device_id', replace(':app', '"', ''));
select base.wall('device.conversation', 'device_id', replace(':app', '"', ''));
