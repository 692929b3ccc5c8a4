-- Who did what, when: append-only, one hash chain per organisation.

create table journal_entries (
  organisation_id text not null,
  -- From 1, without gaps.
  seq bigint not null,
  at bigint not null,
  -- user_…, tok_… or program:…, and the name people saw at the time.
  actor_key text not null,
  actor_name text not null,
  action text not null,
  subject text not null,
  -- A JSON object, exactly as it was hashed.
  detail text not null,
  -- How digest was made: sha256.
  algorithm text not null,
  -- Hex digests of the entry before (64 zeros before the first) and of this one.
  previous text not null,
  digest text not null,
  primary key (organisation_id, seq)
);
create index journal_by_action on journal_entries (organisation_id, action, seq);
create index journal_by_actor on journal_entries (organisation_id, actor_key, seq);
create index journal_by_subject on journal_entries (organisation_id, subject, seq);

-- Where each chain ends; the row that writers queue at.
create table journal_heads (
  organisation_id text primary key,
  seq bigint not null,
  digest text not null
);

-- Ends of chains signed with the instance's key, which lies outside the database.
create table journal_checkpoints (
  organisation_id text not null,
  seq bigint not null,
  at bigint not null,
  digest text not null,
  -- ed25519
  algorithm text not null,
  -- The public key, and the signature over the checkpoint's text (both base64).
  public_key text not null,
  signature text not null,
  primary key (organisation_id, seq)
);
