import { caseForm } from '../cases/case-form.controller.ts';
import { readGoingUp } from './going-up.form.ts';
import { goingUpFields } from './going-up.presenter.ts';
import { askToGoUp } from './going-up.service.ts';

export const request = caseForm({
  action: 'goUp',
  path: () => 'going-up',
  present: goingUpFields,
  read: readGoingUp,
  submit: askToGoUp,
});
