-- Water trucks sent to a site: the work order, and where an order to a vehicle sends it.
alter table telemetry.command
  add column lon double precision,
  add column lat double precision,
  add constraint command_place check ((lon is null) = (lat is null));

create table telemetry.dispatch (
  id           uuid primary key references base.case,
  state        text not null,
  project_id   uuid not null,
  project_name text not null,
  district     text not null,
  parties      uuid[] not null,
  place        jsonb not null,
  truck_id     uuid not null references device.device,
  truck_name   text not null,
  plate        text not null,
  unit         text not null,
  alarm_id     uuid references base.case,
  reason       text not null,
  called       jsonb not null,
  called_at    timestamptz not null,
  due_at       timestamptz not null,
  arrival      jsonb,
  ended        jsonb
);
-- A truck is in one place at a time.
create unique index dispatch_once on telemetry.dispatch (truck_id) where state in ('called', 'working');
create index on telemetry.dispatch (called_at desc, id desc);
create index on telemetry.dispatch (project_id, called_at desc);
create index on telemetry.dispatch (alarm_id) where alarm_id is not null;
select base.wall('telemetry.dispatch', 'id', replace(':app', '"', ''));

-- Frames that were not stored as sent are listed across all devices. They are few: rows of good frames touch no index for it.
create index on device.conversation (id desc)
  where verdict not in ('stored', 'answered', 'repeated', 'sent', 'replaced');
