-- The log of each tenant and the rows derived from it.
--
-- Runs as weft_owner. weft_app is what the hub works as: it owns nothing and row-level security binds it. weft_job works
-- over tenants, in named modules only. The three roles exist before.

CREATE SCHEMA platform;
GRANT USAGE ON SCHEMA platform TO weft_app, weft_job;

-- Binds a table that has a column tenant_id to the tenant of the transaction; for its owner too.
CREATE PROCEDURE platform.protect(target regclass)
    LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY own_tenant ON %s'
        ' USING (tenant_id = nullif(current_setting(''app.tenant'', true), ''''))'
        ' WITH CHECK (tenant_id = nullif(current_setting(''app.tenant'', true), ''''))', target);
END $$;
REVOKE ALL ON PROCEDURE platform.protect(regclass) FROM PUBLIC;

-- Which hub this is: part of the ownership labels of every object in clusters.
CREATE TABLE platform.hub (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    hub_id   text NOT NULL
);
INSERT INTO platform.hub (hub_id) VALUES (gen_random_uuid()::text);
GRANT SELECT ON platform.hub TO weft_app, weft_job;

-- The end of the log. An append updates the row first and holds it to its commit: that is the lock, the position and the clock.
CREATE TABLE platform.tenant_head (
    tenant_id     text        PRIMARY KEY,
    incarnation   bigint      NOT NULL DEFAULT 1,
    position      bigint      NOT NULL DEFAULT 0,
    hash          text        NOT NULL DEFAULT repeat('0', 64),
    revision      bigint      NOT NULL DEFAULT 0,
    frozen_reason text,
    clock         timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 50);
CALL platform.protect('platform.tenant_head');
GRANT SELECT, INSERT, UPDATE ON platform.tenant_head TO weft_app;

-- The entries. Partitioned by time, so that old ones are dropped a partition at once. Positions are unique by the head's lock.
CREATE TABLE platform.log_entry (
    tenant_id text        NOT NULL,
    position  bigint      NOT NULL,
    time      timestamptz NOT NULL,
    parent    text        NOT NULL,
    hash      text        NOT NULL,
    entry     text        NOT NULL,
    PRIMARY KEY (tenant_id, position, time)
) PARTITION BY RANGE (time);
CALL platform.protect('platform.log_entry');
GRANT SELECT, INSERT ON platform.log_entry TO weft_app;

CREATE TABLE platform.log_entry_other PARTITION OF platform.log_entry DEFAULT;
CALL platform.protect('platform.log_entry_other');

-- Makes the partition of the month in which the day lies; nothing happens when it is there.
CREATE FUNCTION platform.open_log_partition(day date) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    first date := date_trunc('month', day)::date;
    name  text := 'log_entry_' || to_char(first, 'YYYYMM');
BEGIN
    IF to_regclass('platform.' || name) IS NULL THEN
        EXECUTE format('CREATE TABLE platform.%I PARTITION OF platform.log_entry FOR VALUES FROM (%L) TO (%L)',
            name, first::timestamp AT TIME ZONE 'UTC', (first + interval '1 month') AT TIME ZONE 'UTC');
        CALL platform.protect(('platform.' || name)::regclass);
    END IF;
    RETURN name;
END $$;

-- Drops the partition of the month in which the day lies; nothing happens when it is not there.
CREATE FUNCTION platform.drop_log_partition(day date) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    EXECUTE format('DROP TABLE IF EXISTS platform.%I', 'log_entry_' || to_char(day, 'YYYYMM'));
END $$;

REVOKE ALL ON FUNCTION platform.open_log_partition(date), platform.drop_log_partition(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform.open_log_partition(date), platform.drop_log_partition(date) TO weft_job;
SELECT platform.open_log_partition(current_date), platform.open_log_partition((current_date + interval '1 month')::date);

-- What a cold start reads instead of the entries: see DerivedRows in policy-engine.
CREATE TABLE platform.derived_row (
    tenant_id text NOT NULL,
    section   text COLLATE "C" NOT NULL,
    key       text COLLATE "C" NOT NULL,
    value     text NOT NULL,
    PRIMARY KEY (tenant_id, section, key)
);
CALL platform.protect('platform.derived_row');
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.derived_row TO weft_app;

-- The position of the last entry that moved what a key stands for: see Guards in policy-engine.
CREATE TABLE platform.guard (
    tenant_id text   NOT NULL,
    key       text COLLATE "C" NOT NULL,
    position  bigint NOT NULL,
    PRIMARY KEY (tenant_id, key)
) WITH (fillfactor = 70);
CALL platform.protect('platform.guard');
GRANT SELECT, INSERT, UPDATE ON platform.guard TO weft_app;

-- Rises with each session of a cluster, under the lock of the tenant's head; what an older session says is refused.
CREATE TABLE platform.cluster_epoch (
    tenant_id text   NOT NULL,
    cluster   text   NOT NULL,
    epoch     bigint NOT NULL,
    PRIMARY KEY (tenant_id, cluster)
) WITH (fillfactor = 70);
CALL platform.protect('platform.cluster_epoch');
GRANT SELECT, INSERT, UPDATE ON platform.cluster_epoch TO weft_app;

-- How a repeated write answers as the first did.
CREATE TABLE platform.idempotency_key (
    tenant_id text        NOT NULL,
    key       text        NOT NULL,
    request   text        NOT NULL,
    status    int         NOT NULL,
    answer    text        NOT NULL,
    time      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, key)
);
CALL platform.protect('platform.idempotency_key');
GRANT SELECT, INSERT ON platform.idempotency_key TO weft_app;
