import {
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import { REVOCATION_REASONS, type RevocationReason } from '../server/directory/cards.rules.ts';
import { OUTREACH_KINDS, type OutreachKind } from '../server/directory/outreach.rules.ts';
import type { CalendarDay } from '../server/shared/calendar-day.ts';
import { User } from './accounts.ts';
import { Area } from './areas.ts';
import { Enterprise } from './directory.ts';
import { Informant } from './one-duty.ts';
import * as is from './columns.ts';

/** A card (联系卡) of an enterprise or of a village: what is printed on it leads to who is responsible on the day. */
export class ContactCard extends Model<InferAttributes<ContactCard>, InferCreationAttributes<ContactCard>> {
  declare id: CreationOptional<string>;
  declare townId: string;
  /** Of an enterprise's card the village in which the enterprise lies. */
  declare villageId: string | null;
  declare enterpriseId: string | null;
  /** Whose code is printed on it. */
  declare informantId: string | null;
  /** The part of the address that cannot be guessed. */
  declare token: string;
  declare openKey: string | null;
  declare madeById: string;
  declare madeAt: CreationOptional<Date>;
  declare revokedAt: CreationOptional<Date | null>;
  declare revokedById: CreationOptional<string | null>;
  declare reason: CreationOptional<RevocationReason | null>;
  declare town?: NonAttribute<Area>;
  declare enterprise?: NonAttribute<Enterprise | null>;
  declare village?: NonAttribute<Area | null>;
  declare informant?: NonAttribute<Informant | null>;
}

/** An event at which the law was brought to people; it counts unless it was declared void. */
export class OutreachEvent extends Model<
  InferAttributes<OutreachEvent>,
  InferCreationAttributes<OutreachEvent>
> {
  declare id: CreationOptional<string>;
  declare townId: string;
  /** Null for one of the whole town. */
  declare villageId: string | null;
  declare heldOn: CalendarDay;
  declare kind: OutreachKind;
  declare title: string;
  declare place: string;
  /** People who were reached. */
  declare audience: number;
  /** Leaflets and the like that were handed out. */
  declare materials: number;
  declare materialsNote: CreationOptional<string | null>;
  declare note: CreationOptional<string | null>;
  declare recordedById: string;
  declare recordedAt: CreationOptional<Date>;
  declare version: CreationOptional<number>;
  declare voidedAt: CreationOptional<Date | null>;
  declare voidedById: CreationOptional<string | null>;
  declare voidReason: CreationOptional<string | null>;
  declare village?: NonAttribute<Area | null>;
  declare recordedBy?: NonAttribute<User>;
}

/** A photo of an event; its bytes lie encrypted in parts. One that was taken away is shown no more. */
export class OutreachPhoto extends Model<
  InferAttributes<OutreachPhoto>,
  InferCreationAttributes<OutreachPhoto>
> {
  declare id: CreationOptional<string>;
  declare outreachId: string;
  declare contentType: string;
  declare byteLength: number;
  declare caption: CreationOptional<string | null>;
  declare addedById: string;
  declare addedAt: CreationOptional<Date>;
  declare removedAt: CreationOptional<Date | null>;
  declare removedById: CreationOptional<string | null>;
}

export class OutreachPhotoPart extends Model<
  InferAttributes<OutreachPhotoPart>,
  InferCreationAttributes<OutreachPhotoPart>
> {
  declare photoId: string;
  declare position: number;
  declare bytes: Buffer;
}

export function bind(sequelize: Sequelize): void {
  ContactCard.init(
    {
      id: is.id(),
      townId: is.ref(),
      villageId: is.optionalRef(),
      enterpriseId: is.optionalRef(),
      informantId: is.optionalRef(),
      token: is.string(32),
      openKey: is.optionalString(80),
      madeById: is.ref(),
      madeAt: is.createdAt(),
      revokedAt: is.optionalInstant(),
      revokedById: is.optionalRef(),
      reason: is.optionalChoice(REVOCATION_REASONS, 20),
    },
    { sequelize, tableName: 'contact_cards' },
  );

  OutreachEvent.init(
    {
      id: is.id(),
      townId: is.ref(),
      villageId: is.optionalRef(),
      heldOn: is.day(),
      kind: is.choice(OUTREACH_KINDS, 20),
      title: is.string(200),
      place: is.string(200),
      audience: is.count(),
      materials: is.count(),
      materialsNote: is.optionalString(500),
      note: is.optionalLongText(),
      recordedById: is.ref(),
      recordedAt: is.createdAt(),
      version: is.version(),
      voidedAt: is.optionalInstant(),
      voidedById: is.optionalRef(),
      voidReason: is.optionalString(500),
    },
    { sequelize, tableName: 'outreach_events' },
  );
  OutreachPhoto.init(
    {
      id: is.id(),
      outreachId: is.ref(),
      contentType: is.string(20),
      byteLength: is.count(),
      caption: is.optionalString(200),
      addedById: is.ref(),
      addedAt: is.createdAt(),
      removedAt: is.optionalInstant(),
      removedById: is.optionalRef(),
    },
    { sequelize, tableName: 'outreach_photos' },
  );
  OutreachPhotoPart.init(
    {
      photoId: { ...is.ref(), primaryKey: true },
      position: { ...is.count(), primaryKey: true },
      bytes: is.bytes(),
    },
    { sequelize, tableName: 'outreach_photo_parts' },
  );

  OutreachEvent.belongsTo(Area, { foreignKey: 'villageId', as: 'village' });
  OutreachEvent.belongsTo(User, { foreignKey: 'recordedById', as: 'recordedBy' });
  ContactCard.belongsTo(Area, { foreignKey: 'townId', as: 'town' });
  ContactCard.belongsTo(Enterprise, { foreignKey: 'enterpriseId', as: 'enterprise' });
  ContactCard.belongsTo(Area, { foreignKey: 'villageId', as: 'village' });
  ContactCard.belongsTo(Informant, { foreignKey: 'informantId', as: 'informant' });
}
