-- People. Identity numbers lie apart, encrypted, with a blind index by which one person is entered once.
create schema person;

create table person.person (
  id           uuid primary key references base.case,
  state        text not null,
  name         text not null,
  phone        text not null,
  org_id       uuid,
  certificates jsonb not null,
  id_masked    text not null,
  region       text not null,
  posts        jsonb not null
);
create index on person.person (name, id);
create index on person.person (org_id);
create index on person.person using gin (posts jsonb_path_ops);

create table person.identity (
  person_id uuid primary key references person.person,
  -- 12 bytes nonce, ciphertext, 16 bytes tag (AES-256-GCM, bound to the person's id).
  sealed    bytea not null,
  id_index  text not null
);
create unique index identity_once on person.identity (id_index);

grant usage on schema person to :app;
select base.wall('person.person', 'id', replace(':app', '"', ''));
select base.wall('person.identity', 'person_id', replace(':app', '"', ''));
