import { Claim, Claimant, type DisputeCase } from '../../models/cases.ts';
import { lookupHash } from '../../models/encryption.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { Unacceptable } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import { readSpreadsheet, type SpreadsheetRow } from '../shared/spreadsheets/read-spreadsheet.ts';
import { actOnCase } from './case-action.service.ts';
import { asPastedText } from './claimant-lines.rules.ts';
import { MOST_LINES, readClaimantList } from './claimant-list.rules.ts';
import { caseWithClaims } from './claims.service.ts';
import { nameOnlyWorker } from './workers.service.ts';

/** Rows above and below the people: a title, a header, sums. */
const ROWS_BESIDE = 20;

/** The first sheet of a file as pasting it would give it. @throws Unacceptable when it cannot be read or is too long */
export async function pastedTextOf(bytes: Uint8Array): Promise<string> {
  const rows: SpreadsheetRow[] = [];
  for await (const row of readSpreadsheet(bytes)) {
    if (row.sheet !== rows[0]?.sheet && rows.length > 0) break;
    if (rows.push(row) > MOST_LINES + ROWS_BESIDE)
      throw new Unacceptable('group.faults.tooManyLines', { most: MOST_LINES }, 'file');
  }
  return asPastedText(rows);
}

/**
 * Adds the people of a list to a case, each with one claim of the case's type; lines with faults are left out. All are
 * stored together with one event.
 * @throws Unacceptable where nobody can be taken, and what `actOnCase` throws
 */
export async function importClaimants(
  reader: Reader,
  caseId: string,
  version: number,
  text: string,
): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'recordClaims', version, async (disputeCase) => {
    const present = await Claimant.findAll({ where: { caseId } });
    const taken = readClaimantList(text, present).lines.filter(({ faults }) => faults.length === 0);
    if (taken.length === 0) throw new Unacceptable('group.errors.nobody', {}, 'text');
    const last = Math.max(0, ...present.map(({ position }) => position));
    const rows = taken.map(({ name, gender, idNumber, phone }, index) => ({
      ...{ id: newId(), caseId, position: last + index + 1, name, gender, idNumber, phone },
      idNumberHash: idNumber && lookupHash(idNumber),
      phoneHash: phone && lookupHash(phone),
    }));
    await nameOnlyWorker(disputeCase);
    await Claimant.bulkCreate(rows);
    await Claim.bulkCreate(
      taken.map(({ claimedFen, agreedFen }, index) => ({
        ...{ caseId, claimantId: rows[index]!.id, type: disputeCase.primaryType },
        ...{ claimedFen, verifiedFen: null, agreedFen },
      })),
    );
    const names = taken.map(({ name }) => name);
    const { set, detail } = await caseWithClaims(disputeCase, names, true);
    const added = { ...detail, added: taken.length };
    await recordAudit(reader.userId, {
      action: 'importClaimants',
      objectType: 'case',
      objectId: caseId,
      detail: added,
    });
    return { set, detail: added };
  });
}
