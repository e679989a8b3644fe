-- Who the venue's money goes to. Exactly one signed contract is primary as soon as one is signed: at most one is held here,
-- that there is one by the deeds that sign and end.
CREATE TABLE contracts (
    venue_id   UUID        NOT NULL REFERENCES venues (id),
    id         UUID        NOT NULL,
    entity     TEXT        NOT NULL,           -- legal entity, «ООО «Рябина Групп»»
    inn        TEXT        NOT NULL,           -- ИНН, 10 or 12 digits
    kpp        TEXT        NOT NULL,           -- КПП; empty for a sole proprietor
    account    TEXT        NOT NULL,           -- 20 digits
    bik        TEXT        NOT NULL,           -- БИК, 9 digits
    number     TEXT        NOT NULL,
    state      TEXT        NOT NULL CHECK (state IN ('draft', 'signed', 'ended')),
    signed_on  TEXT,                           -- yyyy-mm-dd
    ended_on   TEXT,
    is_primary BOOLEAN     NOT NULL CHECK (NOT is_primary OR state = 'signed'),
    version    BIGINT      NOT NULL,           -- grows with every change: a form knows what it was drawn from
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (venue_id, id)
);
CREATE UNIQUE INDEX contracts_one_primary ON contracts (venue_id) WHERE is_primary;

-- Whose money a product is; a product without a row is the primary contract's.
CREATE TABLE contract_products (
    venue_id    UUID NOT NULL,
    product_id  UUID NOT NULL,
    contract_id UUID NOT NULL,
    PRIMARY KEY (venue_id, product_id),
    FOREIGN KEY (venue_id, product_id) REFERENCES products (venue_id, id) ON DELETE CASCADE,
    FOREIGN KEY (venue_id, contract_id) REFERENCES contracts (venue_id, id)
);
CREATE INDEX contract_products_of ON contract_products (venue_id, contract_id);

-- The scan, as it was given; sent back only as a download.
CREATE TABLE contract_files (
    venue_id    UUID        NOT NULL,
    contract_id UUID        NOT NULL,
    kind        TEXT        NOT NULL CHECK (kind IN ('pdf', 'jpeg', 'png')),
    bytes       BYTEA       NOT NULL,
    given_by    UUID        NOT NULL REFERENCES users (id),
    given_at    TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (venue_id, contract_id),
    FOREIGN KEY (venue_id, contract_id) REFERENCES contracts (venue_id, id)
);
