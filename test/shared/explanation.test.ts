import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../config/root.ts';
import { townSettingsOn } from '../../config/town.ts';
import { OUTCOMES } from '../../server/cases/lifecycle.rules.ts';
import { ROUTING_RULE_CODES } from '../../server/case-routing/routing.rules.ts';
import {
  acceptanceDeadline,
  acceptanceSecondDeadline,
  dispatchDeadline,
  firstContactDeadline,
  statutoryDeadline,
} from '../../server/deadlines/clocks.rules.ts';
import { buildCalendar } from '../../server/deadlines/working-days.rules.ts';

type Words = { [key: string]: string | Words };

const locales = join(projectRoot, 'views', 'locales');
const read = (language: string, feature: string) =>
  JSON.parse(readFileSync(join(locales, language, `${feature}.json`), 'utf8')) as Words;

function flat(words: Words, prefix: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === 'string') found.set(`${prefix}.${key}`, value);
    else for (const [inner, text] of flat(value, `${prefix}.${key}`)) found.set(inner, text);
  }
  return found;
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!).sort();

/** The keys that a rule file writes, as `prefix.name`, read from its source. */
function keysIn(file: string, pattern: RegExp, prefix: string): string[] {
  const source = readFileSync(join(projectRoot, 'server', file), 'utf8');
  return [...source.matchAll(pattern)].map(([, name]) => `${prefix}.${name!}`);
}

describe('explanations', () => {
  const chinese = new Map(
    ['deadlines', 'routing', 'cases'].flatMap((feature) => [...flat(read('zh-CN', feature), feature)]),
  );

  it('every reason, rule and note of the routing has its sentence', () => {
    const keys = [
      ...keysIn('case-routing/routing.rules.ts', /reason\('(\w+)'/g, 'routing.reasons'),
      ...keysIn('case-routing/routing.rules.ts', /wordReasons\('(\w+)'/g, 'routing.reasons'),
      ...keysIn('case-routing/routing.rules.ts', /^ {2}\| '(\w+)'/gm, 'routing.notes'),
      ...keysIn(
        'case-routing/routing.rules.ts',
        /\? '(enterpriseVillage|ticketVillage)'/g,
        'routing.reasons',
      ),
      ...ROUTING_RULE_CODES.map((code) => `routing.rules.${code}`),
      ...OUTCOMES.map((outcome) => `cases.outcomes.${outcome}`),
    ];
    expect(keys.length).to.be.above(30);
    expect(keys.filter((key) => !chinese.has(key))).to.deep.equal([]);
  });

  it('every line of a deadline has its sentence, with exactly the values that the sentence names', () => {
    const settings = townSettingsOn('2026-11-20', []);
    const everyDayOff = ['元旦', '春节', '清明', '劳动节', '端午', '中秋', '国庆节', '台风停工'].map(
      (name, i) => ({
        day: `2026-03-${String(2 * i + 2).padStart(2, '0')}`,
        isWorkday: false,
        name,
      }),
    );
    const calendar = buildCalendar([...everyDayOff, { day: '2026-03-21', isWorkday: true, name: '' }], []);
    const long = { ...settings, firstContactWorkingDays: 20 };
    const deadlines = [
      statutoryDeadline('2026-03-01', 'application'),
      statutoryDeadline('2026-03-01', 'workerConsent'),
      acceptanceSecondDeadline('2026-03-01'),
      acceptanceDeadline('2026-03-01', 'workerConsent', settings, calendar),
      firstContactDeadline('2026-03-01', long, calendar),
      dispatchDeadline('2026-03-01', settings, calendar),
    ];
    const lines = deadlines.flatMap(({ explanation }) => explanation);
    for (const { key, values } of lines) {
      expect(chinese.get(key), key).to.be.a('string');
      expect(placeholders(chinese.get(key)!), key).to.deep.equal(Object.keys(values).sort());
    }
    const told = new Set(lines.map(({ key }) => key));
    expect([...told].filter((key) => key.startsWith('deadlines.skipped.'))).to.have.length(9);
    expect(told).to.include.keys('deadlines.makeUpDay', 'deadlines.provisional');
  });
});
