-- What the issuer in the edge's process knows. It has a history of migrations of its own, in its schema.
--
-- Runs as weft_owner. weft_issuer is what the issuer works as; the hub's roles see nothing of this.

CREATE SCHEMA IF NOT EXISTS issuer;
GRANT USAGE ON SCHEMA issuer TO weft_issuer;

-- What tokens are signed with. The private part is encrypted by the master key, which is not in the database.
CREATE TABLE issuer.signing_key (
    key_id     text        PRIMARY KEY,
    public_key text        NOT NULL,
    sealed_key bytea       NOT NULL,
    created_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON issuer.signing_key TO weft_issuer;

-- Who may ask for tokens. The secret has 256 random bits, so its SHA-256 gives nothing away.
CREATE TABLE issuer.client (
    client_id   text PRIMARY KEY,
    secret_hash text NOT NULL,
    public_url  text NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON issuer.client TO weft_issuer;

-- Demo users. The password is hashed with bcrypt.
CREATE TABLE issuer.person (
    name          text PRIMARY KEY,
    display_name  text  NOT NULL,
    email         text  NOT NULL,
    password_hash text  NOT NULL,
    tenants       jsonb NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON issuer.person TO weft_issuer;
