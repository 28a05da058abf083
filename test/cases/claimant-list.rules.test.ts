import { expect } from 'chai';
import { asPastedText } from '../../server/cases/claimant-lines.rules.ts';
import { MOST_LINES, readClaimantList } from '../../server/cases/claimant-list.rules.ts';
import { idNumberCheckDigit } from '../../server/shared/personal-data.rules.ts';

const ID = '320281199003071239'.slice(0, 17) + idNumberCheckDigit('32028119900307123');
const OTHER_ID = '32028119851120456' + idNumberCheckDigit('32028119851120456');
const WRONG_ID = ID.slice(0, 17) + (ID.endsWith('0') ? '1' : '0');
const PHONE = '13800001234';

const read = (text: string) => readClaimantList(text, []).lines;
const first = (text: string) => read(text)[0]!;
const faultsOf = (text: string) =>
  read(text).map(({ faults }) => faults.map(({ sentence }) => sentence.replace('group.faults.', '')));

describe('a pasted list of claimants', () => {
  const whole = { name: '张三', idNumber: ID, phone: PHONE, claimedFen: 800_000, agreedFen: 700_050 };

  for (const [what, text] of [
    ['tabs, as from Excel', `张三\t${ID}\t${PHONE}\t8,000.00\t7,000.50`],
    ['tabs and quotes', `张三\t${ID}\t${PHONE}\t"8,000.00"\t"7,000.50"`],
    ['commas', `张三,${ID},${PHONE},8000,7000.5`],
    ['commas with quoted amounts', `张三,${ID},${PHONE},"8,000.00","7,000.50"`],
    ['Chinese commas, with grouped amounts', `张三，${ID}，${PHONE}，8,000元，7,000.50元`],
    ['spaces', `张三 ${ID}  ${PHONE} 8,000 7,000.50`],
    ['ideographic spaces', `张三\u3000${ID}\u3000${PHONE}\u30008000\u30007000.5`],
    ['another order', `${PHONE}\t8000\t张三\t7000.5\t${ID}`],
    ['a running number and the gender', `1\t张三\t男\t${ID}\t${PHONE}\t8000\t7000.5`],
    ['full-width digits', `张三\t${ID}\t１３８００００１２３４\t８０００\t７０００．５`],
    ['a phone with hyphens and a country code', `张三\t${ID}\t+86 138-0000-1234\t8000\t7000.5`],
    [
      'an ID number with spaces and an apostrophe',
      `张三\t'${ID.slice(0, 6)} ${ID.slice(6)}\t${PHONE}\t0.8万\t7000.5`,
    ],
    ['a name spread over its column', `张 三 ${ID} ${PHONE} 8000 7000.5`],
    [
      'a header in another order',
      `协议金额\t电话\t诉求金额\t身份证号\t姓名\n7000.5\t${PHONE}\t8000\t${ID}\t张三`,
    ],
    [
      'a header in 万',
      `姓名\t身份证号\t电话\t诉求金额（万元）\t协议金额\n张三\t${ID}\t${PHONE}\t0.8\t7000.5`,
    ],
    ['a header between spaces', `姓名 协议金额 诉求金额 身份证号 手机号\n张三 7000.5 8000 ${ID} ${PHONE}`],
    [
      'a title above the header',
      `某某公司欠薪名单\n序号\t姓名\t身份证号\t电话\t欠薪\t协议金额\n1\t张三\t${ID}\t${PHONE}\t8000\t7000.5`,
    ],
    ['Windows line ends and blank lines', `\r\n\r\n张三\t${ID}\t${PHONE}\t8000\t7000.5\r\n\r\n`],
  ] as const) {
    it(`reads ${what}`, () => {
      const lines = read(text);
      expect(lines).to.have.length(1);
      expect(lines[0]).to.include(whole);
      expect(lines[0]!.faults).to.deep.equal([]);
    });
  }

  it('takes the gender that is written where there is no ID number', () => {
    expect(first('张三\t女\t13800001234')).to.include({ name: '张三', gender: 'female' });
    expect(first('姓名\t性别\t电话\n张三\t男性\t13800001234')).to.include({
      gender: 'male',
      phone: '13800001234',
    });
    expect(first(`姓名\t性别\t身份证号\n张三\t女\t${ID}`)).to.include({ gender: 'male' });
  });

  it('takes gender and birth date from the ID number', () => {
    expect(first(`张三\t${ID}`)).to.include({ gender: 'male', birthDate: '1990-03-07' });
    expect(first('张三')).to.include({ gender: null, birthDate: null, phone: null, claimedFen: null });
  });

  it('keeps a bank card apart from phone and ID number, and says what it left out', () => {
    const line = first(`张三\t6222021234567890123\t${PHONE}\t${ID}\t普工\t8000`);
    expect(line).to.include({ idNumber: ID, phone: PHONE, claimedFen: 800_000 });
    expect(line.leftOut).to.deep.equal(['6222021234567890123', '普工']);
  });

  it('never takes an amount for the number of a line', () => {
    expect(first('8000\t张三')).to.include({ claimedFen: 800_000 });
    const amounts = read('500\t张三\n900\t李四\n2000\t王五').map(({ claimedFen }) => claimedFen);
    expect(amounts).to.deep.equal([50_000, 90_000, 200_000]);
    const numbered = read('7\t张三\t500\n9\t李四\t900').map(({ claimedFen }) => claimedFen);
    expect(numbered, 'a line between was deleted').to.deep.equal([50_000, 90_000]);
  });

  it('knows the line of the sums for nobody', () => {
    expect(read(`张三\t8000\n合计\t8000`)).to.have.length(1);
    expect(read(`姓名\t诉求金额\n张三\t8000\n合 计\t8000`)).to.have.length(1);
  });

  for (const [what, text, fault] of [
    ['a wrong check digit', `张三\t${WRONG_ID}`, 'idNumber'],
    ['an ID number with a digit too few', `张三\t${ID.slice(0, 17)}`, 'idNumber'],
    ['a phone with a digit too few', '张三\t1380000123', 'phone'],
    ['an amount with a part of a fen', '姓名\t诉求金额\n张三\t80.005', 'claimed'],
    ['an amount below zero', '姓名\t诉求金额\n张三\t-80', 'claimed'],
    ['an amount in words of no number', '姓名\t诉求金额\t协议金额\n张三\t80\t待定', 'agreed'],
    ['one amount or two', '张三,800,900', 'ambiguousAmount'],
    ['three amounts without a header', '张三\t1\t2\t3', 'tooManyAmounts'],
    ['more agreed than claimed', '张三\t80\t90', 'agreedAboveClaimed'],
    ['a line that slipped a column', `姓名\t身份证号\t诉求金额\n${ID}\t\t8000`, 'name'],
    ['no name', `${ID}\t8000`, 'nameMissing'],
    ['a cell too few between spaces', '姓名 电话 诉求金额\n张三 8000', 'cellCount'],
  ] as const) {
    it(`refuses ${what}`, () => expect(faultsOf(text)).to.deep.equal([[fault]]));
  }

  it('refuses who stands in it twice, by ID number, else by name and phone', () => {
    expect(faultsOf(`张三\t${ID}\n李四\t${ID}`)).to.deep.equal([[], ['twice']]);
    expect(faultsOf(`张三\t${ID}\t${PHONE}\n张三\t${PHONE}`)).to.deep.equal([[], ['twice']]);
    expect(faultsOf(`张三\t${PHONE}\n李四\t${PHONE}`), 'a shared phone').to.deep.equal([[], []]);
    expect(faultsOf(`张三\t${ID}\n张三\t${OTHER_ID}`), 'a shared name').to.deep.equal([[], []]);
  });

  it('refuses who is in the case already', () => {
    const known = [{ name: '张三', idNumber: null, phone: PHONE }];
    const [line] = readClaimantList(`张三\t${ID}\t${PHONE}`, known).lines;
    expect(line!.faults).to.deep.equal([{ sentence: 'group.faults.inCase' }]);
  });

  it('takes no more lines than are taken at once', () => {
    const people = Array.from({ length: MOST_LINES + 1 }, (_, index) => `张三\t${index}.00`).join('\n');
    const faulty = read(people).filter(({ faults }) => faults.length > 0);
    expect(faulty.map(({ row }) => row)).to.deep.equal([MOST_LINES + 1]);
  });

  it('is the same from a spreadsheet as pasted', () => {
    const rows = [
      { row: 1, cells: ['姓名', '身份证号', null, '诉求金额'] },
      { row: 2, cells: ['张三', ID, '一线\n工人', 8000.5] },
    ];
    expect(first(asPastedText(rows))).to.include({ name: '张三', idNumber: ID, claimedFen: 800_050 });
  });
});
