import { groupBy } from './grouping.js';
import type { Observations, ObservedInbox, Violation } from './observations.js';

type Marks = ObservedInbox['conversations'][number];

const RISING = ['lastSeq', 'deliveredSeq', 'readSeq'] as const;

/** I12: heads, delivered and read marks as a user's lists of conversations showed them, and the unread counts there. */
export function checkMarks({ inboxes, conversations }: Observations): Violation[] {
  const known = new Map(conversations.map((each) => [each.conversation, each] as const));
  const marks = inboxes.flatMap(({ user, settled, conversations: rows }) =>
    rows.map((row) => ({ user, settled, ...row })),
  );
  return [
    ...[...groupBy(marks, ({ user, conversation }) => `${user}/${conversation}`).values()].flatMap(falling),
    ...marks.filter(({ unread }) => unread < 0).map((mark) => violation(mark, `${mark.unread} unread`)),
    ...marks
      .filter(({ settled }) => settled)
      .flatMap((mark) => {
        const conversation = known.get(mark.conversation);
        const expected = conversation ? unreadOf(mark, conversation) : mark.unread;
        return expected === mark.unread ? [] : [violation(mark, `${mark.unread} unread instead of ${expected}`)];
      }),
  ];
}

function falling(marks: (Marks & { user: string })[]): Violation[] {
  return marks.slice(1).flatMap((mark, index) =>
    RISING.flatMap((name) => {
      const before = marks[index][name];
      return mark[name] >= before ? [] : [violation(mark, `${name} fell from ${before} to ${mark[name]}`)];
    }),
  );
}

/** What others sent above the read mark and above the user's own last send, since the last time the user became a member. */
function unreadOf(
  { user, readSeq }: Marks & { user: string },
  { history, members }: Observations['conversations'][number],
): number {
  const joined = members.reduce((from, member) => (member.user === user ? Math.max(from, member.from) : from), 1);
  const own = history.reduce((last, { sender, kind, seq }) => (sender === user && kind === 'message' ? seq : last), 0);
  const seen = Math.max(readSeq, own, joined - 1);
  return history.filter(({ kind, seq }) => kind === 'message' && seq > seen).length;
}

function violation({ user, conversation }: Marks & { user: string }, what: string): Violation {
  return { promise: 'I12', conversation, detail: `the list of user ${user}: ${what}` };
}
