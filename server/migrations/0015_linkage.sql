-- Linkage that is safe: who may forbid, what a person orders, and what an alarm was not allowed to start.

alter table device.device add column interlock jsonb;

-- An order has one cause: an alarm, or a person.
alter table telemetry.command
  alter column alarm_id drop not null,
  add column person_id   uuid,
  add column person_name text,
  add column due_at      timestamptz,
  add constraint command_cause check (num_nonnulls(alarm_id, person_id) = 1),
  add constraint command_person check ((person_id is null) = (person_name is null));
update telemetry.command set due_at = created_at;
alter table telemetry.command alter column due_at set not null;
-- An actuator's orders by the moment they take effect: the rest after a switch is asked of the last one.
create index on telemetry.command (device_id, unit, due_at desc);

-- An alarm that started nothing, and why.
create table telemetry.withheld (
  alarm_id  uuid primary key references base.case,
  device_id uuid not null references device.device,
  at        timestamptz not null,
  because   text not null check (because in ('manual', 'interlocked')),
  interlock jsonb
);
select base.wall('telemetry.withheld', 'alarm_id', replace(':app', '"', ''));
