import { dayOf, wallClock } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import type { SheetToWrite } from '../shared/spreadsheets/write-xlsx.ts';
import type { AnsweredFile } from './import-replies.service.ts';
import { answeredSheet, type ReplyKey } from './reply-columns.rules.ts';

/**
 * The answers as the hotline reads them, a sheet per layout of its files, and at the end who took them and when: above
 * the rows that line would be in the way. `chinese` says what stands in the cells.
 */
export function replySheets(
  files: readonly AnsweredFile[],
  chinese: Translate,
  watermark: string,
): SheetToWrite[] {
  const sheets = files.map(({ headers, rows }, index): SheetToWrite => {
    const answered = rows.map(({ cells, reply }) => ({ cells, reply: replyCells(reply, chinese) }));
    const name = chinese('handling.file.sheet');
    return {
      name: index === 0 ? name : `${name}${index + 1}`,
      headerRows: 1,
      rows: answeredSheet(headers, answered),
    };
  });
  return [...sheets, { name: chinese('handling.file.about'), headerRows: 1, rows: [[watermark]] }];
}

function replyCells(
  {
    text,
    repliedAt,
    contactedAt,
    channel,
    verdict,
    resolved,
    unresolvedReason,
  }: AnsweredFile['rows'][number]['reply'],
  chinese: Translate,
): Record<ReplyKey, string> {
  return {
    text,
    repliedAt: wallClock(repliedAt),
    contacted: chinese(`handling.file.${contactedAt ? 'contacted' : 'notContacted'}`, {
      channel: chinese(`mediation.channels.${channel}`),
    }),
    contactedAt: contactedAt ? wallClock(contactedAt) : '',
    verdict: chinese(`handling.verdicts.${verdict}`),
    resolved: chinese(`common.${resolved ? 'yes' : 'no'}`),
    unresolvedReason: unresolvedReason ?? '',
  };
}

/** The name of the file: that of the hotline's own, where there is one. */
export function replyFileName(files: readonly AnsweredFile[], now: Date, chinese: Translate): string {
  const [only] = files;
  const base = files.length === 1 && only?.fileName ? only.fileName.replace(/\.\w+$/, '') : dayOf(now);
  return `${chinese('handling.file.sheet')}-${base}.xlsx`;
}
