import type { DisputeCase } from '../../models/cases.ts';
import { CaseProposal, Claim, Claimant, Respondent } from '../../models/cases.ts';
import { MediationSession } from '../../models/mediation.ts';
import { Ticket } from '../../models/tickets.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { nameWithoutPlaces } from '../directory/enterprise-name.rules.ts';
import { findCaseNamed } from './case-number.queries.ts';
import { placeOf } from './case.queries.ts';
import {
  joinClaims,
  mayStay,
  mergeHindrance,
  pairWorkers,
  type MergedCase,
  type MergeHindrance,
} from './merger.rules.ts';

/** One of two cases that may become one, with everything that would move. */
export interface MergeSide extends MergedCase {
  disputeCase: DisputeCase;
  claimants: Claimant[];
  respondents: Respondent[];
  tickets: Ticket[];
  planned: MediationSession[];
}

/** Somebody who is in both cases, and what becomes of their claims. */
export interface SameWorker {
  going: Claimant;
  staying: Claimant;
  joining: Claim[];
  repeated: { going: Claim; staying: Claim }[];
}

/** What moves from one case to the other. */
export interface MergePlan {
  staying: MergeSide;
  going: MergeSide;
  joining: Claimant[];
  same: SameWorker[];
  respondents: Respondent[];
  /** Respondents of the staying case whom only the other case knows as an enterprise of the directory. */
  recognised: { there: Respondent; enterpriseId: string }[];
}

/** Two cases side by side: why they cannot become one, or what moves, for each that may stay, the proposed one first. */
export interface ShownMerger {
  sides: [MergeSide, MergeSide];
  hindrance: MergeHindrance | null;
  plans: MergePlan[];
}

/** The other case of a merger by number, ticket number or id, as far as the reader may merge it; null when there is none. */
export async function findOther(reader: Reader, townId: string, named: string): Promise<DisputeCase | null> {
  const other = await findCaseNamed(reader, townId, named);
  return other && may(reader, 'cases.merge', placeOf(other)) ? other : null;
}

export async function loadMerger(one: DisputeCase, other: DisputeCase): Promise<ShownMerger> {
  const sides: [MergeSide, MergeSide] = [await sideOf(one), await sideOf(other)];
  const hindrance = mergeHindrance(...sides);
  const { namePlaces } = await settingsOf(one.townId);
  const plans = mayStay(...sides).map((staying) =>
    planOf(
      staying,
      sides.find((side) => side !== staying)!,
      namePlaces,
    ),
  );
  return { sides, hindrance, plans: hindrance ? [] : plans };
}

async function sideOf(disputeCase: DisputeCase): Promise<MergeSide> {
  const { id, townId, state, level, enterpriseId, receivedAt, ledgerBatchId } = disputeCase;
  const where = { caseId: id };
  const [claimants, claims, respondents, tickets, planned, proposals] = await Promise.all([
    Claimant.findAll({ where, order: [['position', 'ASC']] }),
    Claim.findAll({ where, order: [['type', 'ASC']] }),
    Respondent.findAll({ where, order: [['position', 'ASC']] }),
    Ticket.findAll({ where, order: [['receivedAt', 'ASC']] }),
    MediationSession.findAll({ where: { ...where, state: 'planned' } }),
    CaseProposal.count({ where: { openKey: id } }),
  ]);
  for (const claimant of claimants)
    claimant.claims = claims.filter(({ claimantId }) => claimantId === claimant.id);
  return {
    ...{ id, townId, state, level, enterpriseId, receivedAt },
    enterpriseConsent: disputeCase.enterpriseConsent && !tickets.some(({ anonymous }) => anonymous),
    imported: ledgerBatchId !== null,
    proposed: proposals > 0,
    ...{ disputeCase, claimants, respondents, tickets, planned },
  };
}

function planOf(staying: MergeSide, going: MergeSide, places: readonly string[]): MergePlan {
  const pairs = pairWorkers(staying.claimants, going.claimants);
  return {
    staying,
    going,
    joining: pairs.filter(({ same }) => same === null).map(({ worker }) => worker),
    same: pairs.flatMap(({ worker, same }) =>
      same ? [{ going: worker, staying: same, ...joinClaims(same.claims ?? [], worker.claims ?? []) }] : [],
    ),
    respondents: going.respondents.filter((respondent) => !known(respondent)),
    recognised: going.respondents.flatMap((respondent) => {
      const [there, { enterpriseId }] = [known(respondent), respondent];
      return there?.enterpriseId === null && enterpriseId ? [{ there, enterpriseId }] : [];
    }),
  };

  function known(respondent: Respondent): Respondent | undefined {
    return staying.respondents.find((there) => isSameRespondent(there, respondent, places));
  }
}

function isSameRespondent(one: Respondent, other: Respondent, places: readonly string[]): boolean {
  if (one.enterpriseId !== null && other.enterpriseId !== null)
    return one.enterpriseId === other.enterpriseId;
  return nameWithoutPlaces(one.name, places) === nameWithoutPlaces(other.name, places);
}
