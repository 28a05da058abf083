import { checkbox, readForm, requiredId, requiredInteger, type Posted } from '../shared/form.ts';

export const readMerger = (fields: Posted) =>
  readForm(
    {
      ...{ otherId: requiredId(), otherVersion: requiredInteger(0, 999_999_999), stays: requiredId() },
      expiredRead: checkbox(),
    },
    fields,
  );
