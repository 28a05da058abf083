import type { DisputeCase } from '../../models/cases.ts';
import { Person } from '../../models/directory.ts';
import { CoMediator } from '../../models/mediation.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { actOnCase } from '../cases/case-action.service.ts';
import { today } from '../shared/clock.ts';
import { Conflict, NotFound, Unacceptable } from '../shared/errors.ts';
import { peopleAround, sidesOf } from './co-mediators.queries.ts';
import { meantBy, tieTo } from './co-mediators.rules.ts';

/**
 * Names a person of the net who mediates beside the lead mediator from today on; the lead stays the lead.
 * @throws Unacceptable (field person) for nobody or several of that name, somebody of a side, or somebody named already
 */
export function nameCoMediator(
  reader: Reader,
  caseId: string,
  version: number,
  { person: text }: { person: string },
): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'nameCoMediator', version, async (disputeCase) => {
    const [person, ...more] = meantBy(text, await peopleAround(disputeCase));
    if (!person) throw wrong('unknown');
    if (more.length > 0) throw wrong('several');
    const tie = tieTo(person, await sidesOf(disputeCase));
    if (tie) throw wrong(tie);
    const { id: personId, name, kind } = person;
    if (await CoMediator.findOne({ where: { openKey: caseId, personId } })) throw wrong('already');
    await CoMediator.create({ caseId, personId, openKey: caseId, since: today(), namedById: reader.userId });
    return { detail: { coMediator: name, personKind: kind } };
  });
}

const wrong = (fault: string): Unacceptable => new Unacceptable(`coMediators.errors.${fault}`, {}, 'person');

/** Ends a person's part in a case, with the reason. @throws NotFound, Conflict when it has ended already */
export function endCoMediator(
  reader: Reader,
  caseId: string,
  coMediatorId: string,
  { reason }: { reason: string },
): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'endCoMediator', null, async () => {
    const named = await CoMediator.findOne({
      where: { id: coMediatorId, caseId },
      include: [{ model: Person, as: 'person', attributes: ['name'] }],
    });
    if (!named) throw new NotFound();
    const [ended] = await CoMediator.update(
      { openKey: null, until: today(), reason, endedById: reader.userId },
      { where: { id: coMediatorId, until: null } },
    );
    if (ended === 0) throw new Conflict('coMediators.errors.ended');
    return { detail: { coMediator: named.person!.name, reason } };
  });
}
