import { Module } from '@nestjs/common';
import { ReadingModule } from '@parley/reading';
import { SendingModule } from '@parley/sending';
import { ReadPresence } from '@parley/sessions';
import { AttemptLimits } from './auth/attempt-limits.js';
import { AuthController } from './auth/auth.controller.js';
import { LogIn } from './auth/log-in.js';
import { LogOut } from './auth/log-out.js';
import { Passwords } from './auth/passwords.js';
import { Refresh } from './auth/refresh.js';
import { Register } from './auth/register.js';
import { TokenPairs } from './auth/token-pairs.js';
import { BlocksController } from './blocks/blocks.controller.js';
import { ChangeBlock } from './blocks/change-block.js';
import { ListBlocks } from './blocks/list-blocks.js';
import { ConversationsController } from './conversations/conversations.controller.js';
import { DeliveryPlanController } from './conversations/delivery-plan.controller.js';
import { DescribeConversations } from './conversations/describe-conversations.js';
import { DirectController } from './conversations/direct.controller.js';
import { ExplainDelivery } from './conversations/explain-delivery.js';
import { ListConversations } from './conversations/list-conversations.js';
import { MuteConversation } from './conversations/mute-conversation.js';
import { OpenDirect } from './conversations/open-direct.js';
import { ShowConversation } from './conversations/show-conversation.js';
import { ChangePushToken } from './devices/change-push-token.js';
import { DevicesController } from './devices/devices.controller.js';
import { ListDevices } from './devices/list-devices.js';
import { PutDevice } from './devices/put-device.js';
import { RemoveDevice } from './devices/remove-device.js';
import { CreateGroup } from './groups/create-group.js';
import { DeleteGroup } from './groups/delete-group.js';
import { GroupsController } from './groups/groups.controller.js';
import { ListMembers } from './groups/list-members.js';
import { MembersController } from './groups/members.controller.js';
import { PutMember } from './groups/put-member.js';
import { RemoveMember } from './groups/remove-member.js';
import { RenameGroup } from './groups/rename-group.js';
import { ShowGroup } from './groups/show-group.js';
import { HistoryController } from './history/history.controller.js';
import { ReadHistory } from './history/read-history.js';
import { RevokedFamilies } from './http/revoked-families.js';
import { UnknownPaths } from './http/unknown-paths.js';
import { AccountsController } from './operators/accounts.controller.js';
import { AuditDeeds } from './operators/audit-deeds.js';
import { ChangeAccount } from './operators/change-account.js';
import { DescribeAccount } from './operators/describe-account.js';
import { ReadAudit } from './operators/read-audit.js';
import { SurveyConversation } from './operators/survey-conversation.js';
import { SurveyLag } from './operators/survey-lag.js';
import { SurveysController } from './operators/surveys.controller.js';
import { PresenceController } from './presence/presence.controller.js';
import { ShowPresence } from './presence/show-presence.js';
import { AwaitArrival } from './publishing/await-arrival.js';
import { OutboxRelay } from './publishing/outbox-relay.js';
import { SequenceChange } from './publishing/sequence-change.js';
import { ChangeMessage } from './sending/change-message.js';
import { MessageController } from './sending/message.controller.js';
import { MessagesController } from './sending/messages.controller.js';
import { ReactionController } from './sending/reaction.controller.js';
import { PostMessage } from './sending/post-message.js';
import { FindUsers } from './users/find-users.js';
import { ShowUser } from './users/show-user.js';
import { UpdateProfile } from './users/update-profile.js';
import { UsersController } from './users/users.controller.js';

/**
 * The REST face. A global module of the composition provides what it stands on: the ports of entities, log, store, rate
 * limits, sessions and signals, `IdSource`, `Clock`, `AccessTokens`, `PendingVerdicts`, `PageCursors` and `ApiSettings`. The
 * application itself is prepared by `configureHttp`.
 */
@Module({
  imports: [ReadingModule, SendingModule],
  controllers: [
    AuthController,
    UsersController,
    DevicesController,
    PresenceController,
    DirectController,
    BlocksController,
    ConversationsController,
    HistoryController,
    GroupsController,
    MembersController,
    MessagesController,
    MessageController,
    ReactionController,
    DeliveryPlanController,
    AccountsController,
    SurveysController,
  ],
  providers: [
    AttemptLimits,
    LogIn,
    LogOut,
    Passwords,
    Refresh,
    Register,
    TokenPairs,
    RevokedFamilies,
    UnknownPaths,
    FindUsers,
    ShowUser,
    UpdateProfile,
    ShowPresence,
    ReadPresence,
    DescribeConversations,
    ListConversations,
    ShowConversation,
    MuteConversation,
    OpenDirect,
    ReadHistory,
    ChangeBlock,
    ListBlocks,
    ListDevices,
    PutDevice,
    RemoveDevice,
    ChangePushToken,
    CreateGroup,
    DeleteGroup,
    ListMembers,
    PutMember,
    RemoveMember,
    RenameGroup,
    ShowGroup,
    OutboxRelay,
    SequenceChange,
    AwaitArrival,
    PostMessage,
    ChangeMessage,
    ExplainDelivery,
    AuditDeeds,
    ChangeAccount,
    DescribeAccount,
    ReadAudit,
    SurveyConversation,
    SurveyLag,
  ],
})
export class ApiModule {}
