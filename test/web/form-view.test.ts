import { expect } from 'chai';
import { withErrors } from '../../server/web/form-view.ts';
import type { FormView } from '../../server/web/view-model.ts';

describe('the errors of a form', () => {
  const field = (name: string) => ({ kind: 'text' as const, name, label: name });
  const errorsOf = (form: Partial<FormView>, ...fields: string[]) => {
    const view: FormView = { action: '/', method: 'post', submit: { label: '' }, ...form };
    const errors = fields.map((one) => ({ field: one, sentence: `${one} is wrong` }));
    return withErrors(view, errors, (key) => key).errorSummary!.errors.map(({ text }) => text);
  };

  it('stand above it in the order of its fields, those of no field first', () => {
    const fields = ['choice', 'reason', 'note'].map(field);
    const expected = ['stale is wrong', 'choice is wrong', 'reason is wrong'];
    expect(errorsOf({ fields }, 'reason', 'choice', 'stale')).to.deep.equal(expected);
    const sections = [
      { title: 'first', fields: [field('choice')] },
      { title: 'second', fields: [field('reason')] },
    ];
    expect(errorsOf({ sections }, 'reason', 'choice')).to.deep.equal(expected.slice(1));
  });
});
