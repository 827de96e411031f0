-- 数据可信度: what is doubtful in a device's day, judged when the day is over. It punishes nothing by itself.
create table telemetry.credibility (
  device_id uuid not null,
  day       date not null,
  -- 0 to 100.
  score     double precision not null,
  -- 可疑 by the thresholds of that day's law.
  suspect   boolean not null,
  findings  jsonb not null,
  judged_at timestamptz not null,
  -- Late data came since: the day is judged anew.
  stale     boolean not null default false,
  primary key (device_id, day)
);
create index on telemetry.credibility (day, device_id) where suspect;

select base.wall('telemetry.credibility', 'device_id', replace(':app', '"', ''));

-- A suspect day laid before a person.
create table telemetry.doubt (
  id           uuid primary key references base.case,
  state        text not null,
  device_id    uuid not null references device.device,
  device_name  text not null,
  project_id   uuid not null,
  project_name text not null,
  district     text not null,
  parties      uuid[] not null,
  day          date not null,
  score        double precision not null,
  decision     jsonb,
  unique (device_id, day)
);

select base.wall('telemetry.doubt', 'id', replace(':app', '"', ''));
