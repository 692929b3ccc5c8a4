-- Organisations (tenants), people, sessions, tokens.

create table organisations (
  id text primary key,
  -- A short number for narrow postings; never leaves the process.
  num bigint not null unique,
  slug text not null unique,
  name text not null,
  address text not null,
  country text,
  size text,
  security_contact text,
  report_address text,
  website text,
  zone text not null,
  trust_published boolean not null,
  created_at bigint not null
);
create table organisation_numbers (
  num {id},
  made_at bigint not null
);
