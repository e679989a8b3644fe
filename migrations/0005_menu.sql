CREATE TABLE sections (
    venue_id      UUID        NOT NULL REFERENCES venues (id),
    id            UUID        NOT NULL,
    name          TEXT        NOT NULL,
    origin        TEXT        NOT NULL CHECK (origin IN ('iiko', 'sync_day', 'no_folder', 'own')),
    iiko_group_id UUID,
    sync_day      TEXT,                        -- yyyy-mm-dd of the venue's calendar, only where origin is sync_day
    position      BIGINT      NOT NULL,
    hidden_at     TIMESTAMPTZ,
    hidden_by     UUID        REFERENCES users (id),
    created_at    TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (venue_id, id)
);
CREATE UNIQUE INDEX sections_one_per_day ON sections (venue_id, sync_day) WHERE sync_day IS NOT NULL;
CREATE UNIQUE INDEX sections_one_without_folder ON sections (venue_id) WHERE origin = 'no_folder';

CREATE TABLE categories (
    venue_id      UUID        NOT NULL,
    id            UUID        NOT NULL,
    section_id    UUID        NOT NULL,
    name          TEXT        NOT NULL,
    iiko_group_id UUID,
    position      BIGINT      NOT NULL,
    created_at    TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (venue_id, id),
    UNIQUE (venue_id, section_id, id),
    FOREIGN KEY (venue_id, section_id) REFERENCES sections (venue_id, id)
);

CREATE TABLE products (
    venue_id    UUID        NOT NULL,
    id          UUID        NOT NULL,
    iiko_id     UUID,                          -- none: the venue's own product, made while iiko was off
    -- iiko's fields: written by sync, read-only in the panel
    kind        TEXT        NOT NULL CHECK (kind IN ('dish', 'good')),
    code        TEXT        NOT NULL,
    name        TEXT        NOT NULL,
    name_fold   TEXT        NOT NULL,          -- lower case, made by the application
    description TEXT        NOT NULL,
    price       BIGINT      NOT NULL CHECK (price >= 0), -- kopecks
    sort_order  BIGINT      NOT NULL,          -- iiko `order`
    weight      TEXT        NOT NULL,          -- as iiko writes it; its unit is not stable
    unit        TEXT        NOT NULL,
    open_price  BOOLEAN     NOT NULL,          -- iiko `canSetOpenPrice`
    on_sale     BOOLEAN     NOT NULL,          -- some size has iiko `isIncludedInMenu`
    iiko_path   TEXT        NOT NULL,          -- folders in iiko, «Кухня → Супы»
    options     JSONB       NOT NULL,          -- sizes with prices, modifiers, modifier groups
    has_sizes   BOOLEAN     NOT NULL,          -- more than one size: `price` is the lowest
    -- ours: no sync writes them after the first
    section_id  UUID        NOT NULL,
    category_id UUID,                          -- none: directly in the section
    position    BIGINT,                        -- the manager's order; none: iiko's
    placed      TEXT        NOT NULL,          -- the rule that put it here
    vanished_at TIMESTAMPTZ,                   -- left iiko's export: hidden, kept
    created_at  TIMESTAMPTZ NOT NULL,
    updated_at  TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (venue_id, id),
    FOREIGN KEY (venue_id, section_id) REFERENCES sections (venue_id, id),
    FOREIGN KEY (venue_id, section_id, category_id) REFERENCES categories (venue_id, section_id, id) ON UPDATE CASCADE
);
CREATE UNIQUE INDEX products_by_iiko_id ON products (venue_id, iiko_id) WHERE iiko_id IS NOT NULL;
CREATE INDEX products_in_section ON products (venue_id, section_id, category_id);

-- What products can be ordered with. `kind` is modifier, modifier_group or size: iiko's three dictionaries of options.
CREATE TABLE menu_options (
    venue_id    UUID        NOT NULL REFERENCES venues (id),
    kind        TEXT        NOT NULL CHECK (kind IN ('modifier', 'modifier_group', 'size')),
    iiko_id     UUID        NOT NULL,
    name        TEXT        NOT NULL,
    price       BIGINT      NOT NULL,          -- kopecks; 0 for groups and sizes
    sort_order  BIGINT      NOT NULL,
    vanished_at TIMESTAMPTZ,
    PRIMARY KEY (venue_id, kind, iiko_id)
);

CREATE TABLE photos (
    venue_id   UUID        NOT NULL,
    id         UUID        NOT NULL,
    product_id UUID        NOT NULL,
    position   BIGINT      NOT NULL,
    width      BIGINT      NOT NULL,           -- pixels of the large picture
    height     BIGINT      NOT NULL,
    created_by UUID        NOT NULL REFERENCES users (id),
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (venue_id, id),
    FOREIGN KEY (venue_id, product_id) REFERENCES products (venue_id, id)
);
CREATE INDEX photos_of_product ON photos (venue_id, product_id, position);

-- The re-encoded pictures lie in the database: one transaction with their row, one backup, many machines.
CREATE TABLE photo_files (
    venue_id UUID  NOT NULL,
    photo_id UUID  NOT NULL,
    size     TEXT  NOT NULL CHECK (size IN ('large', 'small')),
    bytes    BYTEA NOT NULL,
    PRIMARY KEY (venue_id, photo_id, size),
    FOREIGN KEY (venue_id, photo_id) REFERENCES photos (venue_id, id)
);
