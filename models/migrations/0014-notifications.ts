import { createTable, dropTable } from '../dialect.ts';
import { code, count, day, flag, id, instant, longText, optional, ref, text } from './columns.ts';

/** What people are told: notices in the program, the outbox of what leaves it, where to, and what each person chose. */
export async function up(): Promise<void> {
  await createTable(
    'notices',
    {
      id: id(),
      userId: ref('users'),
      template: code(40),
      subjectType: code(40),
      subjectId: code(36),
      path: code(200),
      params: longText(),
      about: text(200, optional),
      // What is told once only has a key of its own.
      onceKey: code(80, optional),
      unread: flag({ default: 1 }),
      readAt: instant(optional),
      // 1 until the digest of a morning takes it up.
      waiting: flag({ default: 0 }),
      digestOn: day(optional),
      createdAt: instant(),
    },
    {
      unique: [['userId', 'onceKey']],
      indexes: [
        ['userId', 'unread', 'id'],
        ['waiting', 'userId'],
        ['userId', 'digestOn'],
      ],
      checks: ['waiting = 0 OR digestOn IS NULL', '(unread = 1) = (readAt IS NULL)'],
    },
  );
  await createTable(
    'outbox_messages',
    {
      id: id(),
      userId: ref('users'),
      channel: code(20),
      noticeId: ref('notices', optional),
      digestOn: day(optional),
      state: code(20),
      attempts: count({ default: 0 }),
      dueAt: instant(),
      holder: code(36, optional),
      leasedUntil: instant(optional),
      failure: code(20, optional),
      failureCode: count(optional),
      createdAt: instant(),
      sentAt: instant(optional),
    },
    {
      unique: [
        ['noticeId', 'channel'],
        ['userId', 'digestOn', 'channel'],
      ],
      indexes: [
        ['state', 'channel', 'dueAt'],
        ['state', 'createdAt', 'id'],
      ],
      checks: ['(noticeId IS NULL) <> (digestOn IS NULL)', "(state = 'sending') = (holder IS NOT NULL)"],
    },
  );
  await createTable(
    'notice_choices',
    { userId: ref('users'), template: code(40), choice: code(10) },
    { primaryKey: ['userId', 'template'] },
  );
  await createTable(
    'notice_addresses',
    // Encrypted.
    { userId: ref('users'), mail: code(255, optional), gateway: code(255, optional) },
    { primaryKey: ['userId'] },
  );
}

export async function down(): Promise<void> {
  for (const table of ['notice_addresses', 'notice_choices', 'outbox_messages', 'notices'])
    await dropTable(table);
}
