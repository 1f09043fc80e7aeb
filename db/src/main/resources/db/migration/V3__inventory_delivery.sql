-- What agents report, and how far each cluster has come. Neither touches the tenant's head.

CREATE SCHEMA inventory;
CREATE SCHEMA delivery;
GRANT USAGE ON SCHEMA inventory, delivery TO weft_app, weft_job;

-- One reported item. Kinds are numbers of the protocol's ReportKind; item is the report as the agent sent it.
CREATE TABLE inventory.item (
    tenant_id text        NOT NULL,
    kind      smallint    NOT NULL,
    cluster   text        COLLATE "C" NOT NULL,
    key       text        COLLATE "C" NOT NULL,
    hash      bytea       NOT NULL,
    item      bytea       NOT NULL,
    changed   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, kind, cluster, key)
);
CALL platform.protect('inventory.item');
GRANT SELECT, INSERT, UPDATE, DELETE ON inventory.item TO weft_app;

-- Whether the last list of a kind was complete, and why not.
CREATE TABLE inventory.listing (
    tenant_id text        NOT NULL,
    cluster   text        NOT NULL,
    kind      smallint    NOT NULL,
    complete  boolean     NOT NULL,
    reason    text        NOT NULL,
    listed    timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, cluster, kind)
);
CALL platform.protect('inventory.listing');
GRANT SELECT, INSERT, UPDATE, DELETE ON inventory.listing TO weft_app;

-- Clusters whose facts the brake holds.
CREATE TABLE inventory.brake (
    tenant_id text        NOT NULL,
    cluster   text        NOT NULL,
    epoch     bigint      NOT NULL,
    since     timestamptz NOT NULL DEFAULT clock_timestamp(),
    reason    text        NOT NULL,
    released  boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, cluster)
);
CALL platform.protect('inventory.brake');
GRANT SELECT, INSERT, UPDATE, DELETE ON inventory.brake TO weft_app;

-- How far a cluster has come: places in the history, and versions of bundles.
CREATE TABLE delivery.progress (
    tenant_id text        NOT NULL,
    cluster   text        NOT NULL,
    progress  text        NOT NULL,
    changed   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, cluster)
) WITH (fillfactor = 70);
CALL platform.protect('delivery.progress');
GRANT SELECT, INSERT, UPDATE, DELETE ON delivery.progress TO weft_app;

-- One row per replica of the hub, renewed while it lives.
CREATE TABLE delivery.replica (
    replica text        PRIMARY KEY,
    until   timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON delivery.replica TO weft_app;

-- One row per session, written when it begins and when it ends; the greatest epoch of a cluster is the present one.
CREATE TABLE delivery.session (
    tenant_id text        NOT NULL,
    cluster   text        NOT NULL,
    epoch     bigint      NOT NULL,
    replica   text        NOT NULL,
    opened    timestamptz NOT NULL,
    ended     timestamptz,
    reason    text,
    PRIMARY KEY (tenant_id, cluster, epoch)
);
CALL platform.protect('delivery.session');
GRANT SELECT, INSERT, UPDATE, DELETE ON delivery.session TO weft_app;
