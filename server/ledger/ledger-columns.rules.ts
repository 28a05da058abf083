import { createHeaderFinder, headerNames } from '../shared/spreadsheets/headers.rules.ts';
import type { ChosenHeaders, FoundHeader } from '../shared/spreadsheets/headers.rules.ts';
import type { SpreadsheetRow } from '../shared/spreadsheets/rows.ts';

/** What a ledger can say of a closed case. */
export const LEDGER_KEYS = [
  'number',
  'receivedOn',
  'closedOn',
  'enterprise',
  'village',
  'type',
  'level',
  'outcome',
  'claimed',
  'agreed',
  'recovered',
  'recoveredOn',
  'workers',
  'migrantWorkers',
  'migrantRecovered',
  'source',
] as const;
export type LedgerKey = (typeof LEDGER_KEYS)[number];

/** The header names of ledgers for each key, the best one first. */
const HEADER_NAMES: Record<LedgerKey, string[]> = {
  number: headerNames('案件编号 案号 编号 台账编号 登记编号 受理编号 工单编号 序列号 卷宗号 流水号 number'),
  receivedOn: headerNames(
    '受理日期 受理时间 收案日期 收件日期 接件日期 接案日期 登记日期 登记时间 来访日期 申请日期 来电时间 接收日期 收到日期 日期 时间 receivedon',
  ),
  closedOn: headerNames(
    '结案日期 结案时间 办结日期 办结时间 调解日期 调结日期 协议签订日期 完结日期 处理日期 closedon',
  ),
  enterprise: headerNames(
    '被申请人 被申请人名称 用人单位 用人单位名称 企业名称 企业 单位名称 公司名称 涉事企业 涉及企业 被诉单位 被诉主体 被投诉单位 单位 公司 enterprise',
  ),
  village: headerNames('所属村 所属村社区 村社区 村 社区 村居 所在村 属地 辖区 行政村 village'),
  type: headerNames('争议类型 纠纷类型 案件类型 争议类别 纠纷类别 案由 诉求类型 类型 类别 事由 type'),
  level: headerNames('调解层级 调解级别 层级 级别 调解组织 调解单位 办理层级 办理单位 level'),
  outcome: headerNames(
    '调解结果 处理结果 办理结果 结案方式 处理方式 结果 办结情况 结案情况 调处结果 办理情况 outcome',
  ),
  claimed: headerNames('诉求金额 请求金额 申请金额 涉及金额 涉案金额 争议金额 标的额 标的金额 claimed'),
  agreed: headerNames('协议金额 调解金额 达成金额 调解协议金额 约定金额 agreed'),
  recovered: headerNames(
    '追回金额 追讨金额 兑现金额 到位金额 履行金额 已付金额 支付金额 实付金额 追回工资 追回 recovered',
  ),
  recoveredOn: headerNames('追回日期 到账日期 付款日期 支付日期 履行日期 兑现日期 到位日期 recoveredon'),
  workers: headerNames('涉及人数 劳动者人数 职工人数 申请人数 人数 涉及劳动者 涉案人数 workers'),
  migrantWorkers: headerNames('农民工人数 其中农民工 其中农民工人数 农民工 migrantworkers'),
  migrantRecovered: headerNames(
    '农民工追回金额 其中农民工金额 为农民工追回 农民工金额 其中农民工追回金额 migrantrecovered',
  ),
  source: headerNames('来源 案件来源 诉求来源 受理渠道 来源渠道 渠道 source'),
};

const findLedgerHeader = createHeaderFinder(HEADER_NAMES);
/** Columns without which a ledger cannot be imported. */
export const REQUIRED_COLUMNS = ['number', 'receivedOn', 'outcome'] as const;

/** What was found in the first rows of a ledger; `problems` (`ledger.errors.*`) is empty when it can be imported. */
export interface LedgerHeader extends Omit<FoundHeader<LedgerKey>, 'absent'> {
  problems: { sentence: string; values?: Record<string, string> }[];
}

/** Finds the header of a ledger and the column of every key. Chosen header texts win. */
export function recogniseLedger(
  firstRows: SpreadsheetRow[],
  chosen: ChosenHeaders<LedgerKey> = {},
): LedgerHeader {
  const { absent, ...found } = findLedgerHeader(firstRows, chosen);
  return { ...found, problems: problemsOf(found, absent) };
}

function problemsOf(
  { headerRow, columns }: Omit<FoundHeader<LedgerKey>, 'absent'>,
  absent: string[],
): LedgerHeader['problems'] {
  if (headerRow === null) return [{ sentence: 'ledger.errors.headerMissing' }];
  if (absent.length > 0)
    return [{ sentence: 'hotline.errors.chosenHeaderAbsent', values: { headers: absent.join('、') } }];
  return REQUIRED_COLUMNS.filter((key) => columns[key] === undefined).map((key) => ({
    sentence: `ledger.errors.${key}ColumnMissing`,
  }));
}
