export interface paths {
    "/api/v1/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create an account and sign in */
        post: operations["Auth_register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in */
        post: operations["Auth_login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange a refresh token for a new pair of tokens */
        post: operations["Auth_refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End this login with all its tokens and sessions */
        post: operations["Auth_logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look a handle up: one user or none */
        get: operations["Users_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller */
        get: operations["Users_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change what is given of the own profile; null clears */
        patch: operations["Users_update"];
        trace?: never;
    };
    "/api/v1/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A user by id */
        get: operations["Users_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The devices of the caller */
        get: operations["Devices_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{device_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Label a device
         * @description A device that is not known is created, as by a handshake.
         */
        put: operations["Devices_put"];
        post?: never;
        /**
         * Remove a device
         * @description Its sessions end, and its cursors are forgotten: under the same name it comes back as a new one.
         */
        delete: operations["Devices_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{device_id}/push-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say where notifications for a device go */
        put: operations["Devices_putPushToken"];
        post?: never;
        /** Stop notifications for a device */
        delete: operations["Devices_removePushToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}/presence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether a user is there
         * @description Of users with whom the caller shares a conversation, large groups aside, and no block.
         */
        get: operations["Presence_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/direct": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open the direct conversation with another user */
        post: operations["Direct_open"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/blocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom the caller blocks */
        get: operations["Blocks_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/blocks/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Block a user
         * @description While either blocks the other they cannot write to each other directly, open a direct conversation or put each other into groups. Common groups go on.
         */
        put: operations["Blocks_block"];
        post?: never;
        /** Stop blocking a user */
        delete: operations["Blocks_unblock"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The inbox: conversations of the caller, newest activity first */
        get: operations["Conversations_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A conversation as the caller sees it */
        get: operations["Conversations_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation_id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Raise the read mark of the caller; it counts for all devices */
        put: operations["Conversations_read"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation_id}/mute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Mute a conversation for the caller, on all devices */
        put: operations["Conversations_mute"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation_id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the history
         * @description Newest first, without a cursor or with `before`; oldest first with `after`. Entries of every kind.
         */
        get: operations["History_read"];
        put?: never;
        /**
         * Send a message
         * @description The same as the socket event `message:send`, in one key space with it.
         */
        post: operations["Messages_send"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a group; the caller becomes owner */
        post: operations["Groups_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups/{group_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A group with its first members */
        get: operations["Groups_show"];
        put?: never;
        post?: never;
        /** Delete a group for everybody (owner) */
        delete: operations["Groups_delete"];
        options?: never;
        head?: never;
        /** Rename a group (owner, admin) */
        patch: operations["Groups_rename"];
        trace?: never;
    };
    "/api/v1/groups/{group_id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The members of a group by the time they joined */
        get: operations["Groups_members"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups/{group_id}/members/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Add a member (owner, admin), or set a role (owner) */
        put: operations["Members_put"];
        post?: never;
        /** Remove a member (owner, admin), or leave */
        delete: operations["Members_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation_id}/messages/{message_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a message
         * @description One’s own message; a group’s owner and admins may delete any. Its content is gone for everybody, its place stays. The same as the socket event `message:delete`, in one key space with it.
         */
        delete: operations["Message_remove"];
        options?: never;
        head?: never;
        /**
         * Edit a message
         * @description New content for one’s own message. The same as the socket event `message:edit`, in one key space with it.
         */
        patch: operations["Message_edit"];
        trace?: never;
    };
    "/api/v1/conversations/{conversation_id}/messages/{message_id}/reactions/{emoji}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * React to a message
         * @description The same reaction twice is accepted and changes nothing. A message takes at most 64 different emoji over its life; one more is a `conflict`. The same as the socket event `message:react`, in one key space with it.
         */
        put: operations["Reaction_add"];
        post?: never;
        /**
         * Take a reaction back
         * @description One’s own; one that is not there is accepted and changes nothing.
         */
        delete: operations["Reaction_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation_id}/delivery-plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which way its messages go and why (members; operators, who see the gateways, too) */
        get: operations["DeliveryPlan_plan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look an account up by its handle: one or none */
        get: operations["Accounts_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An account with its logins and devices */
        get: operations["Accounts_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users/{user_id}/disabled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Disable an account: its logins and sessions end, none begins; its data stays */
        put: operations["Accounts_disable"];
        post?: never;
        /** Let a disabled account log in again */
        delete: operations["Accounts_enable"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/operators/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make a user an operator */
        put: operations["Accounts_appoint"];
        post?: never;
        /** Dismiss an operator; the last one stays */
        delete: operations["Accounts_dismiss"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/conversations/{conversation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A conversation without what is said in it */
        get: operations["Surveys_conversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/lag": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far routers are behind the log, what is in quarantine, which gateways live */
        get: operations["Surveys_lag"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What operators did, the newest first */
        get: operations["Surveys_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        RegisterDto: {
            /** @example alice */
            handle: string;
            password: string;
            display_name?: string | null;
        };
        UserView: {
            user_id: string;
            handle: string;
            display_name: string | null;
            avatar_url: string | null;
            /** Format: date-time */
            created_at: string;
        };
        SignedInView: {
            access_token: string;
            /** @description Works once. */
            refresh_token: string;
            /** @enum {string} */
            token_type: "Bearer";
            expires_in: number;
            user: components["schemas"]["UserView"];
        };
        LoginDto: {
            handle: string;
            password: string;
        };
        RefreshTokenDto: {
            refresh_token: string;
        };
        TokensView: {
            access_token: string;
            /** @description Works once. */
            refresh_token: string;
            /** @enum {string} */
            token_type: "Bearer";
            expires_in: number;
        };
        UserPageView: {
            items: components["schemas"]["UserView"][];
            next_cursor: string | null;
        };
        UpdateUserDto: {
            display_name?: string | null;
            /** Format: uri */
            avatar_url?: string | null;
        };
        DeviceView: {
            device_id: string;
            name: string | null;
            platform: string | null;
            /** Format: date-time */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was connected last; some minutes behind while it is.
             */
            last_seen_at: string;
        };
        DevicePageView: {
            /** @description In the order in which they came. */
            items: components["schemas"]["DeviceView"][];
            next_cursor: string | null;
        };
        PutDeviceDto: {
            /** @description What its user calls it. */
            name?: string | null;
            /** @description Free text, for example `ios`. */
            platform?: string | null;
        };
        PushTokenDto: {
            /** @enum {string} */
            provider: "apns" | "fcm" | "webpush";
            /** @description As the provider gave it; it is never shown again. */
            token: string;
        };
        PresenceView: {
            user_id: string;
            /** @enum {string} */
            status: "online" | "away" | "offline";
            /**
             * Format: date-time
             * @description When the user was connected last: now for who is online or away; null where nobody knows.
             */
            last_seen_at: string | null;
        };
        OpenDirectDto: {
            /** @example 7234982347239424 */
            user_id: string;
        };
        ReactionView: {
            emoji: string;
            user_ids: string[];
        };
        EntryView: {
            /** @enum {string} */
            kind: "message" | "edit" | "delete" | "react" | "update";
            /**
             * @description The order: dense from 1 within the conversation.
             * @example 2
             */
            seq: number;
            message_id: string;
            conversation_id: string;
            /** @description The author, or for an update the actor. */
            sender_id: string;
            /**
             * Format: uuid
             * @example 0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11
             */
            client_msg_id: string | null;
            /** Format: date-time */
            sent_at: string;
            /**
             * @description Messages and edits: {type: "text", text} or {type: "custom", data}; null when deleted.
             * @example {
             *       "type": "text",
             *       "text": "Hello"
             *     }
             */
            content?: {
                [key: string]: unknown;
            } | null;
            reply_to?: string | null;
            thread_id?: string | null;
            mentions?: string[];
            /** Format: date-time */
            edited_at?: string | null;
            /** Format: date-time */
            deleted_at?: string | null;
            reactions?: components["schemas"]["ReactionView"][];
            /** @description The message that an edit, delete or react is about. */
            target_id?: string;
            emoji?: string;
            /** @enum {string} */
            op?: "add" | "remove";
            /** @enum {string} */
            change?: "created" | "member_joined" | "member_left" | "member_removed" | "role_changed" | "title_changed" | "deleted";
            /** @description With created: the members. */
            user_ids?: string[];
            /** @description Whom a change of membership or role concerns. */
            user_id?: string;
            /** @enum {string} */
            role?: "owner" | "admin" | "member";
            title?: string;
        };
        ConversationView: {
            conversation_id: string;
            /** @enum {string} */
            kind: "direct" | "group";
            title: string | null;
            /** @enum {string} */
            role: "owner" | "admin" | "member";
            member_count: number;
            /** @description The other user of a direct conversation. */
            peer: components["schemas"]["UserView"] | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_activity_at: string;
            last_seq: number;
            /** @description The newest message, null where there is none to see. */
            last_message: components["schemas"]["EntryView"] | null;
            read_seq: number;
            delivered_seq: number;
            /** @description The same on all devices of the user. */
            unread_count: number;
            muted: boolean;
            /** Format: date-time */
            muted_until: string | null;
        };
        BlockedUserView: {
            user_id: string;
            handle: string;
            display_name: string | null;
            avatar_url: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            blocked_at: string;
        };
        BlockedUserPageView: {
            /** @description In the order in which they were blocked. */
            items: components["schemas"]["BlockedUserView"][];
            next_cursor: string | null;
        };
        ConversationPageView: {
            /** @description Newest activity first. */
            items: components["schemas"]["ConversationView"][];
            next_cursor: string | null;
        };
        MarkReadDto: {
            /** @description Everything up to here is read. Lower than before: no change. */
            seq: number;
        };
        ReadMarkView: {
            read_seq: number;
            unread_count: number;
            conversation_id: string;
        };
        MuteDto: {
            muted: boolean;
            /**
             * Format: date-time
             * @description In the future, and only with `muted: true`; left out: until further notice.
             */
            until?: string | null;
        };
        MuteView: {
            conversation_id: string;
            muted: boolean;
            /** Format: date-time */
            muted_until: string | null;
        };
        HistoryView: {
            items: components["schemas"]["EntryView"][];
            /** @description Null: there is nothing older. */
            before: string | null;
            /** @description Where newer entries follow, now or later. */
            after: string;
        };
        CreateGroupDto: {
            title: string;
            member_ids: string[];
        };
        MemberView: {
            user_id: string;
            /** @enum {string} */
            role: "owner" | "admin" | "member";
            /** Format: date-time */
            joined_at: string;
        };
        GroupView: {
            conversation_id: string;
            /** @enum {string} */
            kind: "direct" | "group";
            title: string | null;
            /** @enum {string} */
            role: "owner" | "admin" | "member";
            member_count: number;
            /** @description The other user of a direct conversation. */
            peer: components["schemas"]["UserView"] | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_activity_at: string;
            last_seq: number;
            /** @description The newest message, null where there is none to see. */
            last_message: components["schemas"]["EntryView"] | null;
            read_seq: number;
            delivered_seq: number;
            /** @description The same on all devices of the user. */
            unread_count: number;
            muted: boolean;
            /** Format: date-time */
            muted_until: string | null;
            members: components["schemas"]["MemberView"][];
        };
        RenameGroupDto: {
            title: string;
        };
        MemberPageView: {
            items: components["schemas"]["MemberView"][];
            next_cursor: string | null;
        };
        PutMemberDto: {
            /**
             * @description Only the owner gives roles; `owner` hands the group over. Left out: who is in keeps the role.
             * @enum {string|null}
             */
            role?: "owner" | "admin" | "member" | null;
        };
        PutMemberView: {
            user_id: string;
            /** @enum {string} */
            role: "owner" | "admin" | "member";
            /** @description The entry that made the change; null where it was so already. */
            seq: number | null;
        };
        PostMessageDto: {
            /**
             * @description At most 16384 bytes as compact JSON.
             * @example {
             *       "type": "text",
             *       "text": "Hello"
             *     }
             */
            content: {
                /** @enum {string} */
                type: "text";
                text: string;
            } | {
                /** @enum {string} */
                type: "custom";
                data: Record<string, never>;
            };
            /** @description A message of this conversation that the sender can see. */
            reply_to?: string | null;
            /** @description A label: the message_id of the thread's first message. */
            thread_id?: string | null;
            /** @description User ids; unknown ones are kept without effect. */
            mentions?: string[];
        };
        SentView: {
            message_id: string;
            /** Format: uuid */
            client_msg_id: string;
            seq: number;
            /** Format: date-time */
            sent_at: string;
        };
        PatchMessageDto: {
            /**
             * @description At most 16384 bytes as compact JSON.
             * @example {
             *       "type": "text",
             *       "text": "Hello"
             *     }
             */
            content: {
                /** @enum {string} */
                type: "text";
                text: string;
            } | {
                /** @enum {string} */
                type: "custom";
                data: Record<string, never>;
            };
        };
        PlanGatewayView: {
            /** @description Its address on the link. */
            gateway: string;
            sessions: number;
        };
        DeliveryPlanView: {
            conversation_id: string;
            /** @description The log's partition: what orders its messages. */
            partition: number;
            member_count: number;
            /**
             * @description `write`: every member has an inbox row of its own.
             * @enum {string}
             */
            fan_out: "write";
            /** @description Step by step, in words. */
            because: string[];
            /** @description For operators alone; null for members. */
            gateways: components["schemas"]["PlanGatewayView"][] | null;
        };
        LoginView: {
            /** @description The claim `sid` of its access tokens. */
            login_id: string;
            /**
             * Format: date-time
             * @description Null: it lives.
             */
            revoked_at: string | null;
            /**
             * Format: date-time
             * @description When its newest refresh token ends.
             */
            expires_at: string;
        };
        KnownDeviceView: {
            device_id: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_seen_at: string;
        };
        AccountView: {
            user: components["schemas"]["UserView"];
            is_operator: boolean;
            /**
             * Format: date-time
             * @description Null: it may be used.
             */
            disabled_at: string | null;
            /** @description The newest 100. */
            logins: components["schemas"]["LoginView"][];
            /** @description The last seen first. */
            devices: components["schemas"]["KnownDeviceView"][];
        };
        AccountPageView: {
            items: components["schemas"]["AccountView"][];
            next_cursor: string | null;
        };
        ConversationOverviewView: {
            conversation_id: string;
            /** @enum {string} */
            kind: "direct" | "group";
            member_count: number;
            /** @description The first 256 of a group by the time they joined. */
            members: components["schemas"]["MemberView"][];
            /** Format: date-time */
            created_at: string;
            /** @description The highest `seq` that is stored. */
            last_seq: number;
            /** @description Messages among the entries. */
            message_count: number;
            /**
             * Format: date-time
             * @description The newest message, else the creation; null before the first entry.
             */
            last_activity_at: string | null;
            /**
             * @description `write`: every member has an inbox row of its own.
             * @enum {string}
             */
            fan_out: "write";
        };
        PartitionLagView: {
            partition: number;
            /** @description Everything below it is finished. */
            committed: number;
            /** @description The offset that the next record gets. */
            end: number;
            lag: number;
        };
        LivingGatewayView: {
            /** @description Its address on the link. */
            gateway: string;
            /** @description The present life of its lease. */
            incarnation: string;
            /** @description As of its last renewal. */
            sessions: number;
            /** @description Without another renewal. */
            lapses_in_ms: number;
        };
        LagView: {
            partitions: components["schemas"]["PartitionLagView"][];
            /** @description Records that no router could read. */
            quarantined: number;
            gateways: components["schemas"]["LivingGatewayView"][];
        };
        AuditRecordView: {
            audit_id: string;
            /** Format: date-time */
            at: string;
            /** @description A user; null for the command `admin`. */
            actor_id: string | null;
            /** @example PUT /api/v1/admin/users/:user_id/disabled */
            action: string;
            /** @description An id or a handle. */
            object: string | null;
            request_id: string | null;
            /** @description Of the caller on the network. */
            address: string | null;
            /** @description `done` or the code of a refusal; null: not finished. */
            outcome: string | null;
            /** Format: date-time */
            ended_at: string | null;
        };
        AuditPageView: {
            /** @description The newest first. */
            items: components["schemas"]["AuditRecordView"][];
            next_cursor: string | null;
        };
        FaultView: {
            /** @description Dotted path into the payload; empty for the payload itself. */
            path: string;
            message: string;
        };
        ProblemView: {
            /**
             * Format: uri
             * @description urn:parley:problem: and the code.
             */
            type: string;
            /** @description The code in words, always the same. */
            title: string;
            status: number;
            /** @description What was wrong this time, for people. */
            detail: string;
            /**
             * @description For programs.
             * @enum {string}
             */
            code: "validation_failed" | "invalid_cursor" | "unauthorized" | "token_expired" | "invalid_credentials" | "token_reused" | "forbidden" | "not_found" | "method_not_allowed" | "conflict" | "handle_taken" | "device_limit" | "payload_too_large" | "unsupported_media_type" | "rate_limited" | "internal" | "unavailable" | "draining" | "over_capacity" | "overloaded" | "unknown_event" | "unsupported_protocol";
            /** @description With `validation_failed`: what is wrong where. */
            errors?: components["schemas"]["FaultView"][];
            /** @description The same as the header X-Request-Id. */
            request_id: string;
            /** @description Try again unchanged after so many milliseconds. */
            retry_after_ms?: number;
        };
    };
    responses: {
        /** @description `validation_failed`: The input is not valid */
        validation_failed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {integer} */
                    status?: 400;
                    /** @enum {string} */
                    code?: "validation_failed";
                } & components["schemas"]["ProblemView"];
            };
        };
        /** @description `handle_taken`: The handle is taken */
        handle_taken: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {integer} */
                    status?: 409;
                    /** @enum {string} */
                    code?: "handle_taken";
                } & components["schemas"]["ProblemView"];
            };
        };
        /** @description `payload_too_large`: The payload is too large */
        payload_too_large: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {integer} */
                    status?: 413;
                    /** @enum {string} */
                    code?: "payload_too_large";
                } & components["schemas"]["ProblemView"];
            };
        };
        /** @description `unsupported_media_type`: Send application/json */
        unsupported_media_type: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {integer} */
                    status?: 415;
                    /** @enum {string} */
                    code?: "unsupported_media_type";
                } & components["schemas"]["ProblemView"];
            };
        };
        /** @description `rate_limited`: Too many requests */
        rate_limited: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {integer} */
                    status?: 429;
                    /** @enum {string} */
                    code?: "rate_limited";
                } & components["schemas"]["ProblemView"];
            };
        };
        /** @description `internal`: Something broke on our side */
        internal: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {integer} */
                    status?: 500;
                    /** @enum {string} */
                    code?: "internal";
                } & components["schemas"]["ProblemView"];
            };
        };
        /** @description `unavailable`: Outcome unknown, try again with the same key; `overloaded`: Too busy, nothing happened */
        unavailable_or_overloaded: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {integer} */
                    status?: 503;
                    /** @enum {string} */
                    code?: "unavailable" | "overloaded";
                } & components["schemas"]["ProblemView"];
            };
        };
        /** @description `invalid_credentials`: Handle or password is wrong */
        invalid_credentials: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {integer} */
                    status?: 401;
                    /** @enum {string} */
                    code?: "invalid_credentials";
                } & components["schemas"]["ProblemView"];
            };
        };
        /** @description `unauthorized`: A valid access token is needed; `token_reused`: The refresh token was used before */
        unauthorized_or_token_reused: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {integer} */
                    status?: 401;
                    /** @enum {string} */
                    code?: "unauthorized" | "token_reused";
                } & components["schemas"]["ProblemView"];
            };
        };
        /** @description `unavailable`: Outcome unknown, try again with the same key */
        unavailable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {integer} */
                    status?: 503;
                    /** @enum {string} */
                    code?: "unavailable";
                } & components["schemas"]["ProblemView"];
            };
        };
        /** @description `validation_failed`: The input is not valid; `invalid_cursor`: The cursor does not belong to this list */
        validation_failed_or_invalid_cursor: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {integer} */
                    status?: 400;
                    /** @enum {string} */
                    code?: "validation_failed" | "invalid_cursor";
                } & components["schemas"]["ProblemView"];
            };
        };
        /** @description `unauthorized`: A valid access token is needed; `token_expired`: The access token has expired */
        unauthorized_or_token_expired: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {integer} */
                    status?: 401;
                    /** @enum {string} */
                    code?: "unauthorized" | "token_expired";
                } & components["schemas"]["ProblemView"];
            };
        };
        /** @description `not_found`: Not found */
        not_found: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {integer} */
                    status?: 404;
                    /** @enum {string} */
                    code?: "not_found";
                } & components["schemas"]["ProblemView"];
            };
        };
        /** @description `device_limit`: Too many devices */
        device_limit: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {integer} */
                    status?: 409;
                    /** @enum {string} */
                    code?: "device_limit";
                } & components["schemas"]["ProblemView"];
            };
        };
        /** @description `forbidden`: Not allowed */
        forbidden: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {integer} */
                    status?: 403;
                    /** @enum {string} */
                    code?: "forbidden";
                } & components["schemas"]["ProblemView"];
            };
        };
        /** @description `conflict`: In conflict with what is there */
        conflict: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @enum {integer} */
                    status?: 409;
                    /** @enum {string} */
                    code?: "conflict";
                } & components["schemas"]["ProblemView"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /**
         * @description Names this request in logs: an inbound one of `^[A-Za-z0-9._-]{1,64}$` is echoed, any other replaced.
         * @example 5b0a7f0e-9d3c-4c52-8c1e-2f6d1a4b7c90
         */
        "X-Request-Id": string;
        /**
         * @description Seconds; `retry_after_ms` of the problem, rounded up.
         * @example 1
         */
        "Retry-After": number;
        /**
         * @description RFC 6750: an error is named only where a token was sent.
         * @example Bearer realm="parley", error="invalid_token"
         */
        "WWW-Authenticate": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    Auth_register: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "handle": "alice",
                 *       "password": "text...."
                 *     }
                 */
                "application/json": components["schemas"]["RegisterDto"];
            };
        };
        responses: {
            /** @description Create an account and sign in. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access_token": "text",
                     *       "refresh_token": "text",
                     *       "token_type": "Bearer",
                     *       "expires_in": 1,
                     *       "user": {
                     *         "user_id": "7234982347239424",
                     *         "handle": "text",
                     *         "display_name": null,
                     *         "avatar_url": null,
                     *         "created_at": "2026-01-31T12:34:56.789Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SignedInView"];
                };
            };
            400: components["responses"]["validation_failed"];
            409: components["responses"]["handle_taken"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable_or_overloaded"];
        };
    };
    Auth_login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "handle": "text",
                 *       "password": "text"
                 *     }
                 */
                "application/json": components["schemas"]["LoginDto"];
            };
        };
        responses: {
            /** @description Sign in. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access_token": "text",
                     *       "refresh_token": "text",
                     *       "token_type": "Bearer",
                     *       "expires_in": 1,
                     *       "user": {
                     *         "user_id": "7234982347239424",
                     *         "handle": "text",
                     *         "display_name": null,
                     *         "avatar_url": null,
                     *         "created_at": "2026-01-31T12:34:56.789Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SignedInView"];
                };
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["invalid_credentials"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable_or_overloaded"];
        };
    };
    Auth_refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "refresh_token": "text"
                 *     }
                 */
                "application/json": components["schemas"]["RefreshTokenDto"];
            };
        };
        responses: {
            /** @description Exchange a refresh token for a new pair of tokens. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access_token": "text",
                     *       "refresh_token": "text",
                     *       "token_type": "Bearer",
                     *       "expires_in": 1
                     *     }
                     */
                    "application/json": components["schemas"]["TokensView"];
                };
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_reused"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Auth_logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "refresh_token": "text"
                 *     }
                 */
                "application/json": components["schemas"]["RefreshTokenDto"];
            };
        };
        responses: {
            /** @description End this login with all its tokens and sessions. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_failed"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Users_find: {
        parameters: {
            query: {
                /** @description The `next_cursor` of the page before. */
                cursor?: string;
                /** @description Default 50. */
                limit?: number;
                handle: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Look a handle up: one user or none. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "user_id": "7234982347239424",
                     *           "handle": "text",
                     *           "display_name": null,
                     *           "avatar_url": null,
                     *           "created_at": "2026-01-31T12:34:56.789Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["UserPageView"];
                };
            };
            400: components["responses"]["validation_failed_or_invalid_cursor"];
            401: components["responses"]["unauthorized_or_token_expired"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Users_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The caller. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user_id": "7234982347239424",
                     *       "handle": "text",
                     *       "display_name": null,
                     *       "avatar_url": null,
                     *       "created_at": "2026-01-31T12:34:56.789Z"
                     *     }
                     */
                    "application/json": components["schemas"]["UserView"];
                };
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Users_update: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["UpdateUserDto"];
            };
        };
        responses: {
            /** @description Change what is given of the own profile; null clears. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user_id": "7234982347239424",
                     *       "handle": "text",
                     *       "display_name": null,
                     *       "avatar_url": null,
                     *       "created_at": "2026-01-31T12:34:56.789Z"
                     *     }
                     */
                    "application/json": components["schemas"]["UserView"];
                };
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Users_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7234982347239424 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A user by id. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user_id": "7234982347239424",
                     *       "handle": "text",
                     *       "display_name": null,
                     *       "avatar_url": null,
                     *       "created_at": "2026-01-31T12:34:56.789Z"
                     *     }
                     */
                    "application/json": components["schemas"]["UserView"];
                };
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Devices_list: {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the page before. */
                cursor?: string;
                /** @description Default 50. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The devices of the caller. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "device_id": "7234982347239424",
                     *           "name": null,
                     *           "platform": null,
                     *           "created_at": "2026-01-31T12:34:56.789Z",
                     *           "last_seen_at": "2026-01-31T12:34:56.789Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["DevicePageView"];
                };
            };
            400: components["responses"]["validation_failed_or_invalid_cursor"];
            401: components["responses"]["unauthorized_or_token_expired"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Devices_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example laptop */
                device_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["PutDeviceDto"];
            };
        };
        responses: {
            /** @description Was there already. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "device_id": "7234982347239424",
                     *       "name": null,
                     *       "platform": null,
                     *       "created_at": "2026-01-31T12:34:56.789Z",
                     *       "last_seen_at": "2026-01-31T12:34:56.789Z"
                     *     }
                     */
                    "application/json": components["schemas"]["DeviceView"];
                };
            };
            /** @description Created. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "device_id": "7234982347239424",
                     *       "name": null,
                     *       "platform": null,
                     *       "created_at": "2026-01-31T12:34:56.789Z",
                     *       "last_seen_at": "2026-01-31T12:34:56.789Z"
                     *     }
                     */
                    "application/json": components["schemas"]["DeviceView"];
                };
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            404: components["responses"]["not_found"];
            409: components["responses"]["device_limit"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Devices_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example laptop */
                device_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove a device. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Devices_putPushToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example laptop */
                device_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "provider": "apns",
                 *       "token": "text"
                 *     }
                 */
                "application/json": components["schemas"]["PushTokenDto"];
            };
        };
        responses: {
            /** @description Say where notifications for a device go. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Devices_removePushToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example laptop */
                device_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stop notifications for a device. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Presence_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7234982347239424 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether a user is there. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user_id": "7234982347239424",
                     *       "status": "online",
                     *       "last_seen_at": null
                     *     }
                     */
                    "application/json": components["schemas"]["PresenceView"];
                };
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Direct_open: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "user_id": "7234982347239424"
                 *     }
                 */
                "application/json": components["schemas"]["OpenDirectDto"];
            };
        };
        responses: {
            /** @description Was there already. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "conversation_id": "7234982347239424",
                     *       "kind": "direct",
                     *       "title": null,
                     *       "role": "owner",
                     *       "member_count": 1,
                     *       "peer": {
                     *         "user_id": "7234982347239424",
                     *         "handle": "text",
                     *         "display_name": null,
                     *         "avatar_url": null,
                     *         "created_at": "2026-01-31T12:34:56.789Z"
                     *       },
                     *       "created_at": "2026-01-31T12:34:56.789Z",
                     *       "last_activity_at": "2026-01-31T12:34:56.789Z",
                     *       "last_seq": 1,
                     *       "last_message": {
                     *         "kind": "message",
                     *         "seq": 2,
                     *         "message_id": "7234982347239424",
                     *         "conversation_id": "7234982347239424",
                     *         "sender_id": "7234982347239424",
                     *         "client_msg_id": "0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11",
                     *         "sent_at": "2026-01-31T12:34:56.789Z",
                     *         "content": {
                     *           "type": "text",
                     *           "text": "Hello"
                     *         }
                     *       },
                     *       "read_seq": 1,
                     *       "delivered_seq": 1,
                     *       "unread_count": 1,
                     *       "muted": true,
                     *       "muted_until": null
                     *     }
                     */
                    "application/json": components["schemas"]["ConversationView"];
                };
            };
            /** @description Created. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "conversation_id": "7234982347239424",
                     *       "kind": "direct",
                     *       "title": null,
                     *       "role": "owner",
                     *       "member_count": 1,
                     *       "peer": {
                     *         "user_id": "7234982347239424",
                     *         "handle": "text",
                     *         "display_name": null,
                     *         "avatar_url": null,
                     *         "created_at": "2026-01-31T12:34:56.789Z"
                     *       },
                     *       "created_at": "2026-01-31T12:34:56.789Z",
                     *       "last_activity_at": "2026-01-31T12:34:56.789Z",
                     *       "last_seq": 1,
                     *       "last_message": {
                     *         "kind": "message",
                     *         "seq": 2,
                     *         "message_id": "7234982347239424",
                     *         "conversation_id": "7234982347239424",
                     *         "sender_id": "7234982347239424",
                     *         "client_msg_id": "0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11",
                     *         "sent_at": "2026-01-31T12:34:56.789Z",
                     *         "content": {
                     *           "type": "text",
                     *           "text": "Hello"
                     *         }
                     *       },
                     *       "read_seq": 1,
                     *       "delivered_seq": 1,
                     *       "unread_count": 1,
                     *       "muted": true,
                     *       "muted_until": null
                     *     }
                     */
                    "application/json": components["schemas"]["ConversationView"];
                };
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable_or_overloaded"];
        };
    };
    Blocks_list: {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the page before. */
                cursor?: string;
                /** @description Default 50. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whom the caller blocks. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "user_id": "7234982347239424",
                     *           "handle": "text",
                     *           "display_name": null,
                     *           "avatar_url": null,
                     *           "created_at": "2026-01-31T12:34:56.789Z",
                     *           "blocked_at": "2026-01-31T12:34:56.789Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["BlockedUserPageView"];
                };
            };
            400: components["responses"]["validation_failed_or_invalid_cursor"];
            401: components["responses"]["unauthorized_or_token_expired"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Blocks_block: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7234982347239424 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Block a user. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable_or_overloaded"];
        };
    };
    Blocks_unblock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7234982347239424 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stop blocking a user. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable_or_overloaded"];
        };
    };
    Conversations_list: {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the page before. */
                cursor?: string;
                /** @description Default 50. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The inbox: conversations of the caller, newest activity first. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "conversation_id": "7234982347239424",
                     *           "kind": "direct",
                     *           "title": null,
                     *           "role": "owner",
                     *           "member_count": 1,
                     *           "peer": {
                     *             "user_id": "7234982347239424",
                     *             "handle": "text",
                     *             "display_name": null,
                     *             "avatar_url": null,
                     *             "created_at": "2026-01-31T12:34:56.789Z"
                     *           },
                     *           "created_at": "2026-01-31T12:34:56.789Z",
                     *           "last_activity_at": "2026-01-31T12:34:56.789Z",
                     *           "last_seq": 1,
                     *           "last_message": {
                     *             "kind": "message",
                     *             "seq": 2,
                     *             "message_id": "7234982347239424",
                     *             "conversation_id": "7234982347239424",
                     *             "sender_id": "7234982347239424",
                     *             "client_msg_id": "0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11",
                     *             "sent_at": "2026-01-31T12:34:56.789Z",
                     *             "content": {
                     *               "type": "text",
                     *               "text": "Hello"
                     *             }
                     *           },
                     *           "read_seq": 1,
                     *           "delivered_seq": 1,
                     *           "unread_count": 1,
                     *           "muted": true,
                     *           "muted_until": null
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["ConversationPageView"];
                };
            };
            400: components["responses"]["validation_failed_or_invalid_cursor"];
            401: components["responses"]["unauthorized_or_token_expired"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Conversations_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7234982347239424 */
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A conversation as the caller sees it. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "conversation_id": "7234982347239424",
                     *       "kind": "direct",
                     *       "title": null,
                     *       "role": "owner",
                     *       "member_count": 1,
                     *       "peer": {
                     *         "user_id": "7234982347239424",
                     *         "handle": "text",
                     *         "display_name": null,
                     *         "avatar_url": null,
                     *         "created_at": "2026-01-31T12:34:56.789Z"
                     *       },
                     *       "created_at": "2026-01-31T12:34:56.789Z",
                     *       "last_activity_at": "2026-01-31T12:34:56.789Z",
                     *       "last_seq": 1,
                     *       "last_message": {
                     *         "kind": "message",
                     *         "seq": 2,
                     *         "message_id": "7234982347239424",
                     *         "conversation_id": "7234982347239424",
                     *         "sender_id": "7234982347239424",
                     *         "client_msg_id": "0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11",
                     *         "sent_at": "2026-01-31T12:34:56.789Z",
                     *         "content": {
                     *           "type": "text",
                     *           "text": "Hello"
                     *         }
                     *       },
                     *       "read_seq": 1,
                     *       "delivered_seq": 1,
                     *       "unread_count": 1,
                     *       "muted": true,
                     *       "muted_until": null
                     *     }
                     */
                    "application/json": components["schemas"]["ConversationView"];
                };
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Conversations_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7234982347239424 */
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "seq": 1
                 *     }
                 */
                "application/json": components["schemas"]["MarkReadDto"];
            };
        };
        responses: {
            /** @description Raise the read mark of the caller; it counts for all devices. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "read_seq": 1,
                     *       "unread_count": 1,
                     *       "conversation_id": "7234982347239424"
                     *     }
                     */
                    "application/json": components["schemas"]["ReadMarkView"];
                };
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Conversations_mute: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7234982347239424 */
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "muted": true
                 *     }
                 */
                "application/json": components["schemas"]["MuteDto"];
            };
        };
        responses: {
            /** @description Mute a conversation for the caller, on all devices. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "conversation_id": "7234982347239424",
                     *       "muted": true,
                     *       "muted_until": null
                     *     }
                     */
                    "application/json": components["schemas"]["MuteView"];
                };
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    History_read: {
        parameters: {
            query?: {
                /** @description A `before` of an earlier answer: older entries, newest first. */
                before?: string;
                /** @description An `after` of an earlier answer: newer entries, oldest first. */
                after?: string;
                /** @description Entries; default 50. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @example 7234982347239424 */
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read the history. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "kind": "message",
                     *           "seq": 2,
                     *           "message_id": "7234982347239424",
                     *           "conversation_id": "7234982347239424",
                     *           "sender_id": "7234982347239424",
                     *           "client_msg_id": "0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11",
                     *           "sent_at": "2026-01-31T12:34:56.789Z",
                     *           "content": {
                     *             "type": "text",
                     *             "text": "Hello"
                     *           }
                     *         }
                     *       ],
                     *       "before": null,
                     *       "after": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["HistoryView"];
                };
            };
            400: components["responses"]["validation_failed_or_invalid_cursor"];
            401: components["responses"]["unauthorized_or_token_expired"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Messages_send: {
        parameters: {
            query?: never;
            header: {
                /** @description The attempt's client_msg_id, a UUID. */
                "Idempotency-Key": string;
            };
            path: {
                /** @example 7234982347239424 */
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "content": {
                 *         "type": "text",
                 *         "text": "Hello"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["PostMessageDto"];
            };
        };
        responses: {
            /** @description An earlier attempt with this key was accepted: its answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message_id": "7234982347239424",
                     *       "client_msg_id": "0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11",
                     *       "seq": 1,
                     *       "sent_at": "2026-01-31T12:34:56.789Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SentView"];
                };
            };
            /** @description Durable, sequenced, stored and readable. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message_id": "7234982347239424",
                     *       "client_msg_id": "0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11",
                     *       "seq": 1,
                     *       "sent_at": "2026-01-31T12:34:56.789Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SentView"];
                };
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable_or_overloaded"];
        };
    };
    Groups_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "text",
                 *       "member_ids": [
                 *         "7234982347239424"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateGroupDto"];
            };
        };
        responses: {
            /** @description Create a group; the caller becomes owner. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "conversation_id": "7234982347239424",
                     *       "kind": "direct",
                     *       "title": null,
                     *       "role": "owner",
                     *       "member_count": 1,
                     *       "peer": {
                     *         "user_id": "7234982347239424",
                     *         "handle": "text",
                     *         "display_name": null,
                     *         "avatar_url": null,
                     *         "created_at": "2026-01-31T12:34:56.789Z"
                     *       },
                     *       "created_at": "2026-01-31T12:34:56.789Z",
                     *       "last_activity_at": "2026-01-31T12:34:56.789Z",
                     *       "last_seq": 1,
                     *       "last_message": {
                     *         "kind": "message",
                     *         "seq": 2,
                     *         "message_id": "7234982347239424",
                     *         "conversation_id": "7234982347239424",
                     *         "sender_id": "7234982347239424",
                     *         "client_msg_id": "0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11",
                     *         "sent_at": "2026-01-31T12:34:56.789Z",
                     *         "content": {
                     *           "type": "text",
                     *           "text": "Hello"
                     *         }
                     *       },
                     *       "read_seq": 1,
                     *       "delivered_seq": 1,
                     *       "unread_count": 1,
                     *       "muted": true,
                     *       "muted_until": null,
                     *       "members": [
                     *         {
                     *           "user_id": "7234982347239424",
                     *           "role": "owner",
                     *           "joined_at": "2026-01-31T12:34:56.789Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["GroupView"];
                };
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable_or_overloaded"];
        };
    };
    Groups_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7234982347239424 */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A group with its first members. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "conversation_id": "7234982347239424",
                     *       "kind": "direct",
                     *       "title": null,
                     *       "role": "owner",
                     *       "member_count": 1,
                     *       "peer": {
                     *         "user_id": "7234982347239424",
                     *         "handle": "text",
                     *         "display_name": null,
                     *         "avatar_url": null,
                     *         "created_at": "2026-01-31T12:34:56.789Z"
                     *       },
                     *       "created_at": "2026-01-31T12:34:56.789Z",
                     *       "last_activity_at": "2026-01-31T12:34:56.789Z",
                     *       "last_seq": 1,
                     *       "last_message": {
                     *         "kind": "message",
                     *         "seq": 2,
                     *         "message_id": "7234982347239424",
                     *         "conversation_id": "7234982347239424",
                     *         "sender_id": "7234982347239424",
                     *         "client_msg_id": "0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11",
                     *         "sent_at": "2026-01-31T12:34:56.789Z",
                     *         "content": {
                     *           "type": "text",
                     *           "text": "Hello"
                     *         }
                     *       },
                     *       "read_seq": 1,
                     *       "delivered_seq": 1,
                     *       "unread_count": 1,
                     *       "muted": true,
                     *       "muted_until": null,
                     *       "members": [
                     *         {
                     *           "user_id": "7234982347239424",
                     *           "role": "owner",
                     *           "joined_at": "2026-01-31T12:34:56.789Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["GroupView"];
                };
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Groups_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7234982347239424 */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a group for everybody (owner). */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable_or_overloaded"];
        };
    };
    Groups_rename: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7234982347239424 */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "text"
                 *     }
                 */
                "application/json": components["schemas"]["RenameGroupDto"];
            };
        };
        responses: {
            /** @description Rename a group (owner, admin). */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "conversation_id": "7234982347239424",
                     *       "kind": "direct",
                     *       "title": null,
                     *       "role": "owner",
                     *       "member_count": 1,
                     *       "peer": {
                     *         "user_id": "7234982347239424",
                     *         "handle": "text",
                     *         "display_name": null,
                     *         "avatar_url": null,
                     *         "created_at": "2026-01-31T12:34:56.789Z"
                     *       },
                     *       "created_at": "2026-01-31T12:34:56.789Z",
                     *       "last_activity_at": "2026-01-31T12:34:56.789Z",
                     *       "last_seq": 1,
                     *       "last_message": {
                     *         "kind": "message",
                     *         "seq": 2,
                     *         "message_id": "7234982347239424",
                     *         "conversation_id": "7234982347239424",
                     *         "sender_id": "7234982347239424",
                     *         "client_msg_id": "0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11",
                     *         "sent_at": "2026-01-31T12:34:56.789Z",
                     *         "content": {
                     *           "type": "text",
                     *           "text": "Hello"
                     *         }
                     *       },
                     *       "read_seq": 1,
                     *       "delivered_seq": 1,
                     *       "unread_count": 1,
                     *       "muted": true,
                     *       "muted_until": null,
                     *       "members": [
                     *         {
                     *           "user_id": "7234982347239424",
                     *           "role": "owner",
                     *           "joined_at": "2026-01-31T12:34:56.789Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["GroupView"];
                };
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable_or_overloaded"];
        };
    };
    Groups_members: {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the page before. */
                cursor?: string;
                /** @description Default 50. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @example 7234982347239424 */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The members of a group by the time they joined. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "user_id": "7234982347239424",
                     *           "role": "owner",
                     *           "joined_at": "2026-01-31T12:34:56.789Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["MemberPageView"];
                };
            };
            400: components["responses"]["validation_failed_or_invalid_cursor"];
            401: components["responses"]["unauthorized_or_token_expired"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Members_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7234982347239424 */
                group_id: string;
                /** @example 7234982347239424 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["PutMemberDto"];
            };
        };
        responses: {
            /** @description Was a member already; `seq` tells whether the role changed. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user_id": "7234982347239424",
                     *       "role": "owner",
                     *       "seq": null
                     *     }
                     */
                    "application/json": components["schemas"]["PutMemberView"];
                };
            };
            /** @description Added. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user_id": "7234982347239424",
                     *       "role": "owner",
                     *       "seq": null
                     *     }
                     */
                    "application/json": components["schemas"]["PutMemberView"];
                };
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable_or_overloaded"];
        };
    };
    Members_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7234982347239424 */
                group_id: string;
                /** @example 7234982347239424 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove a member (owner, admin), or leave. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable_or_overloaded"];
        };
    };
    Message_remove: {
        parameters: {
            query?: never;
            header: {
                /** @description The attempt's client_msg_id, a UUID. */
                "Idempotency-Key": string;
            };
            path: {
                /** @example 7234982347239424 */
                conversation_id: string;
                /** @example 7234982347239424 */
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An earlier attempt with this key was accepted: its answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message_id": "7234982347239424",
                     *       "client_msg_id": "0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11",
                     *       "seq": 1,
                     *       "sent_at": "2026-01-31T12:34:56.789Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SentView"];
                };
            };
            /** @description Durable, sequenced, stored and readable. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message_id": "7234982347239424",
                     *       "client_msg_id": "0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11",
                     *       "seq": 1,
                     *       "sent_at": "2026-01-31T12:34:56.789Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SentView"];
                };
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable_or_overloaded"];
        };
    };
    Message_edit: {
        parameters: {
            query?: never;
            header: {
                /** @description The attempt's client_msg_id, a UUID. */
                "Idempotency-Key": string;
            };
            path: {
                /** @example 7234982347239424 */
                conversation_id: string;
                /** @example 7234982347239424 */
                message_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "content": {
                 *         "type": "text",
                 *         "text": "Hello"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["PatchMessageDto"];
            };
        };
        responses: {
            /** @description An earlier attempt with this key was accepted: its answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message_id": "7234982347239424",
                     *       "client_msg_id": "0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11",
                     *       "seq": 1,
                     *       "sent_at": "2026-01-31T12:34:56.789Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SentView"];
                };
            };
            /** @description Durable, sequenced, stored and readable. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message_id": "7234982347239424",
                     *       "client_msg_id": "0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11",
                     *       "seq": 1,
                     *       "sent_at": "2026-01-31T12:34:56.789Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SentView"];
                };
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable_or_overloaded"];
        };
    };
    Reaction_add: {
        parameters: {
            query?: never;
            header: {
                /** @description The attempt's client_msg_id, a UUID. */
                "Idempotency-Key": string;
            };
            path: {
                /** @example 7234982347239424 */
                conversation_id: string;
                /** @example 7234982347239424 */
                message_id: string;
                /** @description 1 to 32 bytes in UTF-8 without control characters, percent-encoded. */
                emoji: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An earlier attempt with this key was accepted: its answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message_id": "7234982347239424",
                     *       "client_msg_id": "0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11",
                     *       "seq": 1,
                     *       "sent_at": "2026-01-31T12:34:56.789Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SentView"];
                };
            };
            /** @description Durable, sequenced, stored and readable. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message_id": "7234982347239424",
                     *       "client_msg_id": "0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11",
                     *       "seq": 1,
                     *       "sent_at": "2026-01-31T12:34:56.789Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SentView"];
                };
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable_or_overloaded"];
        };
    };
    Reaction_remove: {
        parameters: {
            query?: never;
            header: {
                /** @description The attempt's client_msg_id, a UUID. */
                "Idempotency-Key": string;
            };
            path: {
                /** @example 7234982347239424 */
                conversation_id: string;
                /** @example 7234982347239424 */
                message_id: string;
                /** @description 1 to 32 bytes in UTF-8 without control characters, percent-encoded. */
                emoji: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An earlier attempt with this key was accepted: its answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message_id": "7234982347239424",
                     *       "client_msg_id": "0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11",
                     *       "seq": 1,
                     *       "sent_at": "2026-01-31T12:34:56.789Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SentView"];
                };
            };
            /** @description Durable, sequenced, stored and readable. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message_id": "7234982347239424",
                     *       "client_msg_id": "0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11",
                     *       "seq": 1,
                     *       "sent_at": "2026-01-31T12:34:56.789Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SentView"];
                };
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable_or_overloaded"];
        };
    };
    DeliveryPlan_plan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7234982347239424 */
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Which way its messages go and why (members; operators, who see the gateways, too). */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "conversation_id": "7234982347239424",
                     *       "partition": 1,
                     *       "member_count": 1,
                     *       "fan_out": "write",
                     *       "because": [
                     *         "text"
                     *       ],
                     *       "gateways": null
                     *     }
                     */
                    "application/json": components["schemas"]["DeliveryPlanView"];
                };
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Accounts_find: {
        parameters: {
            query: {
                /** @description The `next_cursor` of the page before. */
                cursor?: string;
                /** @description Default 50. */
                limit?: number;
                handle: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Look an account up by its handle: one or none. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "user": {
                     *             "user_id": "7234982347239424",
                     *             "handle": "text",
                     *             "display_name": null,
                     *             "avatar_url": null,
                     *             "created_at": "2026-01-31T12:34:56.789Z"
                     *           },
                     *           "is_operator": true,
                     *           "disabled_at": null,
                     *           "logins": [
                     *             {
                     *               "login_id": "7234982347239424",
                     *               "revoked_at": null,
                     *               "expires_at": "2026-01-31T12:34:56.789Z"
                     *             }
                     *           ],
                     *           "devices": [
                     *             {
                     *               "device_id": "7234982347239424",
                     *               "created_at": "2026-01-31T12:34:56.789Z",
                     *               "last_seen_at": "2026-01-31T12:34:56.789Z"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["AccountPageView"];
                };
            };
            400: components["responses"]["validation_failed_or_invalid_cursor"];
            401: components["responses"]["unauthorized_or_token_expired"];
            403: components["responses"]["forbidden"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Accounts_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7234982347239424 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An account with its logins and devices. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "user_id": "7234982347239424",
                     *         "handle": "text",
                     *         "display_name": null,
                     *         "avatar_url": null,
                     *         "created_at": "2026-01-31T12:34:56.789Z"
                     *       },
                     *       "is_operator": true,
                     *       "disabled_at": null,
                     *       "logins": [
                     *         {
                     *           "login_id": "7234982347239424",
                     *           "revoked_at": null,
                     *           "expires_at": "2026-01-31T12:34:56.789Z"
                     *         }
                     *       ],
                     *       "devices": [
                     *         {
                     *           "device_id": "7234982347239424",
                     *           "created_at": "2026-01-31T12:34:56.789Z",
                     *           "last_seen_at": "2026-01-31T12:34:56.789Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AccountView"];
                };
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Accounts_disable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7234982347239424 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Disable an account: its logins and sessions end, none begins; its data stays. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Accounts_enable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7234982347239424 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Let a disabled account log in again. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Accounts_appoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7234982347239424 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Make a user an operator. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Accounts_dismiss: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7234982347239424 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Dismiss an operator; the last one stays. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            409: components["responses"]["conflict"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Surveys_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7234982347239424 */
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A conversation without what is said in it. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "conversation_id": "7234982347239424",
                     *       "kind": "direct",
                     *       "member_count": 1,
                     *       "members": [
                     *         {
                     *           "user_id": "7234982347239424",
                     *           "role": "owner",
                     *           "joined_at": "2026-01-31T12:34:56.789Z"
                     *         }
                     *       ],
                     *       "created_at": "2026-01-31T12:34:56.789Z",
                     *       "last_seq": 1,
                     *       "message_count": 1,
                     *       "last_activity_at": null,
                     *       "fan_out": "write"
                     *     }
                     */
                    "application/json": components["schemas"]["ConversationOverviewView"];
                };
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Surveys_lag: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How far routers are behind the log, what is in quarantine, which gateways live. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "partitions": [
                     *         {
                     *           "partition": 1,
                     *           "committed": 1,
                     *           "end": 1,
                     *           "lag": 1
                     *         }
                     *       ],
                     *       "quarantined": 1,
                     *       "gateways": [
                     *         {
                     *           "gateway": "text",
                     *           "incarnation": "text",
                     *           "sessions": 1,
                     *           "lapses_in_ms": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["LagView"];
                };
            };
            400: components["responses"]["validation_failed"];
            401: components["responses"]["unauthorized_or_token_expired"];
            403: components["responses"]["forbidden"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    Surveys_audit: {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the page before. */
                cursor?: string;
                /** @description Default 50. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What operators did, the newest first. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "audit_id": "7234982347239424",
                     *           "at": "2026-01-31T12:34:56.789Z",
                     *           "actor_id": null,
                     *           "action": "PUT /api/v1/admin/users/:user_id/disabled",
                     *           "object": null,
                     *           "request_id": null,
                     *           "address": null,
                     *           "outcome": null,
                     *           "ended_at": null
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["AuditPageView"];
                };
            };
            400: components["responses"]["validation_failed_or_invalid_cursor"];
            401: components["responses"]["unauthorized_or_token_expired"];
            403: components["responses"]["forbidden"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
}
