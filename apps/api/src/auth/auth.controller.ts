import { Body, Controller, HttpCode, Post, Req, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { LoginDto, RefreshTokenDto, RegisterDto, SignedInView, TokensView } from '@parley/contracts';
import { JsonBody } from '../http/json-body.js';
import { Refuses } from '../http/refuses.js';
import { UndeclaredQuery } from '../http/undeclared-query.js';
import { unwrap } from '../http/unwrap.js';
import { LogIn } from './log-in.js';
import { LogOut } from './log-out.js';
import { Refresh } from './refresh.js';
import { Register } from './register.js';

@ApiTags('auth')
@Controller('auth')
@UseInterceptors(UndeclaredQuery)
export class AuthController {
  constructor(
    private readonly registerAccount: Register,
    private readonly logIn: LogIn,
    private readonly refreshTokens: Refresh,
    private readonly logOut: LogOut,
  ) {}

  @Post('register')
  @ApiOperation({ summary: 'Create an account and sign in' })
  @ApiCreatedResponse({ type: SignedInView })
  @Refuses('handle_taken', 'rate_limited', 'overloaded')
  async register(@Body(new JsonBody(RegisterDto)) input: RegisterDto, @Req() request: Request): Promise<SignedInView> {
    return unwrap(await this.registerAccount.execute(input, addressOf(request)));
  }

  @Post('login')
  @HttpCode(200)
  @ApiOperation({ summary: 'Sign in' })
  @ApiOkResponse({ type: SignedInView })
  @Refuses('invalid_credentials', 'rate_limited', 'overloaded')
  async login(@Body(new JsonBody(LoginDto)) input: LoginDto, @Req() request: Request): Promise<SignedInView> {
    return unwrap(await this.logIn.execute(input, addressOf(request)));
  }

  @Post('refresh')
  @HttpCode(200)
  @ApiOperation({ summary: 'Exchange a refresh token for a new pair of tokens' })
  @ApiOkResponse({ type: TokensView })
  @Refuses('unauthorized', 'token_reused')
  async refresh(@Body(new JsonBody(RefreshTokenDto)) input: RefreshTokenDto): Promise<TokensView> {
    return unwrap(await this.refreshTokens.execute(input.refresh_token));
  }

  @Post('logout')
  @HttpCode(204)
  @ApiOperation({ summary: 'End this login with all its tokens and sessions' })
  @ApiNoContentResponse()
  async logout(@Body(new JsonBody(RefreshTokenDto)) input: RefreshTokenDto): Promise<void> {
    await this.logOut.execute(input.refresh_token);
  }
}

function addressOf(request: Request): string {
  return request.ip ?? 'unknown';
}
