import { z } from 'zod';

/**
 * The rules and thresholds that may differ between towns: what holds until a town's dated settings say otherwise.
 * Sources name the article; 'P' is a proposal of DOMAIN.md where no rule was found. What national law fixes for
 * everybody (the 15 days) is no setting and stands in the rules.
 */
interface Setting<T> {
  default: T;
  schema: z.ZodType<T>;
  unit:
    | 'text'
    | 'people'
    | 'fen'
    | 'complaints'
    | 'months'
    | 'days'
    | 'workingDays'
    | 'workingHours'
    | 'percent'
    | 'hoursOfDay'
    | 'words'
    | 'places';
  source: string;
}

function setting<T>(
  schema: z.ZodType<T>,
  initial: NoInfer<T>,
  unit: Setting<T>['unit'],
  source: string,
): Setting<T> {
  return { default: initial, schema, unit, source };
}

const text = (longest: number) => z.string().trim().min(1).max(longest);
const count = (most: number) => z.int().min(1).max(most);
const words = z.array(text(20)).max(200);

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const officeHours = z
  .array(z.object({ from: timeOfDay, to: timeOfDay }))
  .min(1)
  .max(6)
  .refine((spans) => spans.every((span, i) => span.from < span.to && (spans[i - 1]?.to ?? '') <= span.from));

/** When a clock is shown as half over, as nearly over and as over. */
const warningPercents = z
  .tuple([z.int().min(1).max(100), z.int().min(1).max(100), z.int().min(1).max(100)])
  .refine(([half, nearly, over]) => half < nearly && nearly < over);

/** Days of a month that every month has, the earlier first. */
const reminderDays = z
  .array(z.int().min(1).max(28))
  .max(5)
  .refine((days) => days.every((day, i) => i === 0 || days[i - 1]! < day));

const caseNumberPattern = text(40).refine(
  (pattern) => /\{year\}/.test(pattern) && /\{number(:\d)?\}/.test(pattern),
);

