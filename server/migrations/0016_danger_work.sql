-- Dangerous works. Of them the pour order of high formwork (混凝土浇筑令), standards 6.5.
create schema danger_work;

create table danger_work.pour (
  id             uuid primary key references base.case,
  state          text not null,
  project_id     uuid not null,
  project_name   text not null,
  project_state  text,
  district       text not null,
  contractor_id  uuid not null,
  supervision_id uuid not null,
  parties        uuid[] not null,
  zone           text not null,
  planned_start  timestamptz not null,
  planned_end    timestamptz not null,
  scheme         text not null,
  watchers       jsonb not null,
  applied        jsonb,
  signed         jsonb,
  started_at     timestamptz,
  ended_at       timestamptz,
  suspensions    jsonb not null
);
-- One pour runs in a zone, however it is written.
create unique index pour_once on danger_work.pour (project_id, lower(regexp_replace(zone, '\s', '', 'g')))
  where state in ('running', 'suspended');
create index on danger_work.pour (project_id, planned_start desc);
create index on danger_work.pour (planned_start desc, id desc);
-- A red alarm asks which pours its device watches.
create index on danger_work.pour using gin (watchers jsonb_path_ops);

grant usage on schema danger_work to :app;
select base.wall('danger_work.pour', 'id', replace(':app', '"', ''));
