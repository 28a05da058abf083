import type { Reader } from '../../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../../server/accounts/reader.queries.ts';
import type { DeskKey } from '../../../server/case-routing/proposal.rules.ts';
import type { Role } from '../../../server/accounts/roles.rules.ts';
import {
  createUser,
  grantRole,
  resetPassword,
  setPasswordByLink,
} from '../../../server/accounts/users.service.ts';
import { addArea } from '../../../server/directory/areas.service.ts';
import { PERSON_KINDS, SKILLS } from '../../../server/directory/directory.rules.ts';
import { createEnterprise } from '../../../server/directory/enterprises.service.ts';
import { createPerson } from '../../../server/directory/people.service.ts';
import { addMediator, createRoom } from '../../../server/directory/rooms.service.ts';
import { User } from '../../accounts.ts';
import type { Area } from '../../areas.ts';
import { inTx } from '../../dialect.ts';
import { fillNet } from './duties.ts';
import { demoEnterprises, personName, phoneNumber, VILLAGES, type DemoEnterprise } from './names.ts';
import type { Random } from './random.ts';

/** The password of every account of the demo town. */
export const DEMO_PASSWORD = 'san-ge-yi-2026';

/** One account for every role that has a page. */
export const DEMO_ACCOUNTS: { username: string; role: Role; note: string }[] = [
  { username: 'dispatcher', role: 'dispatcher', note: '调度员' },
  { username: 'mediator', role: 'mediator', note: '调解员（镇）' },
  { username: 'village', role: 'mediator', note: '调解员（村）' },
  { username: 'committee', role: 'mediator', note: '调解员（企业）' },
  { username: 'official', role: 'official', note: '领导' },
  { username: 'callback', role: 'callbackClerk', note: '回访员' },
  { username: 'officer', role: 'officer', note: '责任人（工会）' },
  { username: 'informant', role: 'informant', note: '职工信息员' },
  { username: 'admin', role: 'administrator', note: '系统管理员' },
];

const OPENED_ON = '2022-01-01';
const OPENING_HOURS = '周一至周五 8:30–11:30、13:30–17:30';

/** Who works in the demo town. */
export interface DemoTown {
  town: Area;
  enterprises: DemoEnterprise[];
  dispatchers: [Reader, Reader];
  clerk: Reader;
  /** Every mediator by user id. */
  mediators: Map<string, Reader>;
  /** The rooms of the printed mediators' accounts, each with its mediator. */
  desks: Record<PrintedDesk, DeskKey>;
  /** The enterprise whose committee the printed account sits on. */
  committeeOf: DemoEnterprise;
}

/** The mediators whose accounts are printed. */
export type PrintedDesk = 'mediator' | 'village' | 'committee';