/** Every setting of a town: its default, the form that a stored value must have, its unit and its source. */
export const TOWN_SETTINGS = {
  townName: setting(text(40), '祝塘镇', 'text', 'PRODUCT: model town'),
  namePlaces: setting(
    z.array(text(20)).max(10),
    ['江苏省', '无锡市', '江阴市', '祝塘镇'],
    'places',
    'P: 企业名称登记管理规定 6, the place that begins an enterprise name, from the province down',
  ),
  caseNumberPattern: setting(caseNumberPattern, '祝劳调〔{year}〕{number:4}号', 'text', 'PRODUCT: Case'),

  commissionName: setting(
    text(60),
    '江阴市劳动人事争议仲裁委员会',
    'text',
    'DOMAIN §4: whom a failed mediation leads to',
  ),
  // Not found in a published text: the town fills it in, and until then the papers say that it is missing.
  commissionAddress: setting(
    z.string().trim().max(100),
    '',
    'text',
    '企业劳动争议协商调解规定 30; DOMAIN §4',
  ),
  countyAuthorityName: setting(
    text(60),
    '江阴市人力资源和社会保障局',
    'text',
    'DOMAIN §5 routing 2: whom a collective dispute is reported to',
  ),
  courtName: setting(text(60), '江阴市人民法院', 'text', '人民调解法 33; DOMAIN §4'),
  legalAidPhone: setting(text(20), '12348', 'text', 'DOMAIN §4'),

  groupWorkers: setting(
    count(1000),
    10,
    'people',
    '劳动争议调解仲裁法 7; DOMAIN §5 routing 2, §3 collective',
  ),
  townAmountFen: setting(count(99_999_999_999_999), 5_000_000, 'fen', 'P: DOMAIN §5 routing 6'),
  repeatComplaints: setting(count(1000), 3, 'complaints', 'P: DOMAIN §5 routing 6'),
  repeatWindowDays: setting(count(3660), 90, 'days', 'P: DOMAIN §5 routing 6'),
  mergeWindowDays: setting(count(3660), 30, 'days', 'P: DOMAIN §5, same employer: suggest merge'),
  crimeSingleFen: setting(
    count(99_999_999_999_999),
    1_000_000,
    'fen',
    '法释〔2013〕3号; Jiangsu since 2014-01-15',
  ),
  crimeSingleMonths: setting(count(120), 3, 'months', '法释〔2013〕3号; Jiangsu since 2014-01-15'),
  crimeGroupFen: setting(
    count(99_999_999_999_999),
    6_000_000,
    'fen',
    '法释〔2013〕3号; Jiangsu since 2014-01-15',
  ),
  crimeGroupWorkers: setting(count(1000), 10, 'people', '法释〔2013〕3号; Jiangsu since 2014-01-15'),

  warningReportDay: setting(
    z.int().min(1).max(28),
    20,
    'days',
    'P: DOMAIN §6, blue: the report of a month; Gaoyou',
  ),
  informantReminderDays: setting(
    reminderDays,
    [15, 19],
    'days',
    'P: ours, before the report is due on the 20th (DOMAIN §6)',
  ),
  officerReminderDays: setting(
    reminderDays,
    [21, 26],
    'days',
    'P: ours, once the reports are in (DOMAIN §6; PRODUCT flow 5)',
  ),
  warningDeferralDays: setting(
    z.int().min(1).max(30),
    30,
    'days',
    '江苏省工资支付条例 39 (at most 30); DOMAIN §6',
  ),
  warningComplaints: setting(count(1000), 2, 'complaints', 'P: DOMAIN §6, blue'),
  warningComplaintDays: setting(count(3660), 90, 'days', 'P: DOMAIN §6, blue'),
  warningLeaverWorkingDays: setting(count(30), 2, 'workingDays', '江苏省工资支付条例 19; DOMAIN §6, yellow'),
  warningOrangeDays: setting(count(3660), 31, 'days', 'P: DOMAIN §6, orange; Baoying'),
  warningOrangeWorkers: setting(count(100_000), 10, 'people', 'P: DOMAIN §6, orange'),
  warningOrangeFen: setting(count(99_999_999_999_999), 6_000_000, 'fen', 'P: DOMAIN §6, orange'),
  warningRedDays: setting(count(3660), 60, 'days', 'P: DOMAIN §6, red; Baoying'),
  warningUnpaidDays: setting(count(3660), 30, 'days', 'P: DOMAIN §6: a month counts as unpaid after so many'),
  warningConsecutiveMonths: setting(count(120), 2, 'months', '江苏省工资支付条例 40; DOMAIN §6, red'),
  warningCumulativeMonths: setting(count(120), 3, 'months', '江苏省工资支付条例 40; DOMAIN §6, red'),
  warningRedWorkers: setting(count(100_000), 50, 'people', 'P: DOMAIN §6, red; Jiangsu 2018, city list'),
  warningRedFen: setting(
    count(99_999_999_999_999),
    100_000_000,
    'fen',
    'P: DOMAIN §6, red; Jiangsu 2018, city list',
  ),
  warningProvinceWorkers: setting(
    count(100_000),
    100,
    'people',
    'P: DOMAIN §6; Jiangsu 2018, provincial list',
  ),
  warningProvinceFen: setting(
    count(99_999_999_999_999),
    500_000_000,
    'fen',
    'P: DOMAIN §6; Jiangsu 2018, provincial list',
  ),
  warningWatchMonths: setting(count(120), 6, 'months', '江苏省工资支付条例 40; DOMAIN §6: after red'),
  warningBlueVisitWorkingDays: setting(count(30), 5, 'workingDays', 'P: DOMAIN §6, blue: visit'),
  warningYellowVisitWorkingDays: setting(count(30), 3, 'workingDays', 'P: DOMAIN §6, yellow: visit'),
  warningPlanWorkingDays: setting(
    count(30),
    5,
    'workingDays',
    'P: after 江苏省工资支付条例 36 (5 days), orange: plan, written opinion',
  ),

  dangerWords: setting(
    words,
    [
      ...['自杀', '自残', '自焚', '轻生', '跳楼', '跳桥', '割腕', '喝农药', '不想活', '同归于尽', '爬塔吊'],
      ...['跳河', '跳下去', '活不下去', '没有活路', '没活路', '想不开', '寻短见'],
      ...['殴打', '打伤', '打架', '砍人', '砍伤', '持刀', '纵火', '放火', '汽油', '爆炸', '报复社会'],
      ...['堵门', '堵路', '堵厂', '拉横幅', '围堵', '聚众', '死亡', '工亡', '重伤', '坍塌', '火灾', '中毒'],
    ],
    'words',
    'P: DOMAIN §5 routing 1; 人民调解法 25',
  ),
  harmlessPhrases: setting(
    words,
    ['跳楼价', '跳楼大甩卖', '跳楼甩卖', '跳楼清仓', '建筑面积'],
    'words',
    'P: ours, phrases in which a word of the lists says nothing',
  ),
  petitionWords: setting(
    words,
    ['上访', '集访', '群访', '越级访', '闹访', '进京告', '赴京告', '去北京告', '到北京告', '去省里告'],
    'words',
    'P: ours, after the practice of hearing a complaint before it becomes a petition',
  ),
  abscondingWords: setting(
    words,
    [
      ...['跑路', '失联', '逃匿', '老板跑', '老板不见', '联系不上老板', '老板联系不上', '人去楼空'],
      ...['转移财产', '转移资产', '转移设备', '搬走设备', '拉走设备', '变卖设备', '停产', '倒闭', '关门停业'],
    ],
    'words',
    'P: DOMAIN §5 routing 3',
  ),
  constructionWords: setting(
    words,
    ['工地', '建筑', '施工', '总包', '总承包', '分包', '包工头', '项目部', '脚手架', '建设单位'],
    'words',
    'P: DOMAIN §5 routing 4; 保障农民工工资支付条例 30',
  ),
  authorityWords: setting(
    words,
    [
      ...['补缴社保', '补交社保', '社保补缴', '补缴社会保险', '补缴养老', '工伤认定', '认定工伤', '童工'],
      ...['不交社保', '不缴社保', '没交社保', '没缴社保', '未交社保', '未缴社保', '不给交社保', '不给缴社保'],
      ...[
        '没给交社保',
        '没给缴社保',
        '未缴纳社保',
        '不缴纳社保',
        '未参保',
        '未满十六',
        '未满16',
        '行政处罚',
        '查处',
      ],
    ],
    'words',
    'P: DOMAIN §5 routing 5',
  ),

  acceptanceWorkingDays: setting(
    z.int().min(1).max(3),
    3,
    'workingDays',
    '企业劳动争议协商调解规定 22 (at most 3)',
  ),
  firstContactWorkingDays: setting(count(30), 2, 'workingDays', 'P: DOMAIN §5'),
  dispatchWorkingDays: setting(count(30), 1, 'workingDays', 'P: DOMAIN §5'),
  meetingDays: setting(count(15), 5, 'days', 'P: DOMAIN §5, going up: an enterprise without a meeting'),
  agreementDays: setting(count(15), 10, 'days', 'P: DOMAIN §5, going up: no agreement'),
  followUpDays: setting(count(365), 7, 'days', 'P: DOMAIN §5, after closing or the last instalment'),
  redoWorkingDays: setting(count(30), 3, 'workingDays', 'P: DOMAIN §2, redo'),
  ticketSignHours: setting(count(40), 4, 'workingHours', 'P: DOMAIN §2, sign'),
  ticketReturnWorkingDays: setting(count(30), 1, 'workingDays', 'P: DOMAIN §2, return request'),
  ticketReplyWorkingDays: setting(
    count(60),
    5,
    'workingDays',
    'DOMAIN §2: Jiangsu, 5 working days for all but consulting',
  ),
  ticketExtensionWorkingDays: setting(count(30), 5, 'workingDays', 'P: DOMAIN §2, one extension at most'),
  ticketWarningPercents: setting(warningPercents, [50, 80, 100], 'percent', 'P: DOMAIN §2, warn'),
  officeHours: setting(
    officeHours,
    [
      { from: '08:30', to: '11:30' },
      { from: '13:30', to: '17:30' },
    ],
    'hoursOfDay',
    'P: DOMAIN §5',
  ),
  digestTime: setting(timeOfDay, '08:00', 'hoursOfDay', 'P: ours, the mail of the morning'),
};

