-- Files that prove something. The bytes are blobs; here is whose they are and what they prove.

create table evidence (
  organisation_id text not null,
  id text not null,
  -- The thing it belongs to: case_…, sub_…, prod_…
  subject text not null,
  -- receipt, sheet-snapshot, attachment …
  kind text not null,
  file_name text not null,
  media_type text not null,
  -- sha256:…, also the key of the blob.
  digest text not null,
  bytes bigint not null,
  created_at bigint not null,
  created_by_key text not null,
  created_by text not null,
  primary key (organisation_id, id)
);
create index evidence_by_subject on evidence (organisation_id, subject, id);
