import type { PaperData, PaperSession } from './paper-data.rules.ts';
import { mayAskForPaymentOrder } from './paper-facts.rules.ts';
import { FIELDS, type Missing, type Needed, type PaperField } from './paper-fields.rules.ts';

/** The forms of a case (DOMAIN §4), in the order of the case file. */
export const PAPER_FORMS = [
  'application',
  'oralApplication',
  'rightsNotice',
  'representatives',
  'countyReport',
  'acceptance',
  'refusal',
  'record',
  'extension',
  'agreement',
  'reconciliation',
  'withdrawal',
  'failure',
  'arbitrationReview',
  'judicialConfirmation',
  'performance',
  'defaultNotice',
  'paymentOrder',
  'serviceReceipt',
  'transfer',
  'followUp',
  'supervision',
  'index',
] as const;
export type PaperForm = (typeof PAPER_FORMS)[number];

export function isPaperForm(text: string): text is PaperForm {
  return PAPER_FORMS.some((form) => form === text);
}

/** `due`: the case file must have it at this stage; `possible`: if it is wanted; or not at this stage. */
export type Standing = 'due' | 'possible' | null;

interface FormRule {
  /** As it is printed. */
  title: string;
  /** The provisions that ask for it. */
  article: string;
  /** Made final by the signature of the agreement, not by a button. */
  bySignature?: true;
  /** Written by the town, not by the room. */
  byTown?: true;
  /** Without it the paper is not made final. */
  finalNeeds?: PaperField;
  /** One for each session that was held. */
  perSession?: true;
  stands(data: PaperData): Standing;
  needs: readonly PaperField[];
}

const APPLICANT: readonly PaperField[] = [
  ...(['claimants', 'gender', 'birthDate', 'idNumber', 'address', 'deliveryAddress', 'phone'] as const),
  ...(['migrant', 'workedFrom', 'monthlyWage'] as const),
];
const RESPONDENT: readonly PaperField[] = [
  ...(['creditCode', 'respondentAddress', 'legalRepresentative', 'respondentPhone'] as const),
];
const PARTIES: readonly PaperField[] = [
  ...(['claimants', 'idNumber', 'address', 'phone'] as const),
  ...RESPONDENT,
];

const open = ({ state }: PaperData): boolean => state !== 'closed';
const due = (is: boolean, possible = false): Standing => (is ? 'due' : possible ? 'possible' : null);
const inDefault = ({ performance }: PaperData): boolean => performance === 'breached';
const isDispute = ({ outcome }: PaperData): boolean => outcome !== 'void' && outcome !== 'duplicate';
const canConfirm = (data: PaperData, kind: 'arbitrationReview' | 'judicialConfirmation'): boolean =>
  data.confirmations.some((way) => way.kind === kind && way.open);

/** A joint request: a way that is still open as long as nothing was filed, and what was filed belongs to the file. */
const requestOf = (data: PaperData, kind: 'arbitrationReview' | 'judicialConfirmation'): Standing => {
  const filed = data.settlement?.confirmation ?? null;
  return due(filed === kind, filed === null && canConfirm(data, kind));
};