/** The settings of a town on a day: its own where it has any, else the defaults. */
export type TownSettings = { [K in TownSettingKey]: (typeof TOWN_SETTINGS)[K]['default'] };
export type TownSettingKey = keyof typeof TOWN_SETTINGS;

/** Whether a text names a setting. */
export function isTownSettingKey(key: string): key is TownSettingKey {
  return Object.hasOwn(TOWN_SETTINGS, key);
}

/** Checks a value before it is stored as a setting; false when it does not have the form of this setting. */
export function isTownSettingValue(key: TownSettingKey, value: unknown): boolean {
  return TOWN_SETTINGS[key].schema.safeParse(value).success;
}

/** A stored value of a town's setting, `value` as JSON text, valid from a day ('YYYY-MM-DD') on. */
export interface StoredSetting {
  key: string;
  value: string;
  validFrom: string;
}

/**
 * The settings that hold on a day: for each the stored value that became valid last, else its default. A stored
 * value without the form of its setting throws a ZodError that names it; unknown keys are other features'.
 */
export function townSettingsOn(day: string, stored: readonly StoredSetting[]): TownSettings {
  const settings: Record<string, unknown> = {};
  for (const [key, { default: initial }] of Object.entries(TOWN_SETTINGS)) settings[key] = initial;
  const inForce = stored.filter(({ key, validFrom }) => isTownSettingKey(key) && validFrom <= day);
  inForce.sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  for (const { key, value } of inForce) {
    settings[key] = TOWN_SETTINGS[key as TownSettingKey].schema.parse(JSON.parse(value));
  }
  return settings as TownSettings;
}
