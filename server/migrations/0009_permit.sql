-- Applications for joint acceptance (联合验收).
create schema permit;

create table permit.application (
  id            uuid primary key references base.case,
  state         text not null,
  number        text unique,
  project_id    uuid not null,
  project_name  text not null,
  project_state text,
  district      text not null,
  owner_id      uuid not null,
  owner_name    text not null,
  statement     text not null,
  materials     jsonb not null,
  submitted     jsonb,
  returns       jsonb not null,
  accepted      jsonb
);
-- A project is accepted once: while an application runs or has been accepted there is no second.
create unique index application_once on permit.application (project_id) where state <> 'withdrawn';

grant usage on schema permit to :app;
select base.wall('permit.application', 'id', replace(':app', '"', ''));
