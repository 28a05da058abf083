import { DisputeCase } from '../../models/cases.ts';

/** Who has a case now, by name, and the room with its telephone; without a mediator the town's dispatcher gives it on. */
export interface DeskWords {
  name: string | null;
  room: string | null;
  phone: string | null;
}

/** Asked for whoever has just lost a case: they may know where it went, whatever they may read. */
export async function deskOf(caseId: string): Promise<DeskWords> {
  const disputeCase = await DisputeCase.findByPk(caseId, {
    attributes: ['id'],
    include: [
      { association: 'mediator', attributes: ['displayName'] },
      { association: 'room', attributes: ['name', 'phone'] },
    ],
  });
  const { mediator, room } = disputeCase ?? {};
  return { name: mediator?.displayName ?? null, room: room?.name ?? null, phone: room?.phone ?? null };
}
