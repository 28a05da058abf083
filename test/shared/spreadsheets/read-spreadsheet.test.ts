import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { writeXlsxStream } from 'hucre/xlsx';
import { Unacceptable } from '../../../server/shared/errors.ts';
import { readSpreadsheet } from '../../../server/shared/spreadsheets/read-spreadsheet.ts';
import type { SpreadsheetRow } from '../../../server/shared/spreadsheets/read-spreadsheet.ts';
import { csvRows } from '../../../server/shared/spreadsheets/csv.ts';
import { rowsOf } from '../../../server/shared/spreadsheets/rows-of.ts';
import { xlsxRows } from '../../../server/shared/spreadsheets/xlsx.ts';
import { textCell, workbookOf, workbookParts, zipOf } from './workbook-files.ts';

const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/** The rows of a file without the names of their sheets. */
async function read(bytes: Uint8Array): Promise<Omit<SpreadsheetRow, 'sheet'>[]> {
  const rows = await collect(rowsOf(Buffer.from(bytes)));
  return rows.map(({ sheet: _, ...row }) => row);
}

async function collect(rows: AsyncIterable<SpreadsheetRow>): Promise<SpreadsheetRow[]> {
  const all: SpreadsheetRow[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

async function countRows(rows: AsyncIterable<SpreadsheetRow>): Promise<number> {
  let count = 0;
  for await (const _ of rows) count++;
  return count;
}

async function refusalOf(reading: Promise<unknown>): Promise<string> {
  try {
    await reading;
  } catch (error) {
    if (!(error instanceof Unacceptable)) throw error;
    for (const language of ['zh-CN', 'en']) {
      const words = JSON.parse(readFileSync(`views/locales/${language}/spreadsheets.json`, 'utf8'));
      expect(words.errors).to.have.property(error.sentence.replace('spreadsheets.errors.', ''));
    }
    return error.sentence.replace('spreadsheets.errors.', '');
  }
  return 'accepted';
}

describe('reading spreadsheets', () => {
  describe('.xlsx', () => {
    it('counts rows as the spreadsheet shows them and leaves blank ones out', async () => {
      const data =
        `<row r="1">${textCell('A1', '江阴市12345工单')}</row><row r="2"/>` +
        `<row r="3">${textCell('A3', '工单编号')}${textCell('C3', '标题')}</row>` +
        `<row r="7">${textCell('B7', ' ')}</row><row r="9"><c r="A9"><v>1.5</v></c></row>`;
      expect(await read(workbookOf(data))).to.deep.equal([
        { row: 1, cells: ['江阴市12345工单'] },
        { row: 3, cells: ['工单编号', null, '标题'] },
        { row: 9, cells: [1.5] },
      ]);
    });

    it('reads every kind of cell: shared and rich text, formula results, dates, truth values, long digits', async () => {
      const styles = `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="171" formatCode="#,##0.00&quot;元/day&quot;;[Red]\\-0"/></numFmts>
        <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>`;
      const strings = [
        '<t>工资</t>',
        '<r><t>拖</t></r><r><t xml:space="preserve">欠 </t></r><rPh><t>x</t></rPh>',
        '<t>甲&amp;乙_x000D_&#10;丙</t>',
      ];
      const cells =
        '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>' +
        '<c r="D1" t="str"><f>A1&amp;"x"</f><v>工资x</v></c><c r="E1" s="1"><v>44567.377083333333</v></c>' +
        '<c r="F1" s="2"><v>44567</v></c><c r="G1" s="3"><v>12</v></c><c r="H1" t="b"><v>1</v></c>' +
        '<c r="I1"><v>202201060000012345</v></c><c r="J1"><v>20220106000001</v></c><c r="K1" s="1"><v>20220106</v></c><c r="L1" t="e"><v>#N/A</v></c>';
      const [row] = await read(workbookOf(`<row r="1">${cells}</row>`, { strings, styles }));
      expect(row!.cells).to.deep.equal([
        '工资',
        '拖欠 ',
        '甲&乙\r\n丙',
        '工资x',
        '2022-01-06 09:03:00',
        '2022-01-06 00:00:00',
        12,
        'TRUE',
        '202201060000012345',
        20220106000001,
        '#####',
        '#N/A',
      ]);
    });

    it('counts days from 1904 where the workbook does', async () => {
      const styles = '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>';
      const more = { styles, workbook: '<workbookPr date1904="1"/>' };
      const rows = await read(workbookOf('<row r="1"><c r="A1" s="0"><v>43105</v></c></row>', more));
      expect(rows[0]!.cells).to.deep.equal(['2022-01-06 00:00:00']);
    });

    it('gives the visible sheets one after the other', async () => {
      const sheets = [
        { data: `<row r="1">${textCell('A1', '隐藏')}</row>`, state: 'hidden' },
        { data: '<row r="1"><c r="A1" s="0"/></row>' },
        { data: `<row r="2">${textCell('A2', '数据')}</row>` },
        { data: `<row r="1">${textCell('A1', '第四张')}</row>` },
      ];
      expect(await collect(rowsOf(zipOf(workbookParts(sheets))))).to.deep.equal([
        { sheet: 'S3', row: 2, cells: ['数据'] },
        { sheet: 'S4', row: 1, cells: ['第四张'] },
      ]);
    });

    it('passes over 60,000 trailing empty rows', async () => {
      const empty = Array.from(
        { length: 60_000 },
        (_, i) => `<row r="${i + 2}" spans="1:18"><c r="A${i + 2}" s="0"/></row>`,
      );
      const rows = await read(workbookOf(`<row r="1">${textCell('A1', '一')}</row>${empty.join('')}`));
      expect(rows).to.have.length(1);
    });

    it('reads what hucre streams, cell by cell', async () => {
      const text = fc.string({ unit: fc.constantFrom(...'工资拖欠<>&"\'a1 \n\t𠮷€') });
      const cell = fc.oneof(
        text,
        fc.integer(),
        // The sign of a negative zero does not survive the file.
        fc
          .double({ noNaN: true, noDefaultInfinity: true, min: -1e14, max: 1e14 })
          .map((number) => number + 0),
      );
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(cell, { maxLength: 5 }), { minLength: 1, maxLength: 20 }),
          async (rows) => {
            const pieces: Uint8Array[] = [];
            for await (const piece of writeXlsxStream(rows, { name: 'S' })) pieces.push(piece);
            const got = await collect(xlsxRows(Buffer.concat(pieces)));
            const expected = rows
              .map((cells, i) => ({
                sheet: 'S',
                row: i + 1,
                cells: withoutTail(cells.map((value) => (value === '' ? null : value))),
              }))
              .filter(({ cells }) => cells.some((value) => value !== null && String(value).trim() !== ''));
            expect(got).to.deep.equal(expected);
          },
        ),
        { numRuns: 100 },
      );
    });
  });

  describe('.csv', () => {
    const text = '工单编号,标题\r\n1,"拖欠\r\n工资"\r\n\r\n2,=\r\n';
    const rows = [
      { row: 1, cells: ['工单编号', '标题'] },
      { row: 2, cells: ['1', '拖欠\r\n工资'] },
      { row: 4, cells: ['2', '='] },
    ];
    const encodings: [string, Buffer][] = [
      ['UTF-8', Buffer.from(text)],
      ['UTF-8 with BOM', Buffer.from(`\uFEFF${text}`)],
      ['GB18030', iconv.encode(text, 'gb18030')],
      ['UTF-16 with BOM', iconv.encode(`\uFEFF${text}`, 'utf-16le')],
      ['tabs', Buffer.from(text.replaceAll(',', '\t'))],
    ];
    for (const [name, bytes] of encodings) {
      it(`reads ${name}`, async () => expect(await read(bytes)).to.deep.equal(rows));
    }

    it('reads every character of GB18030 back', async () => {
      const character = fc.oneof(
        fc.constantFrom(...'工资㐂𠮷€，'),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      );
      const usable = fc.array(character).map((all) =>
        all
          .join('')
          .replace(/[\0-\x1F"\uFEFF\uFFFD\uD800-\uDFFF]/g, '')
          .trim(),
      );
      await fc.assert(
        fc.asyncProperty(
          usable.filter((value) => !value.startsWith('=') && value !== ''),
          async (value) => {
            const bytes = iconv.encode(`编号,标题\n1,"${value}"\n`, 'gb18030');
            if (iconv.decode(bytes, 'gb18030') !== `编号,标题\n1,"${value}"\n`) return;
            const got = await collect(csvRows(bytes));
            expect(got[1]).to.deep.equal({ row: 2, cells: ['1', value] });
          },
        ),
        { numRuns: 300 },
      );
    });

    it('tells the columns whose bytes are no text', async () => {
      const bytes = Buffer.concat([
        iconv.encode('编号,标题\n1,拖欠', 'gb18030'),
        Buffer.from([0xff]),
        Buffer.from('\n2,'),
        iconv.encode('工资', 'gb18030'),
      ]);
      const [, bad, good] = await read(bytes);
      expect(bad!.badBytes).to.deep.equal([1]);
      expect(good).to.deep.equal({ row: 3, cells: ['2', '工资'] });
    });

    it('unwraps the formula that keeps digits', async () => {
      const [, row] = await read(Buffer.from('工单编号,标题\n="2022010600000012345","=""a"""\n'));
      expect(row!.cells).to.deep.equal(['2022010600000012345', 'a']);
    });
  });

  it('reads from a path, and stops the worker when its reader stops', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'spreadsheets-'));
    try {
      const file = join(folder, '工单.csv');
      writeFileSync(file, Array.from({ length: 20_000 }, (_, i) => `${i},标题`).join('\n'));
      expect(await collect(readSpreadsheet(file))).to.have.length(20_000);
      for await (const row of readSpreadsheet(file)) if (row.row === 3) break;
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('does not read ahead of a slow reader without bound', async () => {
    const bytes = Buffer.from(Array.from({ length: 20_000 }, (_, i) => `${i},标题`).join('\n'));
    let count = 0;
    for await (const { row } of readSpreadsheet(bytes)) {
      if (row % 5_000 === 0) await new Promise((resolve) => setTimeout(resolve, 50));
      expect(row).to.equal(++count);
    }
    expect(count).to.equal(20_000);
  });

  describe('refuses', () => {
    const sheet = `<row r="1">${textCell('A1', '工单编号')}</row>`;
    const parts = workbookParts([{ data: sheet }]);
    const macroTypes = String(parts['[Content_Types].xml']).replace('sheet.main', 'sheet.macroEnabled.main');
    const good = workbookOf(
      Array.from(
        { length: 200 },
        (_, i) => `<row r="${i + 1}">${textCell(`A${i + 1}`, `工资${i * 7919}`)}</row>`,
      ).join(''),
    );
    const bomb = Buffer.alloc(30 * 2 ** 20, ' ');
    const lying = zipOf({
      ...parts,
      'xl/worksheets/sheet1.xml': `<worksheet>${' '.repeat(50_000)}</worksheet>`,
    });
    lying.writeUInt32LE(100, directorySizeAt(lying, 'xl/worksheets/sheet1.xml'));

    const table: [string, string, Uint8Array | (() => Uint8Array)][] = [
      ['an empty file', 'emptyFile', Buffer.alloc(0)],
      ['a .csv of blank lines', 'noRows', Buffer.from('\n ,\n\n')],
      ['a workbook without data', 'noRows', workbookOf('<row r="1"><c r="A1"/></row>')],
      [
        'a workbook whose only sheet is hidden',
        'noRows',
        zipOf(workbookParts([{ data: sheet, state: 'veryHidden' }])),
      ],
      ['an old .xls', 'oldExcel', Buffer.concat([OLE, Buffer.alloc(4096)])],
      ['an old Word document', 'wordFile', Buffer.concat([OLE, Buffer.from('WordDocument', 'utf16le')])],
      ['a Word document', 'wordFile', zipOf({ 'word/document.xml': '<w:document/>' })],
      ['rich text', 'wordFile', Buffer.from('{\\rtf1\\ansi 12345}')],
      ['a PDF', 'pdfFile', Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj')],
      [
        'a workbook with a password',
        'protectedFile',
        Buffer.concat([OLE, Buffer.from('EncryptedPackage', 'utf16le')]),
      ],
      [
        'HTML named .xls',
        'webPage',
        Buffer.from('\uFEFF<html xmlns:x="urn:excel"><table><tr><td>1</td></tr></table></html>'),
      ],
      [
        'XML of Excel 2003',
        'webPage',
        Buffer.from('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'),
      ],
      ['a picture', 'unknownType', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
      ['a renamed .zip', 'notWorkbook', zipOf({ '报告.docx': 'x' })],
      [
        'a document under the name',
        'notWorkbook',
        zipOf({
          ...parts,
          '[Content_Types].xml':
            '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        }),
      ],
      ['a truncated file', 'damaged', good.subarray(0, good.length - 300)],
      [
        'a broken sheet',
        'damaged',
        zipOf({ ...parts, 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row r="1">' }),
      ],
      [
        'a missing sheet',
        'damaged',
        zipOf(Object.fromEntries(Object.entries(parts).filter(([name]) => !name.includes('sheet1')))),
      ],
      ['rows that go back', 'damaged', workbookOf(`<row r="2">${textCell('A2', 'x')}</row><row r="1"/>`)],
      ['an address beyond the sheet', 'damaged', workbookOf(`<row r="1">${textCell('AAAA1', 'x')}</row>`)],
      ['a row beyond the sheet', 'damaged', workbookOf('<row r="99999999"/>')],
      [
        'a cell beyond the columns',
        'tooManyColumns',
        workbookOf(`<row r="1">${textCell('XFD1', 'x')}</row>`),
      ],
      [
        'a cell of 10 MB',
        'cellTooLong',
        () => workbookOf(`<row r="1">${textCell('B1', noise(10 * 2 ** 20))}</row>`),
      ],
      [
        'a shared text of 10 MB',
        'cellTooLong',
        () =>
          workbookOf('<row r="1"><c r="B1" t="s"><v>0</v></c></row>', {
            strings: [`<t>${noise(10 * 2 ** 20)}</t>`],
          }),
      ],
      ['a .csv cell of 10 MB', 'recordTooLong', () => Buffer.from(`编号,标题\n1,${noise(10 * 2 ** 20)}\n`)],
      ['a .csv cell beyond the limit', 'cellTooLong', Buffer.from(`编号,标题\n1,${'x'.repeat(40_000)}\n`)],
      ['a quotation mark left open', 'quoteOpen', Buffer.from('编号,标题\n1,"拖欠\n2,工资\n')],
      ['a zip bomb', 'zipBomb', zipOf({ ...parts, 'xl/worksheets/sheet1.xml': bomb })],
      ['a part that unpacks to more than it says', 'zipBomb', lying],
      [
        'too many parts',
        'zipBomb',
        zipOf({ ...parts, ...Object.fromEntries(Array.from({ length: 2_001 }, (_, i) => [`x${i}`, ''])) }),
      ],
      ['macros', 'macros', zipOf({ ...parts, 'xl/vbaProject.bin': 'x' })],
      ['macros by type', 'macros', zipOf({ ...parts, '[Content_Types].xml': macroTypes })],
      [
        'links to other files',
        'externalLinks',
        zipOf({ ...parts, 'xl/externalLinks/externalLink1.xml': '<x/>' }),
      ],
      [
        'entities',
        'doctype',
        zipOf({ ...parts, 'xl/worksheets/sheet1.xml': '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>' }),
      ],
    ];
    for (const [name, reason, file] of table) {
      it(name, async () => {
        const started = performance.now();
        expect(await refusalOf(read(typeof file === 'function' ? file() : file))).to.equal(reason);
        expect(performance.now() - started).to.be.below(5_000);
      });
    }

    it('more rows than the limit', async () => {
      const bytes = Buffer.from('1,2\n'.repeat(200_001));
      expect(await refusalOf(read(bytes))).to.equal('tooManyRows');
      const row = '<row><c><v>1</v></c></row>';
      expect(await refusalOf(countRows(xlsxRows(workbookOf(row.repeat(200_000)))))).to.equal('accepted');
      expect(await refusalOf(countRows(xlsxRows(workbookOf(row.repeat(200_001)))))).to.equal('tooManyRows');
    });

    it('more text than the limit, however often it is one text', async () => {
      const row = `<row>${'<c t="s"><v>0</v></c>'.repeat(3)}</row>`;
      const strings = [`<t>${'工'.repeat(30_000)}</t>`];
      expect(
        await refusalOf(countRows(readSpreadsheet(workbookOf(row.repeat(1_111), { strings })))),
      ).to.equal('accepted');
      expect(
        await refusalOf(countRows(readSpreadsheet(workbookOf(row.repeat(1_112), { strings })))),
      ).to.equal('tooMuchText');
    });

    it('in the worker with the same sentence', async () => {
      const old = Buffer.concat([OLE, Buffer.alloc(4096)]);
      expect(await refusalOf(collect(readSpreadsheet(old)))).to.equal('oldExcel');
      const long = workbookOf(`<row r="1">${textCell('AB1', 'x'.repeat(40_000))}</row>`);
      const error = await collect(readSpreadsheet(long)).catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(Unacceptable);
      expect((error as Unacceptable).values).to.deep.equal({ cell: 'AB1', limit: 32_767 });
    });

    it('a path without a file', async () => {
      expect(await refusalOf(collect(readSpreadsheet('/nowhere/工单.xlsx')))).to.equal('noSuchFile');
      expect(await refusalOf(collect(readSpreadsheet(tmpdir())))).to.equal('noSuchFile');
    });

    it('what takes too long or too much memory', async () => {
      const strings = Array.from({ length: 300_000 }, (_, i) => `<t>拖欠工资${i}工资拖欠${i}</t>`);
      const big = workbookOf(sheet, { strings });
      expect(await refusalOf(collect(readSpreadsheet(big, { seconds: 0.01, megabytes: 256 })))).to.equal(
        'tooSlow',
      );
      expect(await refusalOf(collect(readSpreadsheet(big, { seconds: 60, megabytes: 16 })))).to.equal(
        'tooMuchMemory',
      );
    });

    it('any damaged copy of a good file, or reads it, but never fails otherwise', async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), async (at, byte) => {
          const copy = Buffer.from(good);
          copy[at] = byte;
          try {
            await collect(xlsxRows(copy));
          } catch (error) {
            expect(error).to.be.instanceOf(Unacceptable);
          }
        }),
        { numRuns: 300 },
      );
    });
  });
});

function withoutTail<T>(cells: (T | null)[]): (T | null)[] {
  const last = cells.findLastIndex((cell) => cell !== null);
  return cells.slice(0, last + 1);
}

/** Text that does not pack to nothing, so that the length is what refuses it. */
function noise(length: number): string {
  let seed = 1;
  const piece = Array.from({ length: 65_536 }, () =>
    String.fromCharCode(97 + (((seed = (seed * 48_271) % 2_147_483_647) >> 8) % 26)),
  );
  return piece.join('').repeat(Math.ceil(length / piece.length));
}

/** Where the directory of a zip archive says how large an entry is. */
function directorySizeAt(bytes: Buffer, name: string): number {
  return bytes.lastIndexOf(name) - 46 + 24;
}
