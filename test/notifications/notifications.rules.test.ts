import { expect } from 'chai';
import { LANGUAGES } from '../../server/shared/language.ts';
import { isMailAddress } from '../../server/shared/personal-data.rules.ts';
import { noticeWords } from '../../server/notifications/notice-words.rules.ts';
import {
  checkedParams,
  checkedPath,
  CHOICES,
  choiceFor,
  isGatewayAddress,
  mailFailure,
  mandatoryReason,
  MANDATORY_REASONS,
  oneLine,
  optionalTemplates,
  TEMPLATE_KEYS,
  TEMPLATES,
  templatesFor,
  waitAfter,
  webhookFailure,
  type NoticeParams,
} from '../../server/notifications/notifications.rules.ts';
import { translator } from '../../server/web/language.ts';

const FULL: NoticeParams = {
  number: '祝劳调〔2026〕0123号',
  ...{ day: '2026-03-02', month: '2026-03', count: 3, level: 'town' },
};

describe('what people are told', () => {
  it('has words for every notice in every language, and none of them leaves a placeholder', () => {
    for (const language of LANGUAGES) {
      const t = translator(language);
      for (const key of TEMPLATE_KEYS) {
        for (const params of [FULL, { ...FULL, number: null }]) {
          const { title, text } = noticeWords(key, params, t);
          expect(`${title}${text}`, key).not.to.match(/[{}]/);
          expect(title.length, `${key} as a subject`).to.be.within(4, 100);
          expect(text.length, key).to.be.greaterThan(title.length / 2);
        }
        expect(t(`notifications.templates.${key}.name`)).to.not.equal('');
      }
      for (const reason of MANDATORY_REASONS) expect(t(`notifications.mandatory.${reason}`)).to.not.equal('');
    }
  });

  it('names the case by its number, or as one that has none yet', () => {
    const t = translator('zh-CN');
    expect(noticeWords('case.routed', FULL, t).title).to.equal('案件交给您办理：祝劳调〔2026〕0123号');
    expect(noticeWords('case.routed', {}, t).title).to.equal('案件交给您办理：一件尚未编号的案件');
    const inProgram = noticeWords('case.routed', {}, t, '江阴永利机械有限公司');
    expect(inProgram.title).to.equal('案件交给您办理：江阴永利机械有限公司一案');
  });

  it('is told at once where the law’s clock or a life demands it, whatever was chosen', () => {
    for (const key of TEMPLATE_KEYS) {
      for (const chosen of [...CHOICES, null]) {
        const wanted = mandatoryReason(key) ? 'now' : (chosen ?? TEMPLATES[key].choice);
        expect(choiceFor(key, chosen), `${key}, ${chosen}`).to.equal(wanted);
      }
    }
    expect(TEMPLATE_KEYS.filter((key) => mandatoryReason(key))).to.include.members([
      'case.routed',
      'case.goneUp',
      'case.danger',
    ]);
  });

  it('is offered to people of its roles only', () => {
    expect(templatesFor(['callbackClerk'])).to.deep.equal([]);
    expect(templatesFor(['mediator']))
      .to.include('case.routed')
      .and.not.include('case.proposal');
    expect(optionalTemplates(['mediator']))
      .to.include('case.offered')
      .and.not.include('case.routed');
    expect(templatesFor(['mediator', 'dispatcher'])).to.include.members(['case.routed', 'case.proposal']);
  });
});

describe('what a notice may say', () => {
  it('takes a number, a day, a month, a count and a level', () => {
    expect(checkedParams(FULL)).to.deep.equal(FULL);
    expect(checkedParams({ number: null, count: 0 })).to.deep.equal({ count: 0 });
    for (const number of ['祝劳调（2026）第 12 号', 'ZT-2026/0012'])
      expect(checkedParams({ number })).to.deep.equal({ number });
  });

  const WRONG: [string, object][] = [
    ['a name', { name: '李强' }],
    ['a name for a number', { number: '李强' }],
    ['a line break in a number', { number: '2026-1\r\nBcc: all@example.cn' }],
    ['a separator in a number', { number: '2026\u2028号' }],
    ['a sentence for a day', { day: '李强 13800001234' }],
    ['a day that is none', { day: '2026-02-30' }],
    ['a month that is none', { month: '2026-13' }],
    ['a text for a count', { count: '3' }],
    ['a fraction', { count: 1.5 }],
    ['a word that is no level', { level: '13800001234' }],
  ];
  for (const [what, params] of WRONG)
    it(`refuses ${what}`, () => expect(() => checkedParams(params)).to.throw('does not say'));

  it('leads to a page of the program, with no other query than a month', () => {
    for (const path of ['/cases/018f', '/wage-checks?month=2026-11', '/cases/018f#payments'])
      expect(checkedPath(path)).to.equal(path);
    for (const path of [
      '//evil.example',
      'https://evil.example/',
      '/cases?q=李强',
      '/cases?month=2026-11&q=a',
      '/a\r\nb',
      '/\\evil',
      '',
    ])
      expect(() => checkedPath(path), path).to.throw('does not lead');
  });

  it('puts nothing but one line into a header', () => {
    expect(oneLine('案件\r\nBcc: x@y.cn\u2028\u0000\u200b')).to.equal('案件 Bcc: x@y.cn');
  });
});

