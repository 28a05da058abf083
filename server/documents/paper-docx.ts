import type * as Docx from 'docx';
import type { IParagraphOptions, IRunOptions, Paragraph, Table } from 'docx';
import type { Block, Paper, PaperTable } from './paper.rules.ts';

type Library = typeof Docx;
type Cells = Extract<Block<string>, { grid: unknown }>['grid'];

/** Sizes in half points and lengths in twentieths of a point, as the format counts. */
const BODY_SIZE = 28;
const TABLE_SIZE = 24;
const LINE = 480;
const INDENT = 560;
const TEXT_WIDTH = 8840;
const A4 = { width: 11_906, height: 16_838 };
const MARGINS = { top: 1500, bottom: 1360, left: 1588, right: 1474, footer: 700 };

const font = (eastAsia: string) => ({ ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia });
const TITLE_FONT = font('方正小标宋简体');
const BODY_FONT = font('仿宋_GB2312');
const HEAD_FONT = font('黑体');

/** What stands in for a font that a computer does not have. */
const FONT_TABLE = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${[
  ['方正小标宋简体', '华文中宋'],
  ['仿宋_GB2312', '仿宋'],
  ['黑体', 'SimHei'],
]
  .map(([name, alternative]) => `<w:font w:name="${name}"><w:altName w:val="${alternative}"/></w:font>`)
  .join('')}</w:fonts>`;

/** A document as .docx for Word and WPS; `foot` are the lines at the bottom of every page, above its number. */
export async function paperAsDocx(paper: Paper<string>, foot: string[]): Promise<Buffer> {
  // Half a second to load, which only who asks for a file waits for.
  const docx = await import('docx');
  const { Document, Packer, Footer } = docx;
  const document = new Document({
    title: paper.title,
    creator: paper.organisation,
    styles: { default: { document: { run: { font: BODY_FONT, size: BODY_SIZE } } } },
    sections: [
      {
        properties: { page: { size: A4, margin: MARGINS } },
        footers: { default: new Footer({ children: footOf(docx, foot) }) },
        children: [...headOf(docx, paper), ...paper.blocks.flatMap((block) => childrenOf(docx, block))],
      },
    ],
  });
  return Packer.toBuffer(document, undefined, [{ path: 'word/fontTable.xml', data: FONT_TABLE }]);
}

function headOf(docx: Library, { organisation, title, number }: Paper<string>): Paragraph[] {
  const centre = docx.AlignmentType.CENTER;
  return [
    line(docx, [{ text: organisation, size: 32 }], { alignment: centre }),
    line(docx, [{ text: title, font: TITLE_FONT, size: 44 }], {
      alignment: centre,
      spacing: { before: 120, after: 200, line: 640 },
    }),
    ...(number
      ? [
          line(docx, [{ text: number, size: 28 }], {
            alignment: docx.AlignmentType.RIGHT,
            spacing: { after: 120 },
          }),
        ]
      : []),
  ];
}

function footOf(docx: Library, foot: string[]): Paragraph[] {
  const { TextRun, PageNumber, AlignmentType } = docx;
  const small = (text: string): Paragraph =>
    line(docx, [{ text, size: 16 }], { alignment: AlignmentType.CENTER, spacing: { line: 240 } });
  const pages = new TextRun({
    children: ['第', PageNumber.CURRENT, '页 共', PageNumber.TOTAL_PAGES, '页'],
    size: 18,
  });
  return [...foot.map(small), new docx.Paragraph({ alignment: AlignmentType.CENTER, children: [pages] })];
}

function childrenOf(docx: Library, block: Block<string>): (Paragraph | Table)[] {
  const indented = { indent: { firstLine: INDENT }, alignment: docx.AlignmentType.BOTH };
  if ('heading' in block)
    return [
      line(docx, [{ text: block.heading, font: HEAD_FONT }], {
        keepNext: true,
        spacing: { before: 120, line: LINE },
      }),
    ];
  if ('paragraph' in block) return [line(docx, [{ text: block.paragraph }], indented)];
  if ('addressee' in block) return [line(docx, [{ text: block.addressee }], {})];
  if ('note' in block) return [line(docx, [{ text: block.note }], { spacing: { before: 200, line: LINE } })];
  if ('grid' in block) return [gridOf(docx, block.grid), gap(docx)];
  if ('table' in block) return [tableOf(docx, block.table), gap(docx)];
  return [gap(docx), signaturesOf(docx, block.signatures), gap(docx)];
}

function line(docx: Library, runs: IRunOptions[], options: Omit<IParagraphOptions, 'children'>): Paragraph {
  const children = runs.map((run) => new docx.TextRun(run));
  return new docx.Paragraph({ spacing: { line: LINE }, ...options, children });
}

const gap = (docx: Library): Paragraph =>
  new docx.Paragraph({ spacing: { line: 160, lineRule: docx.LineRuleType.EXACT }, children: [] });

/** Labelled cells: a label takes a fifth of the width, a wide value the rest of its line. */
function gridOf(docx: Library, rows: Cells): Table {
  const label = Math.round(TEXT_WIDTH * 0.17);
  const value = TEXT_WIDTH / 2 - label;
  return table(
    docx,
    rows.map((cells) =>
      cells.flatMap((cell): CellOptions[] => {
        const span = cell.wide || cells.length === 1 ? 3 : 1;
        return [
          { text: cell.label, width: label, centred: true },
          { text: cell.value, width: span === 3 ? TEXT_WIDTH - label : value, span },
        ];
      }),
    ),
    [label, value, label, value],
  );
}

/** How much of the width a column takes beside others. */
const SHARES = { narrow: 9, day: 17, number: 18, wide: 24 };

function tableOf(docx: Library, { columns, rows, foot }: PaperTable<string>): Table {
  const shares = columns.map(({ look }) => SHARES[look ?? 'wide']);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const widths = shares.map((share) => Math.round((TEXT_WIDTH * share) / whole));
  const row = (texts: string[], heading: boolean): CellOptions[] =>
    texts.map((text, index) => ({
      text,
      width: widths[index]!,
      centred: heading || ['narrow', 'day'].includes(columns[index]!.look ?? ''),
      right: !heading && columns[index]!.look === 'number',
    }));
  const heads = row(
    columns.map(({ label }) => label),
    true,
  );
  const lines = [...rows, ...(foot ? [foot] : [])].map((texts) => row(texts, false));
  return table(docx, [heads, ...lines], widths, 1);
}

interface CellOptions {
  text: string;
  width: number;
  span?: number;
  centred?: boolean;
  right?: boolean;
}

/** A table with borders whose first `headings` rows are repeated on every page. */
function table(docx: Library, rows: CellOptions[][], columnWidths: number[], headings = 0): Table {
  const { Table, TableRow, TableCell, WidthType, VerticalAlign, AlignmentType } = docx;
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths,
    rows: rows.map(
      (cells, index) =>
        new TableRow({
          tableHeader: index < headings,
          cantSplit: true,
          children: cells.map(
            ({ text, width, span, centred, right }) =>
              new TableCell({
                width: { size: width, type: WidthType.DXA },
                columnSpan: span,
                verticalAlign: VerticalAlign.CENTER,
                margins: { top: 60, bottom: 60, left: 90, right: 90 },
                children: [
                  line(docx, [{ text, size: TABLE_SIZE }], {
                    spacing: { line: 320 },
                    alignment: centred ? AlignmentType.CENTER : right ? AlignmentType.RIGHT : undefined,
                  }),
                ],
              }),
          ),
        }),
    ),
  });
}

/** Who signs, side by side, with room above the day for a signature or a seal. */
function signaturesOf(docx: Library, parties: { label: string; lines: string[] }[]): Table {
  const { Table, TableRow, TableCell, WidthType, TableBorders, AlignmentType } = docx;
  const columns = Math.max(parties.length, 2);
  const padded = [...Array<null>(columns - parties.length).fill(null), ...parties];
  const width = Math.round(TEXT_WIDTH / columns);
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: padded.map(() => width),
    borders: TableBorders.NONE,
    rows: [
      new TableRow({
        cantSplit: true,
        children: padded.map(
          (party) =>
            new TableCell({
              width: { size: width, type: WidthType.DXA },
              children: [
                line(docx, [{ text: party?.label ?? '' }], { spacing: { after: 480, line: LINE } }),
                ...(party?.lines ?? [])
                  .filter((text) => text !== '')
                  .map((text) => line(docx, [{ text }], { alignment: AlignmentType.RIGHT })),
              ],
            }),
        ),
      }),
    ],
  });
}
