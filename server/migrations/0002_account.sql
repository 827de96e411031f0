-- Accounts and appointments; password hashes apart, where no list and no view can reach them.
create schema account;

create table account.account (
  id           uuid primary key references base.case,
  login        text not null,
  person_id    uuid not null unique,
  name         text not null,
  region       text not null,
  state        text not null,
  demo_key     text unique,
  appointments jsonb not null
);
create unique index account_login on account.account (lower(login));

create table account.secret (
  account_id uuid primary key references account.account,
  hash       text not null,
  set_at     timestamptz not null
);

grant usage on schema account to :app;
-- Sign-in must find an account before anybody is known, so these two are not behind the wall: only the account room's
-- store names them, and its lists go through base.case, which is.
grant select, insert, update on account.account, account.secret to :app;
