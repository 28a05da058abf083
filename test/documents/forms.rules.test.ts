import { expect } from 'chai';
import type { Outcome } from '../../server/cases/lifecycle.rules.ts';
import { composePaper } from '../../server/documents/compose.rules.ts';
import {
  availablePapers,
  FORMS,
  isPaperForm,
  missingFields,
  PAPER_FORMS,
  type PaperForm,
} from '../../server/documents/forms.rules.ts';
import type { PaperData } from '../../server/documents/paper-data.rules.ts';
import { BLANK, dayInWords, momentInWords, printed } from '../../server/documents/paper.rules.ts';
import { fullPaperData, wordsOfPaper } from './paper-data.ts';

/** The forms of DOMAIN §4 that belong to a case, by hand. */
const OF_A_CASE = [
  ...[
    '调解申请书',
    '口头申请笔录',
    '权利义务告知书',
    '受理通知书',
    '不予受理通知书',
    '调解笔录',
    '代表人推举书',
    '集体劳动争议报告',
  ],
  ...['调解协议书', '和解协议书', '撤回调解申请书', '同意书', '告知书', '仲裁审查申请书', '司法确认申请书'],
  ...['未履行告知书', '支付令申请书', '履行记录', '收条', '送达回证', '移送', '卷宗目录'],
];

const full = fullPaperData();
/** Eight workers of whom so many were elected. */
const electing = (elected: number): PaperData['claimants'] =>
  Array.from({ length: 8 }, (_, index) => ({
    ...full.claimants[0]!,
    ...{ id: `c${index}`, name: `工人${'甲乙丙丁戊己庚辛'[index]}`, representative: index < elected },
  }));
const standing = (data: PaperData): Record<string, string> =>
  Object.fromEntries(availablePapers(data).map((paper) => [paper.form, paper.standing]));
const missing = (form: PaperForm, data: PaperData) =>
  missingFields(form, data, data.sessions[0] ?? null).map(({ field }) => field);

