import type { PaperData } from '../../server/documents/paper-data.rules.ts';
import { printed, type Paper } from '../../server/documents/paper.rules.ts';

/** A case of two workers with an agreement by instalments in which nothing is missing. */
export function fullPaperData(): PaperData {
  const claimant = (id: string, name: string, agreedFen: number): PaperData['claimants'][number] => ({
    ...{ id, name, gender: 'male', birthDate: '1990-03-07', idNumber: '320281199003074518' },
    ...{
      phone: '13800001234',
      migrant: true,
      representative: false,
      address: '江阴市祝塘镇建南村12号',
      deliveryAddress: '同上',
    },
    ...{ position: '挡车工', workedFrom: '2021-03-01', workedUntil: '2022-02-20', monthlyWageFen: 600_000 },
    claims: [{ type: 'wages', claimedFen: agreedFen, verifiedFen: agreedFen, agreedFen }],
  });
  const way = { open: true, explanation: [], provisional: false };
  return {
    caseId: '018f0000-0000-7000-8000-000000000001',
    town: {
      organisation: '祝塘镇劳动争议调解中心',
      countyAuthority: '江阴市人力资源和社会保障局',
      commissionName: '江阴市劳动人事争议仲裁委员会',
      commissionAddress: '江阴市某路1号',
      courtName: '江阴市人民法院',
      legalAidPhone: '12348',
    },
    organisation: '祝塘镇建南村调解室',
    room: { name: '建南村调解室', address: '建南村便民服务中心', phone: '0510-86380000' },
    coMediators: [],
    ...{ mediator: '周国平', number: '祝劳调〔2022〕0012号', title: '拖欠工资' },
    ...{ primaryType: 'wages', source: 'walkIn', state: 'closed', outcome: 'settledByInstalments' },
    ...{ performance: 'performing', referral: null, level: 'village', workers: 2, collective: false },
    ...{ enterpriseConsent: false, takenOver: true, receivedAt: '2022-03-01 09:00' },
    ...{ workerConsentOn: '2022-03-01', respondentConsentOn: '2022-03-02', acceptedOn: '2022-03-02' },
    ...{ statutoryDueOn: '2022-03-16', extendedTo: '2022-03-26', failureDraftedOn: null },
    ...{
      effectiveOn: '2022-03-05',
      closedOn: '2022-03-05',
      facts: '拖欠2022年1月至2月工资，电话13800001234。',
    },
    particulars: {
      facts: '单位自2022年1月起未支付工资。',
      evidence: '考勤记录、微信聊天记录',
      agent: '无',
      findings: '双方存在劳动关系，单位欠付工资，应由单位承担支付责任。',
    },
    claimants: [claimant('c1', '李强', 500_000), claimant('c2', '王芳', 300_000)],
    respondents: [
      {
        ...{ id: 'r1', part: 'employer', name: '江阴明华纺织有限公司', creditCode: '91320281MA1XXXXX0X' },
        ...{
          contactName: '孙会计',
          phone: '13955550123',
          address: '祝塘镇工业园区',
          legalRepresentative: '孙明华',
        },
      },
    ],
    powers: '代为参加调解；和解须经本人同意，电话13800001234。',
    contacts: { made: 3, risk: 'petition' },
    sessions: [
      {
        ...{ id: 's1', startsAt: '2022-03-03 14:00', endsAt: '2022-03-03 15:30', place: '建南村调解室' },
        ...{
          attendees: '李强、王芳、孙会计',
          held: true,
          minutes: '第一行：双方陈述。\n第二行：单位同意分期。',
        },
      },
    ],
    settlement: {
      kind: 'settledByInstalments',
      terms: '单位分两期支付，汇入李强账户6222020200112345678。',
      totalFen: 800_000,
      signedOn: '2022-03-05',
      confirmation: null,
      instalments: [
        {
          ...{ claimantId: 'c1', dueOn: '2022-03-10', amountFen: 500_000 },
          payments: [
            {
              ...{ amountFen: 500_000, paidOn: '2022-03-09', manner: 'bankTransfer', proof: '银行回单' },
              verifiedBy: '陈建国',
            },
          ],
        },
        { claimantId: 'c2', dueOn: '2022-04-10', amountFen: 300_000, payments: [] },
      ],
    },
    ending: {
      on: '2022-03-05',
      reason: '双方未能一致',
      declineReason: null,
      authority: 'inspection',
      letter: '祝劳函1号',
    },
    calls: [
      {
        ...{ on: '2022-03-20', by: '钱会芳', reached: true, kept: 'notKept', satisfaction: 'unsatisfied' },
        ...{ retaliation: false, hiddenRisk: true, note: '还差3000元，电话13800001234。', redo: true },
        answer: '已督促单位付清。',
      },
      {
        ...{ on: '2022-04-20', by: '钱会芳', reached: false, kept: null, satisfaction: null },
        ...{ retaliation: null, hiddenRisk: null, note: null, redo: false, answer: null },
      },
    ],
    supervised: true,
    pressing: { kind: 'redo', dueOn: '2022-03-23' },
    extension: { workerSignedOn: '2022-03-10', respondentSignedOn: '2022-03-11' },
    confirmations: [
      { kind: 'arbitrationReview', reason: 'anyLevel', dueOn: '2022-03-21', ...way },
      { kind: 'judicialConfirmation', reason: 'peoplesMediation', dueOn: '2022-04-06', ...way },
    ],
    kept: [{ form: 'agreement', subjectId: null, on: '2022-03-05' }],
    files: [{ name: '身份证.jpg', kind: 'identity', on: '2022-03-02', paper: null }],
    today: '2022-03-09',
  };
}

/** Everything that a document says, block by block. */
export function wordsOfPaper(paper: Paper, numbers: 'masked' | 'full'): string {
  const { title, organisation, blocks } = printed(paper, numbers);
  return [title, organisation, ...blocks.map((block) => JSON.stringify(block))].join('\n');
}
