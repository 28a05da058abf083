import type { Enterprise, Room } from '../../models/directory.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { today } from '../shared/clock.ts';
import { dutiesOf } from './duties.queries.ts';
import type { Duty } from './duty.rules.ts';
import { findEnterprise, roomsOfEnterprise } from './enterprises.queries.ts';
import { activeInformants, type ActiveInformant } from './informants.queries.ts';

/** What the page of an enterprise shows. */
export interface EnterprisePage {
  enterprise: Enterprise;
  rooms: Room[];
  /** Every duty for it or its village, whenever, the newest first. */
  duties: Duty[];
  /** Its informants by code; null for a reader who may not know them. */
  informants: ActiveInformant[] | null;
}

/** An enterprise with its rooms, officers and informants. @throws NotFound, the same for absent and for out of reach */
export async function loadEnterprise(reader: Reader, enterpriseId: string): Promise<EnterprisePage> {
  const enterprise = await findEnterprise(reader, enterpriseId);
  const { townId, villageId } = enterprise;
  const knows = may(reader, 'informants.manage', { townId, villageId, enterpriseId });
  const [rooms, duties, informants] = await Promise.all([
    roomsOfEnterprise(enterpriseId),
    dutiesOf(enterprise),
    knows ? activeInformants([enterpriseId], today()) : null,
  ]);
  return { enterprise, rooms, duties, informants: informants && (informants.get(enterpriseId) ?? []) };
}
