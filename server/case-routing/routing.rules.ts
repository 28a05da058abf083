import type { Industry, Level, WarningLevel } from '../directory/directory.rules.ts';
import type { ExplanationLine } from '../shared/explanation.ts';
import { formatYuan } from '../shared/money.ts';

/** The rules of DOMAIN §5 "Routing, first match", in their order; `petition` is the program's own. */
export const ROUTING_RULE_CODES = [
  'danger',
  'group',
  'absconding',
  'construction',
  'authority',
  'petition',
  'largeAmount',
  'warned',
  'repeated',
  'enterprise',
  'village',
] as const;
export type RoutingRuleCode = (typeof ROUTING_RULE_CODES)[number];

/** What else is to be done with a case that a rule routed; the words are in `routing.notes.*`. */
export type RoutingNote =
  | 'notifyPolice'
  | 'notifyPetitionOffice'
  | 'electRepresentatives'
  | 'notifyCounty'
  | 'referToLabourInspection'
  | 'notifyHousing'
  | 'recordMainContractor'
  | 'transferToAuthority'
  | 'civilPartMayContinue';

/** Thresholds and keyword lists; the town's settings (`TownSettings`) have them all. */
export interface RoutingSettings {
  groupWorkers: number;
  townAmountFen: number;
  repeatComplaints: number;
  repeatWindowDays: number;
  crimeSingleFen: number;
  crimeSingleMonths: number;
  crimeGroupFen: number;
  crimeGroupWorkers: number;
  dangerWords: readonly string[];
  petitionWords: readonly string[];
  abscondingWords: readonly string[];
  constructionWords: readonly string[];
  authorityWords: readonly string[];
  /** Phrases in which a word of these lists means nothing, such as 跳楼价. */
  harmlessPhrases: readonly string[];
}

/** What routing needs to know of the enterprise that was recognised. */
export interface RoutedEnterprise {
  villageId: string | null;
  hasCommittee: boolean;
  warningLevel: WarningLevel | null;
  industry: Industry;
  /** Different workers who complained of it within `repeatWindowDays`, the present one included. */
  complainantsInWindow: number;
  /** A mediator of its own room is there who is not a party to this dispute. */
  mediatorAvailable: boolean;
}

/** A complaint as routing sees it. */
export interface RoutingInput {
  /** Title and content; the places of the hits count in this text. */
  text: string;
  /** Null when the ticket does not say: then one. */
  workers: number | null;
  amountFen: number | null;
  anonymous: boolean;
  /** The worker's recorded consent to the enterprise's committee; false until it is recorded. */
  workerConsentsToEnterprise: boolean;
  enterprise: RoutedEnterprise | null;
  /** The village that the ticket names, for an unknown enterprise. */
  ticketVillageId: string | null;
  /** Villages with a room in which somebody mediates. */
  staffedVillageIds: ReadonlySet<string>;
  /** Ids of hits that the dispatcher unticked. */
  dismissedHits: readonly string[];
}

export type HitKind = 'danger' | 'petition' | 'absconding' | 'unpaidMonths' | 'construction' | 'authority';

/** A place in the text that a rule reads; unticking its id dismisses every place with the same word. */
export interface KeywordHit {
  id: string;
  kind: HitKind;
  word: string;
  start: number;
  end: number;
  dismissed: boolean;
}

type FoundHit = Omit<KeywordHit, 'dismissed'>;

/** Where a complaint should go, and why. */
export interface RoutingProposal {
  ruleCode: RoutingRuleCode;
  level: Level;
  /** The village whose room takes it, at level village only. */
  villageId: string | null;
  /** Another authority is competent: the dispatcher transfers the case (转办). */
  transfer: boolean;
  /** What is to be done by every rule that holds. */
  notes: RoutingNote[];
  explanation: ExplanationLine[];
  /** The rules that hold as well, below the one that decides. */
  besides: HeldRule[];
  hits: KeywordHit[];
}

