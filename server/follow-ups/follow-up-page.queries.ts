import { Op } from 'sequelize';
import { User } from '../../models/accounts.ts';
import { Claimant, type DisputeCase } from '../../models/cases.ts';
import { FollowUp } from '../../models/follow-ups.ts';
import { Contact } from '../../models/mediation.ts';
import { Instalment, Payment, Settlement } from '../../models/settlements.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { isInSight, placeOf } from '../cases/case.queries.ts';
import { deskOf, type DeskWords } from '../cases/desk.queries.ts';
import { privacyFor, type Privacy } from '../cases/privacy.rules.ts';
import type { Mood, Risk } from '../mediation/mediation.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { findFollowUp, hasMediated } from './follow-up.queries.ts';

/** What was agreed in one instalment, and what of it was received and verified; in fen. */
export interface AgreedLine {
  claimantId: string;
  dueOn: CalendarDay;
  agreedFen: number;
  paidFen: number;
}

/** Everything that the page of a follow-up shows, as far as this reader may see it. */
export interface FollowUpPage {
  followUp: FollowUp;
  disputeCase: DisputeCase;
  /** Who has the case now. */
  desk: DeskWords;
  claimants: Claimant[];
  privacy: Privacy;
  terms: string | null;
  agreed: AgreedLine[];
  /** How the worker was at the first contact in which that was noted. */
  intake: { mood: Mood | null; risk: Risk | null };
  /** All calls about the case, the first one first. */
  rounds: FollowUp[];
  /** The reader may call now. */
  callable: boolean;
  /** The reader would call, but mediated the case. */
  ownCase: boolean;
  /** The reader may open the case's own page. */
  caseInSight: boolean;
}

/** Loads a follow-up's page. @throws NotFound when the reader may not know of it */
export async function loadFollowUpPage(reader: Reader, id: string): Promise<FollowUpPage> {
  const followUp = await findFollowUp(reader, id);
  const { disputeCase } = followUp;
  const { id: caseId } = disputeCase;
  const [desk, claimants, rounds, agreement, intake] = await Promise.all([
    deskOf(caseId),
    Claimant.findAll({ where: { caseId }, order: [['position', 'ASC']] }),
    roundsOf(caseId),
    agreementOf(caseId),
    intakeOf(caseId),
  ]);
  const open = followUp.state === 'due' && may(reader, 'cases.followUp', placeOf(disputeCase));
  const ownCase = open && (await hasMediated(reader.userId, disputeCase));
  return {
    followUp: rounds.find((round) => round.id === id)!,
    disputeCase,
    desk,
    claimants,
    privacy: privacyFor(reader, placeOf(disputeCase), disputeCase.takenOverAt !== null),
    ...agreement,
    intake,
    rounds,
    callable: open && !ownCase,
    ownCase,
    caseInSight: await isInSight(reader, caseId),
  };
}

function roundsOf(caseId: string): Promise<FollowUp[]> {
  const names = ['displayName'];
  return FollowUp.findAll({
    where: { caseId },
    include: [
      { model: User, as: 'calledBy', attributes: names },
      { model: User, as: 'redoAnsweredBy', attributes: names },
    ],
    order: [['round', 'ASC']],
  });
}

async function agreementOf(caseId: string): Promise<Pick<FollowUpPage, 'terms' | 'agreed'>> {
  const settlement = await Settlement.findOne({ where: { openKey: caseId, signedOn: { [Op.ne]: null } } });
  if (!settlement) return { terms: null, agreed: [] };
  const instalments = await Instalment.findAll({
    where: { settlementId: settlement.id },
    include: [{ model: Payment, as: 'payments', required: false, where: { state: 'verified' } }],
    order: [
      ['dueOn', 'ASC'],
      ['id', 'ASC'],
    ],
  });
  return {
    terms: settlement.terms,
    agreed: instalments.map(({ claimantId, dueOn, amountFen, payments = [] }) => ({
      ...{ claimantId, dueOn, agreedFen: amountFen },
      paidFen: payments.reduce((sum, payment) => sum + payment.amountFen, 0),
    })),
  };
}

async function intakeOf(caseId: string): Promise<FollowUpPage['intake']> {
  const first = (column: 'mood' | 'risk') =>
    Contact.findOne({
      where: { caseId, party: 'worker', [column]: { [Op.ne]: null } },
      attributes: [column],
      order: [
        ['at', 'ASC'],
        ['id', 'ASC'],
      ],
    });
  const [withMood, withRisk] = await Promise.all([first('mood'), first('risk')]);
  return { mood: withMood?.mood ?? null, risk: withRisk?.risk ?? null };
}
