import { expect } from 'chai';
import fc from 'fast-check';
import {
  flooredRate,
  hotlineSentence,
  recoverySentence,
  type HotlineFacts,
  type RecoveryFacts,
} from '../../server/reports/sentence.rules.ts';

const golden1: HotlineFacts = {
  period: { from: '2022-01-01', to: '2022-12-31' },
  received: 673,
  succeeded: 660,
  failed: 13,
  open: 0,
  amountInvolvedFen: 817_543_210,
};
const golden2: RecoveryFacts = {
  period: { from: '2023-01-01', to: '2023-11-02' },
  fen: 309_630_000,
  workers: 184,
  migrantFen: 298_780_000,
  migrantWorkers: 169,
};

describe('the sentence about the hotline', () => {
  for (const [told, change, sentence] of [
    ['golden test 1', {}, '2022年，共接到12345劳动争议诉求件673件，调处成功率98%以上，涉及总金额817万多元'],
    [
      'the least amount of golden test 1',
      { amountInvolvedFen: 817_000_100 },
      '2022年，共接到12345劳动争议诉求件673件，调处成功率98%以上，涉及总金额817万多元',
    ],
    [
      'the greatest amount of golden test 1',
      { amountInvolvedFen: 817_999_900 },
      '2022年，共接到12345劳动争议诉求件673件，调处成功率98%以上，涉及总金额817万多元',
    ],
    [
      'one settled less',
      { succeeded: 659, failed: 14 },
      '2022年，共接到12345劳动争议诉求件673件，调处成功率97%以上，涉及总金额817万多元',
    ],
    [
      'all settled',
      { succeeded: 673, failed: 0 },
      '2022年，共接到12345劳动争议诉求件673件，调处成功率100%，涉及总金额817万多元',
    ],
    [
      'all but one of very many settled',
      { received: 1_000_000, succeeded: 999_999, failed: 1 },
      '2022年，共接到12345劳动争议诉求件1000000件，调处成功率99%以上，涉及总金额817万多元',
    ],
    [
      'an exact rate',
      { received: 100, succeeded: 98, failed: 2 },
      '2022年，共接到12345劳动争议诉求件100件，调处成功率98%，涉及总金额817万多元',
    ],
    [
      'none settled',
      { received: 3, succeeded: 0, failed: 3 },
      '2022年，共接到12345劳动争议诉求件3件，调处成功率0%，涉及总金额817万多元',
    ],
    [
      'an exact 万',
      { amountInvolvedFen: 817_000_000 },
      '2022年，共接到12345劳动争议诉求件673件，调处成功率98%以上，涉及总金额817万元',
    ],
    [
      'one fen below',
      { amountInvolvedFen: 816_999_999 },
      '2022年，共接到12345劳动争议诉求件673件，调处成功率98%以上，涉及总金额816万多元',
    ],
    [
      'exactly 1万',
      { amountInvolvedFen: 1_000_000 },
      '2022年，共接到12345劳动争议诉求件673件，调处成功率98%以上，涉及总金额1万元',
    ],
    [
      'below 1万',
      { amountInvolvedFen: 850_000 },
      '2022年，共接到12345劳动争议诉求件673件，调处成功率98%以上，涉及总金额8500元',
    ],
    [
      'below 1万 with fen',
      { amountInvolvedFen: 999_999 },
      '2022年，共接到12345劳动争议诉求件673件，调处成功率98%以上，涉及总金额9999多元',
    ],
    [
      'open cases',
      { open: 4, received: 677 },
      '2022年，共接到12345劳动争议诉求件677件，调处成功率98%以上，涉及总金额817万多元，另有在办4件',
    ],
    [
      'nothing decided',
      { received: 2, succeeded: 0, failed: 0, open: 2, amountInvolvedFen: 3_000_000 },
      '2022年，共接到12345劳动争议诉求件2件，涉及总金额3万元，另有在办2件',
    ],
    [
      'nothing at all',
      { received: 0, succeeded: 0, failed: 0, amountInvolvedFen: 0 },
      '2022年，共接到12345劳动争议诉求件0件，涉及总金额0元',
    ],
  ] as const) {
    it(told, () => expect(hotlineSentence({ ...golden1, ...change })).to.equal(sentence));
  }

  for (const [from, to, chinese, english] of [
    ['2022-01-01', '2022-12-31', '2022年', 'In 2022'],
    ['2022-01-01', '2022-11-02', '截至11月2日', 'Up to 2 November'],
    ['2022-01-01', '2022-01-01', '截至1月1日', 'Up to 1 January'],
    ['2022-03-01', '2022-05-31', '2022年3月1日至5月31日', 'From 1 March to 31 May 2022'],
    ['2022-03-01', '2022-12-31', '2022年3月1日至12月31日', 'From 1 March to 31 December 2022'],
    ['2022-01-01', '2023-12-31', '2022年1月1日至2023年12月31日', 'From 1 January 2022 to 31 December 2023'],
    [
      '2021-12-26',
      '2022-12-25',
      '2021年12月26日至2022年12月25日',
      'From 26 December 2021 to 25 December 2022',
    ],
    ['2022-03-08', '2022-03-08', '2022年3月8日', 'On 8 March 2022'],
  ] as const) {
    it(`names ${from} to ${to}`, () => {
      const facts = { ...golden1, period: { from, to } };
      expect(hotlineSentence(facts).split('，')[0]).to.equal(chinese);
      expect(hotlineSentence(facts, 'en').split(',')[0]).to.equal(english);
    });
  }

  it('tells the same in English', () => {
    expect(hotlineSentence(golden1, 'en')).to.equal(
      'In 2022, labour dispute complaints received through the 12345 hotline: 673, settled successfully: 98% or more, total amount involved: more than ¥8,170,000',
    );
    expect(
      hotlineSentence({ ...golden1, succeeded: 0, failed: 0, open: 673, amountInvolvedFen: 850_000 }, 'en'),
    ).to.equal(
      'In 2022, labour dispute complaints received through the 12345 hotline: 673, total amount involved: ¥8,500, still open: 673',
    );
  });
});

