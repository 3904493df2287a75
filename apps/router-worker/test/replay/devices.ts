import type { EntryView } from '@parley/contracts';
import type { GatewayLink } from '@parley/gateway-link';
import type { CursorStore, InboxStore } from '@parley/message-store';
import { EntryReader, type ReaderClock } from '@parley/reading';
import type { SessionRegistry } from '@parley/sessions';
