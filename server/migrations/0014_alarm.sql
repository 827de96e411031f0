-- Alarms by cause, point and level; who is told of them; what rests on them.

-- A watch is kept only while its quantity is not calm: a calm value reads nothing but that there is none.
alter table telemetry.watch add column cause text not null default 'pm25_spray';
alter table telemetry.watch alter column cause drop default;
alter table telemetry.watch drop constraint watch_pkey;
alter table telemetry.watch add primary key (device_id, cause, quantity);
-- When it is over whatever the values; looked for by the clock.
alter table telemetry.watch add column ends_at timestamptz;
delete from telemetry.watch where raised_at is null;
update telemetry.watch set ends_at = raised_at + interval '30 minutes', state = jsonb_build_object('level', 'warn',
  'raisedAt', state->'raisedAt', 'clearedAt', state->'clearedAt', 'warnSince', state->'overSince', 'alarmSince', null,
  'calmSince', null, 'easedSince', null, 'lastAt', state->'lastAt', 'recent', state->'recent');
drop index telemetry.watch_raised_at_idx;
create index on telemetry.watch (ends_at) where ends_at is not null;

alter table telemetry.happening drop constraint happening_kind_check;
alter table telemetry.happening add constraint happening_kind_check
  check (kind in ('live', 'raised', 'upgraded', 'downgraded', 'cleared'));

alter table telemetry.alarm
  add column level       text not null default 'warn' check (level in ('warn', 'alarm')),
  add column device_kind text not null default 'dust',
  add column bound       jsonb,
  add column duty        uuid[] not null default '{}',
  add column handler_id  uuid,
  add column shelf       jsonb,
  add column usefulness  jsonb,
  add column measures    jsonb not null default '[]';
update telemetry.alarm set bound = jsonb_build_object('value', limit_value, 'unit', unit, 'clause', clause, 'strict', true,
  'side', 'above', 'centre', 0);
alter table telemetry.alarm alter column bound set not null, alter column level drop default, alter column device_kind drop default;
alter table telemetry.alarm drop column limit_value, drop column clause;
-- One open alarm for each cause and point.
drop index telemetry.alarm_open;
create unique index alarm_open on telemetry.alarm (device_id, cause, quantity) where state <> 'cleared';
create index on telemetry.alarm (cause, raised_at desc);

-- How many messages of alarms a person was sent on a day.
create table telemetry.told (
  person_id uuid not null,
  day       date not null,
  count     int not null,
  primary key (person_id, day)
);
-- no wall: telemetry.told: counters, named by the alarm's messages alone
-- An alarm that was told in the message of another: beyond the day's budget, or fallen silent together.
create table telemetry.told_in (
  alarm_id   uuid not null references base.case,
  recipient  text not null,
  message_id uuid not null,
  primary key (alarm_id, recipient)
);
create index on telemetry.told_in (message_id);
-- Alarms of silence wait here for those that fall silent with them.
create table telemetry.untold (
  alarm_id uuid primary key references base.case,
  at       timestamptz not null
);

create table telemetry.roster (
  id     uuid primary key references base.case,
  state  text not null,
  region text not null,
  nights jsonb not null
);

-- What an officer opened because of an alarm.
alter table rectification.notice add column alarm_id uuid;
create index on rectification.notice (alarm_id) where alarm_id is not null;
create index on inspection.inspection ((content->>'alarmId')) where content->>'alarmId' is not null;

grant select, insert, update on telemetry.told to :app;
select base.wall('telemetry.told_in', 'alarm_id', replace(':app', '"', ''));
select base.wall('telemetry.untold', 'alarm_id', replace(':app', '"', ''));
select base.wall('telemetry.roster', 'id', replace(':app', '"', ''));