/** The table of forms: when each makes sense, what it needs, and which provisions ask for it. */
export const FORMS: Record<PaperForm, FormRule> = {
  application: {
    title: '劳动争议调解申请书',
    article: '劳动争议调解仲裁法12；企业劳动争议协商调解规定21',
    stands: (data) => due(isDispute(data)),
    needs: [
      ...APPLICANT,
      ...RESPONDENT,
      'requests',
      'requestAmounts',
      'facts',
      'evidence',
      'representatives',
    ],
  },
  oralApplication: {
    title: '劳动争议调解口头申请笔录',
    article: '劳动争议调解仲裁法12',
    stands: (data) => due(false, isDispute(data)),
    needs: [...APPLICANT, ...RESPONDENT, 'requests', 'requestAmounts', 'facts', 'evidence'],
  },
  rightsNotice: {
    title: '调解权利义务告知书（同意调解确认书）',
    article: '劳动争议调解仲裁法5、14；企业劳动争议协商调解规定22、23；人民调解法23；个人信息保护法17',
    stands: (data) => due(isDispute(data) && data.takenOver),
    needs: ['claimants', 'workerConsent', 'respondentConsent'],
  },
  representatives: {
    title: '代表人推举书',
    article: '劳动争议调解仲裁法7；劳动人事争议仲裁办案规则63（参照）',
    stands: (data) => due(isDispute(data) && data.collective),
    needs: ['claimants', 'idNumber', 'representatives'],
  },
  countyReport: {
    title: '集体劳动争议报告',
    byTown: true,
    article: '劳动争议调解仲裁法7；保障农民工工资支付条例4',
    stands: (data) => due(isDispute(data) && data.collective),
    needs: ['claimants', 'requests', 'requestAmounts', 'facts', 'mediator'],
  },
  acceptance: {
    title: '劳动争议调解受理通知书',
    article: '企业劳动争议协商调解规定22',
    stands: (data) => due(isDispute(data) && data.acceptedOn !== null),
    needs: ['caseNumber', 'claimants', 'mediator'],
  },
  refusal: {
    title: '劳动争议调解不予受理通知书',
    article: '企业劳动争议协商调解规定22',
    stands: ({ outcome }) => due(outcome === 'declined' || outcome === 'notLabour'),
    needs: ['claimants', 'endingReason', 'commissionAddress'],
  },
  record: {
    title: '劳动争议调解笔录',
    article: '企业劳动争议协商调解规定30、32；人民调解法27',
    perSession: true,
    stands: ({ sessions }) => due(sessions.some(({ held }) => held)),
    needs: ['claimants', 'mediator', 'minutes'],
  },
  extension: {
    title: '延长调解期限同意书',
    article: '企业劳动争议协商调解规定29',
    stands: ({ state, extendedTo }) =>
      due(extendedTo !== null, state === 'inMediation' || state === 'awaitingSignature'),
    needs: ['caseNumber', 'claimants', 'extendedTo'],
  },
  agreement: {
    title: '劳动争议调解协议书',
    bySignature: true,
    article: '劳动争议调解仲裁法14；企业劳动争议协商调解规定26；人民调解法29',
    stands: ({ settlement }) => due(settlement !== null && settlement.kind !== 'reconciled'),
    needs: [...PARTIES, 'caseNumber', 'requests', 'findings', 'agreedAmounts', 'schedule', 'mediator'],
  },
  reconciliation: {
    title: '和解协议书',
    bySignature: true,
    article: '劳动争议调解仲裁法4、5',
    stands: ({ settlement }) => due(settlement?.kind === 'reconciled'),
    needs: [...PARTIES, 'requests', 'agreedAmounts'],
  },
  withdrawal: {
    title: '撤回调解申请书',
    article: '人民调解法23',
    stands: (data) =>
      due(data.outcome === 'withdrawn', open(data) && data.takenOver && data.state !== 'awaitingRouting'),
    needs: ['claimants'],
  },
  failure: {
    title: '调解终止（不成）告知书',
    article: '企业劳动争议协商调解规定29、30；劳动争议调解仲裁法14、27；人民调解法26',
    stands: ({ outcome, state, failureDraftedOn }) =>
      due(
        outcome === 'failed' ||
          outcome === 'lostContact' ||
          (state === 'inMediation' && failureDraftedOn !== null),
      ),
    needs: ['claimants', 'endingReason', 'commissionAddress', 'mediator'],
  },
  arbitrationReview: {
    title: '调解协议仲裁审查申请书',
    article: '企业劳动争议协商调解规定27；劳动人事争议仲裁办案规则74、75、76',
    stands: (data) => requestOf(data, 'arbitrationReview'),
    needs: [...PARTIES, 'deliveryAddress', 'commissionAddress'],
  },
  judicialConfirmation: {
    title: '司法确认申请书',
    article: '人民调解法33；民事诉讼法205、206；法释〔2020〕26号52',
    stands: (data) => requestOf(data, 'judicialConfirmation'),
    needs: [...PARTIES, 'deliveryAddress'],
  },
  performance: {
    title: '调解协议履行记录（收条）',
    article: '企业劳动争议协商调解规定16；人民调解法31',
    stands: ({ settlement }) =>
      due(settlement !== null && settlement.signedOn !== null && settlement.totalFen > 0),
    needs: ['claimants', 'schedule'],
  },
  defaultNotice: {
    title: '协议未履行告知书',
    article: '企业劳动争议协商调解规定30；劳动争议调解仲裁法15、16、27；法释〔2020〕26号51',
    stands: (data) => due(inDefault(data)),
    needs: ['claimants', 'commissionAddress', 'mediator'],
  },
  paymentOrder: {
    title: '支付令申请书',
    article: '劳动争议调解仲裁法16；民事诉讼法225、226',
    stands: (data) => due(false, inDefault(data) && mayAskForPaymentOrder(data)),
    needs: [...PARTIES, 'deliveryAddress'],
  },
  serviceReceipt: {
    title: '送达回证',
    article: '企业劳动争议协商调解规定22、30',
    stands: (data) => due(isDispute(data) && servedForms(data).length > 0),
    needs: ['claimants'],
  },
  transfer: {
    title: '移送（转办）函',
    article: '劳动争议调解仲裁法9；劳动保障监察条例21；人民调解法25',
    stands: ({ outcome }) => due(outcome === 'transferred'),
    needs: ['claimants', 'endingReason', 'letter'],
  },
  followUp: {
    title: '回访记录',
    article: '企业劳动争议协商调解规定16；人民调解法31',
    stands: ({ calls }) => due(calls.length > 0),
    needs: ['claimants'],
  },
  // The law asks for none, so it is never owed.
  supervision: {
    title: '督办单',
    byTown: true,
    article: '企业劳动争议协商调解规定29；人民调解法31',
    stands: ({ pressing, supervised, kept }) =>
      due(false, (supervised && pressing !== null) || kept.some(({ form }) => form === 'supervision')),
    needs: ['mediator', 'supervisionDay'],
    finalNeeds: 'supervisionDay',
  },
  index: {
    title: '卷宗目录',
    article: '司法部人民调解文书格式（2010）；企业劳动争议协商调解规定32；人民调解法27',
    stands: (data) => due(data.state === 'closed', true),
    needs: [],
  },
};

