import { now } from '../shared/clock.ts';
import { caseForm } from './case-form.controller.ts';
import { policeFields } from './danger.presenter.ts';
import { recordPoliceTold } from './danger.service.ts';
import { readReport } from './groups.form.ts';

export const police = caseForm({
  action: 'tellPolice',
  path: () => 'police',
  present: (_, values, t) => policeFields(values, now(), t),
  read: readReport,
  submit: recordPoliceTold,
});
