import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { IdColumn, TimeColumn } from './columns.js';
import { UserRow } from './user-row.js';

/** One login with all its refreshes. Its row is the lock under which its tokens change. */
@Entity('token_families')
@Index('token_families_user_id_idx', ['user_id'])
export class TokenFamilyRow {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'token_families_pkey' })
  family: string;

  @ForeignKey(() => UserRow, { name: 'token_families_user_id_fkey' })
  @IdColumn()
  user_id: string;

  @TimeColumn({ nullable: true })
  revoked_at: number | null;
}

/** One refresh token, known by its digest alone. Used ones stay, so that a second use is noticed. */
@Entity('refresh_tokens')
@Index('refresh_tokens_family_idx', ['family'])
export class RefreshTokenRow {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'refresh_tokens_pkey' })
  token_digest: string;

  @ForeignKey(() => TokenFamilyRow, { name: 'refresh_tokens_family_fkey' })
  @Column({ type: 'text' })
  family: string;

  @TimeColumn()
  expires_at: number;

  @TimeColumn({ nullable: true })
  used_at: number | null;
}