/** A paper that makes sense now: its form and, of a record, its session. */
export interface AvailablePaper {
  form: PaperForm;
  session: PaperSession | null;
  standing: Exclude<Standing, null>;
}

/** What names a paper of a case: its form and, of a record, its session. */
export function paperKey(form: string, sessionId: string | null): string {
  return sessionId === null ? form : `${form}:${sessionId}`;
}

/** What names the paper of which a file is the signed copy; null when it is of none. */
export function signedPaper({ form, sessionId }: { form: string | null; sessionId: string | null }) {
  return form === null ? null : paperKey(form, sessionId);
}

/** The signed copies of a paper among the files of its case, without those that are void. */
export function copiesOf<T extends { form: string | null; sessionId: string | null; voidedAt: Date | null }>(
  files: readonly T[],
  form: string,
  sessionId: string | null,
): T[] {
  const key = paperKey(form, sessionId);
  return files.filter((file) => file.voidedAt === null && signedPaper(file) === key);
}

/** The papers of which somebody can have a signed copy: all but the index. */
export function signedPapers(data: PaperData): AvailablePaper[] {
  return availablePapers(data).filter(({ form }) => form !== 'index');
}

/** The papers that a case can or must have now, in the order of the case file. */
export function availablePapers(data: PaperData): AvailablePaper[] {
  return PAPER_FORMS.flatMap((form) => {
    const { stands, perSession } = FORMS[form];
    const standing = stands(data);
    if (standing === null) return [];
    const sessions = perSession ? data.sessions.filter(({ held }) => held) : [null];
    return sessions.map((session) => ({ form, session, standing }));
  });
}

/** What is served to the parties, of the papers that there are. */
export function servedForms(data: PaperData): PaperForm[] {
  const served = [
    ...(['acceptance', 'refusal', 'agreement', 'reconciliation', 'failure', 'defaultNotice'] as const),
  ];
  return served.filter((form) => FORMS[form].stands(data) !== null);
}

/** What a form lacks, in the order of its fields; the people who lack the same stand together. */
export function missingFields(form: PaperForm, data: PaperData, session: PaperSession | null): Missing[] {
  return [...new Set(FORMS[form].needs)].flatMap((field) => {
    const needed: Needed = FIELDS[field];
    const found = needed(data, session);
    if (found.length === 0) return [];
    return [{ field, whose: found.flatMap(({ whose }) => whose ?? []), fill: found[0]!.fill }];
  });
}
