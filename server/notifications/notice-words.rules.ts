import type { Translate } from '../shared/language.ts';
import { monthWord } from '../shared/month-word.ts';
import type { NoticeParams, TemplateKey } from './notifications.rules.ts';

/**
 * What a notice says in a language: the line of a list (and the subject of a mail), and the sentence below it. With `about`
 * a case without a number is called by its enterprise; in the program only.
 */
export function noticeWords(
  template: TemplateKey,
  { number, level, day = '', month = '', count = 0 }: NoticeParams,
  t: Translate,
  about: string | null = null,
): { title: string; text: string } {
  const values = {
    case: number ?? (about ? t('notifications.caseOf', { name: about }) : t('notifications.unnumbered')),
    level: level ? t(`notifications.levels.${level}`) : '',
    ...{ day, count, month: month && monthWord(month, t) },
  };
  return {
    title: t(`notifications.templates.${template}.title`, values),
    text: t(`notifications.templates.${template}.text`, values),
  };
}
