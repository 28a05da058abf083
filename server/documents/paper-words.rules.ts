import type {
  Authority,
  ClaimType,
  DeclineReason,
  Referral,
  RespondentPart,
  Source,
} from '../cases/case.rules.ts';
import type { DueKind } from '../deadlines/case-deadlines.rules.ts';
import type { Kept, Satisfaction } from '../follow-ups/follow-up.rules.ts';
import type { Risk } from '../mediation/mediation.rules.ts';
import type { PaymentManner, SettlementKind } from '../settlements/settlement.rules.ts';
import type { AttachmentKind } from './attachment.rules.ts';

/** The words of the documents, which are Chinese in both languages of the screen. */
export const TYPE_WORDS: Record<ClaimType, string> = {
  wages: '劳动报酬',
  overtime: '加班费',
  workInjury: '工伤待遇',
  compensation: '经济补偿、赔偿金',
  termination: '解除、终止劳动合同',
  socialInsurance: '社会保险',
  relationship: '确认劳动关系',
  rest: '休息休假',
  protection: '女职工、劳动保护',
  other: '其他劳动争议',
};

export const SOURCE_WORDS: Record<Source, string> = {
  hotline: '12345热线',
  walkIn: '当事人来访申请',
  petition: '信访转来',
  transfer: '有关部门移送',
  wageCheck: '工资检查',
  leaderVisit: '领导下访',
  other: '其他来源',
};

export const PART_WORDS: Record<RespondentPart, string> = {
  employer: '用人单位',
  subcontractor: '分包单位',
  mainContractor: '施工总承包单位',
  labourContractor: '自然人',
};

export const MANNER_WORDS: Record<PaymentManner, string> = {
  bankTransfer: '银行转账',
  cash: '现金',
  mobile: '手机支付',
  other: '其他',
};

export const SETTLEMENT_WORDS: Record<SettlementKind, string> = {
  settledAtOnce: '即时履行',
  settledByInstalments: '分期履行',
  reconciled: '双方和解',
};

export const DECLINE_WORDS: Record<DeclineReason, string> = {
  partyRefuses: '一方当事人明确拒绝调解',
  outOfScope: '不属于劳动争议调解受理范围',
};

export const AUTHORITY_WORDS: Record<Authority, string> = {
  inspection: '劳动保障监察机构',
  arbitration: '劳动人事争议仲裁委员会',
  court: '人民法院',
  housing: '住房和城乡建设部门',
  petition: '信访部门',
  police: '公安机关',
  socialInsurance: '社会保险经办机构',
  otherTown: '有管辖权的镇（街道）调解组织',
};

export const RISK_WORDS: Record<Risk, string> = {
  none: '目前未发现风险',
  petition: '有上访、集访苗头',
  groupIncident: '有群体性事件苗头',
  violence: '有暴力或者自伤风险',
};

export const REFERRAL_WORDS: Record<Referral, string> = {
  arbitration: '向劳动人事争议仲裁委员会申请仲裁',
  inspection: '向劳动行政部门（劳动保障监察机构）投诉',
  court: '依法向人民法院提起诉讼或者申请支付令',
};

export const FILE_WORDS: Record<AttachmentKind, string> = {
  evidence: '证据材料',
  identity: '身份证明',
  signedScan: '签名盖章扫描件',
  paymentProof: '履行凭证',
  other: '其他材料',
};

export const KEPT_WORDS: Record<Kept, string> = {
  kept: '已按协议履行',
  partly: '部分履行',
  notKept: '未履行',
  nothingAgreed: '无履行内容',
};

export const SATISFACTION_WORDS: Record<Satisfaction, string> = {
  satisfied: '满意',
  mostlySatisfied: '基本满意',
  fair: '一般',
  unsatisfied: '不满意',
  declined: '不愿评价',
};

/** What a case was to have been done by its deadline. */
export const DUE_WORDS: Record<DueKind, string> = {
  dispatch: '分派',
  firstContact: '首次联系当事人',
  acceptance: '受理',
  statutory: '调解',
  secondDate: '调解',
  extension: '延长后的调解',
  instalment: '协议履行',
  redo: '重办',
};
