import { createHeaderFinder, headerNames } from '../shared/spreadsheets/headers.rules.ts';
import type { ChosenHeaders, FoundHeader, SheetColumns } from '../shared/spreadsheets/headers.rules.ts';
import type { SpreadsheetRow } from '../shared/spreadsheets/rows.ts';

/** What a hotline file can say of a ticket (DOMAIN §2: the fields of a 工单). */
export const TICKET_KEYS = [
  'number',
  'receivedAt',
  'callerName',
  'callerPhone',
  'title',
  'content',
  'category',
  'address',
  'village',
  'respondent',
  'respondentCreditCode',
  'workers',
  'amount',
  'anonymous',
  'channel',
  'gender',
  'migrant',
  'dispatchedAt',
  'signDue',
  'replyDue',
] as const;

export type TicketKey = (typeof TICKET_KEYS)[number];

/** A column of the file for each key, counted from 0. */
export type TicketColumns = SheetColumns<TicketKey>;

/** What was found in the first rows of a file; `problems` (`hotline.errors.*`) is empty when it can be imported. */
export interface Recognition extends Omit<FoundHeader<TicketKey>, 'absent'> {
  problems: { sentence: string; values?: Record<string, string> }[];
}

const CALLERS = [
  '诉求人',
  '来电人',
  '反映人',
  '投诉人',
  '举报人',
  '求助人',
  '信访人',
  '来访人',
  '联系人',
  '申请人',
];
const OTHER_CALLERS = ['当事人', '市民', '群众', '客户', '劳动者', '职工'];
const PHONES = ['联系电话', '联系方式', '电话', '电话号码', '手机', '手机号', '手机号码', '号码'];

function each(subjects: string[], ...endings: string[]): string[] {
  return endings.flatMap((ending) => subjects.map((subject) => subject + ending));
}

