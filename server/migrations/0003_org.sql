-- Enterprises and the tree of groups. What stands below a group is kept as its standing in base.subject, which sign-in reads.
create schema org;

create table org.org (
  id           uuid primary key references base.case,
  state        text not null,
  uscc         text not null unique,
  name         text not null,
  kinds        text[] not null,
  parent_id    uuid references org.org,
  region       text not null,
  legal_person text not null,
  phone        text not null
);
create index on org.org (parent_id);
create index on org.org (name, id);

grant usage on schema org to :app;
select base.wall('org.org', 'id', replace(':app', '"', ''));
