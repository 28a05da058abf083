/** The three mediation bodies of 劳动争议调解仲裁法 10, from below: a case goes up from left to right. */
export const LEVELS = ['enterprise', 'village', 'town'] as const;
export type Level = (typeof LEVELS)[number];

/** Industries of the town; construction has a routing rule and its own wage law (保障农民工工资支付条例 ch. 4). */
export const INDUSTRIES = [
  'textile',
  'garment',
  'machinery',
  'metal',
  'electronics',
  'chemical',
  'plastics',
  'construction',
  'logistics',
  'catering',
  'retail',
  'services',
  'agriculture',
  'other',
] as const;
export type Industry = (typeof INDUSTRIES)[number];

/** Levels of the wage warning, from below (DOMAIN §6). */
export const WARNING_LEVELS = ['blue', 'yellow', 'orange', 'red'] as const;
export type WarningLevel = (typeof WARNING_LEVELS)[number];

/** People of the net who work without an account. */
export const PERSON_KINDS = [
  'gridWorker',
  'mediator',
  'legalVolunteer',
  'unionOfficer',
  'justiceOfficer',
  'villageCadre',
] as const;
export type PersonKind = (typeof PERSON_KINDS)[number];

/** What somebody of the net is asked for. */
export const SKILLS = [
  'wages',
  'contracts',
  'workInjury',
  'socialInsurance',
  'construction',
  'accounting',
  'psychology',
  'dialects',
] as const;
export type Skill = (typeof SKILLS)[number];

/** As what an officer answers for the wages of an enterprise or of a whole village (PRODUCT: 一份责). */
export const DUTY_KINDS = ['enforcement', 'union', 'justice', 'villageCadre'] as const;
export type DutyKind = (typeof DUTY_KINDS)[number];
