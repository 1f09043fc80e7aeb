-- What people are shown of clusters: who the agent says it is, how joining went, and rows that can be searched.

-- What the agent said of itself when the session began.
ALTER TABLE delivery.session
    ADD COLUMN agent_version text   NOT NULL DEFAULT '',
    ADD COLUMN capabilities  text[] NOT NULL DEFAULT '{}';

-- Of the newest certificate.
ALTER TABLE clusters.enrolment
    ADD COLUMN certificate_issued_at  timestamptz,
    ADD COLUMN certificate_expires_at timestamptz;
GRANT UPDATE (certificate_issued_at, certificate_expires_at) ON clusters.enrolment TO weft_app;

-- Why agents were turned away: one row for each declared cluster and cause, so that no attacker makes it grow.
CREATE TABLE clusters.turned_away (
    tenant_id text        NOT NULL,
    cluster   text        NOT NULL,
    cause     text        NOT NULL,
    detail    text        NOT NULL,
    source    text        NOT NULL,
    first_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    times     bigint      NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, cluster, cause)
);
CALL platform.protect('clusters.turned_away');
GRANT SELECT, INSERT, UPDATE, DELETE ON clusters.turned_away TO weft_app;

-- Namespace and name of an item, which its key begins with: see the items in report.proto.
ALTER TABLE inventory.item
    ADD COLUMN namespace text COLLATE "C" NOT NULL GENERATED ALWAYS AS (
        CASE WHEN kind IN (2, 3, 4, 6) THEN split_part(key, '/', 1) WHEN kind = 1 THEN key ELSE '' END) STORED,
    ADD COLUMN name text COLLATE "C" NOT NULL GENERATED ALWAYS AS (
        CASE WHEN kind IN (2, 3, 4, 6) THEN split_part(key, '/', 2) ELSE key END) STORED;
CREATE INDEX item_by_name ON inventory.item (tenant_id, kind, name, cluster, key);
CREATE INDEX item_by_namespace ON inventory.item (tenant_id, kind, namespace, cluster, key);

-- Which revisions changed a resource is asked by its key, newest first: the primary key of resources.version does that.
CREATE INDEX revision_by_time ON resources.revision (tenant_id, at);