/** A rule that holds, with its reasons. */
export interface HeldRule {
  ruleCode: RoutingRuleCode;
  explanation: ExplanationLine[];
}

interface Facts extends RoutingInput {
  workerCount: number;
  unpaidMonths: number;
  activeWords(kind: HitKind): string[];
}

interface RoutingRule {
  code: RoutingRuleCode;
  level: Level;
  transfer: boolean;
  notes: readonly RoutingNote[];
  /** The reasons for which the rule holds, in words; none means that it does not hold. */
  reasons(facts: Facts, settings: RoutingSettings): ExplanationLine[];
}

const ROUTING_RULES: readonly RoutingRule[] = [
  {
    // 人民调解法 25: what may become a matter for the police is reported to them.
    code: 'danger',
    level: 'town',
    transfer: false,
    notes: ['notifyPolice'],
    reasons: (facts) => wordReasons('danger', facts),
  },
  {
    // 劳动争议调解仲裁法 7; 办案规则 63: three to five representatives.
    code: 'group',
    level: 'town',
    transfer: false,
    notes: ['electRepresentatives', 'notifyCounty'],
    reasons: ({ workerCount }, { groupWorkers }) =>
      workerCount < groupWorkers ? [] : [reason('group', { workers: workerCount, threshold: groupWorkers })],
  },
  {
    // 刑法 276之一; 法释〔2013〕3号.
    code: 'absconding',
    level: 'town',
    transfer: false,
    notes: ['referToLabourInspection'],
    reasons: (facts, settings) => [
      ...wordReasons('absconding', facts),
      ...crimeAmountReasons(facts, settings),
    ],
  },
  {
    // 保障农民工工资支付条例 30: the main contractor pays first.
    code: 'construction',
    level: 'town',
    transfer: false,
    notes: ['notifyHousing', 'recordMainContractor'],
    reasons: (facts) => [
      ...wordReasons('construction', facts),
      ...(facts.enterprise?.industry === 'construction' ? [reason('constructionEnterprise')] : []),
    ],
  },
  {
    code: 'authority',
    level: 'town',
    transfer: true,
    notes: ['transferToAuthority', 'civilPartMayContinue'],
    reasons: (facts) => wordReasons('authority', facts),
  },
  {
    // P, ours: whoever says that they will petition is heard by the town before it comes to that.
    code: 'petition',
    level: 'town',
    transfer: false,
    notes: ['notifyPetitionOffice'],
    reasons: (facts) => wordReasons('petition', facts),
  },
  {
    code: 'largeAmount',
    level: 'town',
    transfer: false,
    notes: [],
    reasons: ({ amountFen }, { townAmountFen }) =>
      (amountFen ?? 0) < townAmountFen
        ? []
        : [reason('amount', { amount: formatYuan(amountFen!), threshold: formatYuan(townAmountFen) })],
  },
  {
    code: 'warned',
    level: 'town',
    transfer: false,
    notes: [],
    reasons: ({ enterprise }) => {
      if (enterprise?.warningLevel === 'orange') return [reason('orangeWarning')];
      return enterprise?.warningLevel === 'red' ? [reason('redWarning')] : [];
    },
  },
  {
    code: 'repeated',
    level: 'town',
    transfer: false,
    notes: [],
    reasons: ({ enterprise }, { repeatComplaints, repeatWindowDays: days }) => {
      const complaints = enterprise?.complainantsInWindow ?? 0;
      return complaints < repeatComplaints ? [] : [reason('repeatedComplaints', { complaints, days })];
    },
  },
  {
    // The committee contains the employer's people: only with the worker's consent (DOMAIN §0, 5).
    code: 'enterprise',
    level: 'enterprise',
    transfer: false,
    notes: [],
    reasons: ({ enterprise, workerCount, anonymous, workerConsentsToEnterprise }, { groupWorkers }) =>
      enterprise?.hasCommittee &&
      enterprise.mediatorAvailable &&
      workerCount < groupWorkers &&
      workerConsentsToEnterprise &&
      !anonymous
        ? [reason('enterprise', { workers: workerCount })]
        : [],
  },
];

