import { expect } from 'chai';
import { createRemarks } from '../../server/hotline/import-remarks.rules.ts';

describe('remarks on what could not be read', () => {
  it('count the rows of every column and list its texts, the most frequent first', () => {
    const remarks = createRemarks();
    for (const text of ['无名村', '某村', '某村']) remarks.add('村', text);
    remarks.add('涉及金额', '面议');
    expect(remarks.list()).to.deep.equal([
      {
        column: '村',
        rows: 3,
        texts: [
          ['某村', 2],
          ['无名村', 1],
        ],
        others: 0,
      },
      { column: '涉及金额', rows: 1, texts: [['面议', 1]], others: 0 },
    ]);
  });

  it('list thirty texts and count every row, however many texts there are', () => {
    const remarks = createRemarks();
    for (let i = 0; i < 20_000; i++) remarks.add('村', `村${i}`);
    for (let i = 0; i < 5; i++) remarks.add('村', '村7');
    const [remark] = remarks.list();
    expect(remark).to.include({ rows: 20_005, others: 20_005 - 35 });
    expect(remark!.texts).to.have.length(30);
    expect(remark!.texts[0]).to.deep.equal(['村7', 6]);
  });
});
