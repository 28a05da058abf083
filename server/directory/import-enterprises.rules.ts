import { normalisedHeader } from '../shared/spreadsheets/headers.rules.ts';
import { isPhone } from '../shared/personal-data.rules.ts';
import {
  cellText,
  readCode,
  readCount,
  readPhone,
  readYesNo,
  type Reading,
} from '../shared/spreadsheets/cell-values.rules.ts';
import type { Cell, SpreadsheetRow } from '../shared/spreadsheets/rows.ts';
import type { RowFault } from '../shared/spreadsheets/sheet-rows.rules.ts';
import { isCreditCode, tidyCreditCode } from './credit-code.rules.ts';
import type { Industry } from './directory.rules.ts';
import { normaliseEnterpriseName } from './enterprise-name.rules.ts';
import { MOST_ALIASES, NAME_LENGTH, readAliases } from './names.rules.ts';

/** What a file can say of an enterprise. */
export const ENTERPRISE_COLUMNS = [
  'name',
  'creditCode',
  'village',
  'industry',
  'headcount',
  'contactName',
  'contactPhone',
  'aliases',
  'committee',
  'active',
] as const;
export type EnterpriseColumn = (typeof ENTERPRISE_COLUMNS)[number];

const names = (text: string): string[] => text.trim().split(/\s+/);

/** The header names of every column; where several of a file fit, the one named first here is taken. */
const HEADER_NAMES: Record<EnterpriseColumn, string[]> = {
  name: names(
    '企业名称 单位名称 公司名称 企业全称 单位全称 用人单位名称 用人单位 市场主体名称 企业 单位 公司 名称 name enterprise company',
  ),
  creditCode: names(
    '统一社会信用代码 社会信用代码 统一信用代码 信用代码 企业统一社会信用代码 单位统一社会信用代码 统一社会信用代码证号 营业执照号 组织机构代码 creditcode',
  ),
  village: names(
    '所属村社区 所属村 所在村社区 所在村 村社区 所属村居 村居 行政村 村 社区 所属社区 所属区域 属地 village',
  ),
  industry: names('所属行业 行业 行业类别 行业分类 行业类型 行业门类 industry'),
  headcount: names(
    '职工人数 员工人数 用工人数 从业人数 职工数 员工数 用工总数 在职职工数 人数 headcount employees',
  ),
  contactName: names(
    '联系人 联系人姓名 企业联系人 劳资负责人 人事负责人 人事 负责人 负责人姓名 法定代表人 法人代表 法人 contact',
  ),
  contactPhone: names(
    '联系电话 联系人电话 联系方式 联系人联系方式 企业联系电话 负责人电话 手机 手机号 手机号码 电话 电话号码 phone',
  ),
  aliases: names('别名 简称 别名简称 企业简称 曾用名 又名 俗称 别称 aliases'),
  committee: names(
    '调解委员会 是否建立调解委员会 是否成立调解委员会 有无调解委员会 劳动争议调解委员会 是否建立劳动争议调解委员会 是否有调解委员会 调委会 是否建立调委会 企业调解委员会 committee',
  ),
  active: names('状态 经营状态 企业状态 登记状态 是否在营 是否正常经营 active'),
};

/** Words by which files name the industries; the longest word that occurs decides. */
const INDUSTRY_WORDS: Record<Exclude<Industry, 'other'>, string[]> = {
  textile: names('纺织 棉纺 毛纺 织造 针织 印染 纱线 化纤 家纺 面料'),
  garment: names('纺织服装 服装 制衣 服饰 成衣 鞋帽 缝制'),
  machinery: names('机械 设备制造 装备 汽车零部件 模具 机电 电机'),
  metal: names('金属 五金 钢铁 冶金 铸造 钢管 不锈钢 有色'),
  electronics: names('电子 电器 电气 计算机 通信 光伏 半导体'),
  chemical: names('化工 化学 医药 涂料'),
  plastics: names('塑料 橡胶 塑胶 橡塑'),
  construction: names('建筑 施工 房地产 装饰 装修 市政 园林绿化'),
  logistics: names('物流 运输 仓储 快递 交通'),
  catering: names('餐饮 住宿 酒店 宾馆 饭店'),
  retail: names('零售 批发 商贸 贸易 超市 销售'),
  services: names('服务 家政 物业 保安 保洁 劳务 教育 卫生 养老'),
  agriculture: names('农业 农林 种植 养殖 林业 渔业 畜牧'),
};

