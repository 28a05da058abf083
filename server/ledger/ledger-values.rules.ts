import { CLAIM_TYPES, SOURCES, type ClaimType, type Source } from '../cases/case.rules.ts';
import { OUTCOMES, type Outcome } from '../cases/lifecycle.rules.ts';
import { LEVELS, type Level } from '../directory/directory.rules.ts';
import { comparable } from '../shared/spreadsheets/sheet-rows.rules.ts';

/** Outcomes that a ledger can name: what was a mistake is not in it. */
export const LEDGER_OUTCOMES = OUTCOMES.filter((outcome) => outcome !== 'void');

/** Stands in a table for every text that is not named; it comes before the words that are known. */
export const REST = '*';

/** The texts of a file by what they mean here. */
export type ValueTable<V extends string> = Record<string, V>;

const words = (text: string): string[] => text.trim().split(/\s+/);

/** How ledgers write what they mean, where the mapping does not say it. */
const OUTCOME_WORDS: Partial<Record<Outcome, string[]>> = {
  settledAtOnce: words(`
    达成协议 达成协议即时履行 达成协议·即时履行 即时履行 当场履行 当场兑现 一次性履行 一次性支付 调解成功 调解成 成功 已调解
    已化解 调解达成协议 协议`),
  settledByInstalments: words('分期履行 分期支付 分期付款 达成协议分期履行 达成协议·分期履行 分期'),
  reconciled: words('和解 和解撤回 自行和解 双方和解 达成和解'),
  failed: words('调解不成 调解不成功 未达成协议 调解失败 失败 不成功 未成功 逾期未达成 终止调解 调解终止'),
  declined: words('一方拒绝 拒绝调解 不同意调解 一方不同意 不予受理 单位拒绝'),
  transferred: words('转办 移送 移交 转交 无管辖 转其他部门 转仲裁 转监察'),
  withdrawn: words('撤回 撤诉 申请人撤回 撤回申请 主动撤回'),
  lostContact: words('失联 联系不上 失联终止 无法联系'),
  notLabour: words('非劳动争议 不属于劳动争议 非劳动纠纷 不属于受理范围'),
  duplicate: words('重复 重复登记 重复工单 重复件'),
};
const TYPE_WORDS: Record<ClaimType, string[]> = {
  wages: words('劳动报酬 工资 欠薪 拖欠工资 工资报酬 讨薪 追索劳动报酬'),
  overtime: words('加班费 加班工资 加班'),
  workInjury: words('工伤 工伤待遇 工伤赔偿'),
  compensation: words('经济补偿 经济补偿金 赔偿金 经济补偿/赔偿金 经济补偿赔偿金'),
  termination: words('解除终止 解除劳动合同 终止劳动合同 解除合同 辞退 离职 解除'),
  socialInsurance: words('社会保险 社保 养老保险'),
  relationship: words('确认劳动关系 劳动关系'),
  rest: words('休息休假 年休假 休假'),
  protection: words('女职工/劳动保护 劳动保护 女职工 女职工保护'),
  other: words('其他 其它 其他争议'),
};
const LEVEL_WORDS: Record<Level, string[]> = {
  enterprise: words('企业 企业级 企业调委会 企业调解委员会 企业内部'),
  village: words('村 村级 社区 社区级 村（社区） 村社区 村调委会 村居 村委会 村（居）'),
  town: words('镇 镇级 乡镇 街道 镇调解中心 镇（街道） 镇街道 乡镇级'),
};
const SOURCE_WORDS: Partial<Record<Source, string[]>> = {
  hotline: words('12345 12345热线 热线 12345平台 12345工单 政务热线 市长热线 便民热线 hotline'),
  walkIn: words('上门 上门申请 来访 窗口 现场 来电来访 自行来访'),
  petition: words('信访 上访 信访件'),
  transfer: words('转来 转办 交办 移交 上级交办 部门移送'),
  leaderVisit: words('领导下访 下访 领导接访'),
};

const OUTCOME_BY_WORD = byWord(LEDGER_OUTCOMES, OUTCOME_WORDS);
const TYPE_BY_WORD = byWord(CLAIM_TYPES, TYPE_WORDS);
const LEVEL_BY_WORD = byWord(LEVELS, LEVEL_WORDS);
const SOURCE_BY_WORD = byWord(SOURCES, SOURCE_WORDS);

function byWord<V extends string>(values: readonly V[], table: Partial<Record<V, string[]>>): Map<string, V> {
  return new Map(
    values.flatMap((value) =>
      [value, ...(table[value] ?? [])].map((word): [string, V] => [comparable(word), value]),
    ),
  );
}

/** The keys whose texts a person can give a meaning to. */
export const VALUE_KEYS = ['outcome', 'type', 'level'] as const;
export type ValueKey = (typeof VALUE_KEYS)[number];

/** Under which key of the locale files the words of the meanings stand. */
export const MEANING_WORDS: Record<ValueKey, string> = {
  outcome: 'cases.outcomes',
  type: 'cases.types',
  level: 'cases.levels',
};

/** What the texts of a file mean, by key. */
export interface ValueTables {
  outcome: ValueTable<Outcome>;
  type: ValueTable<ClaimType>;
  level: ValueTable<Level>;
}

/** The meanings that can be chosen, by key. */
export const MEANINGS = { outcome: LEDGER_OUTCOMES, type: CLAIM_TYPES, level: LEVELS } as const;

const KNOWN = { outcome: OUTCOME_BY_WORD, type: TYPE_BY_WORD, level: LEVEL_BY_WORD };

/** What a text means by the words that are known; undefined when they do not say. */
export const knownMeaning = (key: ValueKey, text: string): string | undefined =>
  KNOWN[key].get(comparable(text));

/** What a text means by itself: named in the table, or known where no rest comes before; null when neither. */
export function ownMeaning(key: ValueKey, text: string, mapped: Record<string, string>): string | null {
  const named = Object.entries(mapped).find(
    ([written]) => written !== REST && comparable(written) === comparable(text),
  );
  return named?.[1] ?? (mapped[REST] === undefined ? (knownMeaning(key, text) ?? null) : null);
}

export const sourceMeant = (text: string): Source | undefined => SOURCE_BY_WORD.get(comparable(text));

/** What a text of a key means; undefined when nothing says it. */
export interface Meant {
  outcome: (text: string) => Outcome | undefined;
  type: (text: string) => ClaimType | undefined;
  level: (text: string) => Level | undefined;
}

/** How texts are understood: by the mapping of the file, else by the words that are known. */
export function meaningsBy(values: ValueTables): Meant {
  return {
    outcome: meaningOf(values.outcome, OUTCOME_BY_WORD),
    type: meaningOf(values.type, TYPE_BY_WORD),
    level: meaningOf(values.level, LEVEL_BY_WORD),
  };
}

/** The tables are made ready once, for a ledger has tens of thousands of rows. */
function meaningOf<V extends string>(
  mapped: ValueTable<V>,
  known: ReadonlyMap<string, V>,
): (text: string) => V | undefined {
  const named = new Map<string, V>();
  for (const [written, value] of Object.entries(mapped))
    if (written !== REST && !named.has(comparable(written))) named.set(comparable(written), value);
  return (text) => named.get(comparable(text)) ?? mapped[REST] ?? known.get(comparable(text));
}
