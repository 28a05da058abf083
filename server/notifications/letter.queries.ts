import { User } from '../../models/accounts.ts';
import { Notice, NoticeAddress, type OutboxMessage } from '../../models/notifications.ts';
import { DEFAULT_LANGUAGE, isLanguage, type Language, type Translate } from '../shared/language.ts';
import { currentChannels } from './channels.ts';
import { noticeWords } from './notice-words.rules.ts';
import { oneLine } from './notifications.rules.ts';

/** A message as it is written: in the receiver's language, with nothing but the words of templates and links. */
export interface Letter {
  id: string;
  /** The mail address, or what the gateway knows the receiver by. */
  to: string;
  language: Language;
  subject: string;
  lead: string | null;
  items: { title: string; text: string; url: string }[];
  /** That there are more notices than the items, where there are; it leads to `noticesUrl`. */
  more: string | null;
  open: string;
  foot: string;
  change: string;
  settingsUrl: string;
  noticesUrl: string;
}

/** More notices than one mail names; all of them stand in the program. */
const MOST_NAMED = 100;

/** Writes a message; null when its receiver has left or has no address for its channel any more. */
export async function writeLetter(message: OutboxMessage): Promise<Letter | null> {
  const [user, address] = await Promise.all([
    User.findOne({ where: { id: message.userId, endedAt: null }, attributes: ['language'] }),
    NoticeAddress.findByPk(message.userId),
  ]);
  const to = message.channel === 'mail' ? address?.mail : address?.gateway;
  if (!user || !to) return null;
  const { origin, words } = currentChannels();
  const language = isLanguage(user.language) ? user.language : DEFAULT_LANGUAGE;
  const t = words(language);
  const content = message.noticeId === null ? await digest(message, t) : await single(message.noticeId, t);
  return {
    id: message.id,
    ...{ to, language },
    ...content,
    subject: oneLine(content.subject),
    items: content.items.map((item) => ({ ...item, url: origin + item.url })),
    open: t('notifications.mail.open'),
    foot: t('notifications.mail.foot'),
    change: t('notifications.mail.change'),
    settingsUrl: `${origin}/account/notices`,
    noticesUrl: `${origin}/notices`,
  };
}

type Content = Pick<Letter, 'subject' | 'lead' | 'items' | 'more'>;

async function single(noticeId: string, t: Translate): Promise<Content> {
  const item = itemOf(await Notice.findByPk(noticeId, { rejectOnEmpty: true }), t);
  return { subject: item.title, lead: null, items: [item], more: null };
}

async function digest({ userId, digestOn }: OutboxMessage, t: Translate): Promise<Content> {
  const { count, rows } = await Notice.findAndCountAll({
    where: { userId, digestOn },
    order: [['id', 'ASC']],
    limit: MOST_NAMED,
  });
  return {
    subject: t('notifications.mail.digestSubject', { day: digestOn!, count }),
    lead: t('notifications.mail.digestLead', { count }),
    items: rows.map((notice) => itemOf(notice, t)),
    more: count > rows.length ? t('notifications.mail.more', { count: count - rows.length }) : null,
  };
}

function itemOf({ template, params, path }: Notice, t: Translate): Letter['items'][number] {
  return { ...noticeWords(template, params, t), url: path };
}