/**
 * Where a complaint goes by the first rule that holds (DOMAIN §5), and what is to be done by all that hold. The enterprise's village takes what no other rule
 * takes, the ticket's village when the enterprise or its village is unknown, the town when there is no village or
 * nobody mediates in it.
 */
export function routeComplaint(input: RoutingInput, settings: RoutingSettings): RoutingProposal {
  const hits = findHits(input.text, settings, input.dismissedHits);
  const active = hits.filter(({ dismissed }) => !dismissed);
  const facts: Facts = {
    ...input,
    workerCount: input.workers ?? 1,
    unpaidMonths: Math.max(0, ...active.filter(({ kind }) => kind === 'unpaidMonths').map(monthsOf)),
    activeWords: (kind) => [...new Set(active.filter((hit) => hit.kind === kind).map(({ word }) => word))],
  };
  const held = ROUTING_RULES.flatMap((rule) => {
    const explanation = rule.reasons(facts, settings);
    return explanation.length > 0 ? [{ ...rule, explanation }] : [];
  });
  const [first, ...others] = held;
  if (!first)
    return { ruleCode: 'village', ...villageOrTown(input), transfer: false, notes: [], besides: [], hits };
  return {
    ruleCode: first.code,
    level: first.level,
    villageId: null,
    transfer: first.transfer,
    notes: held.flatMap(({ notes }) => notes),
    explanation: first.explanation,
    // That an enterprise could take it is no reason beside a rule that takes it away from there.
    besides: others
      .filter(({ code }) => code !== 'enterprise')
      .map(({ code, explanation }) => ({ ruleCode: code, explanation })),
    hits,
  };
}

function villageOrTown(input: RoutingInput): Pick<RoutingProposal, 'level' | 'villageId' | 'explanation'> {
  const ofEnterprise = input.enterprise?.villageId ?? null;
  const villageId = ofEnterprise ?? input.ticketVillageId;
  if (villageId === null) return { level: 'town', villageId, explanation: [reason('noVillage')] };
  if (!input.staffedVillageIds.has(villageId)) {
    return { level: 'town', villageId: null, explanation: [reason('villageUnstaffed')] };
  }
  const explanation = [reason(ofEnterprise === null ? 'ticketVillage' : 'enterpriseVillage')];
  return { level: 'village', villageId, explanation };
}

/** Jiangsu's amounts: of one worker after 3 months, or of 10 workers together; the average stands for the worker. */
function crimeAmountReasons(facts: Facts, settings: RoutingSettings): ExplanationLine[] {
  const amountFen = facts.amountFen ?? 0;
  const ofOne =
    facts.unpaidMonths >= settings.crimeSingleMonths &&
    amountFen >= settings.crimeSingleFen * Math.max(1, facts.workerCount);
  const ofMany = facts.workerCount >= settings.crimeGroupWorkers && amountFen >= settings.crimeGroupFen;
  return ofOne || ofMany ? [reason('crimeAmount', { amount: formatYuan(amountFen) })] : [];
}

function wordReasons(kind: HitKind, facts: Facts): ExplanationLine[] {
  const words = facts.activeWords(kind);
  return words.length === 0 ? [] : [reason(kind, { words: words.join('、') })];
}

function reason(name: string, values: ExplanationLine['values'] = {}): ExplanationLine {
  return { key: `routing.reasons.${name}`, values };
}

