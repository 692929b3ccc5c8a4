-- Article 14 matters: what was signalled, what a person decided, the cases and their clocks.

-- One row per organisation and subject; it waits anew (`generation`) when something new comes.
create table watch_items (
  organisation_id text not null,
  id text not null,
  -- 'vuln:<number>', 'name:<CVE-…>' while no feed knows the name, 'signal:<id>' for free text.
  subject_key text not null,
  -- actively-exploited-vulnerability, severe-incident
  kind text not null,
  vulnerability_id bigint,
  -- The name people use.
  vulnerability text,
  title text not null,
  -- waiting, assessing, watching, decided
  state text not null,
  generation bigint not null,
  -- Counts decisions: two clicks at once make one decision.
  revision bigint not null,
  -- Of this generation: the first signal, and when it was opened.
  first_signal_at bigint not null,
  opened_at bigint not null,
  assessment_started_at bigint,
  assessor text,
  assessor_name text,
  watch_until bigint,
  -- The latest decision's outcome.
  outcome text,
  case_id text,
  primary key (organisation_id, id),
  unique (organisation_id, subject_key)
);
create index watch_items_by_state on watch_items (organisation_id, state, first_signal_at);

-- Append-only.
create table signals (
  organisation_id text not null,
  id text not null,
  watch_item_id text not null,
  generation bigint not null,
  -- cisa-kev, eu-kev, own-telemetry, customer, researcher, supplier, csirt, authority, media, other
  source text not null,
  -- The same source and reference are one signal, however often it comes.
  reference text not null,
  title text not null,
  text text not null,
  -- Whether it says that our own product is exploited: yes, no, unknown.
  in_our_product text not null,
  -- The day the source itself gives, ISO.
  said_on text,
  received_at bigint not null,
  received_by text not null,
  received_by_name text not null,
  primary key (organisation_id, id),
  unique (organisation_id, source, reference)
);
create index signals_by_watch_item on signals (organisation_id, watch_item_id, received_at);

-- Which releases were known to contain it, and since which generation.
create table watch_releases (
  organisation_id text not null,
  watch_item_id text not null,
  release_id text not null,
  generation bigint not null,
  added_at bigint not null,
  primary key (organisation_id, watch_item_id, release_id)
);

-- Append-only: what a person decided, with the facts of the moment.
create table decisions (
  organisation_id text not null,
  id text not null,
  watch_item_id text not null,
  generation bigint not null,
  revision bigint not null,
  contained text not null,
  contained_text text not null,
  reachable text not null,
  reachable_text text not null,
  -- own-telemetry, customer, researcher, naming-feed, none-yet
  exploited text not null,
  exploited_text text not null,
  -- aware, watch-until, not-reportable
  outcome text not null,
  aware_at bigint,
  aware_reason text,
  watch_until bigint,
  because text,
  reason text not null,
  -- Ids of evidence (JSON).
  evidence text not null,
  first_signal_at bigint not null,
  assessment_started_at bigint not null,
  assessor_name text not null,
  decided_by text not null,
  decided_by_name text not null,
  decided_at bigint not null,
  supersedes text,
  primary key (organisation_id, id),
  unique (organisation_id, watch_item_id, revision)
);

create table cases (
  organisation_id text not null,
  id text not null,
  kind text not null,
  title text not null,
  vulnerability_id bigint,
  vulnerability text,
  watch_item_id text not null,
  decision_id text not null,
  -- open, closed
  state text not null,
  -- Member States a person named beyond those of the products' placings (ISO, by commas).
  member_states text not null,
  -- Severe incidents: yes, no, unknown; which test of 14(5); when it occurred.
  suspected text,
  severity_test text,
  occurred_at bigint,
  -- The coordinator (14(7)): Member State, the fact it rests on, who said so; the zone in which
  -- days and months are counted, and whether that zone is only assumed.
  coordinator text,
  coordinator_basis text,
  coordinator_by text not null,
  zone text not null,
  zone_assumed boolean not null,
  opened_at bigint not null,
  opened_by text not null,
  opened_by_name text not null,
  closed_at bigint,
  close_reason text,
  primary key (organisation_id, id)
);
create index cases_by_state on cases (organisation_id, state, opened_at);

create table case_releases (
  organisation_id text not null,
  case_id text not null,
  release_id text not null,
  added_at bigint not null,
  added_by text not null,
  -- Taken out again, with the reason; the row stays.
  removed_at bigint,
  removed_reason text,
  primary key (organisation_id, case_id, release_id)
);

-- Append-only: the newest row of an anchor is in force, the older ones are its history.
create table case_anchors (
  organisation_id text not null,
  case_id text not null,
  number bigint not null,
  -- aware-at, measure-available-at, notification-submitted-at
  anchor text not null,
  -- None: it was withdrawn (no measure is available after all).
  at bigint,
  reason text not null,
  recorded_by text not null,
  recorded_by_name text not null,
  recorded_at bigint not null,
  primary key (organisation_id, case_id, number)
);

-- A row per stage and derivation; what was derived before stays as it was (superseded).
create table deadlines (
  organisation_id text not null,
  id text not null,
  case_id text not null,
  stage text not null,
  generation bigint not null,
  trigger_word text not null,
  anchor_at bigint,
  due_at bigint,
  legal_latest_at bigint,
  literal_due_at bigint,
  citation text not null,
  certainty text not null,
  legal_latest_certainty text not null,
  zone text not null,
  -- What the law crate says beside it (JSON).
  notes text not null,
  -- not-running, running, met, dropped, superseded
  state text not null,
  met_at bigint,
  created_at bigint not null,
  primary key (organisation_id, id),
  unique (organisation_id, case_id, stage, generation)
);
create index deadlines_running on deadlines (organisation_id, state, due_at);

-- The draft of a stage, saved as a whole.
create table sheets (
  organisation_id text not null,
  case_id text not null,
  stage text not null,
  -- Counts up with each save, so that two editors notice each other.
  revision bigint not null,
  form_version text not null,
  -- Field key to value (JSON).
  fields text not null,
  saved_by text not null,
  saved_by_name text not null,
  saved_at bigint not null,
  primary key (organisation_id, case_id, stage)
);

-- Append-only: what was filed with ENISA's platform, as recorded by a person.
create table submissions (
  organisation_id text not null,
  id text not null,
  case_id text not null,
  stage text not null,
  number bigint not null,
  -- first, resubmission, update, correction
  kind text not null,
  -- The stages whose content it carried (by commas).
  covers text not null,
  platform_reference text not null,
  submitted_at bigint not null,
  reason text,
  -- The frozen snapshot: its digest in the blob store.
  digest text not null,
  bytes bigint not null,
  receipt text,
  recorded_by text not null,
  recorded_by_name text not null,
  recorded_at bigint not null,
  primary key (organisation_id, id),
  unique (organisation_id, case_id, number)
);

-- Append-only: everything that happened to a watch item or a case, for its timeline.
create table matter_events (
  num {id},
  organisation_id text not null,
  subject text not null,
  at bigint not null,
  kind text not null,
  -- Arguments of its sentence (JSON object of texts).
  args text not null,
  by_name text not null
);
create index matter_events_by_subject on matter_events (organisation_id, subject, num);
