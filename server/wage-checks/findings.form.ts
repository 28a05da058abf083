import {
  optionalDay,
  optionalFen,
  optionalInteger,
  optionalText,
  optionalYesNo,
  readForm,
  requiredDay,
  requiredOneOf,
  requiredText,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import type { FindingValues } from './findings.service.ts';
import { MANNERS, PAY_STATES, RECTIFICATION_RESULTS, tickedSigns, VERDICTS } from './wage-checks.rules.ts';

const people = () => optionalInteger(0, 100_000);
const MOST_WORKERS = 200;
const LONGEST_NAME = 100;

/** Names as they are typed, a line each or with commas between them; each once. */
function namesIn(text: string): string[] {
  const names = text.split(/[\n,，、;；]/).map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}

/** What an officer found; where wages are owed it is said to how many, how much and since when. */
export function readFinding(fields: Posted): FormResult<FindingValues> {
  const form = readForm(
    {
      ...{ manner: requiredOneOf(MANNERS), foundOn: requiredDay(), verdict: requiredOneOf(VERDICTS) },
      payState: requiredOneOf(PAY_STATES),
      ...{ arrearsPeople: people(), arrearsFen: optionalFen(), arrearsSince: optionalDay() },
      ...{ deferredUntil: optionalDay(), deferralConsent: optionalYesNo(), belowMinimum: optionalYesNo() },
      ...{ leaversUnpaid: people(), leaversUnpaidSince: optionalDay(), promisedOn: optionalDay() },
      workers: optionalText(MOST_WORKERS * 20),
      note: optionalText(2000),
    },
    fields,
  );
  if (!form.ok) return form;
  const { arrearsPeople, arrearsFen, workers, ...rest } = form.values;
  const values = {
    ...rest,
    workers: namesIn(workers ?? ''),
    arrearsPeople: arrearsPeople ?? 0,
    arrearsFen: arrearsFen ?? 0,
    risks: tickedSigns(fields),
  };
  const errors = faultsOf(values);
  return errors.length > 0 ? { ok: false, errors } : { ok: true, values };
}

function faultsOf(values: FindingValues): { field: string; sentence: string }[] {
  const { payState, arrearsPeople, arrearsFen, arrearsSince, leaversUnpaidSince, foundOn } = values;
  const late = payState === 'unpaid' || payState === 'partly';
  const owed = late || arrearsPeople > 0 || arrearsFen > 0;
  const faults: [boolean, keyof FindingValues, string][] = [
    [owed && arrearsPeople === 0, 'arrearsPeople', 'arrearsOfNobody'],
    [owed && arrearsFen === 0, 'arrearsFen', 'arrearsOfNothing'],
    [owed && arrearsSince === null, 'arrearsSince', 'arrearsSinceWhen'],
    [values.workers.length > arrearsPeople, 'workers', 'moreNamesThanOwed'],
    [values.workers.length > MOST_WORKERS, 'workers', 'tooManyNames'],
    [values.workers.some((name) => name.length > LONGEST_NAME), 'workers', 'nameTooLong'],
    [arrearsSince !== null && arrearsSince > foundOn, 'arrearsSince', 'future'],
    [values.promisedOn !== null && values.promisedOn < foundOn, 'promisedOn', 'past'],
    [(values.leaversUnpaid ?? 0) > 0 && leaversUnpaidSince === null, 'leaversUnpaidSince', 'leftWhen'],
    [leaversUnpaidSince !== null && leaversUnpaidSince > foundOn, 'leaversUnpaidSince', 'future'],
  ];
  return faults.flatMap(([wrong, field, fault]) =>
    wrong ? [{ field, sentence: `wage-checks.errors.${fault}` }] : [],
  );
}

export const readRectification = (fields: Posted) =>
  readForm({ demand: requiredText(1000), dueOn: requiredDay() }, fields);

export const readRectificationEnd = (fields: Posted) =>
  readForm({ result: requiredOneOf(RECTIFICATION_RESULTS), resultNote: requiredText(1000) }, fields);
