import type { Request, Response } from 'express';
import { createHash } from 'node:crypto';
import { inTx } from '../../models/dialect.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { wallClock } from '../shared/calendar-day.ts';
import { now } from '../shared/clock.ts';
import type { Translate } from '../shared/language.ts';
import { writeXlsx, type SheetToWrite } from '../shared/spreadsheets/write-xlsx.ts';
import { readerOf } from './request.ts';
import type { Cell, Table } from './view-model.ts';

/** The most rows that a list gives to a file; whoever needs more narrows the list. */
export const MOST_EXPORTED = 10_000;

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A list as it is shown, with every row of its filter; `more` where there are further ones. */
export interface ExportedList {
  title: string;
  table: Table;
  more: boolean;
}

/** Sends what a list shows as .xlsx, with who took it and when; what was taken is audited (QUALITY: exports). */
export async function sendTable(
  req: Request,
  res: Response,
  { title, table, more }: ExportedList,
): Promise<void> {
  const reader = readerOf(req);
  const watermark = req.t('common.export.watermark', { who: reader.displayName, when: wallClock(now()) });
  const note = more ? [req.t('common.export.more', { count: MOST_EXPORTED })] : [];
  const bytes = Buffer.from(await writeXlsx([sheetOf(title, table, [watermark, ...note], req.t)]));
  await inTx(() =>
    recordAudit(reader.userId, {
      action: 'export',
      objectType: 'list',
      detail: {
        list: req.path,
        filter: req.query,
        rows: table.rows.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      },
    }),
  );
  res.attachment(`${title}-${wallClock(now()).slice(0, 10)}.xlsx`).type(XLSX);
  res.set('Cache-Control', 'no-store').send(bytes);
}

/** The words of a table: each cell's own, its tag's and its quieter line's. */
export function sheetOf(title: string, { columns, rows }: Table, lead: string[], t: Translate): SheetToWrite {
  const texts = ({ tag, text, secondary }: Cell): string =>
    [text, tag?.text, secondary]
      .filter((part) => part !== undefined && part !== '')
      .join(t('common.export.between'));
  return {
    name: title.slice(0, 31),
    headerRows: 2,
    rows: [lead, columns.map(({ label }) => label), ...rows.map(({ cells }) => cells.map(texts))],
  };
}
