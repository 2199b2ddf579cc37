-- The ledger. The same text runs on PostgreSQL 15 and later and on databases that speak its dialect.
--
-- Conventions. slot: 16 bits of a keyed hash, leads every key that a device owns. Identifiers and blind indexes are bytea of
-- 16 bytes (a blind index has its pepper's version as one more byte in front). Times are milliseconds since 1970, UTC.
-- sealed: one AEAD ciphertext per row; random bytes, so it is never compressed (STORAGE EXTERNAL) and stays in the row while short.
-- Columns are ordered by alignment: padding is paid once per device.

-- What belongs to the whole installation: which keyring, which TLS authority. One row per fact.
CREATE TABLE installation (
    fact  text PRIMARY KEY,
    value text NOT NULL
);

-- Raised by every operator's act in its own transaction: nodes poll it to refresh what they hold of the roster.
CREATE TABLE roster_change (
    one     smallint PRIMARY KEY CHECK (one = 1),
    counter bigint   NOT NULL
) WITH (fillfactor = 10);
INSERT INTO roster_change VALUES (1, 0);

CREATE TABLE tenant (
    epoch             bigint   NOT NULL,
    individuals_epoch bigint   NOT NULL,
    created_at        bigint   NOT NULL,
    tenant            integer  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    state             smallint NOT NULL,
    audit_reads       boolean  NOT NULL,
    verified_anchors  boolean  NOT NULL,
    name              text     NOT NULL UNIQUE
);

CREATE TABLE region (
    tenant integer NOT NULL REFERENCES tenant,
    name   text    NOT NULL,
    PRIMARY KEY (tenant, name)
);

CREATE TABLE hub (
    tenant   integer  NOT NULL REFERENCES tenant,
    name     text     NOT NULL,
    region   text     NOT NULL,
    endpoint text     NOT NULL,
    weight   integer  NOT NULL,
    version  integer  NOT NULL,
    state    smallint NOT NULL,
    PRIMARY KEY (tenant, name)
);

-- Immutable versions; the body, group secrets included, is sealed by the tenant's own key.
CREATE TABLE enrollment (
    tenant     integer  NOT NULL REFERENCES tenant,
    id         text     COLLATE "C" NOT NULL,
    version    integer  NOT NULL,
    kind       smallint NOT NULL,
    created_at bigint   NOT NULL,
    sealed     bytea    NOT NULL,
    PRIMARY KEY (tenant, id, version)
);

-- Checked by every commit: disabling or changing an enrollment takes effect between two commits of every lane.
-- An epoch, here and in tenant, is the edition of the roster in which it last changed: an act that rests on an older
-- edition is refused.
CREATE TABLE gate (
    epoch      bigint  NOT NULL,
    tenant     integer NOT NULL,
    version    integer NOT NULL,
    enabled    boolean NOT NULL,
    individual boolean NOT NULL,
    enrollment text    COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, enrollment)
);

-- Groups are few among many individuals.
CREATE INDEX gate_of_group ON gate (tenant, enrollment) WHERE NOT individual;

-- Immutable versions of certificate profiles, sealed by the tenant's own key.
CREATE TABLE certificate_profile (
    created_at bigint  NOT NULL,
    tenant     integer NOT NULL REFERENCES tenant,
    version    integer NOT NULL,
    name       text    COLLATE "C" NOT NULL,
    sealed     bytea   NOT NULL,
    PRIMARY KEY (tenant, name, version)
);

-- Authorities that a tenant registered by name, sealed by the tenant's own key. Their versions replace one another.
CREATE TABLE anchor (
    tenant  integer NOT NULL REFERENCES tenant,
    version integer NOT NULL,
    name    text    COLLATE "C" NOT NULL,
    sealed  bytea   NOT NULL,
    PRIMARY KEY (tenant, name)
);

-- Policies of AWS IoT that a tenant keeps by name; documents sealed by the tenant's own key. Their versions replace one
-- another: devices hold the name.
CREATE TABLE named_policy (
    tenant  integer NOT NULL REFERENCES tenant,
    version integer NOT NULL,
    name    text    COLLATE "C" NOT NULL,
    sealed  bytea   NOT NULL,
    PRIMARY KEY (tenant, name)
);

