import type { Reader } from '../../../server/accounts/access.rules.ts';
import type { DutyKind } from '../../../server/directory/directory.rules.ts';
import { createInformant } from '../../../server/directory/informants.service.ts';
import { handOverPatch } from '../../../server/directory/patch.service.ts';
import { createResponsibility } from '../../../server/directory/responsibilities.service.ts';
import { recordVisit } from '../../../server/directory/visits.service.ts';
import { addDays, type CalendarDay } from '../../../server/shared/calendar-day.ts';
import { User } from '../../accounts.ts';
import { inTx } from '../../dialect.ts';
import { Informant } from '../../one-duty.ts';
import { personName, phoneNumber, VILLAGES, type DemoEnterprise } from './names.ts';
import { seededRandom } from './random.ts';

/** Makes an account with a role. */
type AddPerson = (username: string, name: string, areaId: string) => Promise<Reader>;

/** The town as it stands when its officers are named. */
export interface NetToFill {
  townId: string;
  dispatcher: Reader;
  villages: ReadonlyMap<string, string>;
  enterprises: DemoEnterprise[];
  openedOn: CalendarDay;
  addOfficer: AddPerson;
}

/** Villages in which a cadre and the union answer for every enterprise; elsewhere a few have nobody. */
const WHOLE_VILLAGES = 5;
const HANDED_OVER_ON = '2024-05-06';

const hasNobody = (index: number): boolean => index % VILLAGES.length >= WHOLE_VILLAGES && index % 13 === 5;

/** Names the officers (一份责) and, in a third of the enterprises, an informant. */
export async function fillNet(net: NetToFill): Promise<void> {
  await nameOfficers(net);
  await nameInformants(net);
}

async function nameOfficers(net: NetToFill): Promise<void> {
  const { townId, dispatcher, villages, enterprises, openedOn, addOfficer } = net;
  const union = [
    await addOfficer('officer', '钱志远', townId),
    await addOfficer('officer2', '袁晓琴', townId),
  ];
  const enforcement = [
    await addOfficer('officer3', '马国栋', townId),
    await addOfficer('officer4', '邓红英', townId),
  ];
  const justice = await addOfficer('officer5', '罗正明', townId);
  const retiring = await addOfficer('officer6', '周建华', townId);
  const cadres: Reader[] = [];
  for (const [index, village] of VILLAGES.slice(0, WHOLE_VILLAGES).entries())
    cadres.push(await addOfficer(`cadre${index + 1}`, `${village.slice(0, 1)}书记`, villages.get(village)!));
  await inTx(async () => {
    const answers = (officer: Reader, kind: DutyKind, of: { enterprise?: string; villageId?: string }) =>
      createResponsibility(dispatcher, {
        ...{ enterprise: null, villageId: null, ...of, officerId: officer.userId, kind },
        ...{ isLead: kind === 'enforcement', fromDay: openedOn },
      });
    for (const [index, village] of VILLAGES.slice(0, WHOLE_VILLAGES).entries()) {
      const villageId = villages.get(village)!;
      await answers(cadres[index]!, 'villageCadre', { villageId });
      await answers(union[index < 3 ? 0 : 1]!, 'union', { villageId });
    }
    for (const [index, { creditCode, headcount }] of enterprises.entries()) {
      if (hasNobody(index)) continue;
      const lead = index % 5 === 4 ? retiring : enforcement[index % 2]!;
      await answers(lead, 'enforcement', { enterprise: creditCode });
      if (headcount > 150) await answers(justice, 'justice', { enterprise: creditCode });
    }
    const patch = { fromId: retiring.userId, toId: enforcement[0]!.userId, day: HANDED_OVER_ON };
    const shown = enterprises.filter((_, index) => index % 5 === 4 && !hasNobody(index)).length;
    await handOverPatch(dispatcher, { ...patch, shown });
  });
}

/** The printed account is the informant of the first enterprise. */
async function nameInformants({ dispatcher, enterprises, openedOn }: NetToFill): Promise<void> {
  // Its own numbers, so that the sums of the years stay as they are calibrated.
  const random = seededRandom(8_086);
  let printed: string | null = null;
  for (const [index, { creditCode }] of enterprises.entries()) {
    if (index % 3 !== 0) continue;
    const values = { enterprise: creditCode, name: personName(random), phone: phoneNumber(random) };
    const { id } = await createInformant(dispatcher, { ...values, activeFrom: openedOn });
    printed ??= (await Informant.findByPk(id))!.userId;
  }
  await User.update({ username: 'informant' }, { where: { id: printed! } });
}

const VISITS: [days: number, leaders: string, place: string, issue: string, answer: string | null][] = [
  [410, '许志强', '车间食堂', '职工反映连续两个月推迟发放工资。', '企业当场承诺月底前付清，由劳动监察跟踪。'],
  [
    255,
    '许志强、陈建国',
    '村党群服务中心',
    '外来务工人员询问工伤待遇如何申请。',
    '司法所当场解答，发放办事指南。',
  ],
  [120, '许志强', '企业会议室', '加班费计算方式不清楚，工资条没有加班时间。', '工会一周内到企业检查工资条。'],
  [34, '许志强、钱志远', '厂门口', '夏季高温津贴没有发放。', '已请企业补发，十日内回访。'],
  [6, '许志强', '施工工地', '班组长反映分包单位拖欠两个月工资，涉及十多人。', null],
];

/** Leaders' visits (下访) of the last two years; the latest is unanswered. */
export async function recordVisits(
  { townId, dispatcher, enterprises }: { townId: string; dispatcher: Reader; enterprises: DemoEnterprise[] },
  today: CalendarDay,
): Promise<void> {
  for (const [index, [days, leaders, place, issue, answer]] of VISITS.entries())
    await recordVisit(dispatcher, {
      ...{ leaders, place, issue, answer, areaId: townId, visitedOn: addDays(today, -days) },
      enterprise: enterprises[index * 7 + 4]!.creditCode,
    });
}
