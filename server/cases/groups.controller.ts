import { today } from '../shared/clock.ts';
import { caseForm } from './case-form.controller.ts';
import { readElection, readReport } from './groups.form.ts';
import { countyReportFields, electionFields } from './groups.presenter.ts';
import { electRepresentatives, recordCountyReport } from './groups.service.ts';

/** What a collective case has besides: its representatives, and the report to the county. */
export const representatives = caseForm({
  action: 'electRepresentatives',
  path: () => 'representatives',
  present: electionFields,
  read: readElection,
  submit: electRepresentatives,
});

export const countyReport = caseForm({
  action: 'reportToCounty',
  path: () => 'county-report',
  present: (page, values, t) => countyReportFields(page, values, today(), t),
  read: readReport,
  submit: recordCountyReport,
});