-- The authorities that sign for a tenant, keys and all, sealed by the tenant's own key. issuer: key identifier.
CREATE TABLE authority (
    created_at bigint  NOT NULL,
    tenant     integer NOT NULL REFERENCES tenant,
    generation integer NOT NULL,
    issuer     bytea   NOT NULL UNIQUE,
    sealed     bytea   NOT NULL,
    PRIMARY KEY (tenant, generation)
);

-- Who may come to the desk. verifier: SHA-256 of a key's text, or of a client's public key or certificate (kind 1, 2);
-- or the key of a shared access policy, sealed (kind 3). previous: the one before, until overlap_until. tenant 0: the
-- installation. Names are sealed; name_bi: blind index of a policy's, by which it is found.
CREATE TABLE principal (
    created_at    bigint   NOT NULL,
    expires_at    bigint,
    last_used     bigint,
    overlap_until bigint,
    ended_at      bigint,
    tenant        integer  NOT NULL,
    version       integer  NOT NULL,
    kind          smallint NOT NULL,
    role          smallint NOT NULL,
    state         smallint NOT NULL,
    principal_id  text     COLLATE "C" PRIMARY KEY,
    verifier      bytea    NOT NULL,
    previous      bytea,
    sealed        bytea    NOT NULL,
    name_bi       bytea
) WITH (fillfactor = 80);
CREATE INDEX principal_by_tenant ON principal (tenant, principal_id);
CREATE INDEX principal_by_verifier ON principal (verifier) WHERE kind > 0;
CREATE INDEX principal_by_name ON principal (tenant, name_bi) WHERE name_bi IS NOT NULL;
CREATE INDEX principal_by_previous ON principal (previous) WHERE previous IS NOT NULL;

-- What a principal was answered under an idempotency key, sealed; NULL while the request is under way. key_bi: keyed
-- hash of the principal and the key. Rows are gone a day after their answer.
CREATE TABLE idempotency (
    expires_at bigint NOT NULL,
    key_bi     bytea  PRIMARY KEY,
    digest     bytea  NOT NULL,
    sealed     bytea
);
CREATE INDEX idempotency_by_end ON idempotency (expires_at);

-- Individual enrollments, found by the blind index of the registration id. Their ids are keyed hashes of their names:
-- an operator may name one after its device.
CREATE TABLE roster (
    slot       smallint NOT NULL,
    tenant     integer  NOT NULL,
    name_bi    bytea    NOT NULL,
    enrollment text     NOT NULL,
    PRIMARY KEY (slot, tenant, name_bi)
);

-- One device: what is narrowed by lies open, what identifies it is sealed. Its slot comes from its registration id.
CREATE TABLE device (
    created_at bigint   NOT NULL,
    updated_at bigint   NOT NULL,
    last_seq   bigint   NOT NULL,
    last_lane  integer  NOT NULL,
    tenant     integer  NOT NULL,
    version    integer  NOT NULL,
    slot       smallint NOT NULL,
    state      smallint NOT NULL,
    device_id  bytea    NOT NULL,
    enrollment text     NOT NULL,
    type       text,
    region     text,
    hub        text,
    sealed     bytea    NOT NULL,
    PRIMARY KEY (slot, device_id)
) WITH (fillfactor = 95);
ALTER TABLE device ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- Facts of devices that their enrollments declare searchable. bi: blind index of the fact's name and value.
CREATE TABLE facet (
    tenant    integer  NOT NULL,
    slot      smallint NOT NULL,
    device_id bytea    NOT NULL,
    bi        bytea    NOT NULL,
    PRIMARY KEY (slot, device_id, bi)
);
CREATE INDEX facet_by_value ON facet (tenant, bi, slot, device_id);