describe('the forms of a case', () => {
  it('are all those of the domain, each with its provisions', () => {
    const titles = PAPER_FORMS.map((form) => FORMS[form].title);
    for (const name of OF_A_CASE) expect(titles.join('|'), name).to.include(name);
    for (const form of PAPER_FORMS) expect(FORMS[form].article, form).to.match(/\p{Script=Han}/u);
    expect(isPaperForm('agreement')).to.equal(true);
    expect(['toString', '', 'Agreement'].some(isPaperForm)).to.equal(false);
  });

  const OPEN: Partial<PaperData> = {
    state: 'awaitingAcceptance',
    outcome: null,
    closedOn: null,
    acceptedOn: null,
  };
  const bare: PaperData = {
    ...full,
    ...OPEN,
    settlement: null,
    effectiveOn: null,
    confirmations: [],
    sessions: [],
    extendedTo: null,
    ending: null,
    calls: [],
    pressing: null,
    collective: false,
  };

  it('a case that waits for acceptance has an application and the notice of rights, and no agreement', () => {
    expect(standing(bare)).to.deep.equal({
      ...{ application: 'due', oralApplication: 'possible', rightsNotice: 'due', withdrawal: 'possible' },
      index: 'possible',
    });
  });

  const ENDS: [Outcome, PaperForm][] = [
    ['declined', 'refusal'],
    ['notLabour', 'refusal'],
    ['failed', 'failure'],
    ['lostContact', 'failure'],
    ['withdrawn', 'withdrawal'],
    ['transferred', 'transfer'],
  ];
  for (const [outcome, form] of ENDS) {
    it(`${outcome} asks for ${form}`, () => {
      expect(standing({ ...bare, state: 'closed', outcome, closedOn: '2022-03-09' })[form]).to.equal('due');
    });
  }

  it('a group elects representatives; a drafted failure already has its notice', () => {
    const group = { ...bare, collective: true };
    expect(standing(group)).to.include({ representatives: 'due', countyReport: 'due' });
    expect(missing('representatives', { ...group, claimants: electing(3) })).to.deep.equal([]);
    expect(standing({ ...bare, state: 'inMediation', failureDraftedOn: '2022-03-18' })['failure']).to.equal(
      'due',
    );
  });

  it('an agreement by instalments has its papers, and no settlement of the parties', () => {
    const papers = standing(full);
    expect(papers).to.include({ agreement: 'due', performance: 'due', record: 'due', index: 'due' });
    expect(papers).to.include({ arbitrationReview: 'possible', judicialConfirmation: 'possible' });
    expect(papers).to.not.have.any.keys('reconciliation', 'failure', 'refusal', 'transfer');
    const late = full.confirmations.map((way) => ({ ...way, open: false }));
    expect(standing({ ...full, confirmations: late })).to.not.have.any.keys('arbitrationReview');
  });

  const breached: PaperData = { ...full, performance: 'breached', today: '2022-04-12' };
  const claiming = (type: 'wages' | 'rest'): PaperData['claimants'] =>
    full.claimants.map((one) => ({ ...one, claims: one.claims.map((claim) => ({ ...claim, type })) }));

  it('a default asks for the written notice, and offers the payment order where the law does', () => {
    expect(standing(full)).to.not.have.any.keys('defaultNotice', 'paymentOrder');
    expect(standing(breached)).to.include({ defaultNotice: 'due', paymentOrder: 'possible' });
    const onRest = { ...breached, claimants: claiming('rest') };
    expect(standing(onRest)).to.include({ defaultNotice: 'due' }).and.not.have.property('paymentOrder');
    const [rest] = onRest.claimants;
    const wagesClaimed = { ...full.claimants[0]!.claims[0]!, agreedFen: null };
    const claimants = [{ ...rest!, claims: [...rest!.claims, wagesClaimed] }];
    expect(standing({ ...breached, claimants }), 'nothing agreed on wages').to.not.have.property(
      'paymentOrder',
    );
  });

  it('both say what is overdue, for whom and how much of it is still open', () => {
    const [paid, late] = full.settlement!.instalments;
    const payment = { ...paid!.payments[0]!, amountFen: 50_000 };
    const later = { ...late!, dueOn: '2022-05-10', amountFen: 77_700, payments: [] };
    const instalments = [paid!, { ...late!, payments: [payment] }, later];
    const data = { ...breached, settlement: { ...full.settlement!, instalments } };
    for (const form of ['defaultNotice', 'paymentOrder'] as const) {
      const words = wordsOfPaper(composePaper(form, data), 'masked');
      expect(words, form).to.include('"2022年4月10日","王芳","3,000.00","500.00","2,500.00"');
      expect(words, form).to.not.include('777.00').and.not.include('"5,000.00"');
    }
    const asked = wordsOfPaper(composePaper('paymentOrder', data), 'masked');
    expect(asked).to.include('人民币2,500.00元（大写：贰仟伍佰元整）').and.include('江阴市人民法院');
  });

  it('the notice of the default names only the ways that are open to this agreement', () => {
    const notice = (values: Partial<PaperData>): string =>
      wordsOfPaper(composePaper('defaultNotice', { ...breached, ...values }), 'masked');
    expect(notice({}))
      .to.include('支付令')
      .and.include('直接向江阴市人民法院起诉')
      .and.not.include('强制执行');
    expect(notice({ claimants: claiming('rest') }))
      .to.include('申请仲裁')
      .and.not.include('支付令');
    const settlement = { ...full.settlement!, confirmation: 'judicialConfirmation' as const };
    expect(notice({ settlement })).to.include('强制执行');
    const own = { settlement: { ...full.settlement!, kind: 'reconciled' as const } };
    expect(notice(own), '和解').to.include('达成和解协议').and.include('申请仲裁').and.not.include('支付令');
    expect(notice(own)).to.not.include('直接向');
    expect(standing({ ...breached, ...own })).to.not.have.property('paymentOrder');
  });

  it('calls back are recorded, and the town may press for what is late or to be done again', () => {
    expect(standing(full)).to.include({ followUp: 'due', supervision: 'possible' });
    const quiet = standing({ ...full, calls: [], pressing: null });
    expect(quiet).to.not.have.any.keys('followUp', 'supervision');
  });

  it('only sessions that were held have a record, each its own', () => {
    const [held] = full.sessions;
    const sessions = [held!, { ...held!, id: 'second' }, { ...held!, id: 'planned', held: false }];
    const records = availablePapers({ ...full, sessions }).filter(({ form }) => form === 'record');
    expect(records.map(({ session }) => session?.id)).to.deep.equal([held!.id, 'second']);
  });

  it('a case with everything lacks nothing', () => {
    for (const { form, session } of availablePapers(full))
      expect(missingFields(form, full, session), form).to.deep.equal([]);
  });

  it('says what is missing, for whom, and where to fill it in', () => {
    const [first, ...others] = full.claimants;
    const data = { ...full, claimants: [{ ...first!, address: undefined, idNumber: null }, ...others] };
    const found = missingFields('application', data, null);
    expect(found).to.deep.equal([
      { field: 'idNumber', whose: ['李强'], fill: { page: 'identity', id: first!.id } },
      { field: 'address', whose: ['李强'], fill: { page: 'claimantParticulars', id: first!.id } },
    ]);
  });

  it('people who lack the same stand together', () => {
    const claimants = full.claimants.map((claimant) => ({ ...claimant, phone: null }));
    expect(missingFields('application', { ...full, claimants }, null)[0]).to.deep.include({
      field: 'phone',
      whose: claimants.map(({ name }) => name),
    });
  });

  const LACKS: [PaperForm, Partial<PaperData>, string][] = [
    ['agreement', { particulars: {} }, 'findings'],
    ['failure', { ending: null }, 'endingReason'],
    ['failure', { town: { ...full.town, commissionAddress: '' } }, 'commissionAddress'],
    ['extension', { extendedTo: null }, 'extendedTo'],
    ['rightsNotice', { respondentConsentOn: null }, 'respondentConsent'],
    ['transfer', { ending: null }, 'letter'],
    ['representatives', { collective: true, claimants: electing(2) }, 'representatives'],
    ['application', { collective: true, claimants: electing(6) }, 'representatives'],
    ['record', { sessions: [{ ...full.sessions[0]!, minutes: null }] }, 'minutes'],
    ['application', { claimants: [] }, 'claimants'],
  ];
  for (const [form, values, field] of LACKS) {
    it(`${form} without ${field} says so`, () =>
      expect(missing(form, { ...full, ...values })).to.include(field));
  }
});

