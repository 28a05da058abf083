import type { Sequelize } from 'sequelize';
import * as accounts from './accounts.ts';
import * as areas from './areas.ts';
import * as cases from './cases.ts';
import { openDatabase } from './dialect.ts';
import * as directory from './directory.ts';
import * as documents from './documents.ts';
import * as followUps from './follow-ups.ts';
import * as groups from './groups.ts';
import * as handOvers from './hand-overs.ts';
import * as imports from './imports.ts';
import * as jobRuns from './job-runs.ts';
import * as mediation from './mediation.ts';
import * as net from './net.ts';
import * as notifications from './notifications.ts';
import * as oneDuty from './one-duty.ts';
import * as settlements from './settlements.ts';
import * as tickets from './tickets.ts';
import * as uploads from './uploads.ts';
import * as wageChecks from './wage-checks.ts';
import * as warnings from './warnings.ts';

/** Opens the process's database and binds every model to it. */
export function openModels(url: string): Sequelize {
  const sequelize = openDatabase(url);
  for (const aggregate of [
    areas,
    accounts,
    directory,
    uploads,
    cases,
    tickets,
    mediation,
    settlements,
    jobRuns,
    documents,
    followUps,
    groups,
    handOvers,
    imports,
    notifications,
    oneDuty,
    net,
    wageChecks,
    warnings,
  ]) {
    aggregate.bind(sequelize);
  }
  return sequelize;
}