/** Fills an empty town: villages, enterprises, rooms, mediators and the other people of the net. */
export async function fillTown(town: Area, random: Random): Promise<DemoTown> {
  const villages = new Map<string, string>();
  for (const [index, name] of VILLAGES.entries()) {
    villages.set(name, (await addArea(null, town.id, { code: `${town.code}-${index + 1}`, name })).id);
  }
  const dispatchers: [Reader, Reader] = [
    await addPerson('dispatcher', '陈建国', 'dispatcher', town.id),
    await addPerson('dispatcher2', '沈丽娟', 'dispatcher', town.id),
  ];
  const [dispatcher] = dispatchers;
  await addPerson('official', '许志强', 'official', town.id);
  const clerk = await addPerson('callback', '冯玉兰', 'callbackClerk', town.id);
  await addPerson('admin', '宋文斌', 'administrator', town.id);

  const enterprises = demoEnterprises(random);
  const enterpriseIds = await addEnterprises(dispatcher, enterprises, villages, random);
  const mediators = new Map<string, Reader>();
  const desks = {} as DemoTown['desks'];
  const staff = async (
    roomId: string,
    areaId: string,
    people: [string, string][],
    enterpriseId?: string,
  ): Promise<void> => {
    for (const [username, name] of people) {
      const mediator = await addPerson(username, name, 'mediator', areaId, enterpriseId);
      await addMediator(dispatcher, roomId, { userId: mediator.userId, activeFrom: OPENED_ON });
      mediators.set(mediator.userId, (await findSignedIn(mediator.userId))!.reader);
      if (isPrinted(username)) desks[username] = { roomId, mediatorId: mediator.userId };
    }
  };

  const address = {
    ...{ address: '祝塘镇人民路 1 号便民服务中心二楼', phone: '0510-00000001', openingHours: OPENING_HOURS },
    mapLink: 'https://uri.amap.com/search?keyword=祝塘镇便民服务中心',
  };
  const townRoom = await createRoom(dispatcher, {
    name: '祝塘镇劳动争议调解中心',
    areaId: town.id,
    enterpriseId: null,
    ...address,
  });
  await staff(townRoom, town.id, [
    ['mediator', '王秀英'],
    ['mediator2', '周国平'],
    ['mediator3', '徐春梅'],
    ['mediator4', '顾永康'],
  ]);
  for (const [index, name] of VILLAGES.entries()) {
    const areaId = villages.get(name)!;
    const room = {
      name: `${name}劳动争议调解室`,
      areaId,
      enterpriseId: null,
      ...{ address: `${name}党群服务中心`, openingHours: OPENING_HOURS, mapLink: null },
      phone: `0510-000001${String(index).padStart(2, '0')}`,
    };
    const roomId = await createRoom(dispatcher, room);
    await staff(roomId, areaId, [[index === 0 ? 'village' : `village${index + 1}`, personName(random)]]);
  }
  const committees = enterprises.filter(({ hasCommittee }) => hasCommittee);
  for (const [index, enterprise] of committees.entries()) {
    const enterpriseId = enterpriseIds.get(enterprise.name)!;
    const name = `${enterprise.alias}劳动争议调解委员会`;
    const roomId = await createRoom(dispatcher, {
      name,
      areaId: null,
      enterpriseId,
      ...{ address: null, openingHours: null, mapLink: null, phone: null },
    });
    const username = index === 0 ? 'committee' : `committee${index + 1}`;
    await staff(roomId, villages.get(enterprise.village)!, [[username, personName(random)]], enterpriseId);
  }
  for (let index = 0; index < 12; index++) {
    await createPerson(dispatcher, {
      name: personName(random),
      kind: PERSON_KINDS[index % PERSON_KINDS.length]!,
      areaId: villages.get(VILLAGES[index % VILLAGES.length]!)!,
      phone: phoneNumber(random),
      ...{ activeFrom: OPENED_ON, activeTo: null },
      skills: SKILLS.filter((_, skill) => (index + skill) % 5 === 0),
      villages: index % 4 === 0 ? [villages.get(VILLAGES[(index + 1) % VILLAGES.length]!)!] : [],
    });
  }
  await fillNet({
    ...{ townId: town.id, dispatcher, villages, enterprises, openedOn: OPENED_ON },
    addOfficer: (username, name, areaId) => addPerson(username, name, 'officer', areaId),
  });
  await setPasswords();
  return { town, enterprises, dispatchers, clerk, mediators, desks, committeeOf: committees[0]! };
}

function isPrinted(username: string): username is PrintedDesk {
  return DEMO_ACCOUNTS.some((account) => account.username === username && account.role === 'mediator');
}

async function addPerson(
  username: string,
  displayName: string,
  role: Role,
  areaId: string,
  enterpriseId?: string,
): Promise<Reader> {
  const { userId } = await createUser(null, { username, displayName, roles: [] });
  await grantRole(null, userId, { role, areaId, enterpriseId: enterpriseId ?? null });
  return (await findSignedIn(userId))!.reader;
}

/** One account gets its password by its link, as people do; the others have the same. */
async function setPasswords(): Promise<void> {
  const { id: userId } = (await User.findOne({ where: { username: 'admin' } }))!;
  await setPasswordByLink(await resetPassword(null, userId), DEMO_PASSWORD);
  const { passwordHash } = (await User.findByPk(userId))!;
  await User.update({ passwordHash, mustChangePassword: false }, { where: { passwordHash: null } });
}

async function addEnterprises(
  dispatcher: Reader,
  enterprises: DemoEnterprise[],
  villages: ReadonlyMap<string, string>,
  random: Random,
): Promise<Map<string, string>> {
  return inTx(async () => {
    const ids = new Map<string, string>();
    for (const { name, alias, creditCode, industry, village, headcount, hasCommittee } of enterprises) {
      const id = await createEnterprise(dispatcher, {
        name,
        creditCode,
        areaId: villages.get(village)!,
        industry,
        headcount,
        contactName: personName(random),
        contactPhone: phoneNumber(random),
        aliases: [alias],
        hasCommittee,
        active: true,
      });
      ids.set(name, id);
    }
    return ids;
  });
}
