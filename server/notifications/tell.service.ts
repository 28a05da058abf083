import type { CreationAttributes } from 'sequelize';
import { isUniqueViolation, LostRace, requireTx, selectRows } from '../../models/dialect.ts';
import { Notice, OutboxMessage } from '../../models/notifications.ts';
import { insertRows } from '../../models/rows.ts';
import { now } from '../shared/clock.ts';
import { newId } from '../shared/ids.ts';
import {
  checkedParams,
  checkedPath,
  choiceFor,
  type Channel,
  type Choice,
  type NoticeParams,
  type TemplateKey,
} from './notifications.rules.ts';

/** What is told: a template, the object that it is about, and the page where it is dealt with. */
export interface Told {
  template: TemplateKey;
  subject: { type: string; id: string };
  path: string;
  params?: NoticeParams;
  /** The enterprise by which the notice is told from others like it; in the program only, it goes out with no message. */
  about?: string | null;
  /** Who was told by this key is not told again. */
  once?: string;
  /** Who did it, and is not told of it; null for the system. */
  actorId?: string | null;
}

/** A person to be told, with what they chose for this template and where they are reached. */
interface Recipient {
  id: string;
  choice: Choice | null;
  mail: string | null;
  gateway: string | null;
}

/**
 * Tells people of something, in the open transaction: each (of an open account, once, never the actor) gets a notice in
 * the program, and as they chose and the template demands one message in the outbox per channel by which they are
 * reached. Gives how many were told. @throws Error for params or a path that could carry personal data
 */
export async function tell(userIds: readonly (string | null)[], told: Told): Promise<number> {
  requireTx();
  const { template, subject, about = null, once: onceKey = null, actorId = null } = told;
  const wanted = [...new Set(userIds)].filter((id) => id !== null && id !== actorId) as string[];
  const said = { template, path: checkedPath(told.path), params: checkedParams(told.params ?? {}) };
  if (wanted.length === 0) return 0;
  const people = await recipients(wanted, template, onceKey);
  const notices = people.map((person) => ({
    ...{ ...said, id: newId(), userId: person.id, subjectType: subject.type, subjectId: subject.id, about },
    ...{ onceKey, waiting: choiceFor(template, person.choice) === 'digest' },
  }));
  await keepNotices(notices);
  const messages = people.flatMap((person, index) =>
    choiceFor(template, person.choice) === 'now'
      ? channelsOf(person).map((channel) => ({
          ...{ userId: person.id, channel, noticeId: notices[index]!.id, dueAt: now() },
        }))
      : [],
  );
  await insertRows(OutboxMessage, messages);
  return people.length;
}

async function keepNotices(notices: CreationAttributes<Notice>[]): Promise<void> {
  try {
    await insertRows(Notice, notices);
  } catch (error) {
    // Somebody else has just told one of them by the same key: begin again with the others.
    throw isUniqueViolation(error) ? new LostRace() : error;
  }
}

/** The channels by which somebody with these addresses is reached; the addresses may still be encrypted. */
export function channelsOf({ mail, gateway }: Pick<Recipient, 'mail' | 'gateway'>): Channel[] {
  return [...(mail ? ['mail' as const] : []), ...(gateway ? ['webhook' as const] : [])];
}

function recipients(userIds: string[], template: TemplateKey, onceKey: string | null): Promise<Recipient[]> {
  return selectRows<Recipient>(
    `SELECT u.id, c.choice, a.mail, a.gateway FROM users u
     LEFT JOIN notice_choices c ON c.userId = u.id AND c.template = :template
     LEFT JOIN notice_addresses a ON a.userId = u.id
     WHERE u.id IN (:userIds) AND u.endedAt IS NULL
       AND NOT EXISTS (SELECT 1 FROM notices n WHERE n.userId = u.id AND n.onceKey = :onceKey)`,
    { userIds, template, onceKey },
  );
}