describe('the sentence about recovered money', () => {
  for (const [told, change, sentence] of [
    ['golden test 2', {}, '截至11月2日，为184名劳动者追回309.63万元，其中为169名农民工追回298.78万元'],
    [
      'floored to 0.01万',
      { fen: 309_639_999, migrantFen: 298_789_999 },
      '截至11月2日，为184名劳动者追回309.63万元，其中为169名农民工追回298.78万元',
    ],
    [
      'nobody known to be a migrant',
      { migrantFen: 0, migrantWorkers: 0 },
      '截至11月2日，为184名劳动者追回309.63万元',
    ],
    ['round', { fen: 300_000_000, migrantWorkers: 0 }, '截至11月2日，为184名劳动者追回300.00万元'],
    ['below 1万', { fen: 850_000, workers: 1, migrantWorkers: 0 }, '截至11月2日，为1名劳动者追回0.85万元'],
    ['below 0.01万', { fen: 9_950, workers: 1, migrantWorkers: 0 }, '截至11月2日，为1名劳动者追回99.50元'],
    [
      'nothing',
      { fen: 0, workers: 0, migrantFen: 0, migrantWorkers: 0 },
      '截至11月2日，尚无已核实的追回金额',
    ],
  ] as const) {
    it(told, () => expect(recoverySentence({ ...golden2, ...change })).to.equal(sentence));
  }

  it('tells the same in English', () => {
    expect(recoverySentence(golden2, 'en')).to.equal(
      'Up to 2 November, recovered for 184 workers: ¥3,096,300, of which for 169 rural migrant workers: ¥2,987,800',
    );
    expect(recoverySentence({ ...golden2, workers: 1, fen: 9_950, migrantWorkers: 0 }, 'en')).to.equal(
      'Up to 2 November, recovered for 1 worker: ¥99.50',
    );
    expect(recoverySentence({ ...golden2, workers: 0 }, 'en')).to.equal(
      'Up to 2 November, no verified recovery yet',
    );
  });
});

describe('no sentence overstates', () => {
  const cases = fc.record({ succeeded: fc.nat(), failed: fc.nat() });
  const fen = fc.integer({ min: 0, max: 99_999_999_999_999 });

  it('the rate, in rule and print', () => {
    fc.assert(
      fc.property(cases, ({ succeeded, failed }) => {
        const rate = flooredRate(succeeded, failed);
        const sentence = hotlineSentence({ ...golden1, succeeded, failed });
        if (succeeded + failed === 0) return rate === null && !sentence.includes('率');
        const [, printed, more] = /调处成功率(\d+)%(以上)?，/.exec(sentence)!;
        const claimed = BigInt(printed!) * BigInt(succeeded + failed);
        const truth = BigInt(succeeded) * 100n;
        return (
          claimed <= truth && truth < claimed + BigInt(succeeded + failed) && (claimed === truth) === !more
        );
      }),
    );
  });

  it('the amount involved', () => {
    fc.assert(
      fc.property(fc.oneof(fen, fc.nat(3_000_000)), (amountInvolvedFen) => {
        const sentence = hotlineSentence({ ...golden1, amountInvolvedFen });
        const [, units, wan, more] = /金额(\d+)(万)?(多)?元$/.exec(sentence)!;
        const claimed = Number(units) * (wan ? 1_000_000 : 100);
        return claimed <= amountInvolvedFen && (claimed === amountInvolvedFen) === !more;
      }),
    );
  });

  it('the money recovered', () => {
    fc.assert(
      fc.property(fc.oneof(fen, fc.nat(30_000)), (recovered) => {
        const sentence = recoverySentence({ ...golden2, fen: recovered, migrantWorkers: 0 });
        const [, whole, cents, wan] = /追回([\d,]+)\.(\d\d)(万)?元$/.exec(sentence)!;
        const claimed = Number(whole!.replaceAll(',', '') + cents) * (wan ? 10_000 : 1);
        return claimed <= recovered && recovered - claimed < 10_000;
      }),
    );
  });
});
