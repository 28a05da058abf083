/** What a person may be in the program; everyone may be several. */
export const ROLES = [
  'dispatcher',
  'mediator',
  'officer',
  'official',
  'callbackClerk',
  'informant',
  'administrator',
] as const;
export type Role = (typeof ROLES)[number];

/** The roles that an administrator gives; an informant is named by those who may know who it is. */
export const GRANTED_ROLES = ROLES.filter((role) => role !== 'informant');

/**
 * How far a role's right reaches:
 * `area` – objects of the grant's area and below; `town` – the same, for a grant of a whole town; `followUp` – cases of
 * the area as long as their worker is to be called back; `room` – cases of the reader's own rooms; `own` – cases that
 * the reader mediates; `offered` – cases that another mediator offers to the reader; `desk` – those of `room` and of
 * `offered`; `answered` – enterprises for which the reader answers today; `union` – those of them for which the reader
 * answers as the union; `workplace` – the informant's own enterprise; `all` – needs no object.
 */
export const SCOPES = [
  ...(['area', 'town', 'followUp', 'room', 'own', 'offered', 'desk'] as const),
  ...(['answered', 'union', 'workplace', 'all'] as const),
] as const;
export type Scope = (typeof SCOPES)[number];

/** Which roles may do something, each how far; who is not named may not. */
export type Access = Partial<Record<Role, Scope>>;
