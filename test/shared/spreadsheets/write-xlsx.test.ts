import { expect } from 'chai';
import fc from 'fast-check';
import { rowsOf } from '../../../server/shared/spreadsheets/rows-of.ts';
import type { Cell } from '../../../server/shared/spreadsheets/rows.ts';
import { writeXlsx } from '../../../server/shared/spreadsheets/write-xlsx.ts';
import { readZipDirectory, unzip } from '../../../server/shared/spreadsheets/zip.ts';

async function written(rows: Cell[][], headerRows = 1): Promise<Buffer> {
  return Buffer.from(await writeXlsx([{ name: '工单', headerRows, rows }]));
}

async function readBack(bytes: Buffer): Promise<Cell[][]> {
  const all: Cell[][] = [];
  for await (const { row, cells } of rowsOf(bytes)) all[row - 1] = cells;
  return all;
}

async function part(bytes: Buffer, name: string): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of unzip(bytes, readZipDirectory(bytes).get(name)!)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

describe('writing .xlsx', () => {
  it('keeps what could be a formula as text, in text columns and among numbers', async () => {
    const starts = ['=', '+', '-', '@', '\t=', '\r=', '\0=', '＝', '＋', '－', '＠'];
    const rows: Cell[][] = [
      ['甲', '乙'],
      ...starts.map((start): Cell[] => [`${start}1+1`, `${start}1+1`]),
      ['x', 5],
    ];
    const bytes = await written(rows);
    expect(await readBack(bytes)).to.deep.equal(rows);
    const sheet = await part(bytes, 'xl/worksheets/sheet1.xml');
    expect(sheet).not.to.include('<f');
    const style = /<c r="A2"[^>]* s="(\d+)"/.exec(sheet)![1];
    for (const address of ['A2', 'A12', 'B2', 'B12'])
      expect(sheet).to.match(new RegExp(`<c r="${address}"[^>]* s="${style}"`));
    expect(sheet).not.to.match(/<c r="B13"[^>]* s=/);
    const styles = await part(bytes, 'xl/styles.xml');
    expect(styles).to.match(/numFmtId="49"|formatCode="@"/);
  });

  it('keeps the 18 digits of an ID number', async () => {
    const rows = [['身份证号'], ['320281199001011234'], ['32028119900101123X']];
    expect(await readBack(await written(rows))).to.deep.equal(rows);
  });

  it('puts titles across the sheet and keeps the header in view', async () => {
    const bytes = await written(
      [['江阴市12345工单'], ['工单编号', '标题', '金额'], ['1', '拖欠工资', 8000]],
      2,
    );
    const sheet = await part(bytes, 'xl/worksheets/sheet1.xml');
    expect(sheet)
      .to.include('<mergeCell ref="A1:C1"/>')
      .and.include('ySplit="2"')
      .and.match(/<col min="1" max="1" width="1\d"/);
    expect(await readBack(bytes)).to.deep.equal([
      ['江阴市12345工单'],
      ['工单编号', '标题', '金额'],
      ['1', '拖欠工资', 8000],
    ]);
  });

  it('writes text that reads back the same', async () => {
    const text = fc.string({ unit: fc.constantFrom(...'工资=+-@ _x0041_\t\n\r<&>"\'＝𠮷a1'), minLength: 1 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          text.filter((value) => value.trim() !== ''),
          { minLength: 1 },
        ),
        async (texts) => {
          const rows = [['标题'], ...texts.map((value) => [value])];
          expect(await readBack(await written(rows))).to.deep.equal(rows);
        },
      ),
    );
  });
});
