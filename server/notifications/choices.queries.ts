import { NoticeAddress, NoticeChoice } from '../../models/notifications.ts';
import type { Reader } from '../accounts/access.rules.ts';
import {
  choiceFor,
  mandatoryReason,
  templatesFor,
  type Choice,
  type TemplateKey,
} from './notifications.rules.ts';

/** What a person chose, for the notices that their roles may get, and where they are reached. */
export interface Choices {
  mail: string | null;
  gateway: string | null;
  templates: { key: TemplateKey; choice: Choice; mandatory: ReturnType<typeof mandatoryReason> }[];
}

export async function choicesOf({ userId, grants }: Reader): Promise<Choices> {
  const [address, chosen] = await Promise.all([
    NoticeAddress.findByPk(userId),
    NoticeChoice.findAll({ where: { userId }, raw: true }),
  ]);
  const of = (key: TemplateKey): Choice | null =>
    chosen.find(({ template }) => template === key)?.choice ?? null;
  return {
    mail: address?.mail ?? null,
    gateway: address?.gateway ?? null,
    templates: templatesFor(grants.map(({ role }) => role)).map((key) => ({
      key,
      choice: choiceFor(key, of(key)),
      mandatory: mandatoryReason(key),
    })),
  };
}

/** The mail address of somebody else's account, null where there is none. */
export async function mailOf(userId: string): Promise<string | null> {
  return (await NoticeAddress.findByPk(userId))?.mail ?? null;
}
