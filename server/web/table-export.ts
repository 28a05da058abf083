import type { Request, Response } from 'express';
import { createHash } from 'node:crypto';
import { inTx } from '../../models/dialect.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { daysBetween, isCalendarDay, wallClock } from '../shared/calendar-day.ts';
import { now } from '../shared/clock.ts';
import type { Translate } from '../shared/language.ts';
import { faultyRowsSheet, type KeptRows } from '../shared/spreadsheets/faulty-rows.ts';
import { writeXlsx, type Figure, type SheetToWrite } from '../shared/spreadsheets/write-xlsx.ts';
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

/** Tables as they are shown, each a sheet of its caption; the lines of `lead` stand above every one. */
export interface ExportedTables {
  title: string;
  lead: string[];
  tables: Table[];
}

/** Sends what a list shows as .xlsx, like `sendTables`. */
export async function sendTable(
  req: Request,
  res: Response,
  { title, table, more }: ExportedList,
): Promise<void> {
  const lead = more ? [req.t('common.export.more', { count: MOST_EXPORTED })] : [];
  await sendTables(req, res, { title, lead, tables: [{ ...table, caption: title }] });
}

/** Sends tables as .xlsx, with who took them and when; what was taken is audited (QUALITY: exports). */
export async function sendTables(
  req: Request,
  res: Response,
  { title, lead, tables }: ExportedTables,
): Promise<void> {
  const reader = readerOf(req);
  const watermark = req.t('common.export.watermark', { who: reader.displayName, when: wallClock(now()) });
  const sheets = tables.map((table) => sheetOf(table, [watermark, ...lead], req.t));
  const bytes = Buffer.from(await writeXlsx(sheets));
  await inTx(() =>
    recordAudit(reader.userId, {
      action: 'export',
      objectType: 'list',
      detail: {
        list: req.path,
        filter: req.query,
        rows: tables.reduce((sum, { rows }) => sum + rows.length, 0),
        sha256: createHash('sha256').update(bytes).digest('hex'),
      },
    }),
  );
  res.attachment(`${title}-${wallClock(now()).slice(0, 10)}.xlsx`).type(XLSX);
  res.set('Cache-Control', 'no-store').send(bytes);
}

/** Sends the faulty rows of an import as .xlsx, to be corrected and imported again. */
export async function sendFaultyRows(
  req: Request,
  res: Response,
  { fileName, ...rows }: KeptRows & { fileName: string },
): Promise<void> {
  const who = readerOf(req).displayName;
  const watermark = req.t('hotline.faulty.watermark', { who, when: wallClock(now()) });
  const bytes = await writeXlsx([faultyRowsSheet(rows, req.t, watermark)]);
  res.attachment(`${req.t('hotline.faulty.sheet')}-${fileName.replace(/\.\w+$/, '')}.xlsx`).type(XLSX);
  res.set('Cache-Control', 'no-store').send(Buffer.from(bytes));
}

/**
 * A table as a sheet: what each cell says, its sums last. What stands beside or below it (a tag, a quieter line) has a
 * column of its own, so that amounts and days can be added, sorted and filtered.
 */
function sheetOf({ caption, columns, rows, foot }: Table, lead: string[], t: Translate): SheetToWrite {
  const body = [...rows.map(({ cells }) => cells), ...(foot ? [foot] : [])];
  const parted = columns.map((column, index) => {
    const cells = body.map((row) => partsOf(row[index] ?? { text: '' }, t));
    return { column, cells, hasMore: cells.some(({ more }) => more !== '') };
  });
  return {
    name: caption.slice(0, 31),
    headerRows: lead.length + 1,
    rows: [
      ...lead.map((line) => [line]),
      parted.flatMap(({ column: { label }, hasMore }) =>
        hasMore ? [label, t('common.export.beside', { label })] : [label],
      ),
      ...body.map((_, row) =>
        parted.flatMap(({ column, cells, hasMore }) => {
          const { said, more } = cells[row]!;
          const value = column.look === 'number' ? figureOf(said) : dateOf(said);
          return hasMore ? [value, more] : [value];
        }),
      ),
    ],
  };
}

/** What a cell says first, and the rest of it. */
function partsOf({ tag, text, secondary }: Cell, t: Translate): { said: string; more: string } {
  const [said = '', ...more] = [text, tag?.text, secondary].filter((part) => part);
  return { said, more: more.join(t('common.export.between')) };
}

/** An amount, a count or a share as Excel counts with it; anything else stays text. */
function figureOf(text: string): string | Figure {
  const [, number, decimals = '', percent] = /^(-?[\d,]+(?:\.(\d+))?)(%?)$/.exec(text) ?? [];
  if (number === undefined) return text;
  const value = Number(number.replaceAll(',', ''));
  const places = decimals === '' ? '' : `.${'0'.repeat(decimals.length)}`;
  return percent ? { value: value / 100, format: `0${places}%` } : { value, format: `#,##0${places}` };
}

const FIRST_DAY_OF_EXCEL = '1899-12-30';

/** A day as Excel sorts it; anything else stays text. */
function dateOf(text: string): string | Figure {
  if (!isCalendarDay(text)) return text;
  return { value: daysBetween(FIRST_DAY_OF_EXCEL, text), format: 'yyyy-mm-dd' };
}
