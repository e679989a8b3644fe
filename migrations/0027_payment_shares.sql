-- Who a guest's payment goes to, as it was when the payment was reported: contracts change, what was said of this money
-- does not.
CREATE TABLE payment_shares (
    venue_id    UUID   NOT NULL,
    intent_id   UUID   NOT NULL,
    position    BIGINT NOT NULL,
    contract_id UUID,                          -- none: no contract was signed
    entity      TEXT   NOT NULL,               -- the legal entity's name then; empty: nobody
    amount      BIGINT NOT NULL,               -- kopecks; all shares together are the payment
    PRIMARY KEY (venue_id, intent_id, position),
    FOREIGN KEY (venue_id, intent_id) REFERENCES payment_intents (venue_id, id)
);
