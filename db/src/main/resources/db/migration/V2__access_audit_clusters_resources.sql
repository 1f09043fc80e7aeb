-- The tables of access, audit, clusters and resources. One schema a module; tenant_id first in each key; every table
-- forces row-level security, also for its owner.

create schema access;
create schema audit;
create schema clusters;
create schema resources;
grant usage on schema access, audit, clusters, resources to weft_app, weft_job;

-- ---------------------------------------------------------------------------------------------------------- access

create table access.tenant (
    tenant_id    text        not null primary key,
    display_name text        not null default '',
    created_at   timestamptz not null default now(),
    created_by   text        not null
);

-- Secrets are 256 random bits: a plain SHA-256 is as good as any slow hash.
create table access.token (
    tenant_id    text        not null references access.tenant,
    token_id     text        not null unique,
    name         text        not null,
    hash         bytea       not null check (length(hash) = 32),
    role         text        not null,
    platform     boolean     not null default false,
    created_at   timestamptz not null default now(),
    created_by   text        not null,
    expires_at   timestamptz,
    last_used_at timestamptz,
    primary key (tenant_id, token_id)
);

-- ----------------------------------------------------------------------------------------------------------- audit

-- The end of each chain; its row is the lock of those who append.
create table audit.head (
    tenant_id text   not null,
    chain     text   not null check (chain in ('done', 'refused')),
    seq       bigint not null,
    hash      bytea  not null,
    primary key (tenant_id, chain)
);

create table audit.record (
    tenant_id text        not null,
    chain     text        not null,
    seq       bigint      not null,
    at        timestamptz not null,
    subject   text        not null,
    action    text        not null,
    target    text        not null,
    source    text        not null,
    request   text        not null,
    position  bigint      not null, -- of the last entry of the log that came of it; 0 for none
    times     integer     not null, -- more than 1 only for refused attempts, which are gathered for a second
    detail    text        not null,
    parent    bytea       not null,
    hash      bytea       not null,
    primary key (tenant_id, chain, seq)
);

-- -------------------------------------------------------------------------------------------------------- clusters

-- The tenant's authority for client certificates; its key is encrypted by the master key.
create table clusters.authority (
    tenant_id   text        not null primary key,
    certificate bytea       not null,
    private_key bytea       not null,
    created_at  timestamptz not null default now()
);

create table clusters.join_token (
    tenant_id  text        not null,
    cluster    text        not null,
    hash       bytea       not null check (length(hash) = 32),
    created_at timestamptz not null default now(),
    created_by text        not null,
    expires_at timestamptz not null,
    used_at    timestamptz,
    used_by    bytea, -- SHA-256 of the key that it was used for: the same key may ask again, if the answer was lost
    primary key (tenant_id, cluster, hash)
);

-- Which real cluster a name is bound to, since its first enrolment.
create table clusters.enrolment (
    tenant_id   text        not null,
    cluster     text        not null,
    cluster_uid text        not null,
    enrolled_at timestamptz not null default now(),
    primary key (tenant_id, cluster),
    unique (tenant_id, cluster_uid)
);

-- Certificates issued before this time are worth nothing. Stays when the cluster is deleted.
create table clusters.revocation (
    tenant_id  text        not null,
    cluster    text        not null,
    revoked_at timestamptz not null,
    reason     text        not null,
    primary key (tenant_id, cluster)
);

-- ------------------------------------------------------------------------------------------------------- resources

-- The history: which revision made which version of which resource.
create table resources.revision (
    tenant_id text        not null,
    revision  bigint      not null,
    position  bigint      not null,
    at        timestamptz not null,
    by        text        not null,
    primary key (tenant_id, revision)
);

create table resources.version (
    tenant_id  text    not null,
    key        text    not null,
    revision   bigint  not null,
    generation bigint  not null,
    document   jsonb,
    primary key (tenant_id, key, revision)
);
create index version_by_revision on resources.version (tenant_id, revision);

-- ---------------------------------------------------------------------------------------------------- who may what

do $$
declare
    of_tenant record;
begin
    for of_tenant in
        select schemaname, tablename from pg_tables
        where schemaname in ('access', 'audit', 'clusters', 'resources')
    loop
        execute format('alter table %I.%I enable row level security', of_tenant.schemaname, of_tenant.tablename);
        execute format('alter table %I.%I force row level security', of_tenant.schemaname, of_tenant.tablename);
        execute format(
            'create policy tenant on %I.%I using (tenant_id = nullif(current_setting(''app.tenant'', true), ''''))',
            of_tenant.schemaname, of_tenant.tablename);
    end loop;
end $$;

-- Who names a token by its id may read that one row, to learn its tenant.
create policy by_id on access.token for select
    using (token_id = nullif(current_setting('app.token', true), ''));
-- The list of tenants is for platform administrators and jobs.
create policy every_tenant on access.tenant for select to weft_job using (true);
-- The hub's own authority, for the certificates of its servers; of no tenant, and its key is encrypted.
create table clusters.hub_authority (
    only_row    boolean primary key default true check (only_row),
    certificate bytea   not null,
    private_key bytea   not null
);
grant select, insert on clusters.hub_authority to weft_app;

-- Every replica looks for revocations of all tenants.
create policy every_tenant on clusters.revocation for select to weft_job using (true);

grant select, insert on access.tenant to weft_app;
grant select, insert, delete on access.token to weft_app;
grant update (last_used_at) on access.token to weft_app;
-- A record is appended and never touched again.
grant select, insert on audit.record to weft_app;
grant select, insert, update on audit.head to weft_app;
grant select, insert on clusters.authority to weft_app;
grant select, insert, delete on clusters.join_token to weft_app;
grant update (used_at, used_by) on clusters.join_token to weft_app;
grant select, insert, delete on clusters.enrolment to weft_app;
grant select, insert, update on clusters.revocation to weft_app;
grant select, insert on resources.revision, resources.version to weft_app;
grant select on access.tenant, clusters.revocation to weft_job;
