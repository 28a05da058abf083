import { createHash } from 'node:crypto';
import { OneTimeLink, RoleGrant, type User } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import { Person, RoomMediator } from '../../models/directory.ts';
import { papersOf } from '../support/papers.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { confirmImport, keepReading } from '../../server/hotline/import.service.ts';
import { NO_MAPPING } from '../../server/hotline/mapping.rules.ts';
import { keepUpload } from '../../server/hotline/uploads.service.ts';
import { NO_LEDGER_MAPPING } from '../../server/ledger/ledger-mapping.rules.ts';
import { keepLedgerReading } from '../../server/ledger/ledger-uploads.service.ts';
import { importLedger } from '../../server/ledger/store-ledger.service.ts';
import { Warning, WarningAction, WageSignal } from '../../models/warnings.ts';
import { recordSignal } from '../../server/wage-checks/warning-signals.service.ts';
import { newId } from '../../server/shared/ids.ts';
import {
  anInformant,
  aResponsibility,
  aTicket,
  aUser,
  aWageCheck,
  aWageReport,
} from '../support/factories.ts';
import { ImportMapping } from '../../models/imports.ts';
import { ContactCard, OutreachEvent, OutreachPhoto } from '../../models/net.ts';
import { LeaderVisit } from '../../models/one-duty.ts';
import { hotlineFile } from '../support/hotline-file.ts';
import { letSignIn } from '../support/http.ts';
import {
  aCaseAt,
  aTownAtWork,
  STAGES,
  type CaseStage,
  type Corner,
  type Ids,
} from '../support/town-at-work.ts';
import type { ObjectPlace, Person as Role } from './access-table.ts';

/** Two towns of the same shape: the people of the first ask, and the objects of both are asked for. */
export interface AccessTown {
  people: Record<Role, User>;
  /** The ids of the objects of a place, with a case in this stage. */
  idsOf(place: ObjectPlace, stage: CaseStage): Ids;
  /** A one-time link that is not used yet. */
  token: string;
}

const ID_NAMES = [
  ...[
    'claimantId',
    'respondentId',
    'sessionId',
    'followUpId',
    'paymentId',
    'documentId',
    'attachmentId',
    'instalmentId',
    'ticketId',
    'uploadId',
    'enterpriseFileId',
    'batchId',
    'callbacksId',
    'ledgerUploadId',
    'ledgerId',
    'ledgerMappingId',
    'mappingId',
    'enterpriseId',
  ],
  ...[
    'warningId',
    'warningActionId',
    'signalId',
    'mediatorId',
    'coMediatorId',
    'roomId',
    'membershipId',
    'personId',
    'userId',
    'grantId',
    'areaId',
    'caseId',
    'responsibilityId',
    'informantId',
    'visitId',
    'cardId',
    'outreachId',
    'photoId',
    'checkId',
    'wageTableId',
    'reportId',
  ],
];

/** Builds both towns; everybody can sign in with the password of the tests. */
export async function anAccessTown(): Promise<AccessTown> {
  const home = await aTownAtWork('祝塘镇');
  const away = await aTownAtWork('青阳镇');
  const people: Record<Role, User> = {
    dispatcher: home.sender,
    villageDispatcher: await aUser('邹敏', 'dispatcher', home.own.village),
    mediator: home.own.mediators[0]!,
    colleague: home.own.mediators[1]!,
    committee: home.same.mediators[0]!,
    official: await aUser('许志强', 'official', home.town),
    villageOfficial: await aUser('周建国', 'official', home.own.village),
    callbackClerk: await aUser('冯玉兰', 'callbackClerk', home.town),
    officer: await aUser('钱志远', 'officer', home.town),
    informant: await aUser('X0001'),
    administrator: await aUser('宋文斌', 'administrator', home.town),
  };
  await anInformant(home.own.enterprise, { userId: people.informant.id });
  await aResponsibility(people.officer, { enterprise: home.own.enterprise, kind: 'union' });
  await letSignIn(...Object.values(people));
  const objects = {
    own: await objectsOf(home.own),
    same: await objectsOf(home.same),
    other: await objectsOf(away.own),
  };
  const absent = {
    ...Object.fromEntries(ID_NAMES.map((name) => [name, newId()])),
    form: 'application',
    year: '2026',
  };
  const idsOf = (place: ObjectPlace, stage: CaseStage): Ids =>
    place === 'absent' ? absent : { ...objects[place].things, ...objects[place].cases[stage] };
  return { people, idsOf, token: await aLink() };
}

