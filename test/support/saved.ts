import type { Cell } from '../../server/shared/spreadsheets/rows.ts';
import { readSpreadsheet } from '../../server/shared/spreadsheets/read-spreadsheet.ts';
import type { Visitor } from './http.ts';

/** A file as somebody saved it: how it was answered, and the rows of each of its sheets. */
export interface Saved {
  status: number;
  headers: Record<string, string>;
  bytes: Buffer;
  sheets: Record<string, Cell[][]>;
  /** The rows of the first sheet. */
  rows: Cell[][];
}

/** Saves the .xlsx of an address and reads it. */
export async function saved({ agent }: Visitor, path: string): Promise<Saved> {
  const answer = await agent
    .get(path)
    .buffer(true)
    .parse((response, done) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => done(null, Buffer.concat(parts)));
    });
  const bytes = answer.body as Buffer;
  const sheets: Record<string, Cell[][]> = {};
  for await (const { sheet = '', cells } of readSpreadsheet(bytes)) (sheets[sheet] ??= []).push(cells);
  const rows = Object.values(sheets)[0] ?? [];
  return { status: answer.status, headers: answer.headers, bytes, sheets, rows };
}
