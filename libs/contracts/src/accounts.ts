import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { check, TextField } from './fields.js';
import { isCleanText } from './json-checks.js';
import { PageQueryDto } from './paging.js';

/** A handle as clients may send it. It is kept and compared in lower case everywhere. */
const HANDLE = /^[A-Za-z0-9_.]{3,32}$/;
const AVATAR_URL_LENGTH = 2_048;
const DISPLAY_NAME_LENGTH = 64;

const isHandle = (value: unknown): boolean => typeof value === 'string' && HANDLE.test(value);

function HandleField() {
  return applyDecorators(
    ApiProperty({ type: String, pattern: HANDLE.source, example: 'alice' }),
    check('handle', 'must be 3 to 32 letters, digits, _ or .', isHandle),
  );
}

const DisplayNameField = () => TextField(1, DISPLAY_NAME_LENGTH, { optional: true });

/** An https address without credentials; nobody on the server side ever fetches it. */
function isAvatarUrl(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > AVATAR_URL_LENGTH || !isCleanText(value)) return false;
  if (!URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return protocol === 'https:' && username === '' && password === '';
}

/** `POST /auth/register`. */
export class RegisterDto {
  @HandleField()
  handle: string;

  @TextField(8, 128)
  password: string;

  @DisplayNameField()
  display_name?: string | null;
}

/** `POST /auth/login`. Looser than registration: what no account can have is a wrong login like any other. */
export class LoginDto {
  @TextField(1, 128)
  handle: string;

  @TextField(1, 128)
  password: string;
}

/** `POST /auth/refresh` and `POST /auth/logout`. */
export class RefreshTokenDto {
  @ApiProperty({ type: String })
  @IsString({ message: '$property must be a string' })
  @MaxLength(512, { message: '$property must be a refresh token' })
  refresh_token: string;
}

/** `PATCH /users/me`: what is left out stays, null clears. */
export class UpdateUserDto {
  @DisplayNameField()
  display_name?: string | null;

  @ApiProperty({ type: String, format: 'uri', maxLength: AVATAR_URL_LENGTH, required: false, nullable: true })
  @IsOptional()
  @check('avatar_url', `must be an https URL of at most ${AVATAR_URL_LENGTH} characters`, isAvatarUrl)
  avatar_url?: string | null;
}

/** `GET /users?handle=`. */
export class FindUsersDto extends PageQueryDto {
  @HandleField()
  handle: string;
}

/** A user as others see it ("U" in the protocol). */
export class UserView {
  @ApiProperty({ type: String })
  user_id: string;
  @ApiProperty({ type: String })
  handle: string;
  @ApiProperty({ type: String, nullable: true })
  display_name: string | null;
  @ApiProperty({ type: String, nullable: true })
  avatar_url: string | null;
  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;
}

export class UserPageView {
  @ApiProperty({ type: [UserView] })
  items: UserView[];
  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}

/** A pair of tokens of one login. `expires_in` is the access token's lifetime in seconds. */
export class TokensView {
  @ApiProperty({ type: String })
  access_token: string;
  @ApiProperty({ type: String, description: 'Works once.' })
  refresh_token: string;
  @ApiProperty({ type: String, enum: ['Bearer'] })
  token_type: 'Bearer';
  @ApiProperty({ type: 'integer' })
  expires_in: number;
}

/** The answer to a registration and to every login. */
export class SignedInView extends TokensView {
  @ApiProperty({ type: UserView })
  user: UserView;
}

/** Somebody whom the caller blocks. */
export class BlockedUserView extends UserView {
  @ApiProperty({ type: String, format: 'date-time' })
  blocked_at: string;
}

export class BlockedUserPageView {
  @ApiProperty({ type: [BlockedUserView], description: 'In the order in which they were blocked.' })
  items: BlockedUserView[];
  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}
