-- Statistics: means of hours and days, made from the readings when their time is over and kept for ever; forecasts.

-- Of each device, quantity and hour one row, made of readings of one span only: nothing counts twice.
create table telemetry.hour (
  device_id uuid not null,
  quantity  text not null,
  hour      timestamptz not null,
  span      "char" not null,
  count     int not null,
  normal    int not null,
  mean      double precision,
  min       double precision,
  max       double precision,
  valid     boolean not null,
  primary key (device_id, quantity, hour)
);
-- Hours are made in their order, so that a range of them lies together.
create index on telemetry.hour using brin (hour) with (autosummarize = on);

create table telemetry.day (
  device_id  uuid not null,
  quantity   text not null,
  day        date not null,
  -- How many of its hours are valid; the means are of these.
  hours      int not null,
  mean       double precision,
  min        double precision,
  max        double precision,
  valid      boolean not null,
  -- Of noise: the equivalent level of the day, and of the night that begins on it.
  day_mean   double precision,
  night_mean double precision,
  primary key (device_id, quantity, day)
);

-- Up to which hour the means are made. Whoever makes them locks the row.
-- no wall: telemetry.rolled: one row, a time
create table telemetry.rolled (
  one   boolean primary key default true check (one),
  until timestamptz not null
);

-- In which hours anything was heard at all. Where nobody was, the house was away, or its clock was moved: no site was
-- silent then.
-- no wall: telemetry.heard: hours and how many devices spoke; nobody's rows
create table telemetry.heard (
  hour    timestamptz primary key,
  devices int not null
);

create table telemetry.forecast (
  id            uuid primary key references base.case,
  state         text not null,
  district      text not null,
  district_name text not null,
  day           date not null,
  weather       jsonb not null,
  entered_by    text not null,
  entered_at    timestamptz not null,
  unique (district, day)
);
create index on telemetry.forecast (day);

-- Figures of exits go through a county's exits of a month.
create index on telemetry.event (at) where kind = 'exit';

-- A ranking reads thousands of rows of hundreds of devices: which of them the reader reaches is asked once for a
-- statement, of base.reach, which follows base.case.
do $$
declare
  target text;
  all_of_it constant text := '(select ''d:'' = any(base.keys()))';
  mine constant text := 'in (select r.case_id from base.reach r where r.key = any((select base.keys())::text[]) and r.room = ''device'')';
begin
  foreach target in array array['telemetry.hour', 'telemetry.day'] loop
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format('create policy owner on %s to %I using (true) with check (true)', target, current_user);
    execute format('create policy reach on %s for select using (%s or device_id %s)', target, all_of_it, mine);
    execute format('create policy made on %s for insert with check (%s)', target, all_of_it);
    execute format('create policy made_anew on %s for update using (%s) with check (%s)', target, all_of_it, all_of_it);
    execute format('grant select, insert, update on %s to :app', target);
  end loop;
  execute format('alter policy reach on telemetry.event using (%s or device_id %s)', all_of_it, mine);
end $$;
grant select, insert, update on telemetry.rolled, telemetry.heard to :app;
select base.wall('telemetry.forecast', 'id', replace(':app', '"', ''));
