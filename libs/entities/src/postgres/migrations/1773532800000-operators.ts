import type { MigrationInterface, QueryRunner } from 'typeorm';

const ACCOUNTS = `
  ALTER TABLE users
    ADD COLUMN operator_since timestamptz(3),
    ADD COLUMN disabled_at timestamptz(3);
  CREATE INDEX users_operators_idx ON users (user_id) WHERE operator_since IS NOT NULL;
  CREATE INDEX token_families_user_id_idx ON token_families (user_id);
  CREATE INDEX refresh_tokens_family_idx ON refresh_tokens (family);`;

const AUDIT = `
  CREATE TABLE audit_attempts (
    audit_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT audit_attempts_pkey PRIMARY KEY,
    actor_id bigint CONSTRAINT audit_attempts_actor_id_fkey REFERENCES users (user_id),
    action varchar(200) NOT NULL,
    object varchar(200),
    request_id varchar(200),
    address varchar(200),
    at timestamptz(3) NOT NULL
  );
  CREATE TABLE audit_outcomes (
    audit_id bigint CONSTRAINT audit_outcomes_pkey PRIMARY KEY
      CONSTRAINT audit_outcomes_audit_id_fkey REFERENCES audit_attempts (audit_id),
    outcome varchar(200) NOT NULL,
    at timestamptz(3) NOT NULL
  );`;

/** An attempt and its outcome are rows of their own, so that neither is ever changed. */
const APPEND_ONLY = `
  CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
  CREATE TRIGGER audit_attempts_append_only BEFORE UPDATE OR DELETE ON audit_attempts
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER audit_outcomes_append_only BEFORE UPDATE OR DELETE ON audit_outcomes
    FOR EACH ROW EXECUTE FUNCTION refuse_change();`;

/** Operators, disabled accounts, and what operators did. */
export class Operators1773532800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ACCOUNTS);
    await runner.query(AUDIT);
    await runner.query(APPEND_ONLY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE audit_outcomes, audit_attempts;
      DROP FUNCTION refuse_change;
      DROP INDEX refresh_tokens_family_idx, token_families_user_id_idx;
      ALTER TABLE users DROP COLUMN operator_since, DROP COLUMN disabled_at`);
  }
}