describe('a document', () => {
  for (const form of PAPER_FORMS) {
    it(`${form} is filled in from a full case, and has lines where the case knows nothing`, () => {
      const filled = wordsOfPaper(composePaper(form, full, full.sessions[0]), 'full');
      const empty = wordsOfPaper(composePaper(form, emptyData(), null), 'full');
      for (const words of [filled, empty]) {
        expect(words).to.not.match(/undefined|null|NaN|\[object|Invalid/);
        expect(words).to.include(FORMS[form].title);
      }
      if (form !== 'index') expect(empty).to.include('＿＿');
    });
  }

  it('masks numbers wherever they stand, and shows them in full only when asked', () => {
    const paper = composePaper('agreement', full);
    const masked = wordsOfPaper(paper, 'masked');
    const open = wordsOfPaper(paper, 'full');
    for (const number of ['320281199003074518', '13800001234', '6222020200112345678']) {
      expect(open).to.include(number);
      expect(masked).to.not.include(number);
    }
    expect(masked).to.include('320281********4518').and.include('138****1234');
  });

  it('says amounts in figures and in words, per day and in all', () => {
    const words = wordsOfPaper(composePaper('agreement', full), 'masked');
    expect(words).to.include('人民币8,000.00元（大写：捌仟元整）');
    expect(words).to.include('2022年3月10日').and.include('伍仟元整').and.include('叁仟元整');
  });

  it('the record of the calls says what was heard each time, and what the redo did', () => {
    const words = wordsOfPaper(composePaper('followUp', full), 'masked');
    for (const heard of ['第1次回访', '不满意', '未履行', '交原调解组织重办', '已督促单位付清', '第2次回访'])
      expect(words).to.include(heard);
    expect(words).to.include('未联系上').and.not.include('13800001234');
  });

  it('the order is the town’s to write, and says until when', () => {
    const late: PaperData = { ...full, pressing: { kind: 'statutory', dueOn: '2022-03-16' } };
    expect(standing({ ...late, supervised: false })).to.not.have.property('supervision');
    expect(missing('supervision', late)).to.include('supervisionDay');
    const dated = { ...late, particulars: { ...late.particulars, supervisionUntil: '2022-03-30' } };
    expect(missing('supervision', dated)).to.not.include('supervisionDay');
    expect(wordsOfPaper(composePaper('supervision', dated), 'masked')).to.include('请于2022年3月30日前办结');
  });

  it('the agreement to extend is printed before it is signed', () => {
    const words = (extensionTo: string): string =>
      wordsOfPaper(composePaper('extension', { ...full, particulars: { extensionTo } }), 'masked');
    expect(words('2022-04-20')).to.include('延长至2022年4月20日').and.to.not.include('2022年3月10日');
    expect(words('2022-03-20'), 'as it was signed')
      .to.include('延长至2022年3月26日')
      .and.to.include('2022年3月10日');
  });

  it('the agreement says who of several workers gets what on which day', () => {
    const words = wordsOfPaper(composePaper('agreement', full), 'masked');
    expect(words).to.include('各申请人每期应得');
    expect(words).to.include('"2022年3月10日","李强","5,000.00"');
    expect(words).to.include('"2022年4月10日","王芳","3,000.00"');
  });

  it('what the parties filed for belongs to the file, and the other way is over', () => {
    const filed: PaperData = {
      ...full,
      settlement: { ...full.settlement!, confirmation: 'arbitrationReview' },
    };
    expect(standing(filed)).to.include({ arbitrationReview: 'due' });
    expect(standing(filed)).to.not.have.property('judicialConfirmation');
  });

  it('the supervision order names the day of a redo, and of what is late the day that has passed', () => {
    const words = (pressing: PaperData['pressing']): string =>
      wordsOfPaper(composePaper('supervision', { ...full, pressing }), 'masked');
    expect(words(full.pressing)).to.include('请于2022年3月23日前办结').and.include('重新办理');
    expect(composePaper('supervision', full).organisation).to.equal(full.town.organisation);
    const late = words({ kind: 'statutory', dueOn: '2022-03-16' });
    expect(late).to.include('调解的期限为2022年3月16日，现已超期').and.include('请于＿');
  });

  it('offers only the confirmation that is open to it', () => {
    const clauses = (values: Partial<PaperData>): string =>
      wordsOfPaper(composePaper('agreement', { ...full, ...values }), 'masked');
    expect(clauses({ level: 'village' }))
      .to.include('人民调解法》第三十三条')
      .and.include('选择其中一种');
    expect(clauses({ level: 'town' })).to.not.include('人民调解法》第三十三条');
    const claims = [{ type: 'relationship' as const, claimedFen: null, verifiedFen: null, agreedFen: null }];
    const claimants = full.claimants.map((claimant) => ({ ...claimant, claims }));
    expect(clauses({ claimants })).to.include('第七十五条').and.not.include('十五日内（');
  });

  it('names those whom a group elected in its application and its election, with their authority', () => {
    const group = { ...full, collective: true, workers: 12, claimants: electing(3) };
    for (const form of ['application', 'representatives'] as const) {
      const words = wordsOfPaper(composePaper(form, group), 'masked');
      for (const name of ['工人甲', '工人乙', '工人丙']) expect(words, form).to.include(name);
    }
    expect(wordsOfPaper(composePaper('application', group), 'masked')).to.include(
      '申请人推举的代表人：工人甲、工人乙、工人丙。',
    );
    const election = wordsOfPaper(composePaper('representatives', group), 'masked');
    expect(election).to.include('和解须经本人同意').and.not.include('13800001234');
    expect(wordsOfPaper(composePaper('application', full), 'masked')).to.not.include('代表人：');
  });

  it('tells the county who, how many, over how much, why, what was done and what may come', () => {
    const group = { ...full, collective: true, workers: 12, claimants: electing(0) };
    const words = wordsOfPaper(composePaper('countyReport', group), 'masked');
    expect(words).to.include('江阴市人力资源和社会保障局：').and.include('工人甲等12人').and.include('12人');
    expect(words).to.include('40,000.00').and.include('肆万元整').and.include('未支付工资');
    expect(words).to.include('联系当事人3次').and.include('2022年3月3日14时00分在建南村调解室召开调解会');
    expect(words).to.include('有上访、集访苗头').and.include('引导劳动者推举三至五名代表人');
    expect(words).to.include('祝塘镇').and.not.include('320281199003074518');
    expect(
      wordsOfPaper(composePaper('countyReport', { ...group, claimants: electing(4) }), 'masked'),
    ).to.include('代表人：工人甲');
  });

  it('lines that people wrote become paragraphs', () => {
    const paper = composePaper('record', full, full.sessions[0]);
    const { blocks } = printed(paper, 'masked');
    expect(blocks).to.deep.include({ paragraph: '第二行：单位同意分期。' });
  });

  it('days and moments are written as a letter writes them', () => {
    expect(dayInWords('2022-03-05')).to.equal('2022年3月5日');
    expect(dayInWords(null)).to.include('年').and.include('＿');
    expect(momentInWords('2022-03-05 14:05')).to.equal('2022年3月5日14时05分');
  });

  function emptyData(): PaperData {
    return {
      ...full,
      ...{ number: null, room: null, mediator: null, acceptedOn: null, statutoryDueOn: null, facts: null },
      ...{ workerConsentOn: null, respondentConsentOn: null, effectiveOn: null, closedOn: null },
      ...{ extendedTo: null, particulars: {}, claimants: [], sessions: [], settlement: null, ending: null },
      ...{
        confirmations: [],
        kept: [],
        files: [],
        extension: null,
        powers: null,
        contacts: { made: 0, risk: null },
        calls: [],
        pressing: null,
      },
      respondents: [{ id: 'r', part: 'employer', name: BLANK, contactName: null, phone: null }],
      town: { ...full.town, commissionAddress: '' },
    };
  }
});
