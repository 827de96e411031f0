-- Inspections and supervision plans. What lists filter by stands in columns; the rest of a record, which is only ever read
-- whole, in one document beside them.
create schema inspection;

create table inspection.inspection (
  id           uuid primary key references base.case,
  state        text not null,
  number       text unique,
  project_id   uuid not null,
  project_name text not null,
  district     text not null,
  kind         text not null,
  subject      text not null,
  visited_at   timestamptz not null,
  officers     jsonb not null,
  content      jsonb not null
);
create index on inspection.inspection (visited_at, id);
create index on inspection.inspection (project_id, visited_at desc);
create index on inspection.inspection using gin (officers jsonb_path_ops);

-- Legal orders that rest on a record, written by the room that issues them through this room's door.
create table inspection.ordered (
  inspection_id uuid not null references inspection.inspection,
  notice_id     uuid not null references base.case,
  primary key (inspection_id, notice_id)
);

create table inspection.plan (
  id           uuid primary key references base.case,
  state        text not null,
  project_id   uuid not null,
  project_name text not null,
  district     text not null,
  year         int not null,
  items        jsonb not null,
  adopted_day  date,
  constraint plan_once unique (project_id, year)
);

grant usage on schema inspection to :app;
select base.wall('inspection.inspection', 'id', replace(':app', '"', ''));
select base.wall('inspection.ordered', 'inspection_id', replace(':app', '"', ''));
select base.wall('inspection.plan', 'id', replace(':app', '"', ''));