async function objectsOf(corner: Corner): Promise<{ cases: Record<CaseStage, Ids>; things: Ids }> {
  const cases = {} as Record<CaseStage, Ids>;
  for (const stage of STAGES) {
    const ids = await aCaseAt(corner, stage);
    cases[stage] = { ...ids, ...(await papersOf(ids['caseId']!, corner.mediators[0]!)) };
  }
  return { cases, things: { ...(await thingsOf(corner)), year: '2026' } };
}

async function thingsOf({ town, village, enterprise, room, mediators, sender }: Corner): Promise<Ids> {
  const someone = await aUser('某某', 'mediator', village);
  const [grant] = await RoleGrant.findAll({ where: { userId: someone.id } });
  const membership = await RoomMediator.findOne({ where: { roomId: room.id, userId: mediators[0]!.id } });
  const person = await Person.create({
    townId: town.id,
    areaId: village.id,
    name: '网格员',
    kind: 'gridWorker',
    activeFrom: '2022-01-01',
  });
  const ticket = await aTicket(town, '2022-03-01', {
    villageId: village.id,
    content: '拖欠工资',
    callerPhone: '13800005678',
  });
  return {
    enterpriseId: enterprise.id,
    mediatorId: mediators[0]!.id,
    roomId: room.id,
    membershipId: membership!.id,
    personId: person.id,
    ...(await dutiesOf({ town, village, enterprise, sender })),
    ...(await warningOf(enterprise, sender)),
    userId: someone.id,
    grantId: grant!.id,
    areaId: village.id,
    ticketId: ticket.id,
    ...(await importsOf(town, sender)),
  };
}

/** An officer's duty for the enterprise, its informant, and a leader's visit there. */
async function dutiesOf({
  town,
  village,
  enterprise,
  sender,
}: Pick<Corner, 'town' | 'village' | 'enterprise' | 'sender'>): Promise<Ids> {
  const officer = await aUser('村责任人', 'officer', village);
  const duty = await aResponsibility(officer, { enterprise, kind: 'villageCadre' });
  const informant = await anInformant(enterprise);
  const visit = await LeaderVisit.create({
    ...{ townId: town.id, villageId: village.id, enterpriseId: enterprise.id, visitedOn: '2022-03-01' },
    ...{ leaders: '分管领导', place: '厂区', issue: '拖欠工资', answer: null, recordedById: sender.id },
  });
  const card = await ContactCard.create({
    ...{ townId: town.id, villageId: village.id, enterpriseId: enterprise.id, informantId: informant.id },
    ...{ token: newId().slice(0, 22), openKey: enterprise.id, madeById: sender.id },
  });
  const outreach = await OutreachEvent.create({
    ...{ townId: town.id, villageId: village.id, heldOn: '2022-03-01', kind: 'booth', title: '现场咨询' },
    ...{ place: '文化广场', audience: 40, materials: 50, recordedById: sender.id },
  });
  const photo = await OutreachPhoto.create({
    ...{ outreachId: outreach.id, contentType: 'image/png', byteLength: 0, addedById: sender.id },
  });
  const check = await aWageCheck(enterprise, '2022-03');
  const report = await aWageReport(check, informant, { photoType: 'image/png', photoLength: 0 });
  return {
    ...{ responsibilityId: duty.id, informantId: informant.id, visitId: visit.id, cardId: card.id },
    ...{ outreachId: outreach.id, photoId: photo.id },
    ...{ checkId: check.id, reportId: report.id },
  };
}

