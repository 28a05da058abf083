import type { CaseEvent, DisputeCase } from '../../models/cases.ts';
import { HandOver } from '../../models/hand-overs.ts';
import { isDanger } from '../mediation/mediation.rules.ts';
import type { NoticeParams, TemplateKey } from './notifications.rules.ts';
import { holdersOf } from './recipients.queries.ts';
import { tell } from './tell.service.ts';

type ToldEvent = Pick<CaseEvent, 'detail' | 'actorId'>;
type Listener = (disputeCase: DisputeCase, event: ToldEvent) => Promise<void>;

/** Tells the mediator of a case, or the dispatchers where it has none, of an event of it. */
export const tellMediator =
  (template: TemplateKey): Listener =>
  async (disputeCase, event) => {
    const { mediatorId } = disputeCase;
    const people = mediatorId ? [mediatorId] : await holdersOf('dispatcher', disputeCase);
    await tellOfCase(people, template, disputeCase, event);
  };

/** Tells the dispatchers who decide on a case of an event of it. */
export const tellDispatchers =
  (template: TemplateKey): Listener =>
  async (disputeCase, event) => {
    await tellOfCase(await holdersOf('dispatcher', disputeCase), template, disputeCase, event);
  };

/** Tells whom a case is offered to. */
export const tellOffered: Listener = async (disputeCase, event) => {
  const offer = await HandOver.findOne({ where: { openKey: disputeCase.id }, attributes: ['toId'] });
  if (offer) await tellOfCase([offer.toId], 'case.offered', disputeCase, event);
};

/** Tells the town at once where somebody heard of violence or self-harm (DOMAIN §5, routing 1). */
export const tellOfDanger: Listener = async (disputeCase, event) => {
  if (isDanger(event.detail['risk'])) await tellDispatchers('case.danger')(disputeCase, event);
};

async function tellOfCase(
  people: readonly string[],
  template: TemplateKey,
  { id, number, level, enterpriseId, respondentName }: DisputeCase,
  { detail, actorId }: ToldEvent,
): Promise<void> {
  const day = detail['dueOn'] ?? detail['redoDueOn'];
  const params: NoticeParams = {
    number,
    ...(level ? { level } : {}),
    ...(typeof day === 'string' ? { day } : {}),
  };
  // Without an enterprise the respondent may be a person.
  const about = enterpriseId ? respondentName : null;
  const subject = { type: 'case', id };
  await tell(people, { template, subject, path: `/cases/${id}`, params, about, actorId });
}