describe('where a person is reached', () => {
  for (const text of ['zhang@example.cn', 'a.b+c@mail.gov.cn', 'x@localhost'])
    it(`takes ${text}`, () => expect(isMailAddress(text)).to.equal(true));
  for (const text of [
    ...([
      '',
      'zhang',
      '@example.cn',
      'a b@example.cn',
      'a@b,c@d.cn',
      'a@b;c',
      'a@-b.cn',
      '张@example.cn',
    ] as const),
    ...(['a@b.cn\r\nBcc: c@d.cn', '<a@b.cn>', '"a"@b.cn', `${'a'.repeat(65)}@b.cn`, 'a@b..cn'] as const),
  ])
    it(`refuses ${JSON.stringify(text)}`, () => expect(isMailAddress(text)).to.equal(false));
  it('a gateway knows a mobile number or an account', () => {
    for (const text of ['13800001234', 'ZhangSan', 'zhang.san_1'])
      expect(isGatewayAddress(text), text).to.equal(true);
    for (const text of ['1380000123', '张三', 'a b', '', '../x', 'a\n'])
      expect(isGatewayAddress(text), text).to.equal(false);
  });
});

describe('what becomes of a message that failed', () => {
  it('waits longer each time and is given up at the end', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8].map((attempts) => waitAfter(attempts, 8, false));
    expect(waits).to.deep.equal([1, 5, 15, 60, 240, 720, 720, null]);
    expect(waitAfter(1, 8, true), 'a final answer').to.equal(null);
    expect(waitAfter(1, 1, false), 'one attempt only').to.equal(null);
  });

  const MAIL: [string, Parameters<typeof mailFailure>[0], Partial<ReturnType<typeof mailFailure>>][] = [
    [
      'no such user',
      { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550 },
      { permanent: true, stop: false, failure: 'refused', code: 550 },
    ],
    [
      'content refused',
      { code: 'EMESSAGE', command: 'DATA', responseCode: 554 },
      { permanent: true, stop: false },
    ],
    [
      'greylisted',
      { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 451 },
      { permanent: false, stop: false, failure: 'later' },
    ],
    [
      'mailbox full for now',
      { code: 'EMESSAGE', command: 'DATA', responseCode: 452 },
      { permanent: false, stop: false },
    ],
    [
      'sender refused',
      { code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 550 },
      { permanent: false, stop: true },
    ],
    [
      'server closing',
      { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 421 },
      { permanent: false, stop: true },
    ],
    [
      'sign-in refused',
      { code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535 },
      { permanent: false, stop: true, failure: 'signIn' },
    ],
    [
      'greeted with 554',
      { code: 'EPROTOCOL', command: 'CONN', responseCode: 554 },
      { permanent: false, stop: true },
    ],
    [
      'nobody there',
      { code: 'ESOCKET' },
      { permanent: false, stop: true, failure: 'unreachable', code: null },
    ],
    ['hangs', { code: 'ETIMEDOUT' }, { permanent: false, stop: true, failure: 'timeout' }],
    ['took too long', { code: 'EABORT' }, { permanent: false, stop: true, failure: 'timeout' }],
    ['something else', {}, { permanent: false, stop: true, failure: 'unreachable' }],
  ];
  for (const [what, error, wanted] of MAIL)
    it(`mail: ${what}`, () => expect(mailFailure(error)).to.include(wanted));

  const GATEWAY: [number, { permanent: boolean; stop: boolean } | null][] = [
    [200, null],
    [204, null],
    [301, { permanent: false, stop: true }],
    [302, { permanent: false, stop: true }],
    [400, { permanent: true, stop: false }],
    [401, { permanent: false, stop: true }],
    [422, { permanent: true, stop: false }],
    [429, { permanent: false, stop: true }],
    [500, { permanent: false, stop: true }],
    [503, { permanent: false, stop: true }],
  ];
  for (const [status, wanted] of GATEWAY) {
    it(`gateway: ${status}`, () => {
      if (wanted === null) expect(webhookFailure(status)).to.equal(null);
      else expect(webhookFailure(status)).to.include({ ...wanted, code: status });
    });
  }
});
