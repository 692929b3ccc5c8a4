-- What became of the last attempt at a feed, apart from what stands: an import that came only in
-- part renews nothing. `checked_at`, `imported_at` and `records` are of the last complete one.

-- complete, partial, failed
alter table feeds add column outcome text;
alter table feeds add column attempted_at bigint;
alter table feeds add column attempted_records bigint;

-- The feeds this instance is configured to have; empty until a server or command wrote it down, and
-- then all are expected.
create table expected_feeds (
  name text primary key
){narrow};