/** Every place of the text that a rule reads, in the order of the text; of overlapping words of a list the longest. */
export function findHits(
  text: string,
  settings: RoutingSettings,
  dismissedHits: readonly string[],
): KeywordHit[] {
  const found = [
    ...wordHits('danger', text, settings.dangerWords),
    ...wordHits('petition', text, settings.petitionWords),
    ...wordHits('absconding', text, settings.abscondingWords),
    ...[...text.matchAll(UNPAID_MONTHS)].map((match) => toHit('unpaidMonths', match[0], match.index)),
    ...wordHits('construction', text, settings.constructionWords),
    ...wordHits('authority', text, settings.authorityWords),
  ];
  const dismissed = new Set(dismissedHits);
  const harmless = settings.harmlessPhrases.flatMap((phrase) => placesOf(phrase, text));
  return found
    .filter((hit) => !harmless.some(({ start, end }) => start <= hit.start && hit.end <= end))
    .map((hit) => ({ ...hit, dismissed: dismissed.has(hit.id) }))
    .sort((a, b) => a.start - b.start || b.end - a.end);
}

const ALARMS = ['danger', 'petition'] as const satisfies HitKind[];

/** What a person must see before everything else: danger, then a way to petition, each with the words that say so. */
export function alarmsAmong(hits: readonly KeywordHit[]): ExplanationLine[] {
  return ALARMS.flatMap((kind) => {
    const found = hits.filter((hit) => hit.kind === kind && !hit.dismissed).map(({ word }) => word);
    const words = [...new Set(found)].join('、');
    return words === '' ? [] : [{ key: `routing.alarms.${kind}`, values: { words } }];
  });
}

function wordHits(kind: HitKind, text: string, words: readonly string[]): FoundHit[] {
  const found = words.flatMap((word) => placesOf(word, text).map(({ start }) => toHit(kind, word, start)));
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  let covered = 0;
  return found.filter(({ start, end }) => {
    if (start < covered) return false;
    covered = end;
    return true;
  });
}

function placesOf(word: string, text: string): { start: number; end: number }[] {
  const places = [];
  for (let start = text.indexOf(word); start >= 0; start = text.indexOf(word, start + 1))
    places.push({ start, end: start + word.length });
  return places;
}

function toHit(kind: HitKind, word: string, start: number): FoundHit {
  return { id: `${kind}:${word}`, kind, word, start, end: start + word.length };
}

const MONTHS = '(?:(?<![0-9])[0-9]{1,2}|[一二两三四五六七八九十]{1,2})个多?月';
const YEARS = '(?:(?<![0-9])[1-9]|[一二两三四五半])年(?!前)';
const UNPAID = '(?:拖欠|拖着|欠|未发|没发|没有发|不发|未付|没付|不付|未支付|没拿到|未拿到)';

/** "拖欠三个月工资", "半年没发工资"; "3月份工资未发" names a month and is none. */
const UNPAID_MONTHS = new RegExp(
  `${UNPAID}[^，。；、,;\\s]{0,20}?(?:${MONTHS}|${YEARS})|(?:${MONTHS}|${YEARS})[^，。；、,;\\s]{0,8}?${UNPAID}`,
  'gu',
);

function monthsOf({ word }: KeywordHit): number {
  const [, count, unit] = /(?<![0-9])([0-9]{1,2}|[一二两三四五六七八九十]+|半)(个多?月|年(?!前))/u.exec(
    word,
  )!;
  if (count === '半') return 6;
  return numberOf(count!) * (unit === '年' ? 12 : 1);
}

function numberOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const valueOf = (digit: string) => '零一二三四五六七八九'.indexOf(digit.replace('两', '二'));
  const [tens, ones] = text.includes('十') ? text.split('十') : ['零', text];
  return (tens === '' ? 1 : valueOf(tens!)) * 10 + valueOf(ones === '' ? '零' : ones!);
}

/** The mediator with the fewest cases, the first of them when several have as few; null when there is none. */
export function chooseMediator<T>(mediators: readonly T[], casesOf: (mediator: T) => number): T | null {
  return mediators.reduce<T | null>(
    (chosen, mediator) => (chosen === null || casesOf(mediator) < casesOf(chosen) ? mediator : chosen),
    null,
  );
}
