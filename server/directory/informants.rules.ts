/** What of an informant is secret, and can be seen one at a time. */
export const INFORMANT_SECRETS = ['name', 'phone'] as const;
export type InformantSecret = (typeof INFORMANT_SECRETS)[number];

/** Why somebody looks (个人信息保护法 6, 51). */
export const SECRET_REASONS = ['callInformant', 'handOverLink', 'checkIdentity'] as const;
export type SecretReason = (typeof SECRET_REASONS)[number];

/** Encrypted it must fit its column. */
export const INFORMANT_NAME_LENGTH = 40;