/** The header names of Chinese hotlines for each key, the best one first; a name belongs to one key only. */
export const HEADER_NAMES: Record<TicketKey, string[]> = {
  number: headerNames(`
    工单编号 工单号 工单号码 工单流水号 工单ID 热线工单号 热线工单编号 12345工单号 12345工单编号 热线编号 受理编号 受理单号
    受理号 诉求编号 诉求单号 诉求件编号 事项编号 事件编号 事件单号 案件编号 案件号 任务编号 任务单号 派单编号 派单号 交办编号
    交办单号 转办编号 转办单号 登记编号 登记号 业务编号 业务流水号 服务单号 信件编号 来件编号 来电编号 投诉编号 办件编号 单据编号
    单据号 单号 流水号 编号 ticketnumber ticketno number`),
  receivedAt: headerNames(`
    来电时间 来电日期 诉求时间 诉求日期 诉求提交时间 受理时间 受理日期 接听时间 来件时间 来件日期 来访时间 接件时间 接件日期 反映时间
    反映日期 投诉时间 投诉日期 举报时间 登记时间 登记日期 提交时间 提交日期 工单创建时间 创建时间 创建日期 建单时间 工单生成时间 生成时间
    录入时间 录入日期 工单时间 收件时间 收件日期 接单时间 接收时间 接收日期 热线受理时间 日期 时间 receivedat receivedtime`),
  callerName: [
    ...each([...CALLERS, ...OTHER_CALLERS], '姓名', '名称', ''),
    ...headerNames('来信人 写信人 称呼 姓名 callername'),
  ],
  callerPhone: [
    ...each([...CALLERS, ...OTHER_CALLERS], ...PHONES),
    ...headerNames(
      '来电号码 来电电话 主叫号码 主叫 联系电话 联系方式 联系号码 电话号码 手机号码 手机号 手机 电话 callerphone phone',
    ),
  ],
  title: headerNames(`
    标题 工单标题 诉求标题 事项标题 事件标题 案件标题 问题标题 信件标题 来件标题 受理标题 主题 工单主题 诉求主题 来电主题 事件主题
    事项名称 事件名称 诉求概要 工单概要 title subject`),
  content: headerNames(`
    诉求内容 工单内容 来电内容 反映内容 投诉内容 举报内容 受理内容 事项内容 事件内容 问题内容 信件内容 来件内容 登记内容 详细内容
    主要内容 具体内容 诉求详情 工单详情 诉求描述 工单描述 问题描述 事件描述 事项描述 情况描述 内容描述 诉求事项 主要诉求 诉求具体内容
    反映问题 反映情况 反映事项 问题详情 案情 案情描述 内容 描述 详情 正文 content description`),
  category: headerNames(`
    诉求分类 诉求类别 问题分类 问题类别 事项分类 事项类别 内容分类 内容类别 工单分类 工单类别 事件分类 事件类别 业务分类 业务类别
    归口分类 归口类别 投诉分类 投诉类别 诉求分类名称 诉求一级分类 问题一级分类 一级分类 一级类别 大类 分类 类别 所属领域 领域
    事项类型 问题类型 诉求类型 工单类型 事件类型 业务类型 投诉类型 类型 category`),
  address: headerNames(`
    事发地址 事发地点 事发详细地址 事发位置 发生地址 发生地点 问题地址 问题地点 问题发生地址 问题发生地 诉求地址 诉求地点 事件地址
    事件地点 涉及地址 涉事地址 被诉地址 企业地址 单位地址 公司地址 工作地址 详细地址 具体地址 具体地点 地址 地点 address`),
  village: headerNames(`
    村社区 所属村社区 所在村社区 事发村社区 涉及村社区 属地村社区 村居 所属村居 村居社区 村 所属村 所在村 事发村 涉及村 属地村 行政村
    村名 村名称 属地 所属属地 属地名称 村社区名称 社区 所属社区 所在社区 事发社区 社区村 village`),
  respondent: headerNames(`
    被诉主体 被诉主体名称 被诉单位 被诉单位名称 被诉企业 被诉企业名称 被诉对象 被诉方 被诉人 被投诉主体 被投诉单位 被投诉单位名称
    被投诉企业 被投诉企业名称 被投诉对象 被投诉方 被投诉人 被反映单位 被反映企业 被反映对象 被反映人 被举报单位 被举报企业 被举报对象
    被举报人 被申请人 被申请人名称 涉诉单位 涉诉企业 涉诉主体 涉事单位 涉事单位名称 涉事企业 涉事企业名称 涉事主体 涉及单位 涉及企业
    涉及主体 涉及企业名称 涉及单位名称 投诉对象 诉求对象 投诉单位 用人单位 用人单位名称 用工单位 工作单位 企业名称 单位名称 公司名称
    主体名称 企业 公司 单位 respondent employer company`),
  respondentCreditCode: headerNames(`
    统一社会信用代码 社会信用代码 信用代码 统一信用代码 企业统一社会信用代码 单位统一社会信用代码 企业信用代码 单位信用代码
    被诉主体信用代码 被诉主体统一社会信用代码 被诉单位信用代码 被诉单位统一社会信用代码 被诉企业信用代码 被诉企业统一社会信用代码
    被投诉单位统一社会信用代码 涉事企业统一社会信用代码 用人单位统一社会信用代码 机构代码 组织机构代码 creditcode`),
  workers: headerNames(`
    涉及人数 涉诉人数 涉事人数 涉及劳动者人数 涉及职工人数 涉及员工人数 涉及工人数 诉求人数 欠薪人数 拖欠人数 被欠薪人数 劳动者人数
    职工人数 投诉人数 反映人数 人数 workers`),
  amount: headerNames(`
    涉及金额 涉案金额 涉诉金额 涉事金额 诉求金额 欠薪金额 拖欠金额 拖欠工资金额 拖欠工资 欠薪数额 欠款金额 被欠金额 争议金额
    涉及资金 涉及金额元 涉及金额万元 涉案金额万元 金额元 金额万元 金额 数额 amount`),
  anonymous: headerNames(`
    是否匿名 是否匿名要求保密 是否匿名或要求保密 是否匿名保密 是否要求保密 是否保密 要求保密 需要保密 匿名 匿名标志 匿名举报 保密
    anonymous`),
  channel: headerNames(`
    来源 诉求来源 工单来源 来电来源 受理来源 事件来源 案件来源 信息来源 投诉来源 来源渠道 来源方式 受理渠道 诉求渠道 反映渠道 来件渠道
    工单渠道 登记渠道 受理方式 诉求方式 反映方式 来电方式 渠道 channel source`),
  gender: [...each([...CALLERS, ...OTHER_CALLERS], '性别'), '性别', 'gender', 'sex'],
  migrant: headerNames(`
    是否农民工 是否为农民工 是否是农民工 是否涉及农民工 农民工 农民工身份 农民工标志 是否进城务工人员 是否务工人员 是否外来务工人员
    migrant`),
  dispatchedAt: headerNames(`
    派发时间 派发日期 派单时间 派单日期 派件时间 派遣时间 分派时间 分派日期 交办时间 交办日期 转办时间 转办日期 转派时间 下派时间
    下派日期 下发时间 下发日期 任务下发时间 工单派发时间 工单派单时间 工单下发时间 分办时间 流转时间 推送时间 dispatchedat`),
  signDue: headerNames(`
    签收时限 签收期限 签收截止时间 签收截止日期 签收到期时间 应签收时间 要求签收时间 signdue`),
  replyDue: headerNames(`
    办结时限 办结期限 办结截止时间 办结截止日期 办结到期时间 应办结时间 应办结日期 要求办结时间 答复时限 答复期限 答复截止时间 答复截止日期
    回复时限 回复期限 回复截止时间 反馈时限 反馈期限 反馈截止时间 办理时限 办理期限 办理截止时间 处理时限 处理期限 处理截止时间 截止时间
    截止日期 到期时间 到期日期 限办时间 限办日期 replydue`),
};

const findTicketHeader = createHeaderFinder(HEADER_NAMES);

/** Finds the header of a hotline file and the column of every key. Chosen header texts win. */
export function recognise(firstRows: SpreadsheetRow[], chosen: ChosenHeaders<TicketKey> = {}): Recognition {
  const { absent, ...found } = findTicketHeader(firstRows, chosen);
  return { ...found, problems: problemsOf(found, absent) };
}

function problemsOf(
  { headerRow, columns }: Omit<FoundHeader<TicketKey>, 'absent'>,
  absent: string[],
): Recognition['problems'] {
  if (headerRow === null) return [{ sentence: 'hotline.errors.headerMissing' }];
  if (absent.length > 0)
    return [{ sentence: 'hotline.errors.chosenHeaderAbsent', values: { headers: absent.join('、') } }];
  const problems: Recognition['problems'] = [];
  if (columns.number === undefined) problems.push({ sentence: 'hotline.errors.numberColumnMissing' });
  if (columns.receivedAt === undefined) problems.push({ sentence: 'hotline.errors.receivedAtColumnMissing' });
  if (columns.title === undefined && columns.content === undefined) {
    problems.push({ sentence: 'hotline.errors.titleOrContentColumnMissing' });
  }
  return problems;
}