/** The column of every key that a file has, counted from 0, and the row of the header with its texts. */
export interface EnterpriseLayout {
  headerRow: number;
  headers: string[];
  columns: Partial<Record<EnterpriseColumn, number>>;
}

/** Finds the header, the row with the most known names, among the first rows of a file; null when none names a name. */
export function recogniseEnterpriseColumns(firstRows: readonly SpreadsheetRow[]): EnterpriseLayout | null {
  const layouts = firstRows
    .map(({ row, cells }) => {
      const headers = Array.from(cells, (cell) => cellText(cell ?? null));
      return { headerRow: row, headers, columns: columnsOf(headers) };
    })
    .filter(({ columns }) => columns.name !== undefined);
  const known = ({ columns }: EnterpriseLayout): number => Object.keys(columns).length;
  return layouts.reduce<EnterpriseLayout | null>(
    (best, next) => (best === null || known(next) > known(best) ? next : best),
    null,
  );
}

function columnsOf(headers: readonly string[]): EnterpriseLayout['columns'] {
  const spellings = headers.map((header) => [
    normalisedHeader(header),
    normalisedHeader(header.replace(/[(（].*?[)）]/g, '')),
  ]);
  const columns: EnterpriseLayout['columns'] = {};
  for (const key of ENTERPRISE_COLUMNS) {
    const found = HEADER_NAMES[key]
      .map((name) => spellings.findIndex((spelling) => spelling.includes(name)))
      .find((column) => column !== -1);
    if (found !== undefined) columns[key] = found;
  }
  return columns;
}

/** Something in a row that a person should look at; `reason` is a key below `directory.import`. */
export interface RowRemark {
  row: number;
  column: EnterpriseColumn;
  value: string;
  reason: string;
  values?: Record<string, string | number>;
}

/** A remark as the pages of an import show it: under the header that its column has in the file. */
export function asFault(
  { row, column, value, reason, values }: RowRemark,
  { headers, columns }: EnterpriseLayout,
): RowFault {
  const header = headers[columns[column] ?? -1] ?? '';
  return { row, column: header, value, reason: { sentence: `directory.import.${reason}`, values } };
}

/** What a row says; what it leaves open (no column, an empty cell, 不详) is undefined and changes nothing. */
export interface EnterpriseRow {
  row: number;
  name: string;
  creditCode?: string;
  village?: string;
  industry?: Industry;
  headcount?: number;
  contactName?: string;
  contactPhone?: string;
  aliases: string[];
  hasCommittee?: boolean;
  active?: boolean;
}

/** A row that can be taken with what is noted about it, or the faults for which it cannot. */
export type RowReading = { row: EnterpriseRow; notes: RowRemark[] } | { faults: RowRemark[] };

/** Reads a row below the header. Name and credit code must be right; anything else unreadable is left out and noted. */
export function readEnterpriseRow(source: SpreadsheetRow, { columns }: EnterpriseLayout): RowReading {
  return new RowReader(source, columns).read();
}

const SAYS_NOTHING = /^(?:[-—–/\\.]*|无|没有|暂无|不详|不明|未知)$/;

class RowReader {
  readonly #source: SpreadsheetRow;
  readonly #columns: EnterpriseLayout['columns'];
  readonly #faults: RowRemark[] = [];
  readonly #notes: RowRemark[] = [];

  constructor(source: SpreadsheetRow, columns: EnterpriseLayout['columns']) {
    this.#source = source;
    this.#columns = columns;
  }

  read(): RowReading {
    const name = this.#name();
    const row: EnterpriseRow = {
      row: this.#source.row,
      name,
      creditCode: this.#creditCode(),
      village: this.#text('village', 100),
      industry: this.#industry(),
      headcount: this.#value('headcount', readCount(this.#cell('headcount'))),
      contactName: this.#text('contactName', 100),
      contactPhone: this.#phone(),
      aliases: this.#aliases(name),
      hasCommittee: this.#value('committee', readYesNo(this.#cell('committee'), COMMITTEE_WORDS)),
      active: this.#value('active', readYesNo(this.#cell('active'), ACTIVE_WORDS)),
    };
    this.#checkBytes();
    return this.#faults.length > 0 ? { faults: this.#faults } : { row, notes: this.#notes };
  }

