import {
  cause,
  claimantNames,
  letterEnd,
  representativeLine,
  requestTable,
  respondentNames,
} from './compose-parts.rules.ts';
import type { PaperData } from './paper-data.rules.ts';
import { representativesOf } from './paper-facts.rules.ts';
import { RISK_WORDS } from './paper-words.rules.ts';
import { BLANK, dayInWords, known, knownSecret, momentInWords, type Block } from './paper.rules.ts';

/** 集体劳动争议报告 to the county's labour authority: who, how many, over how much, why, what was done, and what may come. */
export function countyReport(data: PaperData): Block[] {
  const { town, number, receivedAt, mediator, organisation, room } = data;
  return [
    { addressee: `${town.countyAuthority}：` },
    {
      paragraph: `${momentInWords(receivedAt)}，我镇收到${cause(data)}，属于十人以上有共同请求的集体劳动争议，现将有关情况报告如下：`,
    },
    {
      grid: [
        [
          { label: '案号', value: known(number) },
          { label: '劳动者人数', value: `${Math.max(data.workers, data.claimants.length)}人` },
        ],
        [{ label: '申请人', value: claimantNames(data), wide: true }],
        [{ label: '被申请人', value: respondentNames(data), wide: true }],
        [
          { label: '承办组织', value: organisation },
          { label: '调解员', value: [known(mediator), room?.phone ? `（${room.phone}）` : ''].join('') },
        ],
      ],
    },
    { heading: '一、诉求和金额' },
    requestTable(data),
    { heading: '二、起因' },
    { paragraph: knownSecret('text', data.particulars.facts ?? data.facts) },
    { heading: '三、已做的工作' },
    ...measuresTaken(data).map((paragraph) => ({ paragraph })),
    { heading: '四、风险' },
    { paragraph: riskText(data) },
    { heading: '五、下一步措施' },
    ...nextSteps(data).map((paragraph) => ({ paragraph })),
    letterEnd({ organisation: town.organisation, today: data.today }),
  ];
}

function measuresTaken(data: PaperData): string[] {
  const { contacts, sessions, acceptedOn } = data;
  const held = sessions.filter((session) => session.held);
  return [
    contacts.made > 0 ? `联系当事人${contacts.made}次。` : '尚未联系当事人。',
    ...held.map(({ startsAt, place }) => `${momentInWords(startsAt)}在${known(place)}召开调解会。`),
    ...(acceptedOn ? [`${dayInWords(acceptedOn)}受理。`] : []),
    ...representativeLine(data),
  ];
}

function riskText({ contacts }: PaperData): string {
  return contacts.risk ? `${RISK_WORDS[contacts.risk]}。` : BLANK.repeat(6);
}

function nextSteps(data: PaperData): string[] {
  const { sessions, extendedTo, statutoryDueOn } = data;
  const planned = sessions.filter(({ held }) => !held);
  const end = extendedTo ?? statutoryDueOn;
  return [
    ...(representativesOf(data).length === 0 ? ['引导劳动者推举三至五名代表人参加调解。'] : []),
    ...planned.map(({ startsAt, place }) => `${momentInWords(startsAt)}在${known(place)}召开调解会。`),
    ...(end ? [`在${dayInWords(end)}前促成调解；调解不成的，告知劳动者依法申请仲裁。`] : []),
    BLANK.repeat(6),
  ];
}
