-- Work that must happen later (jobs) and what must happen at an instant (alarms).

create table jobs (
  id {id},
  payload text not null,
  run_at bigint not null,
  attempts bigint not null,
  state text not null,
  leased_until bigint,
  last_error text,
  created_at bigint not null
);
create index jobs_due on jobs (run_at, id) where state = 'waiting';

-- A row per alarm, never a timer in memory. `generation` counts up when a deadline is derived
-- anew, so that what was announced before stays on record.
create table alarms (
  organisation_id text not null,
  id text not null,
  subject text not null,
  name text not null,
  generation bigint not null,
  due_at bigint not null,
  job text not null,
  -- 'armed', 'fired', 'cancelled', or 'unreadable' when its job is one this version cannot read
  state text not null,
  -- Armed while the machine's clock was behind what this database had seen: then only the
  -- machine's clock counts, not the high-water mark.
  by_wall boolean not null,
  fired_at bigint,
  -- How late it fired, in whole seconds: more than a moment means that the machine was off.
  late_seconds bigint,
  created_at bigint not null,
  primary key (organisation_id, id),
  unique (organisation_id, subject, name, generation)
);
create index alarms_due on alarms (due_at) where state = 'armed';

-- 'high-water': the latest instant this database has seen, so that a clock that jumps back
-- never un-fires anything. 'worker': when the loop last turned, for whoever watches it.
create table clock_marks (
  name text primary key,
  at bigint not null
);