-- The device's own key, wrapped by one of its tenant's bucket keys, which are not in this database.
CREATE TABLE device_key (
    bucket_key integer  NOT NULL,
    slot       smallint NOT NULL,
    device_id  bytea    NOT NULL,
    wrapped    bytea    NOT NULL,
    PRIMARY KEY (slot, device_id)
);

-- Whether a device is connected: no entry of the ledger, and it may be lost. node: the start of a node at which the device
-- was last; sealed by the device's own key: what remains of an erased device opens no more.
CREATE TABLE presence (
    slot      smallint NOT NULL,
    device_id bytea    NOT NULL,
    node      bytea    NOT NULL,
    sealed    bytea    NOT NULL,
    PRIMARY KEY (slot, device_id)
) WITH (fillfactor = 80);
ALTER TABLE presence ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- Each start of a node that devices connect to, with its last sign of life.
CREATE TABLE node (
    seen_at bigint NOT NULL,
    node    bytea  PRIMARY KEY
) WITH (fillfactor = 10);

-- A name or a key that leads to a device. Its slot comes from its own value, device_slot says where the device lives.
-- device_id NULL: blocked, names nobody.
CREATE TABLE binding (
    slot        smallint NOT NULL,
    kind        smallint NOT NULL,
    tenant      integer  NOT NULL,
    state       smallint NOT NULL,
    device_slot smallint NOT NULL,
    bi          bytea    NOT NULL,
    device_id   bytea,
    PRIMARY KEY (slot, tenant, kind, bi)
);

-- One certificate that was issued. Its slot is its device's, and mostly in its serial number (table creation). What it is and the certificate
-- itself are sealed by the device's key. ended_at and reason: NULL while it proves its device.
CREATE TABLE credential (
    not_after bigint   NOT NULL,
    ended_at  bigint,
    tenant    integer  NOT NULL,
    slot      smallint NOT NULL,
    state     smallint NOT NULL,
    crl_shard smallint NOT NULL,
    reason    smallint,
    serial_bi bytea    NOT NULL,
    device_id bytea    NOT NULL,
    issuer    bytea    NOT NULL,
    sealed    bytea    NOT NULL,
    PRIMARY KEY (slot, tenant, serial_bi)
);
ALTER TABLE credential ALTER COLUMN sealed SET STORAGE EXTERNAL;
-- For the count of what ends soon. Certificates are written about in the order of their ends, so that this tiny index
-- is enough; an issue pays next to nothing for it.
CREATE INDEX credential_by_end ON credential USING brin (not_after) WITH (pages_per_range = 32);

-- What CRLs name; it tells of no device. lane and seq: the act that ended the certificate, so that it is known of every CRL
-- whether it tells all that is committed.
CREATE TABLE revocation (
    at        bigint   NOT NULL,
    not_after bigint   NOT NULL,
    seq       bigint   NOT NULL,
    lane      integer  NOT NULL,
    shard     smallint NOT NULL,
    reason    smallint NOT NULL,
    issuer    bytea    NOT NULL,
    serial    bytea    NOT NULL,
    PRIMARY KEY (issuer, shard, serial)
);
CREATE INDEX revocation_by_act ON revocation (issuer, shard, lane, seq);

-- The newest CRL of each shard. It covers every act of lanes[i] up to heads[i].
CREATE TABLE crl (
    number      bigint   NOT NULL,
    this_update bigint   NOT NULL,
    next_update bigint   NOT NULL,
    shard       smallint NOT NULL,
    issuer      bytea    NOT NULL,
    lanes       integer[] NOT NULL,
    heads       bigint[] NOT NULL,
    body        bytea    NOT NULL,
    PRIMARY KEY (issuer, shard)
) WITH (fillfactor = 50);
ALTER TABLE crl ALTER COLUMN body SET STORAGE EXTERNAL;

