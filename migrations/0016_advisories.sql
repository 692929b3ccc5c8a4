-- With which state of our readers a record, and a feed as a whole, was read: when they learn to
-- read more, what stands unchanged at its source is read again. 0 is from before this was kept.
alter table advisories add column reader bigint not null default 0;
alter table feeds add column reader bigint not null default 0;

-- What kind of fault the last one was; `last_error` says it in the words of whoever met it.
alter table feeds add column last_error_code text;
