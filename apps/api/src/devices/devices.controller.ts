import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Put,
  Query,
  Req,
  Res,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { DevicePageView, DeviceView, PageQueryDto, PushTokenDto, PutDeviceDto } from '@parley/contracts';
import type { Response } from 'express';
import { BearerGuard, type AuthenticatedRequest } from '../http/bearer-guard.js';
import { JsonBody } from '../http/json-body.js';
import { PathDeviceId } from '../http/path-device-id.js';
import { QueryParameters } from '../http/query-parameters.js';
import { Refuses } from '../http/refuses.js';
import { UndeclaredQuery } from '../http/undeclared-query.js';
import { unwrap } from '../http/unwrap.js';
import { ChangePushToken } from './change-push-token.js';
import { ListDevices } from './list-devices.js';
import { PutDevice } from './put-device.js';
import { RemoveDevice } from './remove-device.js';

@ApiTags('devices')
@ApiBearerAuth()
@Controller('devices')
@UseGuards(BearerGuard)
@UseInterceptors(UndeclaredQuery)
export class DevicesController {
  constructor(
    private readonly listDevices: ListDevices,
    private readonly putDevice: PutDevice,
    private readonly removeDevice: RemoveDevice,
    private readonly changePushToken: ChangePushToken,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The devices of the caller' })
  @ApiOkResponse({ type: DevicePageView })
  @Refuses('invalid_cursor')
  async list(
    @Req() { caller }: AuthenticatedRequest,
    @Query(new QueryParameters(PageQueryDto)) page: PageQueryDto,
  ): Promise<DevicePageView> {
    return unwrap(await this.listDevices.execute(caller.userId, page));
  }

  @Put(':device_id')
  @ApiOperation({ summary: 'Label a device', description: 'A device that is not known is created, as by a handshake.' })
  @ApiBody({ type: PutDeviceDto, required: false })
  @ApiOkResponse({ type: DeviceView, description: 'Was there already.' })
  @ApiCreatedResponse({ type: DeviceView, description: 'Created.' })
  @Refuses('device_limit')
  async put(
    @Req() { caller }: AuthenticatedRequest,
    @Param('device_id', PathDeviceId) deviceId: string,
    @Body(new JsonBody(PutDeviceDto)) labels: PutDeviceDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DeviceView> {
    const { device, isNew } = unwrap(await this.putDevice.execute(caller.userId, deviceId, labels));
    response.status(isNew ? 201 : 200);
    return device;
  }

  @Delete(':device_id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Remove a device',
    description: 'Its sessions end, and its cursors are forgotten: under the same name it comes back as a new one.',
  })
  @ApiNoContentResponse()
  async remove(
    @Req() { caller }: AuthenticatedRequest,
    @Param('device_id', PathDeviceId) deviceId: string,
  ): Promise<void> {
    unwrap(await this.removeDevice.execute(caller.userId, deviceId));
  }

  @Put(':device_id/push-token')
  @HttpCode(204)
  @ApiOperation({ summary: 'Say where notifications for a device go' })
  @ApiNoContentResponse()
  async putPushToken(
    @Req() { caller }: AuthenticatedRequest,
    @Param('device_id', PathDeviceId) deviceId: string,
    @Body(new JsonBody(PushTokenDto)) push: PushTokenDto,
  ): Promise<void> {
    unwrap(await this.changePushToken.execute(caller.userId, deviceId, push));
  }

  @Delete(':device_id/push-token')
  @HttpCode(204)
  @ApiOperation({ summary: 'Stop notifications for a device' })
  @ApiNoContentResponse()
  async removePushToken(
    @Req() { caller }: AuthenticatedRequest,
    @Param('device_id', PathDeviceId) deviceId: string,
  ): Promise<void> {
    unwrap(await this.changePushToken.execute(caller.userId, deviceId, null));
  }
}