-- One-time tokens. Their text is in no table: token_bi finds it, and the slot comes from it. token_id carries the slot.
CREATE TABLE token (
    created_at bigint   NOT NULL,
    expires_at bigint   NOT NULL,
    tenant     integer  NOT NULL,
    uses       integer  NOT NULL,
    spent      integer  NOT NULL,
    slot       smallint NOT NULL,
    state      smallint NOT NULL,
    token_id   bytea    NOT NULL,
    token_bi   bytea    NOT NULL,
    enrollment text     NOT NULL,
    sealed     bytea    NOT NULL,
    PRIMARY KEY (slot, tenant, token_id)
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX token_by_text ON token (slot, tenant, token_bi);
CREATE INDEX token_by_time ON token (tenant, created_at, token_id);

-- Which keys have used a token: the same key may do so again.
CREATE TABLE token_use (
    tenant   integer  NOT NULL,
    slot     smallint NOT NULL,
    token_id bytea    NOT NULL,
    key_bi   bytea    NOT NULL,
    PRIMARY KEY (slot, tenant, token_id, key_bi)
);

-- One node's ordered writer. seen_at: a lane without a sign of life may be taken over, under the next incarnation.
CREATE TABLE lane (
    lane        integer PRIMARY KEY,
    incarnation bigint  NOT NULL,
    batch       bigint  NOT NULL,
    head_seq    bigint  NOT NULL,
    seen_at     bigint  NOT NULL,
    head_hash   bytea   NOT NULL
) WITH (fillfactor = 10);

-- Audit and outbox: one row per act on a subject, never updated.
CREATE TABLE entry (
    seq        bigint   NOT NULL,
    prev_seq   bigint   NOT NULL,
    at         bigint   NOT NULL,
    lane       integer  NOT NULL,
    prev_lane  integer  NOT NULL,
    version    integer  NOT NULL,
    tenant     integer  NOT NULL,
    slot       smallint NOT NULL,
    kind       smallint NOT NULL,
    subject_id bytea    NOT NULL,
    act_id     bytea    NOT NULL,
    leaf_hash  bytea    NOT NULL,
    actor      text     NOT NULL,
    sealed     bytea    NOT NULL,
    PRIMARY KEY (slot, subject_id, version)
);
ALTER TABLE entry ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX entry_by_lane ON entry (lane, seq);

-- Other systems that are told what happens to devices. turn is raised by each node that takes it, and by each replay: what
-- an earlier turn writes counts no more. lease_until: database time until which no other node takes it.
CREATE TABLE sink (
    turn        bigint  NOT NULL,
    lease_until bigint  NOT NULL,
    paused      boolean NOT NULL,
    sink        text    COLLATE "C" PRIMARY KEY,
    kind        text    NOT NULL
) WITH (fillfactor = 10);

-- Up to which entry of each lane a sink was told.
CREATE TABLE sink_cursor (
    seq  bigint  NOT NULL,
    lane integer NOT NULL,
    sink text    COLLATE "C" NOT NULL REFERENCES sink,
    PRIMARY KEY (sink, lane)
) WITH (fillfactor = 10);

-- Entries that a sink could not take, and was not told again.
CREATE TABLE dead_letter (
    seq    bigint  NOT NULL,
    at     bigint  NOT NULL,
    lane   integer NOT NULL,
    sink   text    COLLATE "C" NOT NULL REFERENCES sink,
    reason text    NOT NULL,
    PRIMARY KEY (sink, lane, seq)
);

-- One try of a recognized caller. subject_id: keyed hash of (tenant, name), so that tries before and after the device
-- exists lie together. attempt_id: slot, time and chance, in this order. Sealed by the device's key, else by bucket_key.
CREATE TABLE attempt (
    tenant     integer  NOT NULL,
    bucket_key integer  NOT NULL,
    slot       smallint NOT NULL,
    verdict    smallint NOT NULL,
    subject_id bytea    NOT NULL,
    attempt_id bytea    NOT NULL,
    device_id  bytea,
    code       text     NOT NULL,
    enrollment text,
    sealed     bytea    NOT NULL,
    PRIMARY KEY (slot, subject_id, attempt_id)
);
ALTER TABLE attempt ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- A request that was deferred; state 0 is open. Its slot comes from the registration id.
CREATE TABLE operation (
    run_after   bigint   NOT NULL,
    lease_until bigint   NOT NULL,
    expires_at  bigint   NOT NULL,
    tenant      integer  NOT NULL,
    slot        smallint NOT NULL,
    state       smallint NOT NULL,
    op_id       bytea    NOT NULL,
    name_bi     bytea    NOT NULL,
    key_bi      bytea    NOT NULL,
    sealed      bytea    NOT NULL,
    outcome     bytea,
    PRIMARY KEY (slot, op_id)
);
CREATE UNIQUE INDEX operation_open ON operation (slot, tenant, name_bi, key_bi) WHERE state = 0;
CREATE INDEX operation_due ON operation (run_after) WHERE state = 0;

-- Files of enrollments on their way in, and where each stands. turn: how often it was taken up; whoever holds an earlier turn
-- writes nothing more. import_id begins with its time.
CREATE TABLE import_job (
    changed_at  bigint   NOT NULL,
    lease_until bigint   NOT NULL,
    turn        bigint   NOT NULL,
    tenant      integer  NOT NULL,
    state       smallint NOT NULL,
    import_id   bytea    NOT NULL,
    sealed      bytea    NOT NULL,
    findings    bytea    NOT NULL,
    PRIMARY KEY (tenant, import_id)
) WITH (fillfactor = 50);
ALTER TABLE import_job ALTER COLUMN sealed SET STORAGE EXTERNAL;
ALTER TABLE import_job ALTER COLUMN findings SET STORAGE EXTERNAL;
CREATE INDEX import_job_open ON import_job (import_id) WHERE state < 3;

-- The file of an import until it ends.
CREATE TABLE import_part (
    tenant    integer NOT NULL,
    part      integer NOT NULL,
    import_id bytea   NOT NULL,
    sealed    bytea   NOT NULL,
    PRIMARY KEY (tenant, import_id, part)
);
ALTER TABLE import_part ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- Claims: certificates that many devices share until each has its own. cert_bi: keyed hash of the certificate's
-- fingerprint, the same in every tenant. networks: keyed hashes, four octets each, of the networks that it was used from.
CREATE TABLE claim (
    created_at   bigint   NOT NULL,
    not_after    bigint   NOT NULL,
    creates      bigint   NOT NULL,
    window_ms    bigint   NOT NULL,
    window_start bigint   NOT NULL,
    spent        bigint   NOT NULL,
    second_start bigint   NOT NULL,
    second_spent integer  NOT NULL,
    per_second   integer  NOT NULL,
    tenant       integer  NOT NULL REFERENCES tenant,
    state        smallint NOT NULL,
    name         text     COLLATE "C" NOT NULL,
    enrollment   text     COLLATE "C" NOT NULL,
    claim_id     bytea    NOT NULL,
    cert_bi      bytea    NOT NULL,
    networks     bytea    NOT NULL,
    sealed       bytea    NOT NULL,
    PRIMARY KEY (tenant, name)
) WITH (fillfactor = 50);
CREATE UNIQUE INDEX claim_by_id ON claim (tenant, claim_id);
CREATE UNIQUE INDEX claim_by_certificate ON claim (cert_bi, tenant);
CREATE INDEX claim_by_end ON claim (not_after);

-- Certificates that claims created before their devices had names; state 0 waits for a device, 1 is one's, 2 is revoked.
-- Its slot is in its serial number; device_slot and device_id say where its device lives, with the certificate's own row.
-- expires_at: end of its hour; not_after: end of the certificate.
CREATE TABLE creation (
    expires_at  bigint   NOT NULL,
    not_after   bigint   NOT NULL,
    tenant      integer  NOT NULL,
    slot        smallint NOT NULL,
    state       smallint NOT NULL,
    device_slot smallint,
    serial_bi   bytea    NOT NULL,
    device_id   bytea,
    sealed      bytea    NOT NULL,
    PRIMARY KEY (slot, tenant, serial_bi)
);
ALTER TABLE creation ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE INDEX creation_waiting ON creation (expires_at) WHERE state = 0;
