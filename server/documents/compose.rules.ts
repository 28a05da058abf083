import * as aftercare from './compose-aftercare.rules.ts';
import * as closing from './compose-closing.rules.ts';
import * as inDefault from './compose-default.rules.ts';
import * as group from './compose-group.rules.ts';
import * as mediation from './compose-mediation.rules.ts';
import * as opening from './compose-opening.rules.ts';
import { FORMS, type PaperForm } from './forms.rules.ts';
import type { PaperData, PaperSession } from './paper-data.rules.ts';
import type { Block, Paper } from './paper.rules.ts';

type Compose = (data: PaperData, session: PaperSession | null) => Block[];

const COMPOSE: Record<PaperForm, Compose> = {
  ...opening,
  ...mediation,
  ...closing,
  ...aftercare,
  ...group,
  ...inDefault,
};

/** A form filled in from a case. What is not known is a line to fill in by hand; nothing is left out. */
export function composePaper(form: PaperForm, data: PaperData, session: PaperSession | null = null): Paper {
  return {
    form,
    title: FORMS[form].title,
    organisation: FORMS[form].byTown ? data.town.organisation : data.organisation,
    number: data.number,
    madeOn: data.today,
    blocks: COMPOSE[form](data, session),
  };
}
