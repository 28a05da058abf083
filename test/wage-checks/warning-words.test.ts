import { expect } from 'chai';
import { LANGUAGES } from '../../server/shared/language.ts';
import { hitText, reasonsText } from '../../server/wage-checks/warning-words.presenter.ts';
import { WARNING_ACTION_KINDS } from '../../server/wage-checks/warning-course.rules.ts';
import { EVALUATION_CAUSES, WARNING_EVENTS } from '../../server/wage-checks/warning-words.rules.ts';
import {
  NAMES_SOURCE,
  SIGNAL_KINDS,
  WARNING_RULES,
  type Hit,
  type RuleKey,
} from '../../server/wage-checks/warning.rules.ts';
import { translator } from '../../server/web/language.ts';

const PARAMS = {
  ...{ month: '2026-10', dueDay: 20, since: '2026-10-15', days: 31, until: '2026-11-14', count: 2 },
  ...{ people: 12, leftOn: '2026-11-02', threshold: '10', amount: '60,000.00', consent: 'missing' },
};
const hit = (rule: RuleKey): Hit => ({ rule, level: 'red', cause: 'other', params: PARAMS });
const RULES = Object.keys(WARNING_RULES) as RuleKey[];
const SOURCE = /信息员|月报|[Ii]nformant|report/;

describe('the words of a warning', () => {
  for (const language of LANGUAGES) {
    const t = translator(language);

    it(`${language}: every rule, action, event, cause and signal has its words`, () => {
      for (const rule of RULES) {
        expect(hitText(hit(rule), true, t))
          .to.not.equal('')
          .and.not.include('{{');
        expect(t(`warnings.rules.${rule}.name`)).to.not.equal('');
        expect(t(`warnings.rules.${rule}.source`)).to.not.equal('');
      }
      for (const kind of WARNING_ACTION_KINDS) {
        expect(t(`warnings.actions.${kind}`)).to.not.equal('');
        expect(t(`warnings.actionHints.${kind}`)).to.not.equal('');
      }
      for (const event of WARNING_EVENTS) expect(t(`warnings.events.${event}`)).to.not.equal('');
      for (const cause of EVALUATION_CAUSES) expect(t(`warnings.causes.${cause}`)).to.not.equal('');
      for (const kind of SIGNAL_KINDS) expect(t(`warnings.signals.kinds.${kind}`)).to.not.equal('');
    });

    it(`${language}: without its source a sentence names nobody who reports`, () => {
      for (const rule of RULES) {
        expect(hitText(hit(rule), false, t), rule).to.not.match(SOURCE);
        if (NAMES_SOURCE.includes(rule)) expect(hitText(hit(rule), true, t), rule).to.match(SOURCE);
      }
    });
  }

  it('says a thing once, and when the watching ends', () => {
    const t = translator('zh-CN');
    const hits = [hit('manyWorkers'), hit('workers')];
    expect(reasonsText(hits, { held: false, watchUntil: '2027-05-20' }, true, t)).to.equal(
      '12人未领到工资（标准10人）；红色预警后的关注期，至2027-05-20',
    );
  });

  it('says why a level stands that no rule gives any more', () => {
    const t = translator('zh-CN');
    const missing = { ...hit('reportMissing'), params: { month: '2027-02', dueDay: 20 } };
    expect(reasonsText([missing], { held: true, watchUntil: null }, false, t)).to.equal(
      '原来的欠薪还没有人核实已支付，级别保持不变；2027年2月的工资支付情况尚未核实',
    );
  });
});
