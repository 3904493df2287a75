import type { MigrationInterface, QueryRunner } from 'typeorm';

const ACCOUNTS = `
  CREATE TABLE users (
    user_id bigint CONSTRAINT users_pkey PRIMARY KEY,
    handle varchar(32) NOT NULL CONSTRAINT users_handle_key UNIQUE,
    password_hash text NOT NULL,
    display_name text,
    avatar_url text,
    created_at timestamptz(3) NOT NULL
  );
  CREATE TABLE token_families (
    family text CONSTRAINT token_families_pkey PRIMARY KEY,
    user_id bigint NOT NULL CONSTRAINT token_families_user_id_fkey REFERENCES users (user_id),
    revoked_at timestamptz(3)
  );
  CREATE TABLE refresh_tokens (
    token_digest text CONSTRAINT refresh_tokens_pkey PRIMARY KEY,
    family text NOT NULL CONSTRAINT refresh_tokens_family_fkey REFERENCES token_families (family),
    expires_at timestamptz(3) NOT NULL,
    used_at timestamptz(3)
  );
  CREATE TABLE devices (
    user_id bigint NOT NULL CONSTRAINT devices_user_id_fkey REFERENCES users (user_id),
    device_id varchar(64) NOT NULL,
    generation uuid NOT NULL,
    created_at timestamptz(3) NOT NULL,
    last_seen_at timestamptz(3) NOT NULL,
    CONSTRAINT devices_pkey PRIMARY KEY (user_id, device_id)
  );`;

const CONVERSATIONS = `
  CREATE TABLE conversations (
    conversation_id bigint CONSTRAINT conversations_pkey PRIMARY KEY,
    kind varchar(16) NOT NULL,
    title text,
    user_low bigint CONSTRAINT conversations_user_low_fkey REFERENCES users (user_id),
    user_high bigint CONSTRAINT conversations_user_high_fkey REFERENCES users (user_id),
    version integer NOT NULL,
    member_count integer NOT NULL,
    created_at timestamptz(3) NOT NULL,
    CONSTRAINT conversations_users_key UNIQUE (user_low, user_high),
    CONSTRAINT conversations_users_check CHECK (user_low < user_high)
  );
  CREATE TABLE conversation_members (
    conversation_id bigint NOT NULL
      CONSTRAINT conversation_members_conversation_id_fkey REFERENCES conversations (conversation_id),
    user_id bigint NOT NULL CONSTRAINT conversation_members_user_id_fkey REFERENCES users (user_id),
    role varchar(16) NOT NULL,
    joined_at timestamptz(3) NOT NULL,
    CONSTRAINT conversation_members_pkey PRIMARY KEY (conversation_id, user_id)
  );
  CREATE INDEX conversation_members_page_idx ON conversation_members (conversation_id, joined_at, user_id);
  CREATE TABLE outbox (
    outbox_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT outbox_pkey PRIMARY KEY,
    conversation_id bigint NOT NULL,
    version integer NOT NULL,
    message_id bigint NOT NULL,
    actor_id bigint NOT NULL,
    change varchar(32) NOT NULL,
    conversation_kind varchar(16),
    members jsonb,
    user_id bigint,
    role varchar(16),
    title text,
    reply_to jsonb NOT NULL,
    CONSTRAINT outbox_version_key UNIQUE (conversation_id, version)
  );`;

const WORKER_LEASES = `
  CREATE TABLE worker_leases (
    worker_id smallint CONSTRAINT worker_leases_pkey PRIMARY KEY,
    token uuid,
    holder text NOT NULL,
    expires_at timestamptz NOT NULL,
    last_time_ms bigint NOT NULL
  );`;

/** Accounts, devices, conversations with their outbox, worker-id leases. */
export class FirstSchema1767225600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ACCOUNTS);
    await runner.query(CONVERSATIONS);
    await runner.query(WORKER_LEASES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE worker_leases, outbox, conversation_members, conversations, devices, refresh_tokens, token_families, users`);
  }
}
