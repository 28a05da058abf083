import type { CreationAttributes } from 'sequelize';
import { inTx, isUniqueViolation } from '../../models/dialect.ts';
import { decryptBytes, encryptedParts } from '../../models/encryption.ts';
import { WageCheck, WageReport, WageReportPhoto } from '../../models/wage-checks.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { currentCalendar } from '../deadlines/calendar.queries.ts';
import { activeInformant } from '../directory/informants.queries.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import type { TidyPhoto } from '../shared/attachment-type.ts';
import { now, today } from '../shared/clock.ts';
import { Conflict, NotFound, Stale, Unacceptable } from '../shared/errors.ts';
import { reportFaults, unchangedReport, type ReportValues } from './reports.rules.ts';
import { payDayIn, reportDeadline } from './rounds.rules.ts';
import { loadReportPage } from './reports.queries.ts';
import { findCheck } from './wage-checks.queries.ts';
import { refreshCheck } from './wage-checks.service.ts';

/**
 * Takes an informant's report of a month. Until the report day it changes the one that is there; later it is kept beside
 * the one that it corrects. `version` is that of the report that the form showed, null where there was none.
 * @throws NotFound for another enterprise's month, Conflict where it is left out, Stale, Unacceptable
 */
export async function takeReport(
  reader: Reader,
  checkId: string,
  version: number | null,
  values: ReportValues,
  photo: TidyPhoto | null = null,
): Promise<void> {
  const [fault] = reportFaults(values, today());
  if (fault) throw new Unacceptable(fault.sentence, {}, fault.field);
  await inTx(async () => {
    const check = await WageCheck.findByPk(checkId);
    const informant = await activeInformant(reader);
    if (!check || informant?.enterpriseId !== check.enterpriseId || !may(reader, 'wageReports.write', check))
      throw new NotFound();
    const by = { source: 'informant' as const, informantId: informant.id, key: informant.id };
    const id = await keepReport(reader, check, by, version, values);
    if (photo) await keepPhoto(id, photo);
    await refreshCheck(checkId);
  });
}

/** Reports a month as the last one, by one press. @throws Stale where that is not what was shown, Conflict where it was unusual */
export async function takeUnchanged(reader: Reader, checkId: string, lastId: string): Promise<void> {
  await inTx(async () => {
    const { last, report, payDueOn } = await loadReportPage(reader, checkId);
    if (!last || last.id !== lastId || report) throw new Stale();
    const values = unchangedReport(last, payDueOn, today());
    if (!values) throw new Conflict('wage-checks.errors.wasUnusual');
    await takeReport(reader, checkId, null, values);
  });
}

/** Who reports, and the key that tells their report of a check from others. */
export interface ReportedBy {
  source: WageReport['source'];
  informantId: string | null;
  key: string;
}

/** Stores, changes or corrects a report within the open transaction; gives the id of the one that counts now. */
export async function keepReport(
  { userId }: Reader,
  check: WageCheck,
  { source, informantId, key }: ReportedBy,
  version: number | null,
  values: ReportValues,
): Promise<string> {
  if (check.leftOutReason !== null) throw new Conflict('wage-checks.errors.leftOut');
  const openKey = `${check.id}:${key}`;
  const payDay = values.payDay ?? check.payDay;
  const payDueOn = payDay === null ? null : payDayIn(check.month, payDay, await currentCalendar());
  const row = { ...values, payDay, payDueOn };
  const existing = await WageReport.findOne({ where: { openKey } });
  if ((existing?.version ?? null) !== version) throw new Stale();
  const fresh = {
    ...row,
    ...{ checkId: check.id, enterpriseId: check.enterpriseId, source, informantId, openKey },
    ...{ reporterId: userId, reportedOn: today() },
  };
  if (!existing) {
    const id = await create(fresh);
    await audit(userId, 'reportWages', check, source);
    return id;
  }
  const { id } = existing;
  const { warningReportDay } = await settingsOf(check.townId);
  const where = { id, version: existing.version, openKey };
  if (today() <= reportDeadline(check.month, warningReportDay)) {
    const next = { ...row, version: existing.version + 1, changedAt: now(), reportedOn: today() };
    if ((await WageReport.update(next, { where }))[0] === 0) throw new Stale();
    await audit(userId, 'changeWageReport', check, source);
    return id;
  }
  if ((await WageReport.update({ openKey: null }, { where }))[0] === 0) throw new Stale();
  const corrected = await create({ ...fresh, correctsId: id, version: existing.version + 1 });
  await audit(userId, 'correctWageReport', check, source);
  return corrected;
}

async function create(row: CreationAttributes<WageReport>): Promise<string> {
  try {
    return (await WageReport.create(row)).id;
  } catch (error) {
    throw isUniqueViolation(error) ? new Stale() : error;
  }
}

/** The act without who did it where an informant did: the audit knows the account by its code alone. */
async function audit(
  userId: string,
  action: string,
  { id, month, enterpriseId }: WageCheck,
  source: WageReport['source'],
): Promise<void> {
  const detail = { month, enterpriseId, source };
  await recordAudit(userId, { action, objectType: 'wageCheck', objectId: id, detail });
}

async function keepPhoto(reportId: string, { contentType, bytes }: TidyPhoto): Promise<void> {
  await WageReportPhoto.destroy({ where: { reportId } });
  for (const part of encryptedParts(bytes)) await WageReportPhoto.create({ reportId, ...part });
  await WageReport.update({ photoType: contentType, photoLength: bytes.length }, { where: { id: reportId } });
}

/** The photo of a report that is sent to who may read its note; that is on record. @throws NotFound */
export async function takePhoto(
  reader: Reader,
  checkId: string,
  reportId: string,
): Promise<{ name: string; type: string; bytes: Buffer }> {
  return inTx(async () => {
    await findCheck(reader, checkId, 'wageChecks.readNotes');
    const report = await WageReport.findOne({ where: { id: reportId, checkId } });
    if (!report?.photoType) throw new NotFound();
    const chunks = await WageReportPhoto.findAll({ where: { reportId }, order: ['position'] });
    const detail = { checkId };
    await recordAudit(reader.userId, {
      ...{ action: 'seeReportPhoto', objectType: 'wageReport', objectId: reportId, detail },
    });
    return {
      name: `photo.${report.photoType === 'image/png' ? 'png' : 'jpg'}`,
      type: report.photoType,
      bytes: Buffer.concat(chunks.map(({ bytes }) => decryptBytes(bytes))),
    };
  });
}