  #name(): string {
    const name = this.#shown('name');
    if (SAYS_NOTHING.test(name)) this.#fault('name', 'faults.nameMissing');
    else if (normaliseEnterpriseName(name) === '') this.#fault('name', 'faults.nameWithoutLetters');
    else if ([...name].length > NAME_LENGTH) this.#fault('name', 'faults.tooLong', { max: NAME_LENGTH });
    return name;
  }

  #creditCode(): string | undefined {
    const reading = readCode(this.#cell('creditCode'));
    if (reading.is === 'unknown') return undefined;
    const code = reading.is === 'value' ? tidyCreditCode(reading.value) : '';
    if (!isCreditCode(code)) this.#fault('creditCode', 'faults.creditCodeInvalid');
    return code;
  }

  #industry(): Industry | undefined {
    const text = this.#shown('industry');
    if (SAYS_NOTHING.test(text)) return undefined;
    const industry = industryOf(text);
    if (industry === null) this.#note('industry', 'notes.industryUnknown');
    return industry ?? 'other';
  }

  #phone(): string | undefined {
    const cell = this.#cell('contactPhone');
    const written = cellText(cell).normalize('NFKC').replace(/\s/g, '');
    return isPhone(written) ? written : this.#value('contactPhone', readPhone(cell));
  }

  #aliases(name: string): string[] {
    const text = this.#shown('aliases');
    if (SAYS_NOTHING.test(text)) return [];
    const aliases = readAliases(text.replace(/[,，/]/g, ';'), name);
    const fitting = aliases.filter((alias) => [...alias].length <= NAME_LENGTH).slice(0, MOST_ALIASES);
    if (fitting.length < aliases.length) this.#note('aliases', 'notes.unreadable');
    return fitting;
  }

  #text(column: EnterpriseColumn, most: number): string | undefined {
    const text = this.#shown(column);
    if (SAYS_NOTHING.test(text)) return undefined;
    if ([...text].length <= most) return text;
    this.#note(column, 'notes.unreadable');
    return undefined;
  }

  #value<T>(column: EnterpriseColumn, reading: Reading<T>): T | undefined {
    if (reading.is === 'value') return reading.value;
    if (reading.is !== 'unknown') this.#note(column, 'notes.unreadable');
    return undefined;
  }

  #checkBytes(): void {
    const bad = this.#source.badBytes ?? [];
    for (const column of ENTERPRISE_COLUMNS) {
      const index = this.#columns[column];
      if (index !== undefined && bad.includes(index)) this.#fault(column, 'faults.badBytes');
    }
  }

  #cell(column: EnterpriseColumn): Cell {
    const index = this.#columns[column];
    return index === undefined ? null : (this.#source.cells[index] ?? null);
  }

  #shown(column: EnterpriseColumn): string {
    return cellText(this.#cell(column)).replace(/\s+/g, ' ');
  }

  #fault(column: EnterpriseColumn, reason: string, values?: RowRemark['values']): void {
    this.#faults.push(this.#remark(column, reason, values));
  }

  #note(column: EnterpriseColumn, reason: string): void {
    this.#notes.push(this.#remark(column, reason));
  }

  #remark(column: EnterpriseColumn, reason: string, values?: RowRemark['values']): RowRemark {
    return {
      row: this.#source.row,
      column,
      value: this.#shown(column),
      reason,
      ...(values ? { values } : {}),
    };
  }
}

const COMMITTEE_WORDS = { yes: names('已建 已建立 已成立 建立 成立'), no: names('未建 未建立 未成立') };
const ACTIVE_WORDS = {
  yes: names('在营 存续 在业 开业 正常 正常经营 在用 存续在营开业在册'),
  no: names('注销 吊销 停业 歇业 迁出 已注销 已吊销 已迁出 关闭 停用'),
};

/** The industry that a text names; null when it names none. */
export function industryOf(text: string): Industry | null {
  let best: { industry: Industry; length: number } | null = null;
  for (const [industry, words] of Object.entries(INDUSTRY_WORDS) as [Industry, string[]][]) {
    for (const word of words) {
      if (text.includes(word) && word.length > (best?.length ?? 0)) best = { industry, length: word.length };
    }
  }
  if (best) return best.industry;
  return /^(?:其他|其它|other)/i.test(text) ? 'other' : null;
}
