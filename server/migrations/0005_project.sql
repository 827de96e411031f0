-- Projects, the heart of every list and map. Towns are a setting; who is assigned stands in base.assignment.
create schema project;

create table project.project (
  id            uuid primary key references base.case,
  state         text not null,
  code          text not null unique,
  name          text not null,
  district      text not null,
  town          text not null,
  address       text not null,
  lon           double precision not null,
  lat           double precision not null,
  sector        text not null,
  works         text not null,
  area          double precision,
  cost          double precision,
  stage         text not null,
  category      text not null,
  tags          text[] not null,
  in_zone       boolean not null,
  parties       jsonb not null,
  posts         jsonb not null,
  officers      jsonb not null,
  contact       jsonb not null,
  permit_no     text,
  start_day     date,
  registered_on date not null,
  started_at    timestamptz,
  duties        jsonb not null,
  completeness  int not null,
  stops         jsonb not null
);
create index on project.project (name, id);
create index on project.project (district text_pattern_ops);

-- What was open when the officers of a project changed. Written once.
create table project.handover (
  project_id uuid not null references project.project,
  at         timestamptz not null,
  reason     text not null,
  leaving    jsonb not null,
  coming     jsonb not null,
  cases      jsonb not null,
  primary key (project_id, at)
);

grant usage on schema project to :app;
select base.wall('project.project', 'id', replace(':app', '"', ''));
select base.wall('project.handover', 'project_id', replace(':app', '"', ''));
revoke update, delete on project.handover from :app;