/** A signal of the enterprise, and the warning with an action that it led to. */
async function warningOf({ id: enterpriseId }: Corner['enterprise'], { id }: User): Promise<Ids> {
  const { reader } = (await findSignedIn(id))!;
  const signal = { kind: 'rentUnpaid', since: '2022-03-01', days: null, consentFiled: null } as const;
  await recordSignal(reader, enterpriseId, { ...signal, note: '房东来电' });
  const { id: signalId } = (await WageSignal.findOne({ where: { enterpriseId } }))!;
  const { id: warningId } = (await Warning.findOne({ where: { openKey: enterpriseId } }))!;
  const action = await WarningAction.findOne({ where: { warningId } });
  return { signalId, warningId, warningActionId: action!.id };
}

const WAGE_TABLE = {
  bytes: Buffer.from('企业名称,月份,职工人数\n第一家有限公司,2022-03,80\n'),
  fileName: '月报.csv',
};
const ENTERPRISES = { bytes: Buffer.from('企业名称,行业\n第一家有限公司,纺织\n'), fileName: '企业.csv' };

/** A confirmed import with a faulty row, an upload of it that waits, and one of enterprises. */
async function importsOf(town: Area, sender: User): Promise<Ids> {
  const number = newId();
  const bytes = await hotlineFile([{ number }, { number: `${number}-2`, receivedAt: '2022-02-30' }]);
  const file = { bytes, fileName: '工单.xlsx' };
  const reader = (await findSignedIn(sender.id))!.reader;
  const uploadId = await keepUpload('tickets', reader, town.id, file, NO_MAPPING);
  const callbacksId = await keepUpload('callbacks', reader, town.id, file, NO_MAPPING);
  const enterpriseFileId = await keepUpload('enterprises', reader, town.id, ENTERPRISES, null);
  const wageTableId = await keepUpload('wageTables', reader, town.id, WAGE_TABLE, null);
  const { batchId } = await confirmImport({
    townId: town.id,
    source: bytes,
    mapping: NO_MAPPING,
    fileName: file.fileName,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    userId: sender.id,
  });
  await keepReading(reader, uploadId, { name: number, replace: false });
  const mapping = await ImportMapping.findOne({ where: { townId: town.id, name: number } });
  const ids = {
    uploadId,
    callbacksId,
    enterpriseFileId,
    wageTableId,
    batchId: batchId!,
    mappingId: mapping!.id,
  };
  return { ...ids, ...(await ledgersOf(town, reader)) };
}

/** An imported ledger with a faulty row, and an upload of it that waits. */
async function ledgersOf({ id: townId }: Area, reader: Reader): Promise<Ids> {
  const number = newId();
  const bytes = Buffer.from(`编号,受理日期,调解结果\n${number},2021-03-05,和解\n${number}-2,2021-02-30,和解`);
  const file = { bytes, fileName: '台账.csv' };
  const ledgerUploadId = await keepUpload('ledger', reader, townId, file, NO_LEDGER_MAPPING);
  const { batchId } = await importLedger({
    ...{ townId, source: bytes, mapping: NO_LEDGER_MAPPING, fileName: file.fileName },
    ...{ sha256: createHash('sha256').update(bytes).digest('hex'), userId: reader.userId },
  });
  await keepLedgerReading(reader, ledgerUploadId, { name: number, replace: false });
  const mapping = await ImportMapping.findOne({ where: { townId, kind: 'ledger', name: number } });
  return { ledgerUploadId, ledgerId: batchId!, ledgerMappingId: mapping!.id };
}

async function aLink(): Promise<string> {
  const token = newId();
  const user = await aUser('新人');
  await OneTimeLink.create({
    purpose: 'setPassword',
    userId: user.id,
    tokenHash: createHash('sha256').update(token).digest('hex'),
    expiresAt: new Date(Date.now() + 3_600_000),
  });
  return token;
}
