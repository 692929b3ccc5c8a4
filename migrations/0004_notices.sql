-- Who is told what: notices, where they go, and each delivery with its proof.

create table notices (
  organisation_id text not null,
  id text not null,
  kind text not null,
  subject text not null,
  path text not null,
  -- A JSON object of texts, put into words per reader.
  args text not null,
  idempotency_key text not null,
  escalates boolean not null,
  exercise boolean not null,
  raised_at bigint not null,
  -- The last rung of the ladder that was told; null before the first.
  step bigint,
  acknowledged_at bigint,
  acknowledged_by text,
  primary key (organisation_id, id),
  unique (organisation_id, idempotency_key)
);
create index notices_open on notices (organisation_id, subject)
  where escalates = true and acknowledged_at is null;

-- Places of an organisation that are told beside its people.
create table channels (
  organisation_id text not null,
  id text not null,
  -- 'webhook'
  kind text not null,
  name text not null,
  url text not null,
  -- The key of the webhook's signature; the receiver has the same.
  secret {blob} not null,
  -- 'active', 'gone' (the receiver answered 410) or 'switched-off' (by a person)
  state text not null,
  created_at bigint not null,
  primary key (organisation_id, id)
);

-- Who is told after how many minutes without acknowledgement; absent means the default.
create table notice_ladders (
  organisation_id text primary key,
  ladder text not null,
  changed_at bigint not null
);

-- One recipient of one rung of one notice, exactly once as recorded.
create table deliveries (
  organisation_id text not null,
  id text not null,
  notice_id text not null,
  step bigint not null,
  -- 'user_…' or 'chan_…'
  recipient text not null,
  -- The mail address, or the name of the channel, as it was then.
  address text not null,
  lang text not null,
  -- The role a person was told for; empty for a channel.
  role text not null,
  -- 'queued', 'sent', 'failed', 'acknowledged' (no longer needed)
  state text not null,
  attempts bigint not null,
  next_attempt_at bigint not null,
  leased_until bigint,
  -- What the mail server or the receiver said last.
  answer text,
  created_at bigint not null,
  sent_at bigint,
  primary key (organisation_id, id),
  unique (organisation_id, notice_id, step, recipient)
);
create index deliveries_due on deliveries (next_attempt_at, id) where state = 'queued';
create index deliveries_by_time on deliveries (organisation_id, created_at);
