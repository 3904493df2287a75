import type { MigrationInterface, QueryRunner } from 'typeorm';

/** From a user to the conversations: whom one may see is looked up that way round. */
export class ConversationsOfAUser1774915200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX conversation_members_user_idx ON conversation_members (user_id, conversation_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX conversation_members_user_idx');
  }
}
