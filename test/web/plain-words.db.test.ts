import { expect } from 'chai';
import { seedReference } from '../../models/seeds/reference.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { LANGUAGES } from '../../server/shared/language.ts';
import { readWords } from '../../server/web/language.ts';
import { everyPageOf } from '../support/crawl.ts';
import { letSignIn, useProgram } from '../support/http.ts';
import { aCaseAt, aTownAtWork, STAGES } from '../support/town-at-work.ts';

/** A name as the program writes it, `commissionAddress` or `cases.page.title`: nothing that a person reads. */
const CODE = /(?<![\w./:@-])(?:[a-z]+[A-Z]\w*|[a-z][\w-]*(?:\.[a-z][a-zA-Z]+){2,})(?![\w/@-])/g;

function textsOf(words: ReturnType<typeof readWords>, path = ''): [key: string, text: string][] {
  return Object.entries(words).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${name}`, value]] : textsOf(value, `${path}${name}.`),
  );
}

describe('what people read', () => {
  for (const language of LANGUAGES)
    it(`holds no name of the program's own: the words in ${language}`, () => {
      const found = textsOf(readWords(language)).flatMap(([key, text]) =>
        [...text.replaceAll(/\{\{[^}]*\}\}|\$t\([^)]*\)/g, '').matchAll(CODE)].map(
          ([code]) => `${key}: ${code}`,
        ),
      );
      expect(found).to.deep.equal([]);
    });

  it('is known as such', () => {
    for (const code of ['由管理员填写（commissionAddress）', 'reports.tiles.closed', '：firstContact。'])
      expect(code.match(CODE), code).to.have.lengthOf(1);
    for (const plain of ['导出Excel', '20 MB', 'example.cn', 'JYN000053', 'SHA-256：ab12', '.xlsx 或 .csv'])
      expect(plain.match(CODE), plain).to.equal(null);
  });

  describe('on pages', () => {
    const program = useProgram();
    afterEach(() => setClock());

    it('of a mediator, whatever stage the cases are in, holds no name of the program’s own', async () => {
      setClock(() => instantOf('2022-03-07', '09:00'));
      await seedReference('江阴市');
      const { own } = await aTownAtWork('祝塘镇');
      const paths = [];
      for (const stage of STAGES) paths.push(`/cases/${(await aCaseAt(own, stage))['caseId']!}`);
      await letSignIn(...own.mediators);
      const mediator = await program.as(own.mediators[0]!);
      const reached = await everyPageOf(mediator, ['/', ...paths]);
      const pages = reached.filter(({ html }) => html.trimStart().startsWith('<!'));
      expect(pages.length).to.be.above(100);
      const found = pages.flatMap(({ path, text }) =>
        [...text.matchAll(CODE)].map(([code]) => `${path}: ${code}`),
      );
      expect([...new Set(found)].slice(0, 20).join(), 'found').to.equal('');
    });
  });
});
