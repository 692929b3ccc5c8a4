-- Organisations (tenants), people, sessions, tokens, and the links that are used once.

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

-- A person, who may belong to several organisations.
create table users (
  id text primary key,
  -- As it was typed, and in lower case, by which people are found.
  email text not null,
  email_key text not null unique,
  name text not null,
  -- Argon2id in PHC form; none until a password is set.
  password_hash text,
  lang text not null,
  -- light, dark, system
  theme text not null,
  -- IANA name; the organisation's when absent.
  zone text,
  created_at bigint not null,
  disabled_at bigint
);

create table memberships (
  organisation_id text not null,
  user_id text not null,
  -- admin, psirt, compliance, developer, trust, auditor
  role text not null,
  created_at bigint not null,
  disabled_at bigint,
  primary key (organisation_id, user_id)
);
create index memberships_by_user on memberships (user_id, organisation_id);

create table sessions (
  organisation_id text not null,
  id text not null,
  user_id text not null,
  -- SHA-256 of the cookie's value; the value itself is nowhere.
  secret_digest text not null unique,
  created_at bigint not null,
  -- Written at most every few minutes.
  last_seen_at bigint not null,
  expires_at bigint not null,
  -- Shown to the person themselves in the list of their sessions, and to nobody else.
  address text not null,
  user_agent text not null,
  primary key (organisation_id, id)
);
create index sessions_by_user on sessions (user_id, organisation_id);

create table tokens (
  organisation_id text not null,
  id text not null,
  -- The middle part of bf_<public id>_<secret>, by which a token is found.
  public_id text not null unique,
  -- SHA-256 of the secret, which is random enough not to need a slow hash.
  secret_digest text not null,
  name text not null,
  -- Scope names, separated by spaces.
  scopes text not null,
  -- The one product it may touch, if it is bound.
  product_id text,
  created_by text not null,
  created_at bigint not null,
  expires_at bigint not null,
  -- Written at most once an hour.
  last_used_at bigint,
  revoked_at bigint,
  primary key (organisation_id, id)
);
create index tokens_by_creator on tokens (organisation_id, created_by);

create table invitations (
  organisation_id text not null,
  id text not null,
  email text not null,
  role text not null,
  secret_digest text not null unique,
  invited_by text not null,
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint,
  primary key (organisation_id, id)
);

-- Links that set up the instance (no user) or set a new password (of a user). Used once.
create table one_time_links (
  secret_digest text primary key,
  -- setup, reset
  purpose text not null,
  user_id text,
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint
);

-- How often somebody tried to sign in lately: per address, per account, and per both.
create table sign_in_attempts (
  -- address:…, account:…, pair:… with a digest of who it is about
  name text primary key,
  attempts bigint not null,
  since bigint not null,
  -- When this account last signed in from this address.
  succeeded_at bigint
);
