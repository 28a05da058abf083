import * as areas from './0001-areas.ts';
import * as accounts from './0002-accounts.ts';
import * as directory from './0003-directory.ts';
import * as ticketsAndCases from './0004-tickets-and-cases.ts';
import * as mediationAndSettlements from './0005-mediation-and-settlements.ts';
import * as jobs from './0006-jobs.ts';
import * as ticketHandling from './0007-ticket-handling.ts';
import * as documents from './0008-documents.ts';
import * as followUps from './0009-follow-ups.ts';
import * as groups from './0010-groups.ts';
import * as handOvers from './0012-hand-overs.ts';
import * as mappings from './0013-mappings.ts';
import * as notifications from './0014-notifications.ts';
import * as oneDuty from './0015-one-duty.ts';
import * as wageChecks from './0016-wage-checks.ts';
import * as warnings from './0017-warnings.ts';
import * as net from './0018-net.ts';

/** One step of the schema; running a step again after a break is harmless. */
export interface Migration {
  name: string;
  up(): Promise<void>;
  down(): Promise<void>;
}

/** In the order in which they run; a published step is never changed. */
export const migrations: Migration[] = [
  { name: '0001-areas', ...areas },
  { name: '0002-accounts', ...accounts },
  { name: '0003-directory', ...directory },
  { name: '0004-tickets-and-cases', ...ticketsAndCases },
  { name: '0005-mediation-and-settlements', ...mediationAndSettlements },
  { name: '0006-jobs', ...jobs },
  { name: '0007-ticket-handling', ...ticketHandling },
  { name: '0008-documents', ...documents },
  { name: '0009-follow-ups', ...followUps },
  { name: '0010-groups', ...groups },
  { name: '0012-hand-overs', ...handOvers },
  { name: '0013-mappings', ...mappings },
  { name: '0014-notifications', ...notifications },
  { name: '0015-one-duty', ...oneDuty },
  { name: '0016-wage-checks', ...wageChecks },
  { name: '0017-warnings', ...warnings },
  { name: '0018-net', ...net },
];
