import type { MigrationInterface, QueryRunner } from 'typeorm';

const BLOCKS = `
  CREATE TABLE blocks (
    blocker_id bigint NOT NULL CONSTRAINT blocks_blocker_id_fkey REFERENCES users (user_id),
    blocked_id bigint NOT NULL CONSTRAINT blocks_blocked_id_fkey REFERENCES users (user_id),
    blocked_at timestamptz(3) NOT NULL,
    CONSTRAINT blocks_pkey PRIMARY KEY (blocker_id, blocked_id)
  );
  CREATE INDEX blocks_page_idx ON blocks (blocker_id, blocked_at, blocked_id);`;

const MUTES = `
  CREATE TABLE conversation_mutes (
    user_id bigint NOT NULL CONSTRAINT conversation_mutes_user_id_fkey REFERENCES users (user_id),
    conversation_id bigint NOT NULL
      CONSTRAINT conversation_mutes_conversation_id_fkey REFERENCES conversations (conversation_id),
    muted_until timestamptz(3),
    CONSTRAINT conversation_mutes_pkey PRIMARY KEY (user_id, conversation_id)
  );`;

/** Who blocks whom, and the conversations that users muted. */
export class BlocksAndMutes1769904000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(BLOCKS);
    await runner.query(MUTES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE conversation_mutes, blocks');
  }
}
