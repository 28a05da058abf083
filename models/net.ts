import {
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import { REVOCATION_REASONS, type RevocationReason } from '../server/directory/cards.rules.ts';
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

  ContactCard.belongsTo(Area, { foreignKey: 'townId', as: 'town' });
  ContactCard.belongsTo(Enterprise, { foreignKey: 'enterpriseId', as: 'enterprise' });
  ContactCard.belongsTo(Area, { foreignKey: 'villageId', as: 'village' });
  ContactCard.belongsTo(Informant, { foreignKey: 'informantId', as: 'informant' });
}
