import { crc32, deflateSync } from 'node:zlib';
import { makeCards, revokeCard } from '../../../server/directory/cards.service.ts';
import type { OutreachKind } from '../../../server/directory/outreach.rules.ts';
import { keepPhoto, recordOutreach, voidOutreach } from '../../../server/directory/outreach.service.ts';
import { tidyPhoto } from '../../../server/shared/attachment-type.ts';
import { addDays, instantOf, type CalendarDay } from '../../../server/shared/calendar-day.ts';
import { now as instantNow, setClock } from '../../../server/shared/clock.ts';
import { Area } from '../../areas.ts';
import type { DemoTown } from './town.ts';

const VILLAGES_WITH_CARDS = 3;

/** Contact cards of three villages and their enterprises; one was lost and made anew, one is not needed any more. */
export async function handOutCards(
  { town, dispatchers: [dispatcher], enterprises }: DemoTown,
  now: CalendarDay,
): Promise<void> {
  const before = instantNow();
  const villages = await Area.findAll({ where: { parentId: town.id }, order: [['position', 'ASC']] });
  setClock(() => instantOf(addDays(now, -200), '10:00'));
  const made: string[] = [];
  for (const { id: villageId } of villages.slice(0, VILLAGES_WITH_CARDS))
    made.push(
      ...(await makeCards(dispatcher, {
        ...{ enterprise: null, villageId, everyEnterprise: true, informants: false },
      })),
    );
  setClock(() => instantOf(addDays(now, -30), '15:20'));
  const first = { enterprise: enterprises[0]!.creditCode, villageId: null };
  await makeCards(dispatcher, { ...first, everyEnterprise: false, informants: true });
  await revokeCard(dispatcher, made[1]!, { reason: 'lost', reissue: true });
  await revokeCard(dispatcher, made[3]!, { reason: 'closed', reissue: false });
  setClock(() => before);
}

const OUTREACH: [
  days: number,
  kind: OutreachKind,
  title: string,
  place: string,
  village: number | null,
  audience: number,
  materials: number,
  named: string,
][] = [
  [905, 'lecture', '农民工工资支付条例宣讲', '镇文化中心', null, 180, 200, '条例问答手册'],
  [640, 'booth', '春节前讨薪咨询日', '集贸市场', null, 320, 500, '维权指南、联系卡'],
  [470, 'training', '企业调解员业务培训', '镇政府三楼会议室', null, 46, 46, '调解文书范本'],
  [330, 'visit', '送法进工地', '安置房二期工地', 3, 75, 80, '实名制和工资专户告知单'],
  [250, 'booth', '五一劳动法律宣传', '人民广场', null, 410, 600, '劳动合同法手册'],
  [160, 'visit', '高温津贴宣传', '纺织园区', 0, 132, 150, '高温劳动保护告知单'],
  [95, 'lecture', '工伤认定怎么办', '村党群服务中心', 1, 58, 60, '工伤流程图'],
  [40, 'media', '新就业形态劳动者权益直播课', '镇融媒体中心', null, 1260, 0, ''],
  [12, 'booth', '宪法宣传周现场咨询', '村文化广场', 2, 96, 120, '联系卡、维权指南'],
];

/** Outreach events (宣传活动) of the last years; the latest has pictures, and one was recorded twice by mistake. */
export async function bringTheLaw(
  { town, dispatchers: [dispatcher] }: DemoTown,
  today: CalendarDay,
): Promise<void> {
  const villages = await Area.findAll({ where: { parentId: town.id }, order: [['position', 'ASC']] });
  let latest = '';
  for (const [days, kind, title, place, village, audience, materials, named] of OUTREACH)
    latest = await recordOutreach(dispatcher, {
      ...{ kind, title, place, audience, materials, heldOn: addDays(today, -days) },
      areaId: village === null ? town.id : villages[village]!.id,
      ...{ materialsNote: named || null, note: null },
    });
  for (const [index, caption] of ['咨询台前排队的职工', '发放联系卡'].entries())
    await keepPhoto(dispatcher, latest, await tidyPhoto(picture(index)), caption);
  const twice = await recordOutreach(dispatcher, {
    ...{ kind: 'booth', title: '宪法宣传周现场咨询', place: '村文化广场', heldOn: addDays(today, -12) },
    ...{ areaId: villages[2]!.id, audience: 96, materials: 120, materialsNote: null, note: null },
  });
  await voidOutreach(dispatcher, twice, { reason: '重复登记。' });
}

const [WIDTH, HEIGHT] = [320, 240];

/** A PNG of an evening sky, or of a field, that stands for a photo. */
function picture(which: number): Buffer {
  const colour = (row: number): number[] =>
    which === 0 ? [70 + row / 2, 90 + row / 3, 160] : [90, 120 + row / 3, 80 + row / 4];
  const rows = Array.from({ length: HEIGHT }, (_, row) =>
    Buffer.concat([Buffer.alloc(1), Buffer.alloc(WIDTH * 3, Buffer.from(colour(row)))]),
  );
  const chunk = (type: string, content: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), content]);
    const numbers = Buffer.alloc(8);
    numbers.writeUInt32BE(content.length, 0);
    numbers.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([numbers.subarray(0, 4), body, numbers.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(WIDTH, 0);
  head.writeUInt32BE(HEIGHT, 4);
  // Eight bits of red, green and blue.
  head.set([8, 2], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
