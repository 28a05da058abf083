import { expect } from 'chai';
import { AuditEntry } from '../../models/accounts.ts';
import { CaseEvent, Claim, Claimant, DisputeCase } from '../../models/cases.ts';
import { lookupHash } from '../../models/encryption.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { importClaimants, pastedTextOf } from '../../server/cases/import-claimants.service.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { writeXlsx } from '../../server/shared/spreadsheets/write-xlsx.ts';
import { useDatabase } from '../support/database.ts';
import { idNumberOf, pastedPeople } from '../support/people.ts';
import { aCaseAt, aTownAtWork, type Corner } from '../support/town-at-work.ts';

describe('a list of claimants, added to a case', () => {
  useDatabase();
  let corner: Corner;
  let mediator: Reader;
  let id: string;

  before(async () => {
    corner = (await aTownAtWork('祝塘镇')).own;
    mediator = (await findSignedIn(corner.mediators[0]!.id))!.reader;
  });
  beforeEach(async () => {
    setClock(() => instantOf('2022-03-07', '09:00'));
    id = (await aCaseAt(corner, 'taken'))['caseId']!;
  });
  afterEach(() => setClock());

  const versionOf = async () => (await DisputeCase.findByPk(id))!.version;
  const add = async (text: string) => importClaimants(mediator, id, await versionOf(), text);

  it('stores 300 people with one claim each, the sums and one event', async () => {
    const saved = await add(pastedPeople(300));
    expect(saved).to.include({ workers: 301, collective: true });
    expect(saved.claimedFen).to.equal(800_000 + 300 * 100_050 + (299 * 300 * 100) / 2);
    const last = (await Claimant.findOne({ where: { caseId: id, position: 301 } }))!;
    expect(last).to.include({ idNumber: idNumberOf(299), phone: '13900000299' });
    expect(last).to.include({
      idNumberHash: lookupHash(idNumberOf(299)),
      phoneHash: lookupHash('13900000299'),
    });
    expect(last.gender).to.equal(Number(idNumberOf(299)[16]) % 2 === 1 ? 'male' : 'female');
    const claims = await Claim.findAll({ where: { claimantId: last.id } });
    expect(claims.map(({ type, claimedFen }) => [type, claimedFen])).to.deep.equal([['wages', 129_950]]);
    const events = await CaseEvent.findAll({ where: { caseId: id, action: 'recordClaims' } });
    expect(events.map(({ detail }) => detail['added'])).to.deep.equal([300]);
    const acts = await AuditEntry.findAll({ where: { action: 'importClaimants', objectId: id } });
    expect(acts.map(({ userId }) => userId)).to.deep.equal([mediator.userId]);
  });

  it('leaves out who is in the case by then, and is refused when nobody is left', async () => {
    await add(pastedPeople(3));
    const more = await add(pastedPeople(5));
    expect(await Claimant.count({ where: { caseId: id } })).to.equal(6);
    expect(more.workers).to.equal(6);
    const refusal = await add(pastedPeople(5)).catch((error: unknown) => error);
    expect(refusal).to.include({ status: 422, sentence: 'group.errors.nobody' });
    expect((await DisputeCase.findByPk(id))!.version).to.equal(more.version);
  });

  it('is stored once when two people confirm it at the same moment', async () => {
    const version = await versionOf();
    const both = await Promise.allSettled(
      [1, 2].map(() => importClaimants(mediator, id, version, pastedPeople(5))),
    );
    expect(both.map(({ status }) => status).sort()).to.deep.equal(['fulfilled', 'rejected']);
    const late = both.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(late.reason).to.include({ status: 409, sentence: 'errors.stale' });
    expect(await Claimant.count({ where: { caseId: id } })).to.equal(6);
  });

  it('is not taken once an agreement is drafted', async () => {
    id = (await aCaseAt(corner, 'drafted'))['caseId']!;
    const refusal = await add(pastedPeople(2)).catch((error: unknown) => error);
    expect(refusal).to.include({ status: 409, sentence: 'cases.obstacles.state' });
    expect(await Claimant.count({ where: { caseId: id } })).to.equal(1);
  });

  it('comes from the first sheet of a file, too', async () => {
    const sheet = (name: string, rows: (string | number)[][]) => ({ name, headerRows: 1, rows });
    const people = [
      ['姓名', '身份证号', '诉求金额'],
      ['周伟', idNumberOf(1), 8000.5],
    ];
    const bytes = await writeXlsx([sheet('名单', people), sheet('附表', [['周敏', idNumberOf(2), 1]])]);
    const saved = await add(await pastedTextOf(bytes));
    expect(saved).to.include({ workers: 2, claimedFen: 800_000 + 800_050 });
  });
});
