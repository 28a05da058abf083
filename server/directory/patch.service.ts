import { inTx, isUniqueViolation } from '../../models/dialect.ts';
import { Responsibility } from '../../models/one-duty.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { now, today } from '../shared/clock.ts';
import { Stale, Unacceptable } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import { keysOf, overlap, passOn } from './duty.rules.ts';
import { officersFor, openDutiesOf, pathsOf } from './responsibilities.queries.ts';

/** Who hands all that they answer for to whom, and from which day the successor answers. */
export interface PatchWish {
  fromId: string;
  toId: string;
  day: CalendarDay;
}

/** Why a duty cannot pass: the successor has no role there, or answers for the same as the same already. */
export type Obstacle = 'role' | 'twice';

/** One duty that passes to the successor, or what keeps it from doing so. */
export interface PassingDuty {
  duty: Responsibility;
  obstacle: Obstacle | null;
}

/**
 * What would pass to the successor (一揽子移交), the oldest first.
 * @throws Unacceptable for somebody who is no officer, the same person twice, or a day that is past
 */
export async function patchOf(reader: Reader, { fromId, toId, day }: PatchWish): Promise<PassingDuty[]> {
  const officers = await officersFor(reader, 'responsibilities.edit');
  const successor = officers.find(({ id }) => id === toId);
  if (!successor) throw new Unacceptable('errors.notInList', {}, 'toId');
  if (fromId === toId) throw new Unacceptable('duties.errors.sameOfficer', {}, 'toId');
  if (day < today()) throw new Unacceptable('errors.dayBefore', { day: today() }, 'day');
  const duties = await openDutiesOf(reader, fromId, day);
  const own = await Responsibility.findAll({ where: { officerId: toId } });
  const paths = await pathsOf(duties);
  return duties.map((duty) => {
    const wish = { fromDay: passOn(duty, day).fromDay, toDay: duty.toDay };
    const twice = own.some(
      ({ kind, enterpriseId, villageId, fromDay, toDay }) =>
        kind === duty.kind &&
        enterpriseId === duty.enterpriseId &&
        villageId === duty.villageId &&
        overlap({ fromDay, toDay }, wish),
    );
    const hasRole = successor.paths.some((path) => paths.get(duty.id)!.startsWith(path));
    return { duty, obstacle: hasRole ? (twice ? 'twice' : null) : 'role' };
  });
}

/**
 * Hands everything that an officer answers for to a successor in one act; `shown` is how many duties the form showed.
 * @throws Unacceptable when something stands in the way, Stale when it is not what was shown any more
 */
export async function handOverPatch(reader: Reader, wish: PatchWish & { shown: number }): Promise<void> {
  await inTx(async () => {
    const passing = await patchOf(reader, wish);
    if (passing.length !== wish.shown) throw new Stale();
    if (passing.length === 0) throw new Unacceptable('duties.errors.nothingToPass', {}, 'fromId');
    if (passing.some(({ obstacle }) => obstacle)) throw new Unacceptable('duties.errors.obstacles');
    const { fromId, toId, day } = wish;
    for (const { duty } of passing) await endAt(reader, duty, passOn(duty, day).toDay);
    try {
      await Responsibility.bulkCreate(passing.map(({ duty }) => successorOf(reader, duty, wish)));
    } catch (error) {
      throw isUniqueViolation(error) ? new Stale() : error;
    }
    const duties = passing.map(({ duty }) => duty.id);
    await recordAudit(reader.userId, {
      action: 'handOverPatch',
      objectType: 'user',
      objectId: fromId,
      detail: { toId, day, duties },
    });
  });
}

async function endAt(reader: Reader, { id, toDay: stood }: Responsibility, toDay: CalendarDay) {
  const end = { toDay, openKey: null, leadKey: null, endedById: reader.userId };
  const [ended] = await Responsibility.update(end, { where: { id, toDay: stood } });
  if (ended === 0) throw new Stale();
}

function successorOf(reader: Reader, duty: Responsibility, { toId, day }: PatchWish) {
  const { townId, enterpriseId, villageId, kind, isLead, toDay } = duty;
  const passed = { enterpriseId, villageId, kind, isLead, toDay, officerId: toId };
  const { fromDay } = passOn(duty, day);
  return {
    ...{ id: newId(), townId, fromDay, namedById: reader.userId, namedAt: now() },
    ...passed,
    ...keysOf(passed),
  };
}
